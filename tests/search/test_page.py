"""The search page answers whatever is asked, and says what it made of it."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Collection, Document
from search.engines.backend import Backend
from tests.search.asking import ask

pytestmark = pytest.mark.usefixtures("searchable")


def test_without_a_query_it_shows_how_to_search(client: Client) -> None:
    answer = ask(client)

    assert "How to search" in answer.words
    assert 'href="/search/?q=' in answer.html
    assert "noindex" not in answer.html


def test_every_example_finds_something(client: Client) -> None:
    links = [part.partition('"')[0].replace("&amp;", "&") for part in ask(client).html.split('<dt><a href="')[1:]]

    assert len(links) >= 6
    for link in links:
        assert client.get(link).content.decode().count('<li class="result '), link


def test_it_says_what_it_understood(client: Client) -> None:
    words = ask(client, 'space "outer space" -medicine').words

    assert "with any form of “space” and the phrase “outer space”, but without any form of “medicine”" in words


def test_it_marks_what_is_wrong_and_finds_the_rest(client: Client) -> None:
    answer = ask(client, "rescue )")

    assert "<mark>)</mark>" in answer.html
    assert "This bracket closes nothing and was left out." in answer.words
    assert answer.total == 2


def test_it_shows_the_first_of_many_problems(client: Client) -> None:
    answer = ask(client, ")" * 100 + " rescue")

    assert answer.html.count("problem-typed") == 5
    assert "And 95 more like these." in answer.words


def test_it_names_the_word_that_fails(client: Client) -> None:
    words = ask(client, "weather zebra").words

    assert "any form of “zebra”: none · search without it" in words
    assert re.search(r"any form of “weather”: \d results", words)


def test_it_says_when_nothing_has_the_only_word(client: Client) -> None:
    assert "Nothing in the archive has any form of “zebra”." in ask(client, "zebra").words


def test_it_says_when_there_is_no_word(client: Client) -> None:
    assert "There is no word here to search for." in ask(client, "—").words


def test_a_long_search_is_cut_with_a_sentence(client: Client) -> None:
    assert "A search is read up to 20,000 characters" in ask(client, "space " * 4000).words


def test_results_are_not_for_other_search_engines(client: Client) -> None:
    response = client.get("/search/", {"q": "space"})

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '" onfocus="alert(1)', "a OR <b>", "<img src=x"])
def test_what_is_typed_is_escaped(client: Client, typed: str) -> None:
    html = ask(client, typed).html

    assert "<script>alert" not in html
    assert 'onfocus="alert' not in html
    assert "<img src=x" not in html


def test_when_the_engine_fails_it_says_so_politely(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(Backend, "search", side_effect=OSError("disk on fire")):
        response = client.get("/search/", {"q": "space"})

    page = response.content.decode()
    assert response.status_code == 503
    assert "The search is not working at the moment" in page
    assert "disk on fire" not in page
    assert "disk on fire" in caplog.text


def test_it_asks_the_database_little(client: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(16):
        ask(client, "space")


@given(
    typed=st.one_of(st.text(max_size=2000), st.text(alphabet='ab "()-*~.OR\x00é', max_size=300)),
    value=st.text(max_size=30),
    page=st.text(max_size=5),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_asked_breaks_it(client: Client, typed: str, value: str, page: str) -> None:
    # Cut where the values would not fit into an address that any browser or server takes.
    parameters = {"q": typed, "kind": value, "sort": value, "page": page}
    encoded = {name: text.encode("utf-8", "replace").decode() for name, text in parameters.items()}

    assert client.get("/search/", encoded).status_code == 200


def test_a_result_says_which_collection_and_number_it_has(client: Client, searchable: Collection) -> None:
    Document.objects.filter(slug="nsam-129").update(number="388")

    assert "Cooperation in space, 1962, no. 388" in ask(client, "proposals").words
