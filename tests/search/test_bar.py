"""What the archive promises of its search, asked as a reader asks it: over HTTP."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Collection

pytestmark = pytest.mark.usefixtures("searchable")


def results(client: Client, **parameters: object) -> list[str]:
    """The addresses of the results on the page, in order, without the query."""
    response = client.get(reverse("search"), parameters)
    assert response.status_code == 200
    headings = re.findall(r'<h3><a href="([^"]*)"', response.content.decode())
    return [re.sub(r"\?q=[^#]*", "", unescape(address)) for address in headings]


KENNEDY, REPLY, NSAM = "/documents/kennedy-1962-03-07/", "/documents/khrushchev-1962-03-20/", "/documents/nsam-129/"


def test_weather_satellite_finds_both_weather_proposals(client: Client) -> None:
    assert {f"{KENNEDY}#proposal-k1", f"{REPLY}#proposal-h2"} <= set(results(client, q="weather satellite")[:3])
