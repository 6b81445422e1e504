"""Parses XML into a tree, safely: no DOCTYPE, no entities, nothing read from elsewhere."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from editions.errors import ReadError
from editions.readers.tei.malformed import malformed, refuse_doctype

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What a part of a file may leave undeclared, because the file around it declares it.
OPENING = f'<TEI xmlns="{TEI}" xmlns:frus="http://history.state.gov/frus/ns/1.0">'.encode()
DEEPEST = 160
DEEP = f"elements stand within elements more than {DEEPEST} deep. No edition is like that."
TOO_DEEP = etree.XPath("/" + "/".join(["*"] * (DEEPEST + 1)))
_NAMES: dict[str, str] = {}


def parse(source: bytes, first_line: int = 1, *, part: bytes = b"") -> etree._Element:
    """Returns the root element; raises ``ReadError`` with line and column for XML that is not well-formed.

    ``part`` is what the source is without the tags put around it, for messages that name a column.
    Identifiers that stand twice and prefixes that are not declared do not matter: the tree keeps them as they are.
    """
    try:
        root = etree.fromstring(source, _parser(recover=False))
    except (etree.XMLSyntaxError, LookupError):
        _check(part or source, first_line)
        root = _without_declarations(source, first_line)
    if root.getroottree().docinfo.doctype:
        _check(part or source, first_line)
    _measure(root, first_line)
    return root


def parse_part(source: bytes, first_line: int = 1) -> etree._Element:
    """Returns the element that a part of a file holds: ``source`` is that element, from tag to tag."""
    if source.lstrip()[:9].upper() == b"<!DOCTYPE":
        _check(source, first_line)
    try:
        return parse(OPENING + source + b"</TEI>", first_line, part=source)[0]
    except IndexError as error:
        raise ReadError("there is no element in this part of the file.", first_line) from error


def name_of(element: etree._Element) -> str:
    """Returns the name of an element: bare in TEI, with frus: before it in another namespace, "#" for a comment."""
    tag = element.tag
    if not isinstance(tag, str):
        return "#"
    name = _NAMES.get(tag)
    if name is None:
        space, _, local = tag.rpartition("}")
        name = local if space in ("", "{" + TEI) else f"frus:{local}" if "state.gov" in space else tag
        _NAMES[tag] = name
    return name


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False, recover=recover, remove_pis=True
    )


def _without_declarations(source: bytes, first_line: int) -> etree._Element:
    """Parses XML whose only fault is a prefix that is not declared; a tree that is cut off is refused."""
    parser = _parser(recover=True)
    root = etree.fromstring(source, parser)
    faults = [entry for entry in parser.error_log if entry.domain_name != "NAMESPACE"]
    if not faults and root is not None:
        return root
    line = (faults[0].line if faults else 1) + first_line - 1
    if faults and "depth" in faults[0].message:
        raise ReadError(DEEP, line)
    if faults and faults[0].type_name == "ERR_RESOURCE_LIMIT":
        raise ReadError("one element holds more than ten million characters. No edition is like that.", line)
    raise ReadError("this is not well-formed XML. Save it again as UTF-8.", line)


def _check(source: bytes, first_line: int) -> None:
    """Reads XML with expat, which minds no identifiers and no namespaces, and says where it stumbles."""
    parser = expat.ParserCreate()
    refuse_doctype(parser)
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        at = parser.ErrorByteIndex
        if not source[at : at + 1].isascii():
            message = f"byte {at} is not in the encoding that this file declares. Save it as UTF-8."
            raise ReadError(message, first_line + error.lineno - 1) from error
        raise malformed(error, first_line) from error
    except ReadError as error:
        raise ReadError(error.message, error.line + first_line - 1) from error
    except (LookupError, ValueError) as error:
        raise ReadError("the encoding that this file declares is not known. Save it as UTF-8.", first_line) from error


def _measure(root: etree._Element, first_line: int) -> None:
    if deep := TOO_DEEP(root):
        line = (deep[0].sourceline or 1) + first_line - 1
        raise ReadError(DEEP, line)
