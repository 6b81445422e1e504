"""What reading one text knows at every element: where it is, which notes there are, and what is to be remarked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from lxml import etree

from editions.model import Remark
from editions.readers.tei.tree import XML_ID, name_of

LONGEST = 20
#: A note named after its document: "d36fn2" is its note fn2.
NOTE_ID = re.compile(r".*?fn(?P<key>[\w.-]+)")
UNFIT = re.compile(r"[\]\[^\s\\]+")
SHOWN = 160
#: The note in a correction that says why, which is no footnote.
REASON = "reason"
#: Types of pointers that stand where a note is called, while the note stands elsewhere.
CALLS = frozenset({"note", "noteAnchor", "footnote"})
HEXADECIMAL = "_."


@dataclass(frozen=True)
class NoteName:
    """The id of a footnote within its edition, and the label that is printed."""

    id: str
    label: str


@dataclass
class Context:
    """One text in the reading. ``volume`` is its volume, or empty; ``first_line`` is where it begins in its file;
    ``readers`` are the functions that read blocks, by the name of the element."""

    root: etree._Element
    readers: Mapping[str, Callable[..., None]]
    volume: str = ""
    first_line: int = 1
    preserve: bool = False
    remarks: list[Remark] = field(default_factory=list)
    notes: dict[etree._Element, NoteName] = field(default_factory=dict)
    by_xml_id: dict[str, NoteName] = field(default_factory=dict)
    pointed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        taken: set[str] = set()
        for element in self.root.iter("{*}note"):
            if element.get("type") == REASON:
                continue
            if self.preserve:
                self.notes[element] = NoteName(plain_id(element.get(XML_ID) or ""), element.get("n") or "")
                continue
            label = " ".join((element.get("n") or "").split())
            found = NOTE_ID.fullmatch(element.get(XML_ID) or "")
            key = UNFIT.sub("", found["key"] if found else label)[: LONGEST - 5] or str(len(taken) + 1)
            unique, number = key, 1
            while unique in taken:
                number += 1
                unique = f"{key}-{number}"
            taken.add(unique)
            self.notes[element] = NoteName(f"fn{unique}", label[:LONGEST] or "*")
        self.by_xml_id = {element.get(XML_ID, ""): name for element, name in self.notes.items()}
        pointers = (element.get("target", "") for element in self.root.iter("{*}ptr", "{*}ref") if is_call(element))
        self.pointed = {target.removeprefix("#") for target in pointers}

    def line(self, element: etree._Element) -> int:
        return (element.sourceline or 1) + self.first_line - 1

    def remark(self, element: etree._Element, message: str, confidence: float = 1.0) -> None:
        self.remarks.append(Remark(self.line(element), message, confidence))

    def word(self, element: etree._Element, attribute: str, known: dict[str, str]) -> str:
        """Returns what a known value of an attribute means, or nothing; a slip of the pen is understood."""
        value = (element.get(attribute) or "").strip()
        if not value or value in known:
            return known.get(value, "")
        if alike := get_close_matches(value, known, 1, 0.8):
            self.remark(element, f"{attribute}=“{value}” is read as “{alike[0]}”.", 0.9)
            return known[alike[0]]
        self.remark(element, f"{attribute}=“{value}” on <{name_of(element)}> is not understood; its words are kept.")
        return ""


def is_call(element: etree._Element) -> bool:
    """Whether a pointer calls a note that stands elsewhere."""
    return element.get("type") in CALLS


def plain_id(written: str) -> str:
    """Returns an identifier of an edition from the form that ``editions.writers.tei_inlines.xml_id`` gives it."""
    if not written.startswith(HEXADECIMAL):
        return written
    try:
        return bytes.fromhex(written.removeprefix(HEXADECIMAL)).decode()
    except ValueError:
        return written


def words_of(element: etree._Element) -> str:
    """Returns all words in an element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def words_without_notes(element: etree._Element) -> str:
    """Returns the words in an element, those of notes left out."""
    return " ".join("".join(parts_without_notes(element)).split())


def parts_without_notes(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name_of(child) not in ("note", "#"):
            yield from parts_without_notes(child)
        yield child.tail or ""


def shown(words: str) -> str:
    """Cuts words for a message."""
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
