"""Every page is valid HTML, as the Nu HTML checker reads it."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import pytest
from django.test import Client

from documents.models import Collection

#: What the sitemap does not list: pages that depend on a query, and pages for what went wrong.
OTHERS = [
    "/search/",
    "/search/?q=weather+satellite",
    '/search/?q="heavenly matters&type=document',
    "/search/?q=zzzz",
    "/documents/nsam-129/?q=space",
    "/collections/space-1962/exchange/?topic=weather",
    "/documents/khrushchev-1962-03-20/beside/nsam-129/",
    "/nothing-here/",
]


@pytest.mark.django_db
def test_every_page_is_valid(
    client: Client, searchable: Collection, valid_html: Callable[[Mapping[str, str]], None]
) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    addresses = [urlsplit(address).path for address in listed] + OTHERS
    assert len(addresses) > 50
    valid_html({address: client.get(address).content.decode() for address in addresses})
