"""A filter as a value: the results whose field has one of these values."""

from __future__ import annotations

from dataclasses import dataclass

from search.query import Query

#: The fields that readers filter by, in the order of the page. Each is also a parameter of the search address.
FILTERS = ("type", "kind", "from", "to", "topic", "year", "collection")


@dataclass(frozen=True)
class Choice(Query):
    """Narrows results. The counts for its own field are made as if it were not there, so others can be added to it."""

    field: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}: {' or '.join(self.values)}"

    def __repr__(self) -> str:
        return f"Choice({self.field!r}, {', '.join(map(repr, self.values))})"
