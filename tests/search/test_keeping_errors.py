"""Programs that ask for a search learn what went wrong in the format that they asked for."""

from __future__ import annotations

from typing import NoReturn

import pytest
from django.test import Client
from haystack import connections

from documents.models import Collection
from tests.search.asking import ask

ADDRESSES = ["/search.json", "/search.atom", *(f"/search/export.{suffix}" for suffix in ("csv", "json", "ris", "bib"))]
SUGGESTIONS = "/search/suggestions.json"

pytestmark = pytest.mark.usefixtures("searchable")


@pytest.fixture
def engine_down(monkeypatch: pytest.MonkeyPatch, searchable: Collection) -> None:
    def fail(*args: object, **named: object) -> NoReturn:
        raise OSError("disk on fire")

    engine = type(connections["default"].get_backend())
    for name in ("search", "words"):
        monkeypatch.setattr(engine, name, fail)


@pytest.mark.parametrize("address", [*ADDRESSES, SUGGESTIONS])
def test_when_the_engine_is_down_it_says_so_in_its_format(client: Client, engine_down: None, address: str) -> None:
    response = client.get(address, {"q": "space"})

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "The search is not working at the moment" in response.content.decode()
    assert "disk on fire" not in response.content.decode()
    if address.endswith(".json"):
        assert list(response.json()) == ["error"]
    elif address.endswith(".atom"):
        assert response["Content-Type"].startswith("application/atom+xml")
    else:
        assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("parameters", [{}, {"q": "—"}, {"kind": " "}])
@pytest.mark.parametrize("address", ADDRESSES)
def test_when_nothing_is_asked_for_it_says_so(client: Client, address: str, parameters: dict[str, str]) -> None:
    response = client.get(address, parameters)

    assert response.status_code == (200 if address.endswith(".atom") else 400)
    assert "There is nothing to search for" in response.content.decode()


@pytest.mark.parametrize("address", [*ADDRESSES, SUGGESTIONS, "/opensearch.xml"])
def test_asking_for_the_head_alone_works(client: Client, address: str) -> None:
    response = client.head(address, {"q": "space"})

    assert response.status_code == 200
    assert response["Content-Type"] == client.get(address, {"q": "space"})["Content-Type"]
    assert b"".join(response) == b""


@pytest.mark.parametrize("address", [*ADDRESSES, SUGGESTIONS])
def test_pages_of_other_sites_may_read_it_and_search_engines_do_not_list_it(client: Client, address: str) -> None:
    for parameters in ({"q": "space"}, {}):
        response = client.get(address, parameters)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
    assert client.post(address, {"q": "space"}).status_code == 405


@pytest.mark.parametrize(
    "typed", ["\x00\x01", "<b>&amp;", '"' * 50, "a" * 5000, "\ud7ff\ufffe", "OR", "{}[]~*"], ids=ascii
)
@pytest.mark.parametrize("address", [*ADDRESSES, SUGGESTIONS])
def test_nothing_that_is_asked_breaks_it(client: Client, address: str, typed: str) -> None:
    assert client.get(address, {"q": typed, "kind": typed, "page": typed}).status_code in (200, 400)


def test_the_page_of_results_leads_to_all_of_it(client: Client) -> None:
    html = ask(client, "weather", kind="letter").html

    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/search.atom?q=weather&amp;kind=letter"' in html
    for suffix in ("csv", "json", "ris", "bib"):
        assert f'href="/search/export.{suffix}?q=weather&amp;kind=letter"' in html
