"""A class saves its answers all at once, and every one of them is there; ``make bench`` says how fast."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from documents.models import Collection
from tests.classroom import writing

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_answer_of_a_class_is_lost(space_exchange: Collection, live_server: Any) -> None:
    _, writers = writing.class_of(8)
    at = urlsplit(live_server.url)
    writing.together(writers, at.hostname or "", at.port or 0, 3, (0.1, 0.4))
    assert [each.errors for each in writers] == [[]] * 8
    assert all(each.last for each in writers)
    assert writing.lost(writers) == []
