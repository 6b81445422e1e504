"""Finds the footnotes of a pasted text: the lines that are notes, and the places that call them.

Every layout that the lines allow is tried (``layouts``), its markers are found and placed (``markers``,
``placing``), and the layout whose
markers look best is taken; where none look good enough there are no notes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from editions.readers.pasted.layouts import FoundNote, Layout, Layouts, Region
from editions.readers.pasted.ledger import Line
from editions.readers.pasted.markers import SURE, Candidate, Row
from editions.readers.pasted.placing import MISSING, heaviest
from editions.readers.pasted.wrapping import Wrapping

SOURCE = re.compile(r"(?:\^\s*)?[Ss]ource\b")
#: A source note is called from the title, which is among the first lines.
TOP = 6
#: What a list must have for each note: less, and it is a list of the text.
ENOUGH = 0.8
#: What it adds that the number before a marker stands elsewhere too.
KNOWN = 0.4


@dataclass(frozen=True)
class Marker:
    """A marker stands at ``start`` to ``end`` of the source and calls a note, by its place among the notes found."""

    note: int
    start: int
    end: int
    score: float
    sure: bool


@dataclass(frozen=True)
class Notes:
    """The notes in the order of the text, the places that call them, and lines such as "Notes" above them."""

    found: tuple[FoundNote, ...] = ()
    markers: tuple[Marker, ...] = ()
    headings: tuple[Line, ...] = ()

    @property
    def taken(self) -> frozenset[int]:
        """Where the lines begin that are no part of the text."""
        notes = {line.start for note in self.found for line in note.lines}
        return frozenset(notes | {line.start for line in self.headings})


def find_notes(lines: list[Line], wrapping: Wrapping) -> Notes:
    """Finds the notes of a text and what calls them; a text may have numbered notes and starred ones."""
    layouts = Layouts(lines, wrapping)
    if not layouts.firsts:
        return Notes()
    ways = [_placed(layout, layouts) for layout in layouts.numbered()]
    numbered = max(ways, key=lambda way: way[0])[1] if ways else Notes()
    if not any(line.text[0] in "*†‡§" for line in lines):
        return numbered
    rest = Layouts([line for line in lines if line.start not in numbered.taken], wrapping)
    return _merged(numbered, next((_placed(layout, rest)[1] for layout in rest.starred()), Notes()))


def _merged(first: Notes, second: Notes) -> Notes:
    whole = [*first.found, *second.found]
    order = sorted(range(len(whole)), key=lambda i: whole[i].lines[0].start)
    place = {old: new for new, old in enumerate(order)}
    markers = [replace(m, note=place[m.note]) for m in first.markers]
    markers += [replace(m, note=place[m.note + len(first.found)]) for m in second.markers]
    in_order = tuple(sorted(markers, key=lambda marker: marker.start))
    return Notes(tuple(whole[i] for i in order), in_order, first.headings + second.headings)


def _placed(layout: Layout, layouts: Layouts) -> tuple[float, Notes]:
    """Returns the notes of a layout with their markers, and how much the whole looks like notes; 0 is not at all."""
    found: list[FoundNote] = []
    markers: list[Marker] = []
    for region in layout.regions:
        markers += [
            Marker(len(found) + note, chosen.start, chosen.end, chosen.score, chosen.sure)
            for note, chosen in heaviest(_candidates(region, layouts, layout.near))
        ]
        found += region.notes
    certain = 3.0 * len(layout.headings) + (3.0 if SOURCE.match(_words(found[0])) else 0)
    body = layout.regions[-1].body
    certain += 2.0 if not layout.near and (not body or body[-1].start < found[-1].lines[0].start) else 0.0
    total = sum(marker.score for marker in markers) + certain
    enough = total >= ENOUGH * len(found) and (
        certain > 2.0 or layout.set_off or any(marker.score >= SURE for marker in markers)
    )
    if not layout.near and (not enough or not markers):
        return 0.0, Notes()
    missing = MISSING * (len(found) - len(markers))
    return total - missing, Notes(tuple(found), tuple(markers), layout.headings)


def _candidates(region: Region, layouts: Layouts, near: bool) -> list[tuple[tuple[int, ...], Row]]:
    """The candidates of a region with the places of their notes; what speaks for one beside its looks is added."""
    places = {note.label: at for at, note in enumerate(region.notes)}
    words = [_words(note) for note in region.notes]
    source = {at for at, text in enumerate(words) if SOURCE.match(text)}
    found: list[tuple[tuple[int, ...], Row]] = []
    for number, line in enumerate(region.body):
        last = near and number == len(region.body) - 1
        for row in layouts.of(line):
            notes = tuple(places.get(candidate.label, -1) for candidate in row)
            if notes[0] < 0 or any(b <= a for a, b in pairwise(notes)):
                continue
            titled = number < TOP and not source.isdisjoint(notes)
            raised = []
            for at, candidate in zip(notes, row, strict=True):
                bonus = 1.0 if last else 0.0
                if titled and at in source and _ends_title(candidate, line):
                    bonus += 2.0
                if len(candidate.number) > 2 and re.search(rf"\b{candidate.number}\b", words[at][:300]):
                    bonus += 1.0
                if candidate.number:
                    bonus += _known(candidate, layouts.numbers)
                raised.append(candidate.raised(bonus) if bonus else candidate)
            found.append((notes, tuple(raised)))
    return found


def _known(candidate: Candidate, numbers: Counter[str]) -> float:
    """What it says that a number stands in the text elsewhere, with the digits of the marker or without."""
    if numbers[candidate.number + candidate.label] > 1:
        return -candidate.score / 2
    return KNOWN if len(candidate.number) > 1 and candidate.number in numbers else 0.0


def _ends_title(candidate: Candidate, line: Line) -> bool:
    rest = line.text[candidate.end - line.start :][:4]
    return not rest or rest.isdigit()


def _words(note: FoundNote) -> str:
    first = note.lines[0]
    return first.text[note.text_start - first.start :]
