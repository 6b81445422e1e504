"""Notes what an index has yet to follow, and takes the notes away when it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from search.models import Pending


def note(index: str, units: Iterable[str]) -> list[int]:
    """Notes that units have changed, as part of the transaction that changes them; returns the keys of the notes."""
    return [row.pk for row in Pending.objects.bulk_create(Pending(index=index, unit=unit) for unit in units)]


def noted(index: str, limit: int | None = None) -> Mapping[int, str]:
    """The notes for an index, the oldest first, or as many of them: the unit of each, by its key."""
    return dict(Pending.objects.filter(index=index).order_by("pk").values_list("pk", "unit")[:limit])


def remain(index: str, keys: Collection[int]) -> bool:
    """Whether any of these notes for an index is still there.

    A note is gone when the index has followed it, or when the transaction that made it was taken back.
    """
    return Pending.objects.filter(index=index, pk__in=keys).exists()


def done(keys: Collection[int]) -> None:
    """Takes notes away."""
    Pending.objects.filter(pk__in=keys).delete()
