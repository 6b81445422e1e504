"""A search as JSON: the same parameters, the same results, and every key that the guide names."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from archive.environment import ROOT
from documents.models import Collection, Document
from tests.search.asking import ask
from tests.search.conftest import Commit, MakeDocument

GUIDE = (ROOT / "docs" / "search-api.md").read_text(encoding="utf-8")
#: In the guide's example only the first of these are shown.
CUT = ("filters",)


def answer_of(client: Client, **parameters: str) -> dict[str, Any]:
    response = client.get("/search.json", parameters)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_the_example_of_the_guide_is_what_it_answers(
    client: Client, searchable: Collection, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://archive.example"
    address = re.search(r"^GET (\S+)$", GUIDE, re.MULTILINE)
    example = json.loads(re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)[0])
    assert address

    answer = client.get(address[1]).json()

    assert list(answer) == list(example)
    for name, value in example.items():
        if name in CUT:
            assert answer[name][: len(value)] == value, name
        else:
            assert answer[name] == value, name


def test_it_has_the_results_of_the_page_in_their_order(client: Client, searchable: Collection) -> None:
    for parameters in ({"type": "proposal"}, {"sort": "-date"}, {"kind": "letter", "after": "1962-03-10"}):
        page, answer = ask(client, "space", **parameters), answer_of(client, q="space", **parameters)

        assert answer["total"] == page.total > 0
        links = [each["url"] for each in answer["results"]]
        assert [urlsplit(each).path for each in links] == [urlsplit(each).path for each in page.addresses]


def test_it_says_what_was_understood_and_what_was_left_out(client: Client, searchable: Collection) -> None:
    query = answer_of(client, q="rescue )")["query"]

    assert query["understood"] == "any form of “rescue”"
    assert query["problems"] == [{"sentence": "This bracket closes nothing and was left out.", "start": 7, "end": 8}]


def test_hits_are_marked_and_everything_else_is_escaped(
    client: Client, make_document: MakeDocument, commit: Commit, search_index: object
) -> None:
    with commit():
        make_document("d", "Rockets & <i>space</i> suits", title="Space <one>")

    (result,) = answer_of(client, q="space")["results"]

    assert result["title"] == "Space <one>"
    assert result["snippets"][0]["text"] == "Rockets & <i>space</i> suits"
    assert result["snippets"][0]["html"] == "Rockets &amp; &lt;i&gt;<mark>space</mark>&lt;/i&gt; suits"
    assert result["snippets"][0]["voice"]


def test_filters_have_the_values_that_addresses_take(client: Client, searchable: Collection) -> None:
    answer = answer_of(client, q="space")

    for each in answer["filters"]:
        for value in each["values"]:
            found = answer_of(client, q="space", **{each["name"]: value["value"]})
            assert found["total"] == value["count"], (each["name"], value)
            assert value["label"]


def test_a_figure_says_how_results_spread_over_time(client: Client, searchable: Collection) -> None:
    histogram = answer_of(client, q="space", type="document", after="1962-02", before="1962-03")["histogram"]

    assert histogram["grain"] in ("day", "month")
    assert sum(bar["count"] for bar in histogram["bars"]) >= 3


def test_a_typed_number_names_its_document(client: Client, searchable: Collection) -> None:
    named = answer_of(client, q="NSAM 129")["named"]

    assert [each["url"] for each in named["documents"]] == ["http://testserver/documents/nsam-129/"]


def test_every_page_leads_to_the_next(
    client: Client, make_document: MakeDocument, commit: Commit, search_index: object
) -> None:
    with commit():
        for number in range(45):
            make_document(f"d{number}", "space")
    found, address = [], "/search.json?q=space&sort=place"
    while address:
        answer = client.get(address).json()
        found += [each["url"] for each in answer["results"]]
        address = answer["links"]["next"]

    assert len(found) == len(set(found)) == 45
    assert answer["links"]["previous"].endswith("/search.json?q=space&sort=place&page=2&per_page=20")
    assert answer["links"]["feed"] == "http://testserver/search.atom?q=space"


@pytest.mark.parametrize(("typed", "shown"), [("1", 20), ("50", 50), ("1000", 100), ("-3", 20), ("x", 20), ("²", 20)])
def test_a_page_has_from_20_to_100_results(client: Client, searchable: Collection, typed: str, shown: int) -> None:
    assert answer_of(client, q="space", per_page=typed)["per_page"] == shown


def test_links_of_a_longer_page_keep_its_length(client: Client, searchable: Collection) -> None:
    assert answer_of(client, q="space", per_page="50")["links"]["self"].endswith("?q=space&per_page=50")


def test_a_draft_is_not_in_it(client: Client, searchable: Collection) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft")

    assert "nsam-129" not in json.dumps(answer_of(client, type="document")["results"])
