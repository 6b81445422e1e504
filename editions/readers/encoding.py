"""Turns the bytes of a text into characters, and says which coding it took."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from editions.errors import ReadError
from editions.model import Remark
from editions.readers.charsets import tell_charset

BOM = "\ufeff"
#: Byte order marks, the longer first: that of UTF-32 begins like that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
NEWLINE = re.compile(rb"\r\n|\r|\n")
LINE_ENDS = re.compile("\r\n|[\r\v\u0085\u2028\u2029]")
SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
BEYOND_ASCII_BYTES = re.compile(rb"[\x80-\xff]")
#: What no text has: control characters but tab, line feed and form feed, and the two that XML forbids.
CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: What old word processors wrote for a hyphen that does not break, and for one that shows only in a break.
OLD_HYPHENS = {"\x1e": "\u2011", "\x1f": "\u00ad"}
LOST = "\ufffd"
MOST_CONTROLS = 0.01
SAVE = "Save the file as UTF-8 and try again."


@dataclass(frozen=True)
class Decoded:
    """The text of a source, the name of the coding it was read in, and what an editor should look at."""

    text: str
    encoding: str
    remarks: tuple[Remark, ...] = ()


def decode(source: bytes) -> str:
    """Returns the text of a source as ``decoded`` reads it; raises ``ReadError`` as it does."""
    return decoded(source).text


def decoded(source: bytes) -> Decoded:
    """Reads the characters of a text: UTF-8, UTF-16 or UTF-32 with its mark, Windows-1252, Latin-1 or Mac Roman.

    Line ends become LF, a byte order mark is left out, a control character becomes U+FFFD with a remark. Raises
    ``ReadError`` for an empty source, for bytes whose coding is not clear (with the offset of the first), for NUL and
    for what has so many control characters that it is no text.
    """
    text, encoding, remarks = _characters(source)
    text = LINE_ENDS.sub("\n", text.removeprefix(BOM))
    if "\0" in text:
        raise ReadError("this is not text: it has a NUL character.", text.count("\n", 0, text.index("\0")) + 1)
    if not text.strip():
        raise ReadError("this source is empty: there is no text in it.")
    text, replaced = _without_controls(text)
    return Decoded(text, encoding, (*remarks, *replaced, *_read_twice(text), *_lost(text, replaced)))


def _characters(source: bytes) -> tuple[str, str, tuple[Remark, ...]]:
    for mark, coding, name in MARKS:
        if source.startswith(mark):
            return _strictly(source, coding, name, len(mark)), name, ()
    if coding := _unmarked_utf_16(source):
        said = "Read as UTF-16, although the file does not say so."
        return _strictly(source, coding, "UTF-16", 0), "UTF-16", (Remark(1, said, 0.9),)
    try:
        return source.decode("utf-8"), "UTF-8", ()
    except UnicodeDecodeError as error:
        at = error.start
    line = _line(source, at)
    sequences = [match for match in SEQUENCE.findall(source) if _is_common(match.decode("utf-8", "ignore"))]
    strays = len(BEYOND_ASCII_BYTES.findall(source)) - sum(map(len, sequences))
    if len(sequences) * 3 > strays:
        raise ReadError(
            f"byte {at} is not UTF-8, although other characters of this file are. It is damaged, or two files in one: "
            "get it again, or mend the characters and save it as UTF-8.",
            line,
        )
    charset = tell_charset(source)
    if charset is None:
        raise ReadError(f"byte {at} is not UTF-8, and no other coding of this text is certain. {SAVE}", line)
    return charset.text, charset.name, (_conversion(source, at, charset.text, charset.name, charset.confidence),)


def _strictly(source: bytes, coding: str, name: str, start: int) -> str:
    try:
        return source[start:].decode(coding)
    except UnicodeDecodeError as error:
        line = source[start : start + error.start].decode(coding, "ignore").count("\n") + 1
        message = f"byte {start + error.start} is not {name}, with which this file begins. It is damaged: get it again."
        raise ReadError(message, line) from error


def _unmarked_utf_16(source: bytes) -> str:
    """Tells UTF-16 without its mark by the zero in every other byte of plain letters."""
    zeros = (source[0:2000:2].count(0), source[1:2000:2].count(0))
    half = len(source[:2000]) // 2
    if len(source) % 2 or max(zeros) * 2 < half or min(zeros) * 20 > half:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _conversion(source: bytes, at: int, text: str, name: str, confidence: float) -> Remark:
    count = len(BEYOND_ASCII_BYTES.findall(source))
    others = f" and {_times(count - 1, 'more character')} beyond ASCII" if count > 1 else ""
    message = (
        f"This text is not UTF-8 (byte {at}). It is read as {name}: check “{_word(text, at)}” in line "
        f"{_line(source, at)}{others}."
    )
    return Remark(1, message, confidence)


def _word(text: str, at: int) -> str:
    """Returns the word around a place in a text, at most 20 characters to either side."""
    before = re.split(r"\s", text[max(at - 20, 0) : at])[-1]
    return before + re.split(r"\s", text[at : at + 20])[0]


def _line(source: bytes, at: int) -> int:
    return len(NEWLINE.findall(source, 0, at)) + 1


def _without_controls(text: str) -> tuple[str, tuple[Remark, ...]]:
    for old, new in OLD_HYPHENS.items():
        text = text.replace(old, new)
    found = list(CONTROL.finditer(text))
    if not found:
        return text, ()
    line = text.count("\n", 0, found[0].start()) + 1
    if len(found) > len(text) * MOST_CONTROLS + 2:
        raise ReadError(f"this is not text: it has {len(found)} control characters.", line)
    codes = ", ".join(sorted({f"U+{ord(match[0]):04X}" for match in found}))
    message = (
        f"{_times(len(found), 'control character')} ({codes}), the first in this line, cannot be shown: "
        f"“{LOST}” stands for each. Put what belongs there."
    )
    return CONTROL.sub(LOST, text), (Remark(line, message, 0.3),)


def _lost(text: str, replaced: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """A text may come with characters that another program could not read, and that are lost."""
    if LOST not in text or replaced:
        return ()
    line = text.count("\n", 0, text.index(LOST)) + 1
    message = (
        f"This text came with {_times(text.count(LOST), 'lost character')}, the first in this line: “{LOST}” stands "
        "for each. Put what belongs there."
    )
    return (Remark(line, message, 0.3),)


def _read_twice(text: str) -> tuple[Remark, ...]:
    """Finds UTF-8 that was once read as another coding and saved again: "donâ€™t" for "don’t"."""
    found = [
        (match.start(), match[0], mended) for match in BEYOND_ASCII.finditer(text) if (mended := _mended(match[0]))
    ]
    if not found:
        return ()
    at, wrong, right = found[0]
    message = (
        f"“{wrong}” looks like UTF-8 that was read as another coding, and then it was “{right}”. It is kept as it is"
        f"{f', here and in {len(found) - 1} more places' if len(found) > 1 else ''}: correct it, or get a better copy."
    )
    return (Remark(text.count("\n", 0, at) + 1, message, 0.3),)


def _mended(run: str) -> str:
    """Returns what a run of characters was before it was read wrongly, if that was one of the common ones."""
    for coding in ("cp1252", "latin-1", "mac_roman"):
        try:
            right = run.encode(coding).decode("utf-8")
        except UnicodeError:
            continue
        if _is_common(right):
            return right
    return ""


def _is_common(text: str) -> bool:
    """Tells whether characters beyond ASCII are those of Western languages and their punctuation."""
    return all("\u00a0" <= char <= "\u017f" or "\u2010" <= char <= "\u203a" or char in "€™" for char in text)


def _times(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
