"""The words of two witnesses, with what differs marked: as HTML, finished here, and safe as it is.

Nothing hangs on color. Each difference says in words what it is, for those who listen to the page or read it as plain
text; words that the witness lacks stand in ``<del>``, words of its own in ``<ins>``, and style sheets draw each sort in
another way. The anchor ``#difference-3`` is on the side of the base, unless only the witness has the row.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.models import Document, Witness
from editions.collation.table import Corrected, Row, Segment, Sort

#: More words than this that the other side has are counted where they are missing, not said once more.
SAID = 12
READING_TEXT = "the reading text"
#: Where the page of a document lists its corrections.
TEXTUAL_NOTES = "textual-notes"
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
        return f"{self.document.get_absolute_url()}#{quote(ident)}" if self.document else ""


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
        mark = self._in_base if row.witness else self._plain_base
        return mark_safe("".join(map(mark, row.segments)).strip())  # every part is escaped where it is written

    def witness_text(self, row: Row) -> SafeString:
        """The words of a row in the witness, with the place of everything that it lacks."""
        mark = self._in_witness if row.base else self._plain_witness
        return mark_safe("".join(map(mark, row.segments)).strip())  # as above

    def number(self, number: int, *, is_anchor: bool) -> str:
        """The number of a difference; ``is_anchor`` where it is the one that leads to the apparatus."""
        if not is_anchor:
            return f'<sup class="variant-number" aria-hidden="true">{number}</sup>'
        label = f"Difference {number} in the apparatus"
        href = f"{self.apparatus}#difference-{number}"
        return f'<sup class="variant-number"><a href="{href}" aria-label="{label}">{number}</a></sup>'

    def _in_base(self, segment: Segment) -> str:
        if segment.number not in self.shown:
            return self._plain_base(segment)
        number = self.number(segment.number, is_anchor=True)
        ident = f' id="difference-{segment.number}"'
        if not segment.base:
            said = f"{self.witness.name} adds here: {_said(segment.witness)}"
            return _gap(segment, said, ident) + number + self._corrected(segment, in_base=True)
        said = f"not in {self.witness.name}: " if segment.sort is Sort.OMISSION else f"{SORTS[segment.sort]}: "
        return _marked("del", segment, said, segment.base, ident) + number + self._corrected(segment, in_base=True)

    def _in_witness(self, segment: Segment) -> str:
        if segment.number not in self.shown:
            return self._plain_witness(segment)
        number = self.number(segment.number, is_anchor=False)
        if not segment.witness:
            said = f"omitted here: {_said(segment.base)}"
            return _gap(segment, said) + number + self._corrected(segment, in_base=False)
        said = "only here: " if segment.sort is Sort.ADDITION else f"in place of {_said(segment.base)}: "
        return _marked("ins", segment, said, segment.witness) + number + self._corrected(segment, in_base=False)

    def _plain_base(self, segment: Segment) -> str:
        return self._plain(segment, segment.base, in_base=True)

    def _plain_witness(self, segment: Segment) -> str:
        return self._plain(segment, segment.witness, in_base=False)

    def _plain(self, segment: Segment, words: str, *, in_base: bool) -> str:
        """Words without marks of differences, each slip that is corrected on this side followed by its correction."""
        parts = []
        for one in segment.corrections:
            if one.in_base is in_base:
                is_here = bool(one.printed) and one.printed in words
                before, slip, words = words.partition(one.printed) if is_here else (words, "", "")
                parts += [escape(before + slip), self._correction(one)]
        return "".join([*parts, escape(words)])

    def _corrected(self, segment: Segment, *, in_base: bool) -> str:
        return "".join(self._correction(one) for one in segment.corrections if one.in_base is in_base)

    def _correction(self, one: Corrected) -> str:
        """Says that what is printed is a slip, and what the edited text has; it leads to the textual notes."""
        address = (self.base if one.in_base else self.witness).address(TEXTUAL_NOTES)
        said = f"edited text: {one.corrected}" if one.corrected else "left out of the edited text"
        said = escape(f"[{'sic' if one.printed else 'not printed'}; {said}]")
        attributes = f'class="sic" title="{escape(one.reason)}"'
        return f' <a {attributes} href="{address}">{said}</a>' if address else f" <span {attributes}>{said}</span>"


def _marked(element: str, segment: Segment, said: str, words: str, ident: str = "") -> str:
    """Words with what is said of them; white space around them stays outside."""
    bare = words.strip()
    before, _, after = words.partition(bare)
    opening = f'<{element} class="variant is-{segment.sort.value}"{ident} data-difference="{segment.number}">'
    return f"{before}{opening}{_aside(f'[{said}')}{escape(bare)}{_aside(']')}</{element}>{after}"


def _gap(segment: Segment, said: str, ident: str = "") -> str:
    """The place where the other side has words; it is drawn as an empty bracket."""
    space = " " if (segment.base or segment.witness)[0].isspace() else ""
    opening = f'<span class="variant is-lacking"{ident} data-difference="{segment.number}">'
    return f"{space}{opening}{_aside(f'[{said}]')}</span>"


def _said(words: str) -> str:
    """Words as one says them in passing, or how many they are."""
    count = len(words.split())
    return f"“{' '.join(words.split())}”" if count <= SAID else f"{count:,} words"


def _aside(words: str) -> str:
    """Words for those who cannot see how something is drawn."""
    return f'<span class="visually-hidden">{escape(words)}</span>'
