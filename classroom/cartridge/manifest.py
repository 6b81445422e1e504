"""Writes the files of a cartridge: the manifest, and one file for every piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.text import slugify

from classroom.cartridge.pieces import Link, Page, Piece, Quiz
from classroom.cartridge.questions import quiz
from classroom.cartridge.xml import METADATA, PACKAGE, WEB_LINK, Element, add, root, written
from classroom.content import Content, Level

#: What each kind of piece is called in a manifest, and where its file is.
KINDS: dict[type[Piece], tuple[str, str]] = {
    Link: ("imswl_xmlv1p1", "links/{}.xml"),
    Page: ("webcontent", "pages/{}.html"),
    Quiz: ("imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "questions/{}.xml"),
}
SCHOOLS = (Level.LOWER, Level.SECONDARY)


def files_of(ident: str, content: Content, pieces: Iterable[Piece]) -> dict[str, bytes]:
    """The files of a cartridge by their names, the manifest first; ``ident`` is that of the reading.

    A course system takes what has the same identifier for the same thing, and may have files of many readings in one
    place: so the reading is named in each identifier, and its files have a folder of their own.
    """
    folder = f"{slugify(content.title)[:40].strip('-') or 'reading'}-{ident[:6]}"
    files = {f"{folder}/{_file(piece)}": replace(piece, ident=f"{ident}-{piece.ident}") for piece in pieces}
    manifest = _manifest(ident, content, files)
    return {"imsmanifest.xml": manifest} | {name: _written(piece) for name, piece in files.items()}


def _file(piece: Piece) -> str:
    return KINDS[type(piece)][1].format(piece.ident)


def _written(piece: Piece) -> bytes:
    match piece:
        case Page(html=html):
            return html.encode()
        case Quiz(ident=ident, title=title, questions=questions):
            return quiz(ident, title, questions)
        case Link(title=title, address=address):
            link = root(WEB_LINK, "webLink")
            add(link, "title", " ".join(title.split()))
            # The archive does not let itself be shown within the page of another site.
            add(link, "url", href=address, target="_blank")
            return written(link)


def _manifest(ident: str, content: Content, files: Mapping[str, Piece]) -> bytes:
    manifest = root(PACKAGE, "manifest", {"lom": METADATA}, identifier=f"reading-{ident}")
    _metadata(add(manifest, "metadata"), content)
    _organization(add(manifest, "organizations"), ident, content, files.values())
    resources = add(manifest, "resources")
    for name, piece in files.items():
        # Pages are opened by their address; of what is read by the course system the standard wants the file only.
        opened = {"href": name} if isinstance(piece, Page) else {}
        kind = KINDS[type(piece)][0]
        resource = add(resources, "resource", identifier=f"resource-{piece.ident}", type=kind, **opened)
        add(resource, "file", href=name)
    return written(manifest)


def _metadata(metadata: Element, content: Content) -> None:
    add(metadata, "schema", "IMS Common Cartridge")
    add(metadata, "schemaversion", "1.1.0")
    lom = add(metadata, "lom", namespace=METADATA)
    general = add(lom, "general")
    add(add(general, "title"), "string", content.title, language="en")
    if content.introduction:
        add(add(general, "description"), "string", content.introduction, language="en")
    educational = add(lom, "educational")
    add(add(educational, "learningResourceType"), "value", "IMS Common Cartridge")
    if content.level is not Level.ANYONE:
        context = add(educational, "context")
        add(context, "source", "LOMv1.0")
        add(context, "value", "school" if content.level in SCHOOLS else "higher education")


def _organization(organizations: Element, ident: str, content: Content, pieces: Iterable[Piece]) -> None:
    """One module with the title of the reading, and all pieces in it."""
    shape = {"identifier": f"organization-{ident}", "structure": "rooted-hierarchy"}
    top = add(add(organizations, "organization", **shape), "item", identifier=f"top-{ident}")
    module = add(top, "item", identifier=f"module-{ident}")
    add(module, "title", content.title)
    for piece in pieces:
        reference = f"resource-{piece.ident}"
        add(add(module, "item", identifier=f"item-{piece.ident}", identifierref=reference), "title", piece.title)
