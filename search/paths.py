"""The paths of pages, worked out once: a page of results has a hundred of them."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse

#: So many paths are remembered.
MOST = 20_000


def path_of(page: str, *args: str) -> str:
    """The path of a page by its name, as ``reverse`` gives it."""
    return _reversed(get_script_prefix(), page, args)


@lru_cache(MOST)
def _reversed(prefix: str, page: str, args: tuple[str, ...]) -> str:
    return reverse(page, args=args)
