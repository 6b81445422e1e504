"""A class's reading as one of its students sees it: each item with what they did with it, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from classroom.answers import Given, Place, places, pointed, stored
from classroom.content import Question
from classroom.live import LiveReading, Shown, live
from classroom.marking_up import Marked, marked
from classroom.models import Answer, Assignment, Highlight, Student
from classroom.saving import refusal
from classroom.sent import ON_ITEM, TO_READ

NOTHING = Given()


class Draft(NamedTuple):
    """What was sent in a form and not stored: shown again, with what is wrong."""

    value: Mapping[str, Any]
    problem: str
    stored_words: str = ""


@dataclass(frozen=True)
class Entry:
    """An item of the reading with what the student did with it; ``chosen`` are the passages an answer points to."""

    shown: Shown
    answer: Answer | None = None
    given: Given = NOTHING
    chosen: tuple[tuple[str, str], ...] = ()
    draft: Draft | None = None
    note: Highlight | None = None
    is_read: bool = False

    @property
    def is_question(self) -> bool:
        return isinstance(self.shown.item, Question)

    @property
    def is_to_read(self) -> bool:
        return isinstance(self.shown.item, TO_READ)

    @property
    def counts(self) -> bool:
        """Whether it is something to do."""
        return self.is_question or self.is_to_read

    @property
    def is_done(self) -> bool:
        return not self.given.is_empty if self.is_question else self.is_read

    @property
    def base(self) -> int:
        """The sequence of the answer that the page shows."""
        return self.answer.sequence if self.answer else 0


class PlaceGroup(NamedTuple):
    """The passages of one item, to choose from."""

    name: str
    places: list[Place]


@dataclass(frozen=True)
class WorkPage:
    """The page of a student; without one it is the preview of the teacher."""

    assignment: Assignment
    live: LiveReading
    student: Student | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    @property
    def is_preview(self) -> bool:
        return self.student is None

    @cached_property
    def refusal(self) -> str:
        """Why nothing can be changed now; "" where it can."""
        return refusal(self.assignment, self.student) if self.student else ""

    @property
    def is_open(self) -> bool:
        """Whether its fields can be filled in."""
        return not self.refusal

    @cached_property
    def places(self) -> dict[str, Place]:
        return places(self.live)

    @cached_property
    def place_groups(self) -> list[PlaceGroup]:
        groups: dict[str, list[Place]] = {}
        for place in self.places.values():
            groups.setdefault(place.value.partition("#")[0], []).append(place)
        return [PlaceGroup(each[0].document, each) for each in groups.values()]

    @cached_property
    def entries(self) -> list[Entry]:
        return [self._entry(each) for each in self.live.shown]

    def _entry(self, shown: Shown) -> Entry:
        ident = shown.item.ident
        answer, draft = self.answers.get(ident), self.drafts.get(ident)
        given = stored(draft.value if draft else answer.value if answer else None)
        return Entry(
            shown,
            answer,
            given,
            tuple((self._anchor(each), pointed(each, self.places.get(each))) for each in given.places),
            draft,
            next((each for each in self.highlights if each.ident == f"{ON_ITEM}{ident}"), None),
            self.student is not None and ident in self.student.read,
        )

    def _anchor(self, value: str) -> str:
        """Where on the page a passage stands; "" where it does not."""
        return f"item-{value.replace('#', '-')}" if value in self.places else ""

    @cached_property
    def marked(self) -> list[Marked]:
        """The words that the student marked, in the order of the reading."""
        excerpts = {each.item.ident: each.excerpt for each in self.live.shown if each.excerpt}
        order = {each.item.ident: each.number for each in self.live.shown}
        order_of_places = {value: number for number, value in enumerate(self.places)}
        found = [marked(each, excerpts) for each in self.highlights if each.passage]
        found.sort(
            key=lambda each: (
                order.get(each.highlight.item, 0),
                order_of_places.get(f"{each.highlight.item}#{each.highlight.passage}", 0),
                each.first,
            )
        )
        return found

    @property
    def has_collation(self) -> bool:
        return any(each.collation for each in self.live.shown)

    @property
    def to_do(self) -> list[Entry]:
        return [each for each in self.entries if each.counts]

    @property
    def done(self) -> int:
        return sum(each.is_done for each in self.to_do)

    @property
    def unanswered(self) -> list[Entry]:
        return [each for each in self.entries if each.is_question and not each.is_done]

    @property
    def next_up(self) -> Entry | None:
        """Where to go on: the first thing that is not done, once something is."""
        return next((each for each in self.to_do if not each.is_done), None) if self.done else None

    @property
    def state(self) -> dict[str, Any]:
        """What the scripts of the page need to know."""
        return {
            "answers": {item: {"sequence": each.sequence, "value": each.value} for item, each in self.answers.items()},
            "highlights": [each.to_json() for each in self.marked],
            "notes": {
                each.note.item: {"sequence": each.note.sequence, "note": each.note.note}
                for each in self.entries
                if each.note
            },
            "read": self.student.read if self.student else [],
        }


def work_page(assignment: Assignment, student: Student | None, drafts: Mapping[str, Draft] | None = None) -> WorkPage:
    """Looks up what the page of a student shows."""
    shown = live(assignment.content)
    if student is None:
        return WorkPage(assignment, shown)
    answers = {each.item: each for each in student.answers.all()}
    return WorkPage(assignment, shown, student, answers, tuple(student.highlights.all()), drafts or {})
