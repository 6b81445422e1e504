"""The parts of a Word file, unpacked one at a time and never more than a document needs."""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, ZipFile, ZipInfo

from editions.errors import ReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
#: The names of ISO 29500 Strict, and what the same things are called in all other files.
STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
)

MOST_PARTS = 5000
LARGEST_PART = 32 * 1024 * 1024
#: No XML that a word processor wrote shrinks to a smaller share of itself than this.
LARGEST_RATIO = 250
RATIO_FROM = 1024 * 1024
DEEPEST = 200
DAMAGED = "It may have been cut off on its way: get it again, or open it in a word processor and save it anew."


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: the kind, the part or address, and whether it lies outside the file."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file. Raises ``ReadError`` for one that is damaged, encrypted, or grows out of all proportion."""

    def __init__(self, source: bytes) -> None:
        if not source.startswith(b"PK"):
            raise ReadError("this is no Word document, although its name says so. Choose the format that it has.")
        try:
            self._archive = ZipFile(BytesIO(source))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(
                f"this Word document is damaged: it has no readable list of its parts. {DAMAGED}"
            ) from error
        self._parts = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        if (parts := len(self._archive.infolist())) > MOST_PARTS:
            raise ReadError(
                f"this file has {parts} parts, and a Word document has a few dozen. It is refused for safety: open it "
                "in a word processor and save it anew."
            )
        roots = [r for r in self.relationships("").values() if r.kind == "officeDocument"]
        self.main = roots[0].target if roots else "word/document.xml"

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaProject.bin") for name in self._parts)

    def document(self) -> Element:
        """Returns the main part, the text of the document."""
        root = self.part(self.main)
        if root is None:
            raise ReadError(f"the part with the text of this Word document is missing. {DAMAGED}")
        if root.tag != f"{W}document":
            raise ReadError(f"the text of this Word document begins with {_local(root)} instead of document. {DAMAGED}")
        return root

    def related(self, kind: str) -> list[Element]:
        """Returns the parts of a kind ("footnotes", "styles") that the main part refers to."""
        return [root for name in self.related_names(kind) if (root := self.part(name)) is not None]

    def related_names(self, kind: str) -> list[str]:
        """Returns the names of the parts of a kind that the main part refers to."""
        rows = self.relationships(self.main).values()
        return list(dict.fromkeys(r.target for r in rows if r.kind == kind and not r.external))

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Returns what a part refers to, by the id that its XML uses."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for row in root.iter(f"{REL}Relationship") if root is not None else ():
            external = row.get("TargetMode") == "External"
            target = row.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id", "")] = Relationship(row.get("Type", "").rpartition("/")[2], target, external)
        return found

    def part(self, name: str) -> Element | None:
        """Returns the XML of a part, or nothing when the file has no such part."""
        info = self._parts.get(name)
        return _parsed(self._unpacked(info), name) if info else None

    def _unpacked(self, info: ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise ReadError("this Word document is encrypted. Save it without a password and try again.")
        try:
            with self._archive.open(info) as file:
                data = file.read(LARGEST_PART + 1)
        except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zlib.error, RuntimeError) as error:
            raise ReadError(f"the part {info.filename} of this Word document is damaged. {DAMAGED}") from error
        if len(data) > LARGEST_PART or len(data) > max(RATIO_FROM, LARGEST_RATIO * max(info.compress_size, 1)):
            raise ReadError(
                f"the part {info.filename} of this Word document unpacks to many times its size, as no document does. "
                "It is refused for safety: open it in a word processor and save it anew."
            )
        return data


class _Builder(TreeBuilder):
    """Builds a tree without document types, and no deeper than a document is."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadError(
                f"this Word document is nested more than {DEEPEST} levels deep, as no document is. {DAMAGED}"
            )
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ReadError(
            "this Word document declares a document type (DOCTYPE), which is refused for safety. Open it in a word "
            "processor and save it anew."
        )


def _parsed(data: bytes, name: str) -> Element:
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    parser = XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise ReadError(
            f"the part {name} of this Word document is not well-formed XML ({reason} in line {line}, column "
            f"{column + 1}). {DAMAGED}"
        ) from error
    except ReadError:
        raise
    except (ValueError, LookupError) as error:  # an encoding declaration that expat cannot follow
        raise ReadError(f"the part {name} of this Word document is in a coding that is not known. {DAMAGED}") from error
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
