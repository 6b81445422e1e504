"""Finds footnotes in pasted text: the lines that are notes, and the glued digits that call them.

A copied footnote marker has lost its superscript: "exploration of space.2". What tells it from a number is that it is
glued to the word or stop before it, that its note exists, and that markers stand in order. Among all ways to place the
markers 1 to n in order the best scoring one is chosen by dynamic programming over the candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from editions.readers.pasted.ledger import PAGE_BREAK, Line

END_NOTE = re.compile(r"(?P<label>\d{1,3})\.\s+(?=\S)")
INLINE_NOTE = re.compile(r"(?P<label>\d{1,3})(?=[^\W\d_]|[“\"‘'(\[])")
DIGITS = re.compile(r"\d+")
AFTER_STOP = re.compile(r"[.,;:!?”’\"')\]…—]$")
#: A digit that goes on like this is a number in the text, not a marker.
GOES_ON = re.compile(r"[.,:/–-]\d|\d|%|[°′″]|(?:st|nd|rd|th)\b")
CURRENCY = re.compile(r"[$£€#№]\s?[\d,.]*$")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
MISSING = -2.0


@dataclass(frozen=True)
class FoundNote:
    """A note: its label, the lines that hold it, where its words begin in the first of them."""

    label: str
    lines: tuple[Line, ...]
    text_start: int


@dataclass(frozen=True)
class Marker:
    """A marker stands at ``start`` to ``end`` of the source and calls the note with this label."""

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Notes:
    found: tuple[FoundNote, ...] = ()
    markers: tuple[Marker, ...] = ()

    @property
    def line_numbers(self) -> frozenset[int]:
        return frozenset(line.number for note in self.found for line in note.lines)


def find_notes(lines: list[Line]) -> Notes:
    """Finds the notes of a text and their markers: notes after the paragraph that calls them, or listed at the end."""
    return _inline_notes(lines) or _end_notes(lines) or Notes()


def _inline_notes(lines: list[Line]) -> Notes | None:
    """Notes on lines of their own, "1See Item 60.", each right after a line that holds its marker."""
    found: list[FoundNote] = []
    for index, line in enumerate(lines):
        match = INLINE_NOTE.match(line.text)
        if not match or int(match["label"]) != len(found) + 1 or index == 0:
            continue
        above = [other for other in lines[:index] if not any(other in note.lines for note in found)]
        if above and _candidates([above[-1]], int(match["label"])):
            found.append(FoundNote(match["label"], (line,), line.start + match.end()))
    if not found:
        return None
    taken = {line.number for note in found for line in note.lines}
    body = [line for line in lines if line.number not in taken]
    return Notes(tuple(found), tuple(_place(body, len(found))))


def _end_notes(lines: list[Line]) -> Notes | None:
    """A numbered list at the very end whose numbers are called in the text above it."""
    starts = [(n, int(m["label"]), m) for n, line in enumerate(lines) if (m := END_NOTE.match(line.text))]
    first = max((i for i, (_, label, _) in enumerate(starts) if label == 1), default=None)
    if first is None:
        return None
    run = starts[first:]
    if [label for _, label, _ in run] != list(range(1, len(run) + 1)) or run[0][0] == 0:
        return None
    ends = [n for n, _, _ in run[1:]] + [len(lines)]
    found = tuple(
        FoundNote(match["label"], tuple(lines[n:end]), lines[n].start + match.end())
        for (n, _, match), end in zip(run, ends, strict=True)
    )
    markers = _place(lines[: run[0][0]], len(found))
    return Notes(found, tuple(markers)) if sum(marker.score for marker in markers) >= len(found) else None


def _place(body: list[Line], count: int) -> list[Marker]:
    """Returns the best places for the markers 1 to ``count``, in order; a marker without any place is left out."""
    chains: list[tuple[float, list[Marker]]] = [(0.0, [])]
    for label in range(1, count + 1):
        longer = [(score + MISSING, chain) for score, chain in chains]
        for candidate in _candidates(body, label):
            before = [(s, c) for s, c in chains if not c or c[-1].end <= candidate.start]
            if before:
                score, chain = max(before, key=lambda item: item[0])
                longer.append((score + candidate.score, [*chain, candidate]))
        chains = _pareto(longer)
    return max(chains, key=lambda item: item[0])[1]


def _pareto(chains: list[tuple[float, list[Marker]]]) -> list[tuple[float, list[Marker]]]:
    """Keeps the chains that no other beats in both score and room left for what follows."""
    kept: list[tuple[float, list[Marker]]] = []
    for score, chain in sorted(chains, key=lambda item: (item[1][-1].end if item[1] else 0, -item[0])):
        if not kept or score > kept[-1][0]:
            kept.append((score, chain))
    return kept


def _candidates(lines: list[Line], label: int) -> list[Marker]:
    """Finds where a marker with this label can stand, with a score for how much it looks like one."""
    wanted, found = str(label), []
    for line in lines:
        text = PAGE_BREAK.sub(lambda match: " " * len(match[0]), line.text)
        for digits in DIGITS.finditer(text):
            if not digits[0].endswith(wanted) or GOES_ON.match(text, digits.end()):
                continue
            start = digits.end() - len(wanted)
            score = _score(text, start, digits)
            if score > 0:
                found.append(Marker(wanted, line.start + start, line.start + digits.end(), score))
    return found


def _score(text: str, start: int, digits: re.Match[str]) -> float:
    before, after = text[:start], text[digits.end() :]
    if not before or before[-1].isspace() or CURRENCY.search(before):
        return 0
    opens = not after or after[0].isspace() or after[0].isupper() or after[0] in '“"‘([.,;:)]”’—'
    if not opens:
        return 0
    if start > digits.start():  # digits before digits: "No. 1291"
        if YEAR.fullmatch(digits[0]):
            return 0
        return 1.5 if not after else 0.5
    if AFTER_STOP.search(before):
        return 1 if re.search(r"\d[.,:]$", before) else 3
    return 2 if before[-1].isalpha() else 0
