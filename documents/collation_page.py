"""The page of a collation: two witnesses side by side, row by row. Nothing here reads the database.

Rows keep the order of the base. Those in a row that are alike stand together, and so do those that only one of the two
has, so that a gap is one gap. A paragraph that moved is shown where the base has it, and pointed to from where the
witness has it. Every word of both is on the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from documents.collation_rows import ORDER, Group, Look, Pair, Part, Selection, Tallied, Words
from documents.variants import Marking, Side
from editions.collation.table import Fate, Row, Section, Sort, Table

#: Rows that look so are joined with those before and after them.
JOINED = frozenset({Look.ALIKE, Look.OMITTED, Look.ADDED})
#: How the view of an address is called that is not the usual one.
APPARATUS = "apparatus"
MEANINGS = {Sort.SUBSTITUTION: "other words in the same place"}
WHERE = {Section.TEXT: "in the text", Section.PARATEXT: "around it", Section.NOTE: "in the notes"}


class CollationPage:
    """Two witnesses of a text, ready to be written down; ``address`` is that of the page, without a query."""

    def __init__(self, table: Table, base: Side, witness: Side, selection: Selection, address: str) -> None:
        self.table, self.base, self.witness = table, base, witness
        self.selection, self.address = selection, address
        hidden = {each.number for row in table.rows for each in row.segments if each.sort in selection.hidden}
        self.shown = sorted({number for row in table.rows for number in row.numbers} - hidden)
        self._numbers = frozenset(self.shown)
        self._marking = Marking(base, witness, self._numbers, self.apparatus_address)

    @cached_property
    def tally(self) -> list[Tallied]:
        """The differences by sort, in the order of the legend; sorts of which there is none are left out."""
        counts: Counter[str] = Counter()
        for section in self.table.counts().values():
            counts.update(section)
        meanings = {Sort.OMISSION: f"only in {self.base.name}", Sort.ADDITION: f"only in {self.witness.name}"}
        hidden = self.selection.hidden
        return [
            Tallied(sort, counts[sort], {**MEANINGS, **meanings}.get(sort, ""), sort in hidden)
            for sort in ORDER
            if counts[sort]
        ]

    @property
    def summary(self) -> str:
        """How many differences there are, and where: "9 differences in the text, 2 around it and 1 in the notes."."""
        totals = {section: sum(found.values()) for section, found in self.table.counts().items()}
        said = [f"{total:,} {WHERE[section]}" for section in Section if (total := totals[section])]
        if not said:
            return "The same text, word for word."
        first = "1 difference" if said[0].startswith("1 ") else f"{said[0].partition(' ')[0]} differences"
        said[0] = f"{first} {said[0].partition(' ')[2]}"
        return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said) + "."

    @property
    def beside_address(self) -> str:
        """The two side by side, with what the reader chose to see."""
        return self.address + self.selection.query()

    @property
    def apparatus_address(self) -> str:
        return self.address + self.selection.query(APPARATUS)

    @property
    def csv_address(self) -> str:
        """All differences as a table."""
        return f"{self.address.rstrip('/')}.csv"

    @cached_property
    def pairs(self) -> dict[Section, list[Pair]]:
        """The rows with their words on both sides, marked, by section; sections that have none are left out."""
        rows = {section: self.table.section(section) for section in Section}
        return {section: [self._pair(row) for row in found] for section, found in rows.items() if found}

    @cached_property
    def parts(self) -> list[Part]:
        """The rows of each section, side by side."""
        return [Part(section, tuple(self._groups(pairs))) for section, pairs in self.pairs.items()]

    def _pair(self, row: Row) -> Pair:
        base = Words(self.base, row.base, self._marking.base_text(row)) if row.base else None
        witness = Words(self.witness, row.witness, self._marking.witness_text(row)) if row.witness else None
        return Pair(row, base, witness, tuple(number for number in row.numbers if number in self._numbers))

    def _groups(self, pairs: Sequence[Pair]) -> Iterator[Group]:
        entries = _with_pointers([(_look(pair), pair) for pair in pairs])
        keys = [(look, -1 if look in JOINED else place) for place, (look, _) in enumerate(entries)]
        for (look, _), found in groupby(zip(keys, entries, strict=True), key=lambda each: each[0]):
            yield self._group(look, tuple(pair for _, (_, pair) in found))

    def _group(self, look: Look, pairs: tuple[Pair, ...]) -> Group:
        numbers = [number for pair in pairs for number in pair.numbers]
        if not numbers:
            return Group(look, pairs)
        before, after = bisect_left(self.shown, min(numbers)), bisect_right(self.shown, max(numbers))
        previous = self.shown[before - 1] if before else 0
        return Group(look, pairs, previous, self.shown[after] if after < len(self.shown) else 0)


def _look(pair: Pair) -> Look:
    if pair.base is None or pair.witness is None:
        return Look.ADDED if pair.base is None else Look.OMITTED
    if pair.row.fate is Fate.MOVED:
        return Look.MOVED
    return Look.CHANGED if pair.numbers else Look.ALIKE


#: A row and how it is drawn.
Entry = tuple[Look, Pair]


def _with_pointers(entries: Sequence[Entry]) -> list[Entry]:
    """Adds a pointer for each paragraph that moved: after the row that stands before it in the witness."""
    settled, moved = [], []
    for place, (look, pair) in enumerate(entries):
        if pair.row.witness:
            (moved if look is Look.MOVED else settled).append((pair.row.witness.position, place))
    pointers: dict[int, list[Entry]] = defaultdict(list)
    for position, place in sorted(moved):
        before = bisect_left(settled, (position, -1)) - 1
        pointers[settled[before][1] if before >= 0 else -1].append((Look.POINTER, entries[place][1]))
    return [*pointers[-1], *(each for place, entry in enumerate(entries) for each in (entry, *pointers[place]))]
