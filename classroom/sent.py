"""What the device of a student sends to be stored, as a value: answers, highlights, and what was read or deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from classroom import answers
from classroom.content import Comparison, Content, Item, Passages, ProposalAnswers, Question, WholeDocument, Words

#: The most of each kind in one message, and the longest note, in characters.
MOST_AT_ONCE = 500
LONGEST_NOTE = 5_000
#: The ident of a note on a whole item is this with the item's.
ON_ITEM = "note-"
IDENT = re.compile(r"[a-z0-9-]{4,36}")
PASSAGE = re.compile(r"[^\s\x00\ud800-\udfff]{0,60}")
#: Sequences are milliseconds, as JavaScript can count them.
LAST_SEQUENCE = 2**53
#: Items that one reads, and may say that one has.
TO_READ = (WholeDocument, Passages, ProposalAnswers, Comparison, Words)

Each = TypeVar("Each")


class SentError(ValueError):
    """What was sent cannot be stored; ``where`` is the ident of the item or highlight that is wrong, if one is."""

    def __init__(self, message: str, where: str = "") -> None:
        self.where = where
        super().__init__(message)


@dataclass(frozen=True)
class SentAnswer:
    """An answer; ``knows`` are the sequences that the device knows to be its own or has shown, None where it trusts
    that no other device writes."""

    item: str
    value: dict[str, Any]
    sequence: int
    knows: frozenset[int] | None = None


@dataclass(frozen=True)
class SentHighlight:
    """Words from the letter numbered ``first`` of a passage up to ``end``; or without a passage a note on the item."""

    ident: str
    item: str
    document: str
    passage: str
    first: int
    end: int
    note: str
    sequence: int


@dataclass(frozen=True)
class Sent:
    """One message; ``deleted`` are sequences by the idents of highlights."""

    answers: tuple[SentAnswer, ...] = ()
    highlights: tuple[SentHighlight, ...] = ()
    deleted: Mapping[str, int] | None = None
    read: frozenset[str] = frozenset()


def read(found: object, content: Content) -> Sent:
    """Reads a message about a reading; raises ``SentError``."""
    if not isinstance(found, Mapping) or set(found) - {"answers", "highlights", "deleted", "read"}:
        raise SentError("What is saved is an object with answers, highlights, deleted and read.")
    deleted = _all(found, "deleted", lambda each: (_ident(each), _sequence(each)))
    return Sent(
        answers=tuple(_all(found, "answers", lambda each: _answer(each, content))),
        highlights=tuple(_all(found, "highlights", lambda each: _highlight(each, content))),
        deleted=dict(deleted),
        read=frozenset(_all(found, "read", lambda each: _read_item(each, content))),
    )


def _all(found: Mapping[str, Any], name: str, of: Callable[[Any], Each]) -> list[Each]:
    each = found.get(name, [])
    if not isinstance(each, list) or len(each) > MOST_AT_ONCE:
        raise SentError(f"What is sent as {name} is a list of at most {MOST_AT_ONCE}.")
    return [of(one) for one in each]


def _answer(found: object, content: Content) -> SentAnswer:
    item = _item(found, content)
    if not isinstance(item, Question):
        raise SentError("This item of the reading is no question.", item.ident)
    try:
        given = answers.read(item, _part(found, "value"), content)
    except answers.AnswerError as error:
        raise SentError(str(error), item.ident) from None
    knows = _part(found, "knows")
    if knows is not None and not (isinstance(knows, list) and all(type(each) is int for each in knows)):
        raise SentError("What the device knows is a list of sequences.", item.ident)
    known = None if knows is None else frozenset(knows)
    return SentAnswer(item.ident, given.to_json(item.form), _sequence(found), known)


def _highlight(found: object, content: Content) -> SentHighlight:
    ident, item = _ident(found), _item(found, content)
    passage, first, end = _part(found, "passage"), _part(found, "start"), _part(found, "end")
    if not isinstance(passage, str) or not PASSAGE.fullmatch(passage):
        raise SentError("A highlight names its passage by its id.", ident)
    if passage and not isinstance(item, WholeDocument | Passages):
        raise SentError("Only passages of documents can be marked.", ident)
    if type(first) is not int or type(end) is not int or not (0 <= first < end <= LAST_SEQUENCE or not passage):
        raise SentError("A highlight has a start and an end behind it.", ident)
    try:
        note = answers.text_of(_part(found, "note") or "", LONGEST_NOTE)
    except answers.AnswerError as error:
        raise SentError(str(error), ident) from None
    if not passage:
        first = end = 0
    return SentHighlight(ident, item.ident, getattr(item, "document", ""), passage, first, end, note, _sequence(found))


def _read_item(found: object, content: Content) -> str:
    item = content.item(found) if isinstance(found, str) else None
    if not isinstance(item, TO_READ):
        raise SentError("What was read is no item of the reading that one reads.")
    return item.ident


def _part(found: object, name: str) -> Any:
    if not isinstance(found, Mapping):
        raise SentError("Each thing that is saved is an object.")
    return found.get(name)


def _item(found: object, content: Content) -> Item:
    ident = _part(found, "item")
    item = content.item(ident) if isinstance(ident, str) else None
    if item is None:
        raise SentError("The reading has no such item.", ident if isinstance(ident, str) else "")
    return item


def _ident(found: object) -> str:
    ident = _part(found, "ident")
    if not isinstance(ident, str) or not IDENT.fullmatch(ident):
        raise SentError("A highlight has an ident of 4 to 36 small letters, digits and hyphens.")
    return ident


def _sequence(found: object) -> int:
    sequence = _part(found, "sequence")
    if type(sequence) is not int or not 0 < sequence < LAST_SEQUENCE:
        raise SentError("A sequence is a time in milliseconds.")
    return sequence
