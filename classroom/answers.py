"""What students answer, as a value: read from what a page sends, kept as JSON, and put into words for a person.

The JSON has the one part that the form of its question calls for: ``{"text": …}``, ``{"chosen": [0, 2]}`` or
``{"places": ["item#p3"]}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from classroom.content import Content, Form, Passages, Question, WholeDocument
from classroom.excerpts import Excerpt
from classroom.live import LiveReading

#: The longest answer, in characters, and the most passages that one answer points to.
LONGEST = 20_000
MOST_PLACES = 12
#: What no database can hold: NUL, and halves of characters as UTF-16 has them.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
PLACE = re.compile(r"([a-z0-9]{4,12})#([^\s\x00\ud800-\udfff]{1,60})")
#: As many words of a passage stand where it is offered or named.
FIRST_WORDS = 12


class AnswerError(ValueError):
    """What was sent is no answer to its question; the message says why."""


@dataclass(frozen=True)
class Given:
    """What a student gave as an answer; ``chosen`` are choices by their places from 0, ``places`` are "item#p3"."""

    text: str = ""
    chosen: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.chosen or self.places)

    def to_json(self, form: Form) -> dict[str, Any]:
        """What is stored as ``Answer.value``."""
        match form:
            case Form.CHOICE:
                return {"chosen": list(self.chosen)}
            case Form.POINT:
                return {"places": list(self.places)}
        return {"text": self.text}


def read(question: Question, found: object, content: Content) -> Given:
    """Reads an answer to a question of a reading; raises ``AnswerError``."""
    part = {Form.OPEN: "text", Form.CHOICE: "chosen", Form.POINT: "places"}[question.form]
    if not isinstance(found, Mapping) or set(found) != {part}:
        raise AnswerError(f"The answer to this question has {part} and nothing else.")
    match question.form:
        case Form.CHOICE:
            return Given(chosen=_chosen(question, found[part]))
        case Form.POINT:
            return Given(places=_places(question, found[part], content))
    return Given(text=text_of(found[part]))


def text_of(found: object, longest: int = LONGEST) -> str:
    """A text as it is stored, with line feeds alone between its lines; raises ``AnswerError``."""
    if not isinstance(found, str):
        raise AnswerError("What was written is a text.")
    text = UNSTORABLE.sub("", found.replace("\r\n", "\n"))
    if len(text) > longest:
        raise AnswerError(f"What was written has {len(text):,} characters, and at most {longest:,} can be kept.")
    return text


def _chosen(question: Question, found: object) -> tuple[int, ...]:
    places = range(len(question.choices))
    if not isinstance(found, list) or not all(type(each) is int and each in places for each in found):
        raise AnswerError("What was chosen is not among the choices.")
    if len(found) > 1 and not question.several:
        raise AnswerError("Only one of the choices can be chosen.")
    return tuple(sorted(set(found)))


def _places(question: Question, found: object, content: Content) -> tuple[str, ...]:
    most = MOST_PLACES if question.several else 1
    if not isinstance(found, list) or len(found) > most:
        raise AnswerError(f"At most {most} passage{'s' if most > 1 else ''} can be chosen.")
    for each in found:
        place = PLACE.fullmatch(each) if isinstance(each, str) else None
        if place is None or not isinstance(content.item(place[1]), WholeDocument | Passages):
            raise AnswerError("What was pointed to is no passage of the reading.")
    return tuple(dict.fromkeys(found))


def stored(value: object) -> Given:
    """What ``Answer.value`` says, as far as it can be read."""
    if not isinstance(value, Mapping):
        return Given()
    return Given(str(value.get("text", "")), tuple(value.get("chosen", ())), tuple(value.get("places", ())))


def unanswered(content: Content, values: Mapping[str, object]) -> list[Question]:
    """The questions that have no answer among these values of answers, by the idents of their questions."""
    return [each for each in content.questions if stored(values.get(each.ident)).is_empty]


class Place(NamedTuple):
    """A passage of a reading that an answer may point to; ``value`` is how the answer names it."""

    value: str
    document: str
    number: str
    words: str

    @property
    def name(self) -> str:
        """ "Passage 3", or "A passage" where it has no number."""
        return f"Passage {self.number}" if self.number else "A passage"


def places(live: LiveReading) -> dict[str, Place]:
    """Every passage of a reading as it is shown now, by its value and in the order of the reading."""
    found = {}
    for shown in live.shown:
        if shown.excerpt:
            for ident, text in shown.excerpt.plain.items():
                value = f"{shown.item.ident}#{ident}"
                found[value] = _place(value, ident, text, shown.excerpt)
    return found


def _place(value: str, ident: str, text: str, excerpt: Excerpt) -> Place:
    words = text.split()
    first = " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
    return Place(value, excerpt.document.name, str(excerpt.numbered.get(ident) or ""), first)


def in_words(question: Question, value: object, live: LiveReading) -> str:
    """An answer as a person reads it, "" when there is none; one line for each choice or passage."""
    return worded(question, value, places(live) if question.form is Form.POINT else {})


def worded(question: Question, value: object, known: Mapping[str, Place]) -> str:
    """The same, for many answers to one reading: with what ``places`` gives for it."""
    given = stored(value)
    match question.form:
        case Form.CHOICE:
            return "\n".join(question.choices[each] for each in given.chosen if each < len(question.choices))
        case Form.POINT:
            return "\n".join(pointed(each, known.get(each)) for each in given.places)
    return given.text.strip()


def pointed(value: str, place: Place | None) -> str:
    """A passage that an answer names, in words."""
    if place is None:
        return f"A passage that the reading no longer shows ({value.partition('#')[2]})"
    return f"{place.document}, {place.name.lower()}: “{place.words}”"
