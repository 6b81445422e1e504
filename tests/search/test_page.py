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
from tests.search.asking import ask, follow

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
    for parameters in ({}, {"type": "document"}, {"after": "1962", "from": "john-f-kennedy"}):
        with django_assert_max_num_queries(8):
            ask(client, "space", **parameters)


def test_a_citation_goes_before_all_results(client: Client) -> None:
    html = ask(client, "NSAM 129").html

    assert '<h2 id="direct-heading" class="kicker">Go to</h2>' in html
    assert html.index('<li><a href="/documents/nsam-129/">') < html.index('id="results-heading"')


def test_it_asks_whether_another_word_was_meant(client: Client) -> None:
    answer = ask(client, "sattelite")

    assert "Did you mean satellite ?" in answer.words
    assert follow(client, "/search/?q=satellite").total


def test_when_nothing_has_all_words_it_shows_what_has_most(client: Client) -> None:
    answer = ask(client, "weather satellite rescue zebra")

    assert "Nothing with any form of “weather”" in answer.words
    assert "have some of the words" in answer.words
    assert answer.addresses


def test_it_tells_the_word_forms_that_match(client: Client) -> None:
    assert "Word forms that match cooperation cooperation, " in ask(client, "cooperation").words


def test_people_and_organizations_are_results(client: Client) -> None:
    answer = ask(client, "kennedy", type=["person", "organization"])

    assert answer.addresses == ["/people/john-f-kennedy/"]


@pytest.mark.parametrize("typed", ["space", "rescue OR McGhee", "weather"])
def test_every_passage_shown_is_linked_where_it_stands(client: Client, typed: str) -> None:
    links = re.findall(r'<p class="snippet-voice"><a href="([^"]*)"', ask(client, typed, type="document").html)

    assert links
    for link in links:
        path, _, ident = link.partition("#")
        assert f'id="{ident}"' in client.get(path.replace("&amp;", "&")).content.decode()


def test_how_to_search_shows_all_of_the_language_with_examples_that_work(client: Client) -> None:
    html = client.get("/search/help/").content.decode()
    links = [part.partition('"')[0].replace("&amp;", "&") for part in html.split('<dt><a href="')[1:]]

    assert len(links) >= 15
    for link in links:
        assert follow(client, link).total, link
    for mark in (
        "=",
        "*",
        "?",
        "~",
        '"~5',
        "OR",
        "NOT",
        "title:",
        "note:",
        "source:",
        "from:",
        "kind:",
        "date:",
        "year:",
    ):
        assert mark in html.replace("&quot;", '"')


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
