"""What a document cites and what cites it: on its own page, and on the page of all that cite it."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from django.test import Client

from documents.models import Collection, Document, Footnote, Passage, Reference
from tests.citations import add_citing
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

KENNEDY, NSAM = "kennedy-1962-03-07", "nsam-129"
Queries = Callable[[int], object]


@pytest.fixture(autouse=True)
def _imported(space_exchange: Collection) -> None:
    """Every test reads the space exchange."""


@pytest.fixture
def nsam() -> Document:
    return Document.objects.get(slug=NSAM)


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    html5lib.HTMLParser(strict=True).parse(response.content)
    return Page(response.content.decode())


def cited_by(client: Client, slug: str, query: str = "") -> Page:
    return page(client, f"/documents/{slug}/cited-by/{query}")


def refer(ident: str, words: str, target: str, **values: object) -> Reference:
    """The President's letter points somewhere."""
    letter = Document.objects.get(slug=KENNEDY)
    return Reference.objects.create(document=letter, ident=ident, words=words, target=target, origin="found", **values)


def test_a_document_says_what_cites_it_with_the_sentence_and_the_place(client: Client, nsam: Document) -> None:
    refer("p3", "NSAM 129", "nsam-129", resolved=nsam, sentence="Mr. Bundy wrote NSAM 129 in a day.")
    found = page(client, f"/documents/{NSAM}/")
    around = found.around("Cited by Kennedy to Khrushchev, 7 March 1962", 300)
    assert "Mr. Bundy wrote NSAM 129 in a day. Passage 3" in around
    assert found.links["Passage 3"] == f"/documents/{KENNEDY}/#p3"
    assert "#cited-by" in found.hrefs


def test_a_reference_without_a_sentence_shows_its_words(client: Client, nsam: Document) -> None:
    refer("p3", "the memorandum", "nsam-129", resolved=nsam)
    assert "Khrushchev, 7 March 1962 7 March 1962 the memorandum Passage 3" in page(client, f"/documents/{NSAM}/").text


def test_a_short_note_is_shown_with_the_sentence_that_calls_it(client: Client, nsam: Document) -> None:
    letter = Document.objects.get(slug=KENNEDY)
    passage = letter.passages.get(ident="p3")
    said = "The President instructed his officers. He told no one else."
    Passage.objects.filter(pk=passage.pk).update(text=said)
    Footnote.objects.create(document=letter, passage=passage, offset=38, ident="fn9", label="9", position=9)
    refer("fn9", "NSAM 129", "nsam-129", resolved=nsam, sentence="See NSAM 129.")
    text = page(client, f"/documents/{NSAM}/").text
    assert "The President instructed his officers. [note 9] 9 See NSAM 129. Note 9" in text
    assert "He told no one else" not in text


def test_only_the_first_ten_stand_on_the_page_and_all_are_one_click_away(client: Client, nsam: Document) -> None:
    add_citing(nsam, 14)
    found = page(client, f"/documents/{NSAM}/")
    assert found.text.count("which nobody answered before the summer") == 10
    assert found.links["All 14 documents that cite this one"] == f"/documents/{NSAM}/cited-by/"
    all_of_them = cited_by(client, NSAM)
    assert all_of_them.text.count("which nobody answered before the summer") == 14
    assert "14 documents, in the order in which they were written" in all_of_them.text


def test_they_stand_in_order_of_date_and_undated_ones_last(client: Client, nsam: Document) -> None:
    rows = add_citing(nsam, 3)
    Document.objects.filter(pk=rows[0].pk).update(sort_date=None)
    for found in (page(client, f"/documents/{NSAM}/"), cited_by(client, NSAM)):
        places = [found.text.index(f"{row.title} ") for row in (rows[1], rows[2], rows[0])]
        assert places == sorted(places)


def test_a_document_that_cites_in_many_places_shows_two_sentences_and_where_the_others_are(
    client: Client, nsam: Document
) -> None:
    for number in range(1, 6):
        refer(f"p{number}", "NSAM 129", "nsam-129", resolved=nsam, sentence=f"Sentence {number} of NSAM 129.")
    own = page(client, f"/documents/{NSAM}/").text
    assert "Sentence 2 of NSAM 129." in own
    assert "Sentence 3 of NSAM 129." not in own
    assert "Also in passage 3, passage 4, passage 5" in own
    assert "Sentence 5 of NSAM 129." in cited_by(client, NSAM).text


def test_a_note_says_how_many_documents_cite_it(client: Client, nsam: Document) -> None:
    add_citing(nsam, 3, "fn2")
    found = page(client, f"/documents/{NSAM}/")
    assert found.links["Cited by 3"] == "#cited-by"
    assert "Note 2 cites note 2 of this document" in found.text
    add_citing(nsam, 9)
    assert page(client, f"/documents/{NSAM}/").links["Cited by 3"] == f"/documents/{NSAM}/cited-by/?note=fn2"


def test_a_note_is_meant_by_its_label_where_no_note_has_the_id(client: Client, nsam: Document) -> None:
    Footnote.objects.filter(document=nsam, ident="fn2").update(ident="fn-two")
    add_citing(nsam, 2, "fn2")
    html = client.get(f"/documents/{NSAM}/").content.decode()
    note = html[html.index('id="fn-two"') : html.index('id="fn3"')]
    assert "Cited by 2" in note


def test_all_that_cite_can_be_narrowed_to_those_of_one_note(client: Client, nsam: Document) -> None:
    add_citing(nsam, 4, "fn2")
    add_citing(nsam, 11)
    whole = cited_by(client, NSAM)
    assert "All 15 The document itself 11 Note 2 4" in whole.text
    assert "4 of 15 documents: those that cite note 2." in cited_by(client, NSAM, "?note=fn2").text
    assert cited_by(client, NSAM, "?note=none").text.count("which nobody answered") == 11
    assert cited_by(client, NSAM, "?note=nonsense").text.count("which nobody answered") == 15


