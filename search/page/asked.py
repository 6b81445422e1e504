"""What an address of the search page asks for, as a value, and the addresses that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from documents.models import Document
from search.fields import FILTERS
from search.language.reading import Reading, read
from search.page.dates import LONGEST, Range, read_range
from search.paths import path_of
from search.query import Choice, Everything, Query

#: How results can be sorted: the name in the address, what the reader sees, and the fields.
SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("Best match first", ()),
    "date": ("Oldest first", ("date",)),
    "-date": ("Newest first", ("-date",)),
    "place": ("Collection order", ("place",)),
}
#: What results can be grouped by.
GROUPS = ("collection",)
MAX_VALUES = 20
#: So much of what was typed is marked on the page of a document, whose address has it.
LONGEST_MARKED = 500


@dataclass(frozen=True)
class Within:
    """The one document that is searched; without a key, there is no such public document."""

    slug: str
    name: str
    key: str = ""

    @property
    def address(self) -> str:
        return path_of("document", self.slug) if self.key else ""


@dataclass(frozen=True)
class Asked:
    """The words typed, the filters, dates and one document chosen, and how the results are shown."""

    typed: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Range = field(default_factory=Range)
    document: str = ""
    sort: str = ""
    group: str = ""
    page: int = 1

    @classmethod
    def of(cls, parameters: QueryDict) -> Asked:
        """Reads an address; what it cannot mean is left out."""
        chosen = {}
        for name in FILTERS:
            values = [_clean(value)[:200] for value in parameters.getlist(name)]
            if values := sorted(set(filter(None, values[:MAX_VALUES]))):
                chosen[name] = tuple(values)
        after, before = (_clean(parameters.get(name, ""))[:LONGEST] for name in ("after", "before"))
        if not (after or before) and (years := _successive(chosen.get("year", ()))):
            after, before = years[0], years[-1]
            del chosen["year"]
        sort, page, group = (parameters.get(name, "") for name in ("sort", "page", "group"))
        return cls(
            typed=_clean(parameters.get("q", "")),
            chosen=chosen,
            dates=read_range(after, before, undated=parameters.get("undated") == "1"),
            document=_clean(parameters.get("document", ""))[:200],
            sort=sort if sort in SORTS else "",
            group=group if group in GROUPS else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    @cached_property
    def reading(self) -> Reading:
        return read(self.typed)

    @property
    def query(self) -> Query | None:
        """What to run; None when nothing was asked for. Filters alone ask for everything that they let through."""
        if self.reading.query is None and self.is_narrowed and not self.typed:
            return Everything()
        return self.reading.query

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter, dates or a document were chosen."""
        return bool(self.chosen or self.dates or self.document)

    @cached_property
    def within(self) -> Within | None:
        """The document that is searched, if it is one only; one query."""
        if not self.document:
            return None
        found = (
            Document.objects.published().filter(slug=self.document).values_list("pk", "short_title", "title").first()
        )
        return Within(self.document, found[1] or found[2], str(found[0])) if found else Within("", self.document)

    @property
    def choices(self) -> list[Query]:
        """All that narrows the search: filters, dates, and the one document."""
        narrowing: list[Query] = [Choice(name, values) for name, values in self.chosen.items()]
        if self.dates:
            narrowing.append(self.dates.query)
        if self.within:
            narrowing.append(Choice("document", (self.within.key or "0",)))
        return narrowing

    def has(self, name: str, value: str) -> bool:
        return value in self.chosen.get(name, ())

    def toggled(self, name: str, value: str) -> Asked:
        """The same search with this value of a filter added, or taken away when it was chosen."""
        now = self.chosen.get(name, ())
        values = tuple(each for each in now if each != value) if value in now else tuple(sorted((*now, value)))
        chosen = {key: kept for key, kept in {**self.chosen, name: values}.items() if kept}
        return replace(self, chosen=chosen, page=1)

    def unfiltered(self) -> Asked:
        return replace(self, chosen={}, dates=Range(), document="", page=1)

    def written(self, after: str = "", before: str = "", undated: bool = False) -> Asked:
        """The same search for documents of other days, or of any."""
        return replace(self, dates=read_range(after, before, undated), page=1)

    def anywhere(self) -> Asked:
        """The same search in all documents."""
        return replace(self, document="", page=1)

    def within_collection(self, slug: str) -> Asked:
        """All results of one collection."""
        return replace(self, chosen={**self.chosen, "collection": (slug,)}, group="", page=1)

    def of_types(self, types: tuple[str, ...]) -> Asked:
        """All results of these types."""
        return replace(self, chosen={**self.chosen, "type": types}, group="", page=1)

    def sorted_by(self, sort: str) -> Asked:
        return replace(self, sort=sort, page=1)

    def grouped_by(self, group: str) -> Asked:
        return replace(self, group=group, page=1)

    def on_page(self, page: int) -> Asked:
        return replace(self, page=page)

    def for_words(self, typed: str) -> Asked:
        return replace(self, typed=typed, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters but for the words, the dates and the page: what a form keeps in hidden fields."""
        kept = [(name, value) for name in FILTERS for value in self.chosen.get(name, ())]
        kept += [(name, value) for name, value in (("document", self.document),) if value]
        return kept + [(name, value) for name, value in (("sort", self.sort), ("group", self.group)) if value]

    def all_pairs(self) -> list[tuple[str, str]]:
        """Every parameter but the page, in the order that addresses have them."""
        return [*([("q", self.typed)] if self.typed else []), *self.dates.pairs(), *self.pairs()]

    @cached_property
    def address(self) -> str:
        pairs = self.all_pairs()
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return path_of("search") + ("?" + urlencode(pairs) if pairs else "")

    @cached_property
    def hits(self) -> str:
        """What to add to the address of a document so that it marks the hits."""
        return "?" + urlencode({"q": self.typed[:LONGEST_MARKED]}) if self.reading.query else ""


class Toggling:
    """Makes the addresses of ``asked.toggled(name, ...)`` for many values of one filter, in little time for each."""

    def __init__(self, asked: Asked, name: str) -> None:
        self._asked, self._name = asked, name
        rest = replace(asked, chosen={key: values for key, values in asked.chosen.items() if key != name}, page=1)
        here = FILTERS.index(name)
        pairs = rest.all_pairs()
        before = [pair for pair in pairs if pair[0] not in FILTERS[here:] and pair[0] not in _LATER]
        self._begin = path_of("search") + "?" + "".join(f"{urlencode([pair])}&" for pair in before)
        self._end = "".join(f"&{urlencode([pair])}" for pair in pairs[len(before) :])

    def address(self, value: str) -> str:
        if self._asked.chosen.get(self._name):
            return self._asked.toggled(self._name, value).address
        return f"{self._begin}{self._name}={quote_plus(value)}{self._end}"


_LATER = frozenset({"document", "sort", "group"})


def _successive(years: tuple[str, ...]) -> tuple[str, ...]:
    """These years when each follows the other, so that they are a range of dates; otherwise none."""
    if not all(len(year) == 4 and year.isascii() and year.isdigit() for year in years):
        return ()
    return years if years and int(years[-1]) - int(years[0]) == len(years) - 1 else ()


def _clean(value: str) -> str:
    return value.replace("\0", "").strip()
