"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from documents.models import Collection

Read = Callable[[str], str]


@pytest.fixture
def read(client: Client, space_exchange: Collection) -> Read:
    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return page
