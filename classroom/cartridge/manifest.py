"""Writes the files of a cartridge: the manifest, and one file for every piece."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element as Element

from classroom.cartridge.pieces import Link, Page, Piece
from classroom.content import Content, Level

PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
#: Where the schemas are published, by their namespaces.
SCHEMAS = {
    PACKAGE: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd",
    METADATA: "http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd",
    WEB_LINK: "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imswl_v1p1.xsd",
}
#: Characters that XML cannot hold, not even escaped.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
SCHOOLS = (Level.LOWER, Level.SECONDARY)


def files_of(ident: str, content: Content, pieces: Iterable[Piece]) -> dict[str, bytes]:
    """The files of a cartridge by their names, the manifest first; ``ident`` is that of the reading."""
    pieces = list(pieces)
    files = {"imsmanifest.xml": _manifest(ident, content, pieces)}
    return files | {_file(piece): _written(piece) for piece in pieces}


def _file(piece: Piece) -> str:
    return f"links/{piece.ident}.xml" if isinstance(piece, Link) else f"pages/{piece.ident}.html"


def _written(piece: Piece) -> bytes:
    match piece:
        case Page(html=html):
            return html.encode()
        case Link(title=title, address=address):
            link = _root(WEB_LINK, "webLink", {None: WEB_LINK})
            _add(link, "title", " ".join(title.split()))
            _add(link, "url", href=address, target="_blank")
            return _bytes(link)


def _manifest(ident: str, content: Content, pieces: list[Piece]) -> bytes:
    manifest = _root(PACKAGE, "manifest", {None: PACKAGE, "lom": METADATA}, identifier=f"reading-{ident}")
    _metadata(_add(manifest, "metadata"), content)
    _organization(_add(manifest, "organizations"), content, pieces)
    resources = _add(manifest, "resources")
    for piece in pieces:
        # A link has no href of its own: the standard wants its file only.
        page = {"href": _file(piece)} if isinstance(piece, Page) else {}
        kind = "webcontent" if page else "imswl_xmlv1p1"
        resource = _add(resources, "resource", identifier=f"resource-{piece.ident}", type=kind, **page)
        _add(resource, "file", href=_file(piece))
    return _bytes(manifest)


def _metadata(metadata: Element, content: Content) -> None:
    _add(metadata, "schema", "IMS Common Cartridge")
    _add(metadata, "schemaversion", "1.1.0")
    lom = etree.SubElement(metadata, f"{{{METADATA}}}lom")
    general = _add(lom, "general")
    _add(_add(general, "title"), "string", content.title, language="en")
    if content.introduction:
        _add(_add(general, "description"), "string", content.introduction, language="en")
    educational = _add(lom, "educational")
    _add(_add(educational, "learningResourceType"), "value", "IMS Common Cartridge")
    if content.level is not Level.ANYONE:
        context = _add(educational, "context")
        _add(context, "source", "LOMv1.0")
        _add(context, "value", "school" if content.level in SCHOOLS else "higher education")


def _organization(organizations: Element, content: Content, pieces: list[Piece]) -> None:
    """One module with the title of the reading, and all pieces in it."""
    organization = _add(organizations, "organization", identifier="organization", structure="rooted-hierarchy")
    module = _add(_add(organization, "item", identifier="root"), "item", identifier="module")
    _add(module, "title", content.title)
    for piece in pieces:
        reference = f"resource-{piece.ident}"
        _add(_add(module, "item", identifier=f"item-{piece.ident}", identifierref=reference), "title", piece.title)


def _root(namespace: str, name: str, prefixes: dict[str | None, str], **attributes: str) -> Element:
    """The outermost element of a file, which says where the schemas of its namespaces are."""
    root = etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes | {"xsi": INSTANCE}, attrib=attributes)
    places = " ".join(f"{each} {SCHEMAS[each]}" for each in prefixes.values())
    root.set(f"{{{INSTANCE}}}schemaLocation", places)
    return root


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last element within the parent, in its namespace."""
    clean = {key: NOT_IN_XML.sub("", value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attrib=clean)
    element.text = NOT_IN_XML.sub("", text) or None
    return element


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
