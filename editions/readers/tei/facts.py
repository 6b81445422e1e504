"""What a text in TEI says of itself: number, title, date, place, parties, subject, source."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from editions.dates import DateError, HistoricalDate, Precision, find_dates, read_date
from editions.model import Block, BlockKind, Footnote, Metadata, NoteKind, note_text, reading_text
from editions.readers.pasted.heading import KINDS
from editions.readers.tei.context import Context, words_without_notes
from editions.readers.tei.targets import entry
from editions.readers.tei.titles import date_of, parties_of

ISO_DATE = re.compile(r"\s*(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?\s*")
PARTIES = ("persName", "gloss", "orgName", "name", "rs", "roleName")
ROLES = {
    "from": "from",
    "fm": "from",
    "to": "to",
    "memorandum for": "to",
    "memorandum to": "to",
    "for": "to",
}
SUBJECT_HEAD = re.compile(r"(?:subj(?:ect)?s?|re)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Party:
    """A sender (``role`` "from") or recipient ("to"): the name as printed, and its entry in the lists, or empty."""

    role: str
    name: str
    target: str = ""


def read_facts(
    context: Context, element: etree._Element, blocks: tuple[Block, ...], notes: tuple[Footnote, ...]
) -> tuple[Metadata, tuple[Party, ...]]:
    """Gathers what one document of a volume says of itself; what it does not say stays empty."""
    heading = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    title = " ".join(reading_text(heading.content).split()) if heading else ""
    label = heading.label.rstrip(".") if heading else ""
    head = element.find("{*}head")
    parties = tuple(_typed(head)) or tuple(_listed(element)) or tuple(_named(context, element, title))
    written, place = written_and_place(context, list(element.iter("{*}dateline")))
    if written is None and (written := date_of(title)):
        context.remark(element, f"the date {written.display} is read from the words of the heading.", 0.8)
    metadata = Metadata(
        number=label or " ".join((element.get("n") or "").split()),
        title=title,
        kind=kind_of(title),
        written=written,
        place=place,
        senders=tuple(party.name for party in parties if party.role == "from"),
        recipients=tuple(party.name for party in parties if party.role == "to"),
        subject=_subject(element),
        source=source_of(notes),
    )
    return metadata, parties


def kind_of(title: str, *, salutation: bool = False) -> str:
    """Tells the kind of a document by its title; one that greets somebody is a letter."""
    lowered = title.casefold()
    return next((kind for words, kind in KINDS if words in lowered), "letter" if salutation else "")


def source_of(notes: Iterable[Footnote]) -> str:
    note = next((note for note in notes if note.kind is NoteKind.SOURCE), None)
    return " ".join(note_text(note).split()).removeprefix("Source:").strip() if note else ""


def place_of(dateline: etree._Element) -> str:
    """Returns the places of a dateline, as it has them one after the other; without markup what precedes the date."""
    names = [words for name in dateline.iter("{*}placeName") if (words := words_without_notes(name).rstrip(",."))]
    if names:
        return ", ".join(names)
    text = words_without_notes(dateline)
    dates = find_dates(text)
    before = text[: dates[0][0]].strip(" ,[(") if dates else ""
    return before if before and before[0].isupper() and len(before) <= 60 else ""


def written_and_place(context: Context, datelines: list[etree._Element]) -> tuple[HistoricalDate | None, str]:
    """Returns the date and the place that the datelines of a text give, from markup or from their words."""
    return _written(context, datelines), next((place for line in datelines if (place := place_of(line))), "")


def _written(context: Context, datelines: list[etree._Element]) -> HistoricalDate | None:
    for line in datelines:
        text = words_without_notes(line)
        if marked := marked_date(context, line.iter("{*}date"), text):
            return marked
        if found := find_dates(text):
            return found[0][2]
    return None


def marked_date(context: Context, elements: Iterable[etree._Element], text: str) -> HistoricalDate | None:
    """Returns the first date that elements give in machine-readable form, as ``text`` displays it where it does.

    One that says from when and a later one that says to when make one span.
    """
    start: HistoricalDate | None = None
    for element in elements:
        if when := _day(context, element, "when"):
            return displayed(when.earliest, when.latest, text)
        start = start or _day(context, element, "from") or _day(context, element, "notBefore")
        end = _day(context, element, "to") or _day(context, element, "notAfter")
        if end and (start is None or start.earliest <= end.latest):
            return displayed((start or end).earliest, end.latest, text)
    return displayed(start.earliest, start.latest, text) if start else None


def _day(context: Context, element: etree._Element, attribute: str) -> HistoricalDate | None:
    value = element.get(attribute)
    if value is None:
        return None
    match = ISO_DATE.fullmatch(value)
    try:
        if match:
            return read_date(match["date"])
    except DateError:
        pass
    context.remark(element, f"{attribute}=“{value}” is no date; the date is taken from the words.", 0.5)
    return None


def displayed(first: date, last: date, text: str) -> HistoricalDate:
    """Returns the date between two days as the text has it, or spelt out and marked as supplied."""
    for _, _, found in find_dates(text):
        if (found.earliest, found.latest) == (first, last):
            return found
    return read_date(f"[{_spelt(first, last)}]")


def _spelt(first: date, last: date) -> str:
    value = HistoricalDate("", first, last)
    match value.precision:
        case Precision.YEAR:
            return str(first.year)
        case Precision.MONTH:
            return f"{month_name[first.month]} {first.year}"
        case Precision.DAY:
            return f"{month_name[first.month]} {first.day}, {first.year}"
        case _:
            return f"{_spelt(first, first)} to {_spelt(last, last)}"


def _typed(head: etree._Element | None) -> Iterator[Party]:
    """The parties that a heading marks as such; other names in it are neither senders nor recipients."""
    for name in () if head is None else head.iter(*(f"{{*}}{name}" for name in PARTIES)):
        role = (name.get("type") or "").strip()
        if role in ("from", "to") and (words := words_without_notes(name)):
            yield Party(role, words, entry(name.get("corresp") or name.get("target") or name.get("ref") or ""))


def _listed(element: etree._Element) -> Iterator[Party]:
    """The parties that the lists above a memorandum name: FROM, TO, MEMORANDUM FOR."""
    for found in element.iter("{*}list"):
        role = (found.get("type") or "").strip()
        head = found.find("{*}head")
        words = words_without_notes(head).rstrip(": ").casefold() if head is not None else ""
        if words in ROLES and role in ("from", "to", "memo"):
            for item in found.iter("{*}item"):
                if name := words_without_notes(item):
                    yield Party(ROLES[words], name, _only_name(item))


def _named(context: Context, element: etree._Element, title: str) -> Iterator[Party]:
    """The parties that the words of a heading name, where no markup does."""
    senders, recipients = parties_of(title)
    if senders:
        named = f"from {' and '.join(senders)} to {' and '.join(recipients)}"
        context.remark(element, f"read from the words of the heading: {named}.", 0.7)
    yield from (Party("from", name) for name in senders)
    yield from (Party("to", name) for name in recipients)


def _only_name(item: etree._Element) -> str:
    names = [name for name in item.iter("{*}persName") if name.get("corresp")]
    return entry(names[0].get("corresp") or "") if len(names) == 1 else ""


def _subject(element: etree._Element) -> str:
    for found in element.iter("{*}list"):
        head = found.find("{*}head")
        if head is not None and SUBJECT_HEAD.match(words_without_notes(head)):
            return "; ".join(words for item in found.iter("{*}item") if (words := words_without_notes(item)))
    return ""
