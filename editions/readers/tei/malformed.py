"""Says in plain words what is wrong with XML that cannot be read."""

from __future__ import annotations

from xml.parsers import expat
from xml.parsers.expat import errors

from editions.errors import ReadError

REASONS = {
    errors.XML_ERROR_NO_ELEMENTS: "it ends before its elements are closed, or has none. It may be cut off",
    errors.XML_ERROR_INVALID_TOKEN: "a character stands where XML allows none. Write & as &amp; and < as &lt;",
    errors.XML_ERROR_UNCLOSED_TOKEN: "a tag or comment is begun and never ended. The file may be cut off",
    errors.XML_ERROR_PARTIAL_CHAR: "the file ends within a character. It may be cut off",
    errors.XML_ERROR_TAG_MISMATCH: "this end tag does not match the element that is open. Close elements in order",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute stands twice in one tag. Remove one",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something follows the end of the document. Remove it",
    errors.XML_ERROR_UNDEFINED_ENTITY: "this entity is not known. Write the character itself",
    errors.XML_ERROR_BAD_CHAR_REF: "this character reference names no character of XML",
    errors.XML_ERROR_UNKNOWN_ENCODING: "the encoding it declares is not known. Save it as UTF-8",
    errors.XML_ERROR_INCORRECT_ENCODING: "it is not in the encoding it declares. Save it as UTF-8",
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "a CDATA section is begun and never ended",
    errors.XML_ERROR_MISPLACED_XML_PI: "the XML declaration does not stand at the very beginning",
    errors.XML_ERROR_ASYNC_ENTITY: "an entity ends within another element than it begins in",
}
NO_DOCTYPE = (
    "this file has a DOCTYPE, which could make the archive read other files. Remove the DOCTYPE and save it again."
)


def malformed(error: expat.ExpatError, first_line: int = 1) -> ReadError:
    """Returns the error for XML that expat refuses, with line and column; ``first_line`` is that of its first line."""
    reason = REASONS.get(errors.messages[error.code], errors.messages[error.code])
    return ReadError(
        f"column {error.offset + 1}: this is not well-formed XML: {reason}.", first_line + error.lineno - 1
    )


def refuse_doctype(parser: expat.XMLParserType) -> None:
    """Makes a parser refuse a document type declaration, and with it every entity that a file could define."""

    def refuse(name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        raise ReadError(NO_DOCTYPE, parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
