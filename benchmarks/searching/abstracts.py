"""The abstracts that editors wrote of documents, which are found again by them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
#: The weights of the ranking were chosen by the abstracts of this volume alone.
CHOSEN_BY = "frus1969-76ve04"


def abstracts(volumes: Path) -> dict[str, str]:
    """The abstract of each document that has one, by the address of the document."""
    found = {}
    for file in sorted(volumes.glob("*.xml")):
        if b'type="summary"' not in file.read_bytes():
            continue
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
        for note in etree.parse(file, parser).iter(f"{TEI}note"):
            if note.get("type") == "summary" and (document := _document(note)) is not None:
                found[f"{file.stem}-{document.get(ID)}"] = plain("".join(note.itertext()))
    return found


def plain(text: str) -> str:
    """The text with its white space made alike."""
    return " ".join(text.split())


def reciprocal_rank(key: str, found: Sequence[str]) -> float:
    """One divided by the place of the document among those found; 0 when it is not there."""
    return 1 / (found.index(key) + 1) if key in found else 0.0


def _document(note: etree._Element) -> etree._Element | None:
    return next((each for each in note.iterancestors() if each.get("type") == "document"), None)