def test_a_long_list_has_pages(client: Client, nsam: Document) -> None:
    add_citing(nsam, 60)
    assert "?page=2" in cited_by(client, NSAM).hrefs
    assert cited_by(client, NSAM, "?page=2").text.count("which nobody answered") == 10


def test_what_nothing_cites_says_so(client: Client) -> None:
    assert "No document of the archive cites it yet." in cited_by(client, NSAM).text
    assert 'id="cited-by"' not in client.get(f"/documents/{NSAM}/").content.decode()


def test_drafts_cite_nothing_and_have_no_page(client: Client, nsam: Document) -> None:
    before = client.get(f"/documents/{NSAM}/").content
    add_citing(nsam, 3, "fn2", status="draft")
    assert client.get(f"/documents/{NSAM}/").content == before
    assert "which nobody answered" not in cited_by(client, NSAM).text
    Document.objects.filter(pk=nsam.pk).update(status="draft")
    assert client.get(f"/documents/{NSAM}/cited-by/").status_code == 404


def test_what_a_document_says_of_itself_is_no_citation(client: Client, nsam: Document) -> None:
    Reference.objects.create(
        document=nsam, ident="fn4", words="footnote 3 above", target="nsam-129#fn3", origin="found", resolved=nsam
    )
    html = client.get(f"/documents/{NSAM}/").content.decode()
    assert 'id="cited-by"' not in html
    assert f'href="/documents/{NSAM}/#fn3"' not in html[html.index('id="references"') :]


def test_references_to_one_document_stand_together_with_the_note_that_is_meant(client: Client, nsam: Document) -> None:
    refer("p3", "NSAM 129", "nsam-129", resolved=nsam)
    refer("p4", "its footnote 2", "nsam-129#fn2", resolved=nsam)
    found = page(client, f"/documents/{KENNEDY}/")
    assert "NSAM 129 Document 388 · [23 February 1962]. Cited in passage 3, passage 4 (its note 2 )" in found.text
    assert found.links["note 2"] == f"/documents/{NSAM}/#fn2"


def test_what_is_cited_stands_in_the_order_of_the_text(client: Client) -> None:
    refer("p5", "Document 7", "frus1961-63v06/d7")
    refer("p1", "Document 6", "frus1961-63v06/d6")
    text = page(client, f"/documents/{KENNEDY}/").text
    listed = text[text.rindex("References") :]
    places = [listed.index(words) for words in ("document 6 Not", "Resolution 1721", "document 7 Not")]
    assert places == sorted(places)


def test_what_is_wanted_leads_out_where_it_can_be_read(client: Client) -> None:
    refer("p1", "Document 6", "frus1961-63v06/d6")
    found = page(client, f"/documents/{KENNEDY}/")
    assert "volume VI, document 6 Not yet in the archive Read it at history.state.gov Cited in passage 1" in found.text
    assert found.links["Read it at history.state.gov"] == (
        "https://history.state.gov/historicaldocuments/frus1961-63v06/d6"
    )


def test_a_page_of_the_web_is_not_wanted(client: Client) -> None:
    refer("p1", "the treaty", "https://www.example.org/treaty#article-2")
    found = page(client, f"/documents/{KENNEDY}/")
    assert found.links["the treaty"] == "https://www.example.org/treaty#article-2"


def test_a_volume_that_is_cited_as_a_whole_leads_to_its_collection(client: Client) -> None:
    refer("p1", "volume XXV", "space-1962")
    assert page(client, f"/documents/{KENNEDY}/").links["Cooperation in space, 1962"] == "/collections/space-1962/"


def test_words_that_point_nowhere_are_not_listed(client: Client) -> None:
    letter = Document.objects.get(slug=KENNEDY)
    Reference.objects.create(document=letter, ident="p1", words="General Assembly", target="", origin="listed")
    assert "General Assembly Cited in" not in page(client, f"/documents/{KENNEDY}/").text


def test_a_document_that_was_withdrawn_is_wanted_and_not_named(client: Client, nsam: Document) -> None:
    refer("p1", "NSAM 129", "nsam-129", resolved=nsam)
    Document.objects.filter(pk=nsam.pk).update(status="draft", title="Hushhush", short_title="Hushhush")
    text = page(client, f"/documents/{KENNEDY}/").text
    assert "National Security Action Memorandum No. 129 Not yet in the archive" in text
    assert "Hushhush" not in text


def test_five_hundred_that_cite_cost_no_more_queries(
    client: Client, nsam: Document, django_assert_max_num_queries: Queries
) -> None:
    add_citing(nsam, 400)
    add_citing(nsam, 100, "fn2")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert b"All 500 documents" in client.get(f"/documents/{NSAM}/").content
    with django_assert_max_num_queries(4):  # type: ignore[attr-defined]
        assert client.get(f"/documents/{NSAM}/cited-by/?page=9").status_code == 200


def test_only_a_page_that_says_more_is_in_the_sitemap(client: Client, nsam: Document) -> None:
    add_citing(nsam, 11)
    add_citing(Document.objects.get(slug=KENNEDY), 10)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"/documents/{NSAM}/cited-by/" in sitemap
    assert f"/documents/{KENNEDY}/cited-by/" not in sitemap


def test_a_former_address_leads_on(client: Client, nsam: Document) -> None:
    nsam.former_addresses.create(slug="bundy-memo")
    response = client.get("/documents/bundy-memo/cited-by/?note=fn2")
    assert response["Location"] == f"/documents/{NSAM}/cited-by/?note=fn2"
