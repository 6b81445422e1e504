"""Files that cannot be read, each with the sentence that a person sees.

A row has what is wrong, the bytes, the name of the file, the line that the message names (0 when it names none) and the
message.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from editions.errors import ReadError
from editions.readers.sources import FORMATS, read_source, recognise, source_lines
from tests.editions.pdf_files import assembled, encrypted, pdf_file
from tests.editions.word import NAMESPACES, RELS, pack, paragraph, word_file

MEGABYTE = 1024 * 1024
PARAGRAPH = paragraph("The text.")
PAGE = "72 700 11 | A page of words."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def utf_16(words: str) -> bytes:
    return words.encode("utf-16-le")


def zip_of(*names: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "words")
    return file.getvalue()


def word_part(xml: str, name: str = "document") -> bytes:
    parts = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{PARAGRAPH}</w:body></w:document>"}
    return pack({**parts, f"word/{name}.xml": xml}, {})


def word_bomb() -> bytes:
    return word_file(paragraph(" " * 30 * MEGABYTE))


def word_with_entities() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return word_part(f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{entities}]><w:document {NAMESPACES}>&l8;</w:document>')


def word_of_many_parts() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}/>")
        for number in range(5000):
            archive.writestr(f"word/x{number}.xml", "")
    return file.getvalue()


def word_with_password() -> bytes:
    """A ZIP archive whose entries say that they are encrypted."""
    source = bytearray(word_file(PARAGRAPH))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = source.find(mark)
        while start >= 0:
            source[start + at] |= 1
            start = source.find(mark, start + 1)
    return bytes(source)


def word_with_a_broken_part() -> bytes:
    source = word_file(paragraph("A longer text, of which some bytes are not what they were."))
    at = source.index(b"word/document.xml") + 40
    return source[:at] + bytes(40) + source[at + 40 :]


def word_too_deep() -> bytes:
    return word_file("<w:sdt>" * 300 + PARAGRAPH + "</w:sdt>" * 300)


def tei(body: str) -> str:
    header = "<fileDesc><titleStmt><title>A letter</title></titleStmt></fileDesc>"
    return f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>{header}</teiHeader><text><body>\n{body}</body></text></TEI>"


TEI = tei("<p>One.</p>")


def tei_with_entities() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE TEI [<!ENTITY l0 "lol">{entities}]>{tei("<p>&l8;</p>")}'.encode()


def pdf_bomb() -> bytes:
    packed = zlib.compress(b"BT (x) Tj ET\n" * 2_000_000).decode("latin-1")
    font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font {font} >> >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream",
    ]
    return assembled(objects, "latin-1")


@dataclass(frozen=True)
class Row:
    wrong: str
    source: bytes | Callable[[], bytes]
    name: str
    line: int
    message: str

    @property
    def bytes(self) -> bytes:
        return self.source if isinstance(self.source, bytes) else self.source()


def row(wrong: str, source: bytes | str | Callable[[], bytes], name: str, message: str, line: int = 0) -> Row:
    return Row(wrong, source.encode() if isinstance(source, str) else source, name, line, message)


ROWS = [
    row(
        "empty file",
        b"",
        "letter.txt",
        "this source is empty: there is no text in it.",
    ),
    row(
        "only white space",
        b" \r\n\t\n",
        "letter.txt",
        "this source is empty: there is no text in it.",
    ),
    row(
        "only a byte order mark",
        b"\xef\xbb\xbf",
        "letter.txt",
        "this source is empty: there is no text in it.",
    ),
    row(
        "100 MB file",
        lambda: b"A line of text.\n" * (100 * MEGABYTE // 16),
        "letter.txt",
        "this source has 100 MB, and one document has at most 20 MB. Split it into documents.",
    ),
    row(
        "NUL in a text",
        b"One.\nTwo\0three.",
        "letter.txt",
        "line 2: this is not text: it has a NUL character.",
        2,
    ),
    row(
        "control characters",
        b"\x01\x02\x03\x04 abc",
        "letter.txt",
        "line 1: this is not text: it has 4 control characters.",
        1,
    ),
    row(
        "another coding",
        "Café olé".encode("cp437"),
        "letter.txt",
        "line 1: byte 3 is not UTF-8, and no other coding of this text is certain. Save the file as UTF-8 "
        "and try again.",
        1,
    ),
    row(
        "Cyrillic in an old coding",
        "Уважаемый господин Президент".encode("cp1251"),
        "letter.txt",
        "line 1: byte 0 is not UTF-8, and no other coding of this text is certain. Save the file as UTF-8 "
        "and try again.",
        1,
    ),
    row(
        "UTF-8 with a stray byte",
        "naïve\ncafé ".encode() + b"caf\xe9",
        "letter.txt",
        "line 2: byte 16 is not UTF-8, although other characters of this file are. It is damaged, or two "
        "files in one: get it again, or mend the characters and save it as UTF-8.",
        2,
    ),
    row(
        "UTF-16 cut off",
        b"\xff\xfe" + utf_16("Two\nlines")[:-1],
        "letter.txt",
        "line 2: byte 18 is not UTF-16, with which this file begins. It is damaged: get it again.",
        2,
    ),
    row(
        "JPEG image",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "letter.jpg",
        "this is a JPEG image. An archive of texts needs its words: transcribe it, or paste the text.",
    ),
    row(
        "PNG image called text",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "letter.txt",
        "this is a PNG image. An archive of texts needs its words: transcribe it, or paste the text.",
    ),
    row(
        "TIFF image",
        b"II*\x00\x08\x00\x00\x00",
        "scan.tif",
        "this is a TIFF image. An archive of texts needs its words: transcribe it, or paste the text.",
    ),
    row(
        "HEIC image",
        b"\x00\x00\x00\x18ftypheic\x00\x00",
        "scan.heic",
        "this is a HEIC image. An archive of texts needs its words: transcribe it, or paste the text.",
    ),
    row(
        "sound recording",
        b"ID3\x04\x00\x00",
        "talk.mp3",
        "this is a sound recording. An archive of texts needs its words: transcribe it, or paste the text.",
    ),
    row(
        "old Word document",
        OLE + utf_16("WordDocument"),
        "letter.doc",
        "this is a Word document in the old format (.doc). Open it in a word processor, save it as a Word "
        "document (.docx), and choose that file.",
    ),
    row(
        "Word document with a password",
        OLE + utf_16("EncryptedPackage"),
        "letter.docx",
        "this is a Word document with a password. Open it, save it without the password, and try again.",
    ),
    row(
        "Outlook message",
        OLE + utf_16("__substg1.0_"),
        "letter.msg",
        "this is an Outlook message. Open it, copy the text and paste it.",
    ),
    row(
        "RTF",
        b"{\\rtf1\\ansi Dear Sir}",
        "letter.rtf",
        "this is a document in Rich Text Format (RTF). Open it in a word processor, save it as a Word "
        "document (.docx), and choose that file.",
    ),
    row(
        "OpenDocument text",
        zip_of("mimetype", "content.xml", "styles.xml"),
        "letter.odt",
        "this is an OpenDocument text (.odt). Open it in a word processor, save it as a Word document "
        "(.docx), and choose that file.",
    ),
    row(
        "Excel workbook",
        zip_of("xl/workbook.xml"),
        "letters.xlsx",
        "this is an Excel workbook. Open it, copy the text and paste it.",
    ),
    row(
        "EPUB book",
        zip_of("META-INF/container.xml", "book.xhtml"),
        "letters.epub",
        "this is an EPUB book. Open it, copy the text and paste it.",
    ),
    row(
        "ZIP archive",
        zip_of("a.txt", "b.txt"),
        "letters.zip",
        "this is a ZIP archive. Unpack it and choose the files in it.",
    ),
    row(
        "gzip archive",
        b"\x1f\x8b\x08\x00words",
        "letters.gz",
        "this is a gzip archive. Unpack it and choose the files in it.",
    ),
    row(
        "web page",
        b"<!DOCTYPE html>\n<html><p>Dear Sir:</html>",
        "letter.html",
        "this is a web page (HTML). Open it in a browser, copy the text and paste it.",
    ),
    row(
        "web page called text",
        b"\n<html lang='en'><body>Dear Sir:</body></html>",
        "letter.txt",
        "this is a web page (HTML). Open it in a browser, copy the text and paste it.",
    ),
    row(
        "unknown ending",
        b"some words",
        "letter.xyz",
        "files of the kind .xyz cannot be read. Use .txt, .text, .md, .archive, .xml, .tei, .docx, .docm, .pdf.",
    ),
    row(
        "text called Word",
        b"Dear Sir:\n\nI write.",
        "letter.docx",
        "this is no Word document, although its name says so. Choose the format that it has.",
    ),
    row(
        "text called PDF",
        b"Dear Sir:\n\nI write.",
        "letter.pdf",
        "this is no PDF, although its name says so. Choose the format that it has.",
    ),
    row(
        "Word document cut off",
        word_file(PARAGRAPH)[:300],
        "letter.docx",
        "this Word document or ZIP archive is damaged: it has no readable list of its parts. It may have "
        "been cut off on its way: get it again.",
    ),
    row(
        "Word document without its text",
        pack({"word/styles.xml": "<a/>"}, {}),
        "letter.docx",
        "the part with the text of this Word document is missing. It may have been cut off on its way: get "
        "it again, or open it in a word processor and save it anew.",
    ),
    row(
        "Word document whose text is no XML",
        zip_of("word/styles.xml", "word/document.xml"),
        "letter.docx",
        "the part word/document.xml of this Word document is not well-formed XML (syntax error in line 1, "
        "column 1). It may have been cut off on its way: get it again, or open it in a word processor and "
        "save it anew.",
    ),
    row(
        "Word document that is empty",
        word_file(paragraph(" ")),
        "letter.docx",
        "this Word document has no text. If it holds pictures of pages, transcribe them and paste that.",
    ),
    row(
        "Word document with broken bytes",
        word_with_a_broken_part,
        "letter.docx",
        "the part word/document.xml of this Word document is damaged. It may have been cut off on its way: "
        "get it again, or open it in a word processor and save it anew.",
    ),
    row(
        "Word document with malformed XML",
        word_part(f"<w:document {NAMESPACES}>\n<w:body></w:document>"),
        "letter.docx",
        "the part word/document.xml of this Word document is not well-formed XML (mismatched tag in line 2, "
        "column 11). It may have been cut off on its way: get it again, or open it in a word processor and "
        "save it anew.",
    ),
    row(
        "Word document with another root",
        word_part(f"<w:hdr {NAMESPACES}/>"),
        "letter.docx",
        "the text of this Word document begins with hdr instead of document. It may have been cut off on its "
        "way: get it again, or open it in a word processor and save it anew.",
    ),
    row(
        "Word document with a DOCTYPE",
        word_part(f"<!DOCTYPE x><w:document {NAMESPACES}/>"),
        "letter.docx",
        "this Word document declares a document type (DOCTYPE), which is refused for safety. Open it in a "
        "word processor and save it anew.",
    ),
    row(
        "Word document with an entity bomb",
        word_with_entities,
        "letter.docx",
        "this Word document declares a document type (DOCTYPE), which is refused for safety. Open it in a "
        "word processor and save it anew.",
    ),
    row(
        "Word document that is a zip bomb",
        word_bomb,
        "letter.docx",
        "the part word/document.xml of this Word document unpacks to many times its size, as no document "
        "does. It is refused for safety: open it in a word processor and save it anew.",
    ),
    row(
        "Word document of many parts",
        word_of_many_parts,
        "letter.docx",
        "this file has 5002 parts, and a Word document has a few dozen. It is refused for safety: open it in "
        "a word processor and save it anew.",
    ),
    row(
        "Word document with encrypted parts",
        word_with_password,
        "letter.docx",
        "this Word document is encrypted. Save it without a password and try again.",
    ),
    row(
        "Word document nested too deep",
        word_too_deep,
        "letter.docx",
        "this Word document is nested more than 200 levels deep, as no document is. It may have been cut off "
        "on its way: get it again, or open it in a word processor and save it anew.",
    ),
    row(
        "Word document with a bad part beside",
        word_part("<w:styles", "styles"),
        "letter.docx",
        "the part word/styles.xml of this Word document is not well-formed XML (unclosed token in line 1, "
        "column 1). It may have been cut off on its way: get it again, or open it in a word processor and "
        "save it anew.",
    ),
    row(
        "PDF with a password",
        encrypted(pdf_file(PAGE), "secret"),
        "letter.pdf",
        "this PDF is encrypted. Open it with its password, print it to a new PDF or copy its text, and try again.",
    ),
    row(
        "PDF of pictures",
        pdf_file("", ""),
        "letter.pdf",
        "this PDF holds pictures of pages and no text. Have the text recognized (OCR), or transcribe it, and "
        "try again.",
    ),
    row(
        "PDF without pages",
        pdf_file(),
        "letter.pdf",
        "this PDF has no pages. It may have been cut off on its way: get it again, or open it, print it to a "
        "new PDF and choose that.",
    ),
    row(
        "PDF cut off",
        pdf_file(PAGE)[:60],
        "letter.pdf",
        "this PDF is damaged and cannot be read. It may have been cut off on its way: get it again, or open "
        "it, print it to a new PDF and choose that.",
    ),
    row(
        "PDF with nothing in it",
        b"%PDF-1.7\n",
        "letter.pdf",
        "this PDF is damaged and cannot be read. It may have been cut off on its way: get it again, or open "
        "it, print it to a new PDF and choose that.",
    ),
    row(
        "PDF with letters that nobody can tell",
        pdf_file("72 700 11 | \x01\x02\x03 a \x04\x05"),
        "letter.pdf",
        "the letters of this PDF cannot be told: its fonts do not say what they are. Have the text "
        "recognized (OCR), or transcribe it.",
    ),
    row(
        "PDF of 1001 pages",
        lambda: pdf_file(*["72 700 11 | A page."] * 1001),
        "letter.pdf",
        "this PDF has 1001 pages, and one document has at most 1000. Split it into documents, or copy the "
        "text and paste it.",
    ),
    row(
        "PDF that unpacks to very much",
        pdf_bomb,
        "letter.pdf",
        "this PDF has more on its pages than one document has. Split it into documents, or copy the text and paste it.",
    ),
    row(
        "TEI that is not well-formed",
        b"<TEI>\n<text><body><p>One</body></text></TEI>",
        "letter.xml",
        "line 2: column 21: this is not well-formed XML: this end tag does not match the element that is "
        "open. Close elements in order.",
        2,
    ),
    row(
        "TEI with a bare ampersand",
        tei("<p>Smith & Sons</p>"),
        "letter.xml",
        "line 2: column 11: this is not well-formed XML: a character stands where XML allows none. Write & "
        "as &amp; and < as &lt;.",
        2,
    ),
    row(
        "TEI that is cut off",
        tei("<p>One</p>")[:-20],
        "letter.xml",
        "line 2: column 11: this is not well-formed XML: it ends before its elements are closed, or has "
        "none. It may be cut off.",
        2,
    ),
    row(
        "TEI with a DOCTYPE",
        "<!DOCTYPE TEI>\n" + TEI,
        "letter.xml",
        "line 1: this file has a DOCTYPE, which could make the archive read other files. Remove the DOCTYPE "
        "and save it again.",
        1,
    ),
    row(
        "TEI with an entity bomb",
        tei_with_entities,
        "letter.xml",
        "line 1: this file has a DOCTYPE, which could make the archive read other files. Remove the DOCTYPE "
        "and save it again.",
        1,
    ),
    row(
        "TEI with an external entity",
        f'<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>{TEI}',
        "letter.xml",
        "line 2: this file has a DOCTYPE, which could make the archive read other files. Remove the DOCTYPE "
        "and save it again.",
        2,
    ),
    row(
        "TEI with an unknown entity",
        tei("<p>One&nbsp;two</p>"),
        "letter.xml",
        "line 2: column 7: this is not well-formed XML: this entity is not known. Write the character itself.",
        2,
    ),
    row(
        "TEI in another encoding than it says",
        b"<?xml version='1.0' encoding='UTF-8'?>" + tei("<p>Café</p>").encode("latin-1"),
        "letter.xml",
        "line 2: byte 188 is not in the encoding that this file declares. Save it as UTF-8.",
        2,
    ),
    row(
        "TEI in an encoding that nobody knows",
        "<?xml version='1.0' encoding='X-MINE'?>" + TEI,
        "letter.xml",
        "line 1: the encoding that this file declares is not known. Save it as UTF-8.",
        1,
    ),
    row(
        "XML of another sort",
        "<?xml version='1.0'?>\n<letter><p>Dear Sir:</p></letter>",
        "letter.xml",
        "line 2: this XML is no TEI document: it begins with <letter> and not with <TEI>.",
        2,
    ),
    row(
        "TEI corpus",
        f"<teiCorpus>{TEI}{TEI}</teiCorpus>",
        "letters.xml",
        "line 1: this is a corpus of several TEI documents. Save each <TEI> as a file of its own.",
        1,
    ),
    row(
        "TEI without a text",
        "<TEI><teiHeader/></TEI>",
        "letter.xml",
        "line 1: this TEI document has no <text>: there is nothing to read in it.",
        1,
    ),
    row(
        "TEI without words",
        tei("<p/>"),
        "letter.xml",
        "line 1: this TEI document has no words in its <text>.",
        1,
    ),
    row(
        "volume in TEI as one document",
        tei('<div type="document"><p>A</p></div><div type="document"><p>B</p></div>'),
        "volume.xml",
        "line 1: this is a volume of 2 documents. Import volumes with import_documents.",
        1,
    ),
    row(
        "TEI nested too deep",
        tei("<hi>" * 300 + "One" + "</hi>" * 300),
        "letter.xml",
        "line 2: elements stand within elements more than 160 deep. No edition is like that.",
        2,
    ),
    row(
        "text called XML",
        b"Dear Sir:\n\nI write.",
        "letter.xml",
        "line 1: column 1: this is not well-formed XML: syntax error.",
        1,
    ),
    row(
        "marker without its note",
        "One.\n\nTwo.[^1]",
        "letter.md",
        "line 3: the marker [^1] has no note. Add a line [^1]: with its text.",
        3,
    ),
    row(
        "note that stands twice",
        "One.[^1]\n\n[^1]: A.\n\n[^1]: B.",
        "letter.md",
        "line 5: note [^1] stands twice. Give this one another name.",
        5,
    ),
    row(
        "text after the notes",
        "One.[^1]\n\n[^1]: A.\n\nTwo.",
        "letter.md",
        "line 5: the notes come after the whole text: move this paragraph above the first note, or indent it "
        "by four spaces if it belongs to the note.",
        5,
    ),
    row(
        "unknown kind of block",
        "One.\n\n{siganture} John",
        "letter.md",
        "line 3: {siganture} is not a kind of block. Use one of: number, author, heading, release, dateline, "
        "memo, salutation, paragraph, item, quotation, centered, right, table, columns, row, figure, closer, "
        "signature, postscript, address, source.",
        3,
    ),
    row(
        "correction without a reason",
        "One {~~a~>b~~} two.",
        "letter.md",
        "line 1: a correction says why: put {>>reason<<} right after it.",
        1,
    ),
    row(
        "brackets of the text",
        "He said [sic] that.",
        "letter.md",
        "line 1: after [words] comes (identifier) for a reference, {bold} and its like for emphasis or "
        "{person p1} for a name; write \\[ and \\] for brackets of the text.",
        1,
    ),
    row(
        "emphasis that is not closed",
        "One *two three.",
        "letter.md",
        "line 1: this * opens italics that nothing closes. Close them with *, or write \\* for a star.",
        1,
    ),
    row(
        "address that stands twice",
        "{paragraph #p2} One.\n\n{paragraph #p2} Two.",
        "letter.md",
        "line 3: two blocks have the id “p2”. Ids are lasting addresses: give each block its own.",
        3,
    ),
    row(
        "indented too far",
        "One.\n\n            Two.",
        "letter.md",
        "line 3: this line is indented too far: four spaces for each level below the block above.",
        3,
    ),
    row(
        "front matter that is not closed",
        "---\ntitle: One\n\nText.",
        "letter.md",
        "line 1: the front matter that begins here is never closed. End it with a line of three hyphens.",
        1,
    ),
    row(
        "front matter of unknown words",
        "---\ntitle: One\nauthor: Two\n---\nText.",
        "letter.md",
        "line 3: “author” is not known in front matter. Use: number, title, kind, written, received, "
        "released, place, senders, recipients, subject, source.",
        3,
    ),
    row(
        "front matter that is no YAML",
        "---\ntitle: [a\n---\nText.",
        "letter.md",
        "line 2: the front matter cannot be read (expected ',' or ']', but got '<stream end>'). Write name: "
        "value on each line.",
        2,
    ),
    row(
        "front matter that is a list",
        "---\n- a\n- b\n---\nText.",
        "letter.md",
        "line 2: front matter is made of lines like title: Message to Chairman Khrushchev.",
        2,
    ),
    row(
        "date that does not exist",
        "---\ntitle: One\nwritten: 31 February 1962\n---\nText.",
        "letter.md",
        "line 3: February 1962 has no day 31.",
        3,
    ),
    row(
        "date that is none",
        "---\nwritten: soon\n---\nText.",
        "letter.md",
        "line 2: “soon” is not a date. Write it like 7 March 1962, March 1962, 1962, 21-23 February 1962 or "
        "circa 1962.",
        2,
    ),
]


@pytest.mark.parametrize("bad", ROWS, ids=lambda bad: bad.wrong.replace(" ", "-"))
def test_it_is_refused_with_a_sentence(bad: Row) -> None:
    source = bad.bytes
    with pytest.raises(ReadError) as refused:
        read_source(source, recognise(source, bad.name))
    assert (str(refused.value), refused.value.line) == (bad.message, bad.line)


def test_there_are_rows_for_every_format() -> None:
    assert len(ROWS) >= 40
    assert set(FORMATS) <= {"text", *(recognised(bad) for bad in ROWS)}


def recognised(bad: Row) -> str:
    try:
        return recognise(bad.bytes, bad.name)
    except ReadError:
        return ""


@pytest.mark.parametrize("bad", ROWS, ids=lambda bad: bad.wrong.replace(" ", "-"))
def test_a_message_says_what_is_wrong_and_what_to_do(bad: Row) -> None:
    assert bad.message.endswith(".")
    assert len(bad.message) < 400
    assert "Error" not in bad.message
    assert "Traceback" not in bad.message


@pytest.mark.parametrize("format", FORMATS)
def test_what_an_editor_sees_of_a_source_is_refused_alike(format: str) -> None:
    for source in (b"", b" \n\t", bytes(21 * MEGABYTE)):
        with pytest.raises(ReadError):
            source_lines(source, format)
        with pytest.raises(ReadError):
            read_source(source, format)
