"""Makes rows of the database equal to what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models


def sync_undecided(
    undecided: models.QuerySet[Any], wanted: dict[Any, dict[str, Any]], key: Callable[[Any], Any]
) -> bool:
    """As ``sync``, for rows on which someone may decide at the same moment, within a transaction.

    What is decided meanwhile stays as it was decided; what is made meanwhile is not made twice.
    """
    locked = undecided.select_for_update(of=("self",)).order_by("pk")
    return sync(locked, wanted, key, ignore_conflicts=True)


def sync(
    existing: models.QuerySet[Any],
    wanted: dict[Any, dict[str, Any]],
    key: Callable[[Any], Any],
    *,
    ignore_conflicts: bool = False,
) -> bool:
    """Makes rows equal to what is wanted, by key: changed rows are saved, missing ones made, others deleted.

    With ``ignore_conflicts`` a missing one that cannot be made beside what is there is left out.
    """
    model = existing.model
    rows = {key(row): row for row in existing}
    gone = [rows[name].pk for name in rows.keys() - wanted.keys()]
    made = [model(**values) for name, values in wanted.items() if name not in rows]
    changed = []
    for name, values in wanted.items():
        row = rows.get(name)
        if row is not None and any(getattr(row, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(row, field, value)
            changed.append(row)
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if changed:
        model.objects.bulk_update(changed, list(next(iter(wanted.values()))))
    if made:
        model.objects.bulk_create(made, ignore_conflicts=ignore_conflicts)
    return bool(gone or changed or made)
