"""Word files for tests, packed from XML that people can read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = ("styles", "numbering", "settings", "footnotes", "endnotes", "comments", "header1", "footer1")
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word_file(body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """Packs a Word file with this body (the XML within w:body) and other parts (the XML within their root)."""
    roots = {"document": f"<w:body>{body}</w:body>", **parts}
    return pack({f"word/{name}.xml": _root(name, xml) for name, xml in roots.items()}, links or {})


def word_folder(folder: Path) -> bytes:
    """Packs a Word file of the XML files in a folder."""
    return pack({f"word/{path.name}": path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.xml"))}, {})


def pack(parts: dict[str, str], links: dict[str, str]) -> bytes:
    """Packs parts into a Word file, with the relationships that they need."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/_rels/document.xml.rels", _relationships(parts, links))
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return file.getvalue()


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def _root(name: str, xml: str) -> str:
    tag = name.rstrip("1")
    return f"<w:{tag} {NAMESPACES}>{xml}</w:{tag}>"


def _relationships(parts: dict[str, str], links: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in RELATED
        if f"word/{name}.xml" in parts
    )
    rows += "".join(
        f'<Relationship Id="{ident}" Type="{R}/hyperlink" Target="{target}" TargetMode="External"/>'
        for ident, target in links.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
