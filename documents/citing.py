"""What cites a document, or a note of it: the citing documents by date, each with the sentences that point there.

Only public documents cite here, and what a document says of itself is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Concat, DenseRank, Greatest, JSONObject, Substr

from documents.excerpt import calling
from documents.models import Document, DocumentDate, Footnote, Passage, Quotation, Reference
from documents.published import is_public
from documents.references import part_of, split

#: As many citing documents stand on the page of the document itself, each with so many sentences.
FIRST, PLACES = 10, 2
#: A note of so few characters says nothing without the sentence that calls it: "See Document 42."
SHORT = 80
#: So much of a passage is read on either side of the marker of a note, which is more than a sentence is long.
AROUND = 500
#: Citing documents in order of date, those without one last.
BY_DATE = (F("document__sort_date").asc(nulls_last=True), F("document__position").asc(), F("document__slug").asc())


class Row(NamedTuple):
    """One citation: the document that makes it, where it stands there, and what it points at.

    It stands in a ``passage`` (number, kind), or in a ``note`` (label, and the text that calls it from ``start`` on).
    """

    document: int
    document__slug: str
    document__short_title: str
    document__title: str
    document__number: str
    document__collection__title: str
    document__sort_date: date | None
    written: str | None
    ident: str
    passage: dict[str, Any] | None
    note: dict[str, Any] | None
    words: str
    sentence: str
    target: str
    quotation: str


@dataclass(frozen=True)
class Said:
    """Where a document cites another: the sentence cut around the words that point there, and what they mean of it.

    ``calling`` is the sentence that calls a short note, cut where its marker stands. ``part`` is the note that is
    meant ("note 2"), empty for the document as a whole.
    """

    before: str
    words: str
    after: str
    place: str
    address: str
    part: str
    is_changed: bool
    calling: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Citing:
    """A document that cites another, with what it ``said`` and, where that is not shown in full, the other places."""

    name: str
    address: str
    number: str
    collection: str
    year: str
    written: str
    said: tuple[Said, ...]
    others: tuple[Said, ...] = ()


@dataclass(frozen=True)
class CitedBy:
    """What the page of a document shows: the first that cite it, how many do, and how many cite each note of it."""

    first: tuple[Citing, ...]
    count: int
    notes: dict[str, int]

    @property
    def is_all(self) -> bool:
        return self.count == len(self.first)


def citations(document: Document) -> QuerySet[Reference]:
    """The references of public documents to this one or to a note of it."""
    return Reference.objects.filter(is_public("document"), resolved=document).exclude(document=document)


def first_citing(document: Document) -> CitedBy:
    """The first that cite a document, in one query: what they say is read, and of the others what points at notes."""
    found = citations(document)
    placed = found.annotate(place=Window(DenseRank(), order_by=BY_DATE))
    wanted = placed.filter(Q(place__lte=FIRST) | Q(target__contains="#")).values("pk")
    total = found.order_by().values("resolved").values(count=Count("document", distinct=True))
    rows = list(_rows(Reference.objects.filter(pk__in=wanted).annotate(total=Subquery(total)), "total"))
    notes: dict[str, set[int]] = defaultdict(set)
    for row, _ in rows:
        if note := split(row.target)[1]:
            notes[note].add(row.document)
    first = set(list(dict.fromkeys(row.document for row, _ in rows))[:FIRST])
    shown = citing(row for row, _ in rows if row.document in first)
    counts = {note: len(documents) for note, documents in notes.items()}
    return CitedBy(tuple(map(_short, shown)), rows[0][1] if rows else 0, counts)


def all_citing(document: Document) -> list[tuple[int, str]]:
    """The key of every document that cites this one, in order of date, with each note that it means or an empty one."""
    found = citations(document).order_by(*BY_DATE, "pk").values_list("document", "target")
    return list(dict.fromkeys((key, split(target)[1]) for key, target in found))


def cited_by_many() -> QuerySet[Document]:
    """The public documents that more others cite than their own pages name."""
    others = Reference.objects.filter(is_public("document"), resolved__isnull=False).exclude(document=F("resolved"))
    counted = others.order_by().values("resolved").annotate(count=Count("document", distinct=True))
    return Document.objects.published().filter(pk__in=counted.filter(count__gt=FIRST).values("resolved"))


def what_they_say(document: Document, keys: Iterable[int], note: str | None = None) -> list[Citing]:
    """What documents, by key, say of this one: all of it, or what means a note, or with an empty one no note."""
    rows = (row for row, *_ in _rows(citations(document).filter(document__in=list(keys))))
    return citing(row for row in rows if note is None or split(row.target)[1] == note)


def citing(rows: Iterable[Row]) -> list[Citing]:
    """Puts together what one document says, in the order of the rows; each sentence stands once."""
    by_document: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row.document].append(row)
    return [_citing(found) for found in by_document.values()]


def written() -> Case:
    """When a document was written as it is displayed, for a query on its dates."""
    return Case(When(supplied=True, then=Concat(Value("["), "display", Value("]"))), default="display")


def _rows(found: QuerySet[Reference], *more: str) -> Iterator[tuple[Any, ...]]:
    """The citations by date, each followed by the values that are asked for beside it."""
    here = {"document": OuterRef("document"), "ident": OuterRef("ident")}
    passages = Passage.objects.filter(**here).order_by().values_list(JSONObject(number="number", kind="kind"))
    start = Greatest(F("offset") - AROUND, 0)
    text = Substr("passage__text", start + 1, 2 * AROUND)
    notes = Footnote.objects.filter(**here).order_by()
    called = notes.values_list(JSONObject(label="label", offset="offset", start=start, text=text))
    dates = DocumentDate.objects.filter(document=OuterRef("document"), event=DocumentDate.Event.WRITTEN).order_by()
    told = found.annotate(
        written=Subquery(dates.values(shown=written())[:1]),
        passage=Subquery(passages[:1]),
        note=Subquery(called[:1]),
    )
    values = told.order_by(*BY_DATE, "pk").values_list(*Row._fields, *more)
    end = len(Row._fields)
    return ((Row(*each[:end]), *each[end:]) for each in values)


def _citing(rows: list[Row]) -> Citing:
    first = rows[0]
    address = Document(slug=first.document__slug).get_absolute_url()
    said = {(row.ident, row.sentence or row.words, split(row.target)[1]): row for row in reversed(rows)}
    return Citing(
        first.document__short_title or first.document__title,
        address,
        first.document__number,
        first.document__collection__title,
        str(first.document__sort_date.year) if first.document__sort_date else "Undated",
        first.written or "",
        tuple(_said(row, address) for row in reversed(said.values())),
    )


def _said(row: Row, address: str) -> Said:
    sentence = row.sentence if row.words in row.sentence else row.words
    before, words, after = sentence.partition(row.words)
    note, around = row.note or {}, ("", "")
    if note.get("text") and len(sentence) <= SHORT:
        around = calling(note["text"], note["offset"] - note["start"])
    part = part_of(split(row.target)[1])
    is_changed = row.quotation != Quotation.EXACT
    return Said(before, words, after, _place(row), f"{address}#{row.ident}", part, is_changed, around)


def _place(row: Row) -> str:
    if row.note:
        return f"note {row.note['label']}"
    passage = row.passage or {"number": None, "kind": "text"}
    return f"passage {passage['number']}" if passage["number"] else f"the {passage['kind']}"


def _short(each: Citing) -> Citing:
    return replace(each, said=each.said[:PLACES], others=each.said[PLACES:])
