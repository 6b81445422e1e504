"""Counts on a page of results are read at a glance."""

from __future__ import annotations

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 results"), (1, "1 result"), (2, "2 results"), (999, "999 results"), (58319, "58,319 results")],
)
def test_a_count_has_commas_between_its_thousands(number: int, said: str) -> None:
    template = Template('{% load counting %}{{ number|counted:"result" }}')

    assert template.render(Context({"number": number})) == said
