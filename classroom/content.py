"""What a reading is made of, as a value: a title, words of introduction, and items in order.

Items name documents, passages and proposals by their addresses, never by database keys; what they name is looked up
when the reading is shown (``classroom.live``). A reading is stored, copied, frozen for a class and shipped as the JSON
of this value.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, ClassVar

#: The most items of a reading.
MOST_ITEMS = 100
#: The longest text that a teacher writes in one place, in characters.
LONGEST = 20_000
LONGEST_TITLE = 200
MOST_CHOICES = 12
IDENT = re.compile(r"[a-z0-9]{4,12}")


class ContentError(ValueError):
    """A reading is not as it has to be; the message says which item, what is wrong and what to do."""


class Level(StrEnum):
    """For whom a reading is."""

    ANYONE = "anyone"
    LOWER = "lower-secondary"
    SECONDARY = "secondary"
    UNDERGRADUATE = "undergraduate"
    GRADUATE = "graduate"

    @property
    def label(self) -> str:
        return LEVELS[self]


LEVELS = {
    Level.ANYONE: "Any level",
    Level.LOWER: "Lower secondary school",
    Level.SECONDARY: "Secondary school",
    Level.UNDERGRADUATE: "Undergraduate",
    Level.GRADUATE: "Graduate",
}


class Form(StrEnum):
    """How a question is answered."""

    OPEN = "open"  # in one's own words
    CHOICE = "choice"  # by choosing one or several of the choices
    POINT = "point"  # by pointing to a passage of the reading


def new_ident() -> str:
    """A name for an item that no other item of a reading is likely to have."""
    return secrets.token_hex(4)


@dataclass(frozen=True)
class Item:
    """One thing of a reading; ``ident`` stays when it is moved or edited.

    What comes from the archive has a ``remark``, the teacher's words above it, and a ``digest`` of its text when the
    teacher last looked at it.
    """

    kind: ClassVar[str] = ""
    ident: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind} | {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True)
class WholeDocument(Item):
    """A whole document, by its address."""

    kind = "document"
    document: str = ""
    remark: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Span:
    """Passages of one document from ``first`` to ``last``, both included, by their ids."""

    first: str
    last: str


@dataclass(frozen=True)
class Passages(Item):
    """Spans of passages of a document, in its order; what lies between them is left out, and shown to be."""

    kind = "passages"
    document: str = ""
    spans: tuple[Span, ...] = ()
    remark: str = ""
    digest: str = ""


@dataclass(frozen=True)
class ProposalAnswers(Item):
    """A proposal with what answers it and what it answers; ``proposal`` is its id in the document."""

    kind = "proposal"
    document: str = ""
    proposal: str = ""
    remark: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Comparison(Item):
    """Two documents side by side; or, with ``siglum``, a document and one of its witnesses word by word."""

    kind = "comparison"
    document: str = ""
    other: str = ""
    siglum: str = ""
    remark: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Search(Item):
    """A search of the archive, as one would type it."""

    kind = "search"
    query: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Words(Item):
    """The teacher's own text: paragraphs with empty lines between them."""

    kind = "text"
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class Question(Item):
    """A question; ``lines`` is the space to answer on paper.

    What is ``correct`` (choices by their places from 0), the ``places`` ("item#p3") that show it, and the ``model``
    answer are for the teacher's eyes.
    """

    kind = "question"
    form: Form = Form.OPEN
    prompt: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    correct: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    model: str = ""
    lines: int = 5


@dataclass(frozen=True)
class Term(Item):
    """A word that students may not know, and what it means here."""

    kind = "term"
    term: str = ""
    meaning: str = ""


KINDS: dict[str, type[Item]] = {
    each.kind: each for each in (WholeDocument, Passages, ProposalAnswers, Comparison, Search, Words, Question, Term)
}
#: Items that show something of the archive.
FROM_THE_ARCHIVE = (WholeDocument, Passages, ProposalAnswers, Comparison)


