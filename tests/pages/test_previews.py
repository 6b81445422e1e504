"""What a link leads to, at a glance: a document in a few lines, a note with the sentence on which it stands."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from django.test import Client

from documents.models import Collection, Document, Footnote, Passage
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

KENNEDY, NSAM = "/documents/kennedy-1962-03-07/", "/documents/nsam-129/"
Queries = Callable[[int], object]


@pytest.fixture(autouse=True)
def _imported(space_exchange: Collection) -> None:
    """Every test reads the space exchange."""


def preview(client: Client, address: str) -> Page:
    response = client.get(f"{address}preview/")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    return Page(response.content.decode())


def test_a_note_comes_with_the_sentence_that_calls_it(client: Client) -> None:
    text = preview(client, f"{NSAM}notes/fn2/").text
    assert "388, Cooperation in space, 1962 Note 2, NSAM 129 [23 February 1962]" in text
    assert (
        "his desire that the U.S. and U.S.S.R. should cooperate in the exploration of space. [note 2] 2 For texts, see"
        in text
    )
    assert "While emphasizing" not in text


def test_it_leads_to_the_note(client: Client) -> None:
    assert preview(client, f"{NSAM}notes/fn2/").links["Go there"] == f"{NSAM}#fn2"


def test_a_note_is_found_by_its_label_where_no_note_has_the_id(client: Client) -> None:
    Footnote.objects.filter(ident="fn2", document__slug="nsam-129").update(ident="fn-two")
    assert "Note 2, NSAM 129" in preview(client, f"{NSAM}notes/fn2/").text
    assert client.get(f"{NSAM}notes/fn77/preview/").status_code == 404


def test_the_id_comes_before_the_label(client: Client) -> None:
    Footnote.objects.filter(ident="fn3", document__slug="nsam-129").update(label="2")
    assert "For texts, see" in preview(client, f"{NSAM}notes/fn2/").text


def test_a_note_that_nothing_calls_stands_alone(client: Client) -> None:
    Footnote.objects.filter(ident="fn2", document__slug="nsam-129").update(passage=None)
    assert (
        "388, Cooperation in space, 1962 Note 2, NSAM 129 [23 February 1962] For texts, see"
        in preview(client, f"{NSAM}notes/fn2/").text
    )


def test_what_is_in_a_note_does_not_clash_with_the_page_that_shows_it(client: Client) -> None:
    html = '<p><a id="corrected-1" href="#correction-1">x</a> id="y" <a href="#fn3">3</a></p>'
    Footnote.objects.filter(ident="fn2", document__slug="nsam-129").update(html=html)
    found = preview(client, f"{NSAM}notes/fn2/")
    assert "preview-corrected-1" in found.ids
    assert f"{NSAM}#correction-1" in found.hrefs and f"{NSAM}#fn3" in found.hrefs
    assert 'id="y"' in found.text


def test_the_sentence_of_a_long_passage_is_found_by_the_place_of_the_marker(client: Client) -> None:
    note = Footnote.objects.select_related("passage").get(ident="fn2", document__slug="nsam-129")
    text = "Vol. VI has it. Mr. Bundy said so. " * 30
    Passage.objects.filter(pk=note.passage_id).update(text=text)
    Footnote.objects.filter(pk=note.pk).update(offset=text.index("so.", 400) + 3)
    assert "] Mr. Bundy said so. [note 2] 2 For texts" in preview(client, f"{NSAM}notes/fn2/").text


def test_a_document_comes_in_a_few_lines(client: Client) -> None:
    found = preview(client, KENNEDY)
    assert "Cooperation in space, 1962 Kennedy to Khrushchev, 7 March 1962 7 March 1962 · from John F. Kennedy" in (
        found.text
    )
    assert found.links["Go there"] == KENNEDY


def test_a_document_without_an_abstract_shows_its_first_lines(client: Client) -> None:
    Document.objects.filter(slug="kennedy-1962-03-07").update(abstract="")
    first = Passage.objects.get(document__slug="kennedy-1962-03-07", number=1)
    assert first.text[:100] in preview(client, KENNEDY).text
    first.text = "word " * 300
    first.save()
    assert "word word … Go there" in preview(client, KENNEDY).text


def test_a_document_without_words_has_a_glimpse_too(client: Client) -> None:
    home = Collection.objects.get()
    Document.objects.create(collection=home, slug="empty", title="Empty", status="published")
    assert "Empty Undated Go there" in preview(client, "/documents/empty/").text


@pytest.mark.parametrize("address", [KENNEDY, f"{NSAM}notes/fn2/"])
def test_it_costs_little_and_may_be_kept_but_not_listed(
    client: Client, django_assert_max_num_queries: Queries, address: str
) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        response = client.get(f"{address}preview/")
    assert response["Cache-Control"] == "max-age=300"
    assert response["X-Robots-Tag"] == "noindex"


def test_drafts_show_nothing(client: Client) -> None:
    Document.objects.update(status="draft")
    assert client.get(f"{KENNEDY}preview/").status_code == 404
    assert client.get(f"{NSAM}notes/fn2/preview/").status_code == 404


def test_a_former_address_leads_on(client: Client) -> None:
    Document.objects.get(slug="nsam-129").former_addresses.create(slug="bundy-memo")
    for path in ("preview/", "notes/fn2/preview/"):
        assert client.get(f"/documents/bundy-memo/{path}")["Location"] == f"{NSAM}{path}"


def test_there_is_no_note_with_a_name_that_no_text_can_have(client: Client) -> None:
    assert client.get(f"{NSAM}notes/fn%002/preview/").status_code == 404
