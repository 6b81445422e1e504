"""What an address of the search page asks for, as a value, and the addresses that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from search.fields import FILTERS
from search.query import Choice
from search.query import Everything, Query
from search.reading import MAX_LENGTH, Reading, read

#: How results can be sorted: the name in the address, what the reader sees, and the fields.
SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("Best match first", ()),
    "date": ("Oldest first", ("date",)),
    "-date": ("Newest first", ("-date",)),
    "place": ("Collection order", ("place",)),
}
MAX_VALUES = 20


@dataclass(frozen=True)
class Asked:
    """The words typed, the filters chosen, the order and the page."""

    typed: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, parameters: QueryDict) -> Asked:
        """Reads an address; what it cannot mean is left out."""
        chosen = {}
        for name in FILTERS:
            values = [value[:200] for value in dict.fromkeys(parameters.getlist(name)) if value.strip()]
            if values:
                chosen[name] = tuple(values[:MAX_VALUES])
        sort, page = parameters.get("sort", ""), parameters.get("page", "")
        return cls(
            typed=parameters.get("q", "").replace("\0", "").strip(),
            chosen=chosen,
            sort=sort if sort in SORTS else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    @cached_property
    def reading(self) -> Reading:
        return read(self.typed)

    @property
    def query(self) -> Query | None:
        """What to run; None when nothing was asked for. Filters alone ask for everything that they let through."""
        if self.reading.query is None and self.chosen and not self.typed:
            return Everything()
        return self.reading.query

    @property
    def choices(self) -> list[Choice]:
        return [Choice(name, values) for name, values in self.chosen.items()]

    def has(self, name: str, value: str) -> bool:
        return value in self.chosen.get(name, ())

    def toggled(self, name: str, value: str) -> Asked:
        """The same search with this value of a filter added, or taken away when it was chosen."""
        now = self.chosen.get(name, ())
        values = tuple(each for each in now if each != value) if value in now else (*now, value)
        chosen = {key: kept for key, kept in {**self.chosen, name: values}.items() if kept}
        return replace(self, chosen=chosen, page=1)

    def unfiltered(self) -> Asked:
        return replace(self, chosen={}, page=1)

    def sorted_by(self, sort: str) -> Asked:
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> Asked:
        return replace(self, page=page)

    def for_words(self, typed: str) -> Asked:
        return replace(self, typed=typed, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters but for the words and the page: what a form keeps in hidden fields."""
        kept = [(name, value) for name in FILTERS for value in self.chosen.get(name, ())]
        return [*kept, ("sort", self.sort)] if self.sort else kept

    @property
    def address(self) -> str:
        pairs = [("q", self.typed)] if self.typed else []
        pairs += self.pairs()
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return reverse("search") + ("?" + urlencode(pairs) if pairs else "")

    @property
    def hits(self) -> str:
        """What to add to the address of a document so that it marks the hits."""
        return "?" + urlencode({"q": self.typed[:MAX_LENGTH]}) if self.reading.query else ""