@dataclass(frozen=True)
class Content:
    """A whole reading."""

    title: str = ""
    introduction: str = ""
    level: Level = Level.ANYONE
    items: tuple[Item, ...] = ()

    @classmethod
    def from_json(cls, found: object) -> Content:
        """Reads what ``to_json`` gives; raises ``ContentError``."""
        if not isinstance(found, Mapping):
            raise ContentError("A reading is written as an object with title, introduction, level and items.")
        _refuse_others(found, {each.name for each in fields(cls)}, "The reading")
        items = found.get("items", [])
        if not isinstance(items, list | tuple) or len(items) > MOST_ITEMS:
            raise ContentError(f"The items of a reading are a list of at most {MOST_ITEMS}.")
        read = tuple(item_from_json(each, f"Item {place}") for place, each in enumerate(items, 1))
        idents = [each.ident for each in read]
        for place, ident in enumerate(idents, 1):
            if ident in idents[: place - 1]:
                raise ContentError(f"Item {place} has the ident {ident!r} of an earlier item: give it one of its own.")
        title = _line(found.get("title", ""), "The title", LONGEST_TITLE)
        if not title:
            raise ContentError("A reading needs a title.")
        try:
            level = Level(found.get("level", Level.ANYONE))
        except ValueError:
            raise ContentError(f"The level is one of {', '.join(Level)}.") from None
        return cls(title, _text(found.get("introduction", ""), "The introduction"), level, read)

    def to_json(self) -> dict[str, Any]:
        """The reading as JSON can hold it."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "level": str(self.level),
            "items": [each.to_json() for each in self.items],
        }

    def item(self, ident: str) -> Item | None:
        return next((each for each in self.items if each.ident == ident), None)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(each for each in self.items if isinstance(each, Question))

    def with_items(self, items: tuple[Item, ...]) -> Content:
        return replace(self, items=items)


def item_from_json(found: object, where: str) -> Item:
    """Reads one item; ``where`` names it in what ``ContentError`` says."""
    if not isinstance(found, Mapping) or found.get("kind") not in KINDS:
        raise ContentError(f"{where} has no kind that is known: write one of {', '.join(KINDS)}.")
    kind = KINDS[found["kind"]]
    _refuse_others(found, {"kind", *(each.name for each in fields(kind))}, where)
    ident = found.get("ident") or new_ident()
    if not isinstance(ident, str) or not IDENT.fullmatch(ident):
        raise ContentError(f"{where}: an ident has 4 to 12 small letters and digits.")
    values = {
        each.name: _value(each.name, found[each.name], where)
        for each in fields(kind)
        if each.name != "ident" and each.name in found
    }
    item = kind(ident, **values)
    problem = _lacks(item)
    if problem:
        raise ContentError(f"{where}: {problem}")
    return item


def _lacks(item: Item) -> str:
    """What an item does not have and needs, in a sentence."""
    match item:
        case WholeDocument() | Passages() | ProposalAnswers() | Comparison() if not item.document:
            return "name a document by its address."
        case Passages(spans=()):
            return "choose the passages."
        case ProposalAnswers(proposal=""):
            return "name the proposal by its id."
        case Comparison() if bool(item.other) == bool(item.siglum):
            return "compare the document either with another one or with one of its witnesses, by its siglum."
        case Search(query=""):
            return "a search needs words to look for."
        case Words(heading="", text=""):
            return "write a text."
        case Term() if not (item.term and item.meaning):
            return "write the term and what it means."
        case Question():
            return _question_lacks(item)
    return ""


def _question_lacks(item: Question) -> str:
    if not item.prompt:
        return "write the question."
    if item.form is Form.CHOICE and len(item.choices) < 2:
        return "write at least two choices."
    if any(not 0 <= each < len(item.choices) for each in item.correct):
        return "what is correct is one of the choices, counted from 0."
    return ""


def _value(name: str, found: object, where: str) -> Any:
    """One value of an item, of the type that its name calls for."""
    match name:
        case "spans":
            return _spans(found, where)
        case "form":
            try:
                return Form(str(found))
            except ValueError:
                raise ContentError(f"{where}: the form of a question is one of {', '.join(Form)}.") from None
        case "choices" | "places":
            several = _several(found, name, where)
            return tuple(_line(each, f"{where}: one of its {name}", 1000) for each in several)
        case "correct":
            several = _several(found, name, where)
            if not all(isinstance(each, int) and not isinstance(each, bool) for each in several):
                raise ContentError(f"{where}: what is correct is a list of whole numbers.")
            return tuple(several)
        case "several":
            return found is True
        case "lines":
            if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= 60:
                raise ContentError(f"{where}: the lines to answer on are a number from 0 to 60.")
            return found
        case "document" | "other" | "proposal" | "siglum" | "digest" | "query" | "heading" | "term":
            return _line(found, f"{where}: {name}", 600)
    return _text(found, f"{where}: {name}")


def _spans(found: object, where: str) -> tuple[Span, ...]:
    spans = []
    for each in _several(found, "spans", where, most=100):
        first, last = (each.get("first"), each.get("last")) if isinstance(each, Mapping) else ("", "")
        if not (isinstance(first, str) and isinstance(last, str) and 0 < len(first) <= 60 and 0 < len(last) <= 60):
            raise ContentError(f"{where}: a span of passages has a first and a last, such as p3.")
        spans.append(Span(first, last))
    return tuple(spans)


def _several(found: object, name: str, where: str, most: int = MOST_CHOICES) -> list[Any]:
    if not isinstance(found, list | tuple) or len(found) > most:
        raise ContentError(f"{where}: {name} are a list of at most {most}.")
    return list(found)


def _line(found: object, where: str, longest: int) -> str:
    text = " ".join(_text(found, where).split())
    if len(text) > longest:
        raise ContentError(f"{where} has at most {longest:,} characters.")
    return text


def _text(found: object, where: str) -> str:
    if not isinstance(found, str):
        raise ContentError(f"{where} is a text.")
    if len(found) > LONGEST:
        raise ContentError(f"{where} has at most {LONGEST:,} characters.")
    return found.replace("\r\n", "\n").replace("\x00", "").strip()


def _refuse_others(found: Mapping[str, Any], known: set[str], where: str) -> None:
    others = sorted(set(map(str, found)) - known)
    if others:
        raise ContentError(f"{where} has {', '.join(others)}, which is not known: leave it out or correct its name.")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Span):
        return {"first": value.first, "last": value.last}
    return str(value) if isinstance(value, StrEnum) else value
