"""From one page of results to the others."""

from __future__ import annotations

from dataclasses import dataclass

from search.asked import Asked
from search.finding import PER_PAGE, Found


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


def steps(asked: Asked, found: Found) -> Steps:
    """Which results are shown, and the pages around them, the first and the last among them."""
    here, last = found.page, found.pages
    numbers = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    pages = tuple(
        Page(number, asked.on_page(number).address, number == here, gap=bool(i) and numbers[i - 1] < number - 1)
        for i, number in enumerate(numbers)
    )
    return Steps(
        first=(here - 1) * PER_PAGE + 1,
        last=min(here * PER_PAGE, found.total),
        previous=asked.on_page(here - 1).address if here > 1 else "",
        following=asked.on_page(here + 1).address if here < last else "",
        pages=pages,
    )
