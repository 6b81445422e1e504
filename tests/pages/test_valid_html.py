"""Every page is valid HTML, as the Nu HTML checker reads it."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import pytest
from django.test import Client

from documents.models import Collection, Document
from tests.citations import add_citing
from tests.series import add_tables, fill

#: What the sitemap does not list: pages that depend on a query, and pages for what went wrong.
OTHERS = [
    "/search/",
    "/search/?q=weather+satellite",
    '/search/?q="heavenly matters&type=document',
    "/search/?q=zzzz",
    "/search/?q=sattelite",
    "/search/?q=weather+satellite+rescue+zebra",
    "/search/?q=space&after=1962-03&before=1962-03",
    "/search/?q=space&after=soon",
    "/search/?q=space&group=collection",
    "/search/?q=space&document=nsam-129",
    "/search/?q=NSAM+129",
    "/search/help/",
    "/documents/nsam-129/?q=space",
    "/collections/space-1962/exchange/?topic=weather",
    "/documents/khrushchev-1962-03-20/beside/nsam-129/",
    "/documents/nsam-129/cited-by/",
    "/documents/nsam-129/preview/",
    "/documents/nsam-129/notes/fn2/preview/",
    "/wanted/?kind=resolutions",
    "/wanted/?kind=papers&collection=nothing",
    "/nothing-here/",
]
#: Pages of a long volume, which the sitemap of a small archive does not have.
VOLUMES = [
    "/",
    "/collections/",
    "/collections/volume-0/",
    "/collections/volume-0/divisions/comp1/",
    "/collections/volume-0/divisions/ch2/",
    "/collections/volume-0/persons/",
    "/collections/volume-0/terms/",
    "/collections/volume-0/9999/",
    "/documents/?kind=letter&page=2",
    "/documents/?kind=letter&year=1800",
    "/documents/volume-0-d1/",
    "/documents/volume-0-d1/cited-by/",
    "/documents/volume-0-d1/cited-by/?note=fn1",
    "/people/?letter=B",
    "/people/?name=%22%3Cb%3E",
    "/people/person-0/",
    "/people/person-0/?part=mentioned",
    "/about/",
]


@pytest.mark.django_db
def test_every_page_of_a_long_volume_is_valid(client: Client, valid_html: Callable[[Mapping[str, str]], None]) -> None:
    fill(2, 320, people=210)
    first = Document.objects.get(slug="volume-0-d1")
    add_tables(first)
    add_citing(first, 60)
    add_citing(first, 3, "fn1")
    valid_html({address: client.get(address).content.decode() for address in VOLUMES})


@pytest.mark.django_db
def test_every_page_is_valid(
    client: Client, searchable: Collection, valid_html: Callable[[Mapping[str, str]], None]
) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    addresses = [urlsplit(address).path for address in listed] + OTHERS
    assert len(addresses) > 50
    valid_html({address: client.get(address).content.decode() for address in addresses})
