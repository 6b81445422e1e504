"""The contents of a collection: its divisions, each with the documents that it holds, and the lists of its volume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr

from documents import published
from documents.models import Collection, Division, Document, ListEntry, Participation, Passage, Person, Proposal

ORDER = ("position", "sort_date", "slug")
#: As many characters of an editorial note are looked at for its first words.
OPENING = 300
#: Where a memorandum says what it is about: what stands under SUBJECT.
SUBJECT = "memo-subject-1"


class Line(NamedTuple):
    """What the contents need of a document."""

    division: int | None
    number: str
    written: date | None


@dataclass(frozen=True)
class Part:
    """A division, or with ``None`` the whole collection, with the documents of its own and those of its parts."""

    division: Division | None
    own: tuple[Line, ...]
    parts: tuple[Part, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All its documents in reading order, as long as divisions stand after the documents of what holds them."""
        return (*self.own, *(line for part in self.parts for line in part.lines))

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def numbers(self) -> tuple[str, str] | None:
        """The first and the last number among its documents, where they are numbered."""
        numbers = [line.number for line in self.lines if line.number]
        return (numbers[0], numbers[-1]) if numbers else None

    @property
    def years(self) -> str:
        """The years in which its documents were written: "1961", "1961–1962"."""
        found = [line.written.year for line in self.lines if line.written]
        return "" if not found else f"{min(found)}–{max(found)}" if min(found) < max(found) else str(found[0])

    @property
    def only(self) -> Part | None:
        """The one part that holds all its documents and is not divided further, where there is such a part."""
        return self.parts[0] if len(self.parts) == 1 and not self.own and not self.parts[0].parts else None

    def walk(self) -> Iterator[Part]:
        """This part and all within it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Contents:
    """A collection as its contents show it."""

    whole: Part
    _around: dict[str, tuple[Part, ...]] = field(default_factory=dict)

    def path(self, ident: str) -> tuple[Part, ...]:
        """The part with this ident, after those that hold it, the outermost first; empty when there is none."""
        return self._around.get(ident, ())

    def beside(self, part: Part) -> tuple[Part | None, Part | None]:
        """The parts of the same division before and after it."""
        parents = self.path(part.division.ident)[:-1] if part.division else ()
        siblings = (parents[-1] if parents else self.whole).parts
        place = siblings.index(part) if part in siblings else 0
        return (siblings[place - 1] if place else None, siblings[place + 1] if place + 1 < len(siblings) else None)


def contents(collection: Collection) -> Contents:
    """The divisions that hold a public document, in two queries."""
    lines: dict[int | None, list[Line]] = defaultdict(list)
    public = Document.objects.published().filter(collection=collection).order_by(*ORDER)
    for row in public.values_list("division", "number", "sort_date"):
        lines[row[0]].append(Line(*row))
    divisions: dict[int | None, list[Division]] = defaultdict(list)
    for division in Division.objects.filter(collection=collection):
        divisions[division.parent_id].append(division)
    whole = _part(None, lines, divisions)
    return Contents(whole, dict(_paths(whole, ())))


def _part(
    division: Division | None, lines: dict[int | None, list[Line]], divisions: dict[int | None, list[Division]]
) -> Part:
    key = division.pk if division else None
    parts = (_part(each, lines, divisions) for each in divisions.get(key, []))
    return Part(division, tuple(lines.get(key, ())), tuple(part for part in parts if part.count))


def _paths(part: Part, above: tuple[Part, ...]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    path = (*above, part) if part.division else above
    if part.division:
        yield part.division.ident, path
    for each in part.parts:
        yield from _paths(each, path)


def documents(collection: Collection, parts: Iterable[Part]) -> QuerySet[Document]:
    """The public documents that stand in these parts themselves, in reading order.

    Those that are editorial notes, whose titles say nothing, have their first words as ``opening``; memoranda that name
    their subject have it as ``subject``.
    """
    divisions = [part.division for part in parts]
    inside = Q(division__in=[division.pk for division in divisions if division])
    outside = Q(division=None) if None in divisions else Q()
    words = Case(When(kind=Document.Kind.EDITORIAL_NOTE, then=Substr("reading_text", 1, OPENING)), default=Value(""))
    found = published.documents().filter(inside | outside, collection=collection)
    subject = Passage.objects.filter(document=OuterRef("pk"), ident=SUBJECT).values("text")
    return found.annotate(opening=words, subject=Subquery(subject)).order_by(*ORDER)


def proposed(collection: Collection) -> dict[int, int]:
    """How many proposals its public documents make, by the key of the document."""
    counted = Proposal.objects.filter(published.is_public("document"), document__collection=collection)
    return dict(counted.order_by().values_list("document").annotate(Count("pk")))


def entries(collection: Collection, kind: str) -> list[tuple[ListEntry, Person | None]]:
    """A list of the volume in its order, in two queries; with the person where a public document tells of them."""
    listed = ListEntry.objects.filter(collection=collection, kind=kind).select_related("person").order_by("position")
    found = list(listed)
    parts = Participation.objects.filter(
        published.is_public("document"), person__in={entry.person_id for entry in found if entry.person_id}
    )
    met = set(parts.order_by().values_list("person", flat=True).distinct())
    return [(entry, entry.person if entry.person_id in met else None) for entry in found]
