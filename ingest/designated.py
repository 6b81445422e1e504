"""Telegrams by their number, whatever their date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection as Several

from django.db.models import Func, TextField, Value

from documents.models import Designation

TELEGRAM = re.compile(r"telegram-(\d+)-\d{4}-\d\d-\d\d")


class _Number(Func):
    """The number within "telegram-1940-1962-02-21"."""

    function = "split_part"
    output_field = TextField()


def telegrams(numbers: Several[str]) -> dict[str, list[int]]:
    """The keys of the telegrams that have each of these numbers; many services count from 1, so they may be many."""
    found: dict[str, list[int]] = defaultdict(list)
    if not numbers:
        return found
    named = Designation.objects.filter(value__startswith="telegram-")
    named = named.alias(number=_Number("value", Value("-"), Value(2))).filter(number__in=list(numbers))
    for key, value in named.order_by("document").values_list("document", "value"):
        if match := TELEGRAM.fullmatch(value):
            found[match[1]].append(key)
    return found
