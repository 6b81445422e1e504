"""Puts the lines of paragraphs together where a text was copied with the line ends of its print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from editions.readers.pasted.ledger import Line

#: Lines of a print are at most this long; what is longer is a paragraph already.
WIDEST = 110
NARROWEST = 30
STOPS = re.compile(r"[.!?:;][”\"’')\]]*(?:\[?\(?\d{1,3}\)?\]?|[⁰¹²³⁴-⁹*†‡]{1,3})?$")
#: Words that no title and no line of its own ends with.
DANGLING = re.compile(
    r"(?:\b(?:to|of|the|a|an|and|or|for|from|in|on|at|by|with|between|concerning|regarding)|[,–—-])$", re.I
)
#: The holder of an office that the line above names: "(Bundy) to the Secretary of State".
HOLDER = re.compile(r"\([A-Z][^)]*\),?\s+[a-z]")
HYPHEN = re.compile(r"(?P<before>[^\W\d_]+)[-\u00ad\u2010]$")
#: What begins a line that begins a paragraph: a number, a letter or a bullet with its punctuation.
OPENING = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)]|[•‣◦▪*–—-])\s+\S")


@dataclass(frozen=True)
class Wrapping:
    """``width`` is the length of a full line in characters, 0 for a text whose lines are paragraphs.

    ``indented`` says that paragraphs begin with an indented line, and ``margin`` is where the other lines begin.
    """

    width: int = 0
    margin: int = 0
    indented: bool = False

    def __bool__(self) -> bool:
        return self.width > 0

    def joins(self, above: Line, line: Line, *, across: bool = False) -> bool:
        """Whether a line goes on with the paragraph of the one above; ``across`` a page break or notes.

        A line that is not full ends its paragraph, and so does one that a blank or an indented line follows.
        """
        lower = line.text[:1].islower()
        if not self or len(above.text) > WIDEST or (line.after_blank and not across) or OPENING.match(line.text):
            return False
        if across:
            return not STOPS.search(above.text) and (lower or len(above.text) >= self.width * 0.8) and not _named(line)
        if line.indent >= above.indent + 2 and not HYPHEN.search(above.text) and not lower:
            return False
        first = line.text.split(" ", 1)[0]
        full = len(above.text) + above.indent - self.margin + 1 + len(first) > self.width * 0.93
        if full:
            return True
        short = len(above.text) < self.width * 0.6
        return goes_on(above, line) and not (short and not DANGLING.search(above.text))


def _named(line: Line) -> bool:
    """A line such as TO: or an indented one begins something new."""
    return bool(re.match(r"[A-Z]{2,}[ A-Z]*:", line.text)) or line.indent >= 4


def find_wrapping(lines: list[Line]) -> Wrapping:
    """Tells from the lines whether they end where those of the print do: lines of about the same length, not ending
    with a stop, that go on in small letters."""
    pairs = [(above, line) for above, line in pairwise(lines) if not line.after_blank and len(above.text) <= WIDEST]
    if not pairs:
        return Wrapping()
    going_on = [
        above
        for above, line in pairs
        if line.text[:1].islower()
        and len(above.text) >= NARROWEST
        and not STOPS.search(above.text)
        and not OPENING.match(line.text)
    ]
    lengths = sorted(len(above.text) for above in going_on)
    if len(going_on) < max(2, len(pairs) // 12) and not (going_on and len(pairs) <= 6 and lengths[-1] >= 45):
        return Wrapping()
    width = lengths[min(len(lengths) - 1, round(len(lengths) * 0.9))]
    indents = sorted(line.indent for line in lines)
    margin = indents[len(indents) // 4]
    indented = sum(line.indent >= margin + 2 for line in lines) >= 2
    return Wrapping(width, margin, indented)


def goes_on(above: Line, line: Line) -> bool:
    """Whether a line begins in the middle of the sentence of the one above it."""
    return line.text[:1].islower() and not line.after_blank and not STOPS.search(above.text)


def joins_title(above: Line, line: Line) -> bool:
    """Whether a title goes on in the next line although the text is not wrapped: it ends in the air."""
    if line.after_blank or len(above.text) > WIDEST or len(line.text) > WIDEST or OPENING.match(line.text):
        return False
    return bool(DANGLING.search(above.text) or line.text[:1].islower() or HOLDER.match(line.text))


def hyphen_at_end(above: str, following: str) -> str | None:
    """Returns the word that a line end broke, put together ("agree-" and "ment" give "agreement"), or None.

    A hyphen before a capital or a digit, or after a single letter, belongs to the word.
    """
    match = HYPHEN.search(above)
    rest = re.match(r"[^\W\d_]+", following)
    if match is None or rest is None or len(match["before"]) < 2 or not rest[0].islower():
        return None
    return match["before"] + rest[0]
