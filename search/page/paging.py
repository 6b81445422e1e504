"""From one page of results to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from search.page.asked import Asked


class Paged(Protocol):
    """What is shown page by page: results, or groups of them."""

    @property
    def total(self) -> int: ...

    @property
    def page(self) -> int: ...

    @property
    def per_page(self) -> int: ...


@dataclass(frozen=True)
class Page:
    number: int
    address: str
    here: bool
    #: Pages are left out before this one.
    gap: bool


@dataclass(frozen=True)
class Steps:
    first: int
    last: int
    previous: str
    following: str
    pages: tuple[Page, ...]


def steps(asked: Asked, paged: Paged) -> Steps:
    """Which results are shown, and the pages around them, the first and the last among them."""
    here, last = paged.page, max(1, -(-paged.total // paged.per_page))
    numbers = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    pages = tuple(
        Page(number, asked.on_page(number).address, number == here, gap=bool(i) and numbers[i - 1] < number - 1)
        for i, number in enumerate(numbers)
    )
    return Steps(
        first=(here - 1) * paged.per_page + 1,
        last=min(here * paged.per_page, paged.total),
        previous=asked.on_page(here - 1).address if here > 1 else "",
        following=asked.on_page(here + 1).address if here < last else "",
        pages=pages,
    )
