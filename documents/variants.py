"""The words of two witnesses, with what differs marked: as HTML, finished here, and safe as it is.

Nothing hangs on color. Each difference says in words what it is, for those who listen to the page or read it as plain
text; words that the witness lacks stand in ``<del>``, words of its own in ``<ins>``, and style sheets draw each sort in
another way. The anchor ``#difference-3`` is on the side of the base, unless only the witness has the row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.models import Document, Witness
from editions.collation.table import Corrected, Row, Segment, Sort

#: More words than this that the other side has are counted where they are missing, not said once more.
SAID = 12
READING_TEXT = "the reading text"
#: What each sort is called in a sentence about one difference.
SORTS = {
    Sort.SUBSTITUTION: "other words",
    Sort.SPELLING: "spelling",
    Sort.PUNCTUATION: "punctuation",
    Sort.CASE: "capitals",
}


@dataclass(frozen=True)
class Side:
    """One of two texts that are compared: a witness, or the reading text of a document (``witness`` is none)."""

    reading: Document
    witness: Witness | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence: its siglum, or "the reading text"."""
        return self.witness.siglum if self.witness else READING_TEXT

    @property
    def heading(self) -> str:
        return self.witness.siglum if self.witness else "Reading text"

    @property
    def title(self) -> str:
        return self.witness.title if self.witness else self.reading.name

    @property
    def document(self) -> Document | None:
        """The document whose page has this text; none for a text of the witness's own, and for drafts."""
        found = self.witness.other if self.witness else self.reading
        return found if found and found.is_published else None

    @property
    def publication(self) -> str:
        """The edition that it follows: what the witness says, else what its document says."""
        return self._said("publication")

    @property
    def publication_url(self) -> str:
        return self._said("publication_url")

    @property
    def repository(self) -> str:
        return self._said("repository")

    @property
    def note(self) -> str:
        return self.witness.note if self.witness else ""

    def _said(self, name: str) -> str:
        documents = [self.witness, self.witness.other] if self.witness else [self.reading]
        return next((said for each in documents if each and (said := getattr(each, name))), "")

    def address(self, ident: str) -> str:
        """The lasting address of a passage or note of this text; empty when it has no page of its own."""
        return f"{self.document.get_absolute_url()}#{ident}" if self.document else ""


class Marking:
    """Writes rows of a collation down, with the differences marked whose numbers are among ``shown``."""

    def __init__(self, base: Side, witness: Side, shown: Collection[int], apparatus: str) -> None:
        self.base, self.witness = base, witness
        self.shown = shown
        self.apparatus = escape(apparatus)

    def base_text(self, row: Row) -> SafeString:
        """The words of a row in the base, with the place of everything that only the witness has.

        A row that the witness lacks as a whole has no marks within it: the page says so of the row.
        """
        mark = self._in_base if row.witness else partial(_plain, in_base=True)
        return _joined(mark(segment) for segment in row.segments)

    def witness_text(self, row: Row) -> SafeString:
        """The words of a row in the witness, with the place of everything that it lacks."""
        mark = self._in_witness if row.base else partial(_plain, in_base=False)
        return _joined(mark(segment) for segment in row.segments)

    def number(self, number: int, *, is_anchor: bool) -> str:
        """The number of a difference; ``is_anchor`` where it is the one that leads to the apparatus."""
        if not is_anchor:
            return f'<sup class="variant-number" aria-hidden="true">{number}</sup>'
        label = f"Difference {number} in the apparatus"
        href = f"{self.apparatus}#difference-{number}"
        return f'<sup class="variant-number"><a href="{href}" aria-label="{label}">{number}</a></sup>'

    def _in_base(self, segment: Segment) -> str:
        if segment.number not in self.shown:
            return _plain(segment, in_base=True)
        number = self.number(segment.number, is_anchor=True)
        if not segment.base:
            said = f"{self.witness.name} adds here: {_said(segment.witness)}"
            return f"{_gap(segment, said, f'difference-{segment.number}')}{number}"
        said = f"not in {self.witness.name}: " if segment.sort is Sort.OMISSION else f"{SORTS[segment.sort]}: "
        return _marked("del", segment, said, in_base=True) + number + _corrected(segment, in_base=True)

    def _in_witness(self, segment: Segment) -> str:
        if segment.number not in self.shown:
            return _plain(segment, in_base=False)
        number = self.number(segment.number, is_anchor=False)
        if not segment.witness:
            return _gap(segment, f"omitted here: {_said(segment.base)}") + number
        said = "only here: " if segment.sort is Sort.ADDITION else f"in place of {_said(segment.base)}: "
        return _marked("ins", segment, said, in_base=False) + number + _corrected(segment, in_base=False)


def _joined(parts: Iterator[str]) -> SafeString:
    return mark_safe("".join(parts).strip())  # every part is escaped where it is written


def _plain(segment: Segment, *, in_base: bool) -> str:
    return escape(segment.base if in_base else segment.witness) + _corrected(segment, in_base=in_base)


def _marked(element: str, segment: Segment, said: str, *, in_base: bool) -> str:
    words = segment.base if in_base else segment.witness
    bare = words.strip()
    before, _, after = words.partition(bare)
    ident = f' id="difference-{segment.number}"' if in_base else ""
    opening = f'<{element} class="variant is-{segment.sort.value}"{ident} data-difference="{segment.number}">'
    return f"{before}{opening}{_aside(f'[{said}')}{escape(bare)}{_aside(']')}</{element}>{after}"


def _gap(segment: Segment, said: str, ident: str = "") -> str:
    """The place where the other side has words; it is drawn as an empty bracket."""
    words = segment.base or segment.witness
    space = " " if words[:1].isspace() else ""
    anchor = f' id="{ident}"' if ident else ""
    opening = f'<span class="variant is-lacking"{anchor} data-difference="{segment.number}">'
    return f"{space}{opening}{_aside(f'[{said}]')}</span>"


def _said(words: str) -> str:
    """Words as one says them in passing, or how many they are."""
    count = len(words.split())
    return f"“{' '.join(words.split())}”" if count <= SAID else f"{count:,} words"


def _aside(words: str) -> str:
    """Words for those who cannot see how something is drawn."""
    return f'<span class="visually-hidden">{escape(words)}</span>'


def _corrected(segment: Segment, *, in_base: bool) -> str:
    return "".join(_correction(one) for one in segment.corrections if one.in_base is in_base)


def _correction(one: Corrected) -> str:
    """Says that what is printed is a slip, and what the edited text has instead."""
    instead = f"edited text: {one.corrected}" if one.corrected else "left out of the edited text"
    printed = "sic" if one.printed else "nothing printed"
    return f' <small class="sic" title="{escape(one.reason)}">[{printed}; {escape(instead)}]</small>'
