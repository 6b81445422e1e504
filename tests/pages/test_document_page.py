"""The page of one document: what stands on it, where its links lead, and what it costs the database."""

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from documents.models import Collection, Document, Footnote, Link, Passage, Proposal
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

KENNEDY, KHRUSHCHEV, NSAM = "kennedy-1962-03-07", "khrushchev-1962-03-20", "nsam-129"


@pytest.fixture(autouse=True)
def _imported(space_exchange: Collection) -> None:
    """Every test reads the space exchange."""


def page(client: Client, slug: str, query: str = "") -> Page:
    response = client.get(f"/documents/{slug}/", {"q": query} if query else {})
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.mark.parametrize("slug", [KENNEDY, KHRUSHCHEV, NSAM])
def test_it_is_html_without_a_slip(client: Client, slug: str) -> None:
    html = client.get(f"/documents/{slug}/", {"q": "satellite"}).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize("slug", [KENNEDY, KHRUSHCHEV, NSAM])
def test_every_id_is_there_once_and_every_jump_lands(client: Client, slug: str) -> None:
    found = page(client, slug)
    assert len(found.ids) == len(set(found.ids))
    jumps = {href[1:] for href in found.hrefs if href.startswith("#")}
    assert jumps <= set(found.ids)


def test_the_header_says_what_is_known(client: Client) -> None:
    text = page(client, KENNEDY).text
    for words in (
        "Kennedy to Khrushchev, 7 March 1962",
        "Released 18 March 1962",
        "John F. Kennedy",
        "Public Papers of the Presidents",
    ):
        assert words in text


def test_a_supplied_date_stands_in_brackets_with_its_reason(client: Client) -> None:
    text = page(client, NSAM).text
    assert "[23 February 1962]" in text
    assert "This text has no date of its own." in text


def test_letters_say_what_they_answer_and_how_much_later(client: Client) -> None:
    assert "Answered by Khrushchev to Kennedy, 20 March 1962, 13 days later" in page(client, KENNEDY).text
    assert "Answers Kennedy to Khrushchev, 7 March 1962, 13 days later" in page(client, KHRUSHCHEV).text


def test_notes_stand_after_their_passage_and_lead_back(client: Client) -> None:
    found = page(client, NSAM)
    assert found.ids.index("p1") < found.ids.index("fn2") < found.ids.index("p2")
    for number in range(1, 5):
        assert f"#fn{number}" in found.hrefs
        assert f"#marker-fn{number}" in found.hrefs


def test_from_weather_to_its_answer_and_back_is_one_click_each_way(client: Client) -> None:
    there = page(client, KENNEDY).links["Accepted — Khrushchev, item 2"]
    assert there == f"/documents/{KHRUSHCHEV}/#link-h2-k1-answer"
    answer = page(client, KHRUSHCHEV)
    assert "link-h2-k1-answer" in answer.ids
    back = answer.links["Accepts Kennedy, item 1"]
    assert back == f"/documents/{KENNEDY}/#link-h2-k1-answered"
    assert "link-h2-k1-answered" in page(client, KENNEDY).ids


def test_every_link_leads_both_ways_to_words_that_are_there(client: Client) -> None:
    pages = {slug: page(client, slug) for slug in (KENNEDY, KHRUSHCHEV, NSAM)}
    for link in Link.objects.select_related("answer__document", "answering_document", "answered__document"):
        later, earlier = link.later_document.slug, link.answered.document.slug
        assert f"/documents/{later}/#{link.anchor}-answer" in pages[earlier].hrefs
        assert f"/documents/{earlier}/#{link.anchor}-answered" in pages[later].hrefs
        assert f"{link.anchor}-answer" in pages[later].ids
        assert f"{link.anchor}-answered" in pages[earlier].ids


def test_every_proposal_can_be_jumped_to_and_has_its_page(client: Client) -> None:
    for slug in (KENNEDY, KHRUSHCHEV, NSAM):
        found = page(client, slug)
        for proposal in Proposal.objects.filter(document__slug=slug):
            assert proposal.anchor in found.ids
            assert proposal.get_absolute_url() in found.hrefs


def test_what_nobody_answers_and_what_is_new_says_so(client: Client) -> None:
    assert "No explicit answer" in page(client, KENNEDY).around("K7 Report agreements to the United Nations")
    assert "New" in page(client, KHRUSHCHEV).around("H4 An agreement on search and rescue")


def test_corrections_are_listed_with_what_was_printed(client: Client) -> None:
    text = page(client, KENNEDY).text
    assert "Passage 8 clear printed: dear" in text
    assert page(client, KENNEDY).links["clear"] == "#correction-4"


def test_references_are_listed_once_and_say_what_is_wanted(client: Client) -> None:
    text = page(client, KENNEDY).text
    title = "United Nations General Assembly Resolution 1721 (XVI), International co-operation"
    assert text.count(title) == 1
    assert "Not yet in the archive Read it at undocs.org Cited in passage 3, passage 6, passage 9" in text


def test_it_leads_to_the_documents_before_and_after(client: Client) -> None:
    hrefs = page(client, KENNEDY).links
    assert hrefs["← Before this NSAM 129"] == f"/documents/{NSAM}/"
    assert hrefs["After this → Khrushchev to Kennedy, 20 March 1962"] == f"/documents/{KHRUSHCHEV}/"


def test_hits_are_marked_in_text_and_notes(client: Client) -> None:
    found = page(client, NSAM, "McGhee")
    assert "1 hit for McGhee" in found.text
    assert "hit-1" in found.ids
    assert "no-such" not in found.text
    assert "0 hits for zzz" in page(client, NSAM, "zzz").text


def test_a_query_is_never_markup(client: Client) -> None:
    html = client.get(f"/documents/{NSAM}/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html


def test_the_source_comes_byte_for_byte(client: Client) -> None:
    response = client.get(f"/documents/{NSAM}/source/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == bytes(Document.objects.get(slug=NSAM).source)


def test_a_note_called_by_any_sign_can_be_jumped_to(client: Client) -> None:
    document = Document.objects.get(slug=NSAM)
    passage = document.passages.get(ident="p1")
    Footnote.objects.create(document=document, passage=passage, ident="fn#", label="#", position=90, html="<p>B</p>")
    html = client.get(f"/documents/{NSAM}/").content.decode()
    assert 'id="fn#"' in html
    assert 'href="#fn%23"' in html and 'href="#marker-fn%23"' in html
    assert 'href="#fn#"' not in html


@pytest.mark.parametrize(
    ("format", "source", "media_type", "shown"),
    [
        ("text", "Naïve".encode(), "text/plain; charset=utf-8", "inline; filename="),
        ("text", "“Naïve” – so he wrote".encode("cp1252"), "text/plain; charset=windows-1252", "inline; filename="),
        ("tei", b"<div/>", "text/plain; charset=utf-8", 'inline; filename="nsam-129.xml"'),
        ("pdf", b"%PDF-1.7", "application/pdf", 'attachment; filename="nsam-129.pdf"'),
        ("docx", b"PK", "application/vnd.openxmlformats", 'attachment; filename="nsam-129.docx"'),
    ],
)
def test_a_source_is_sent_as_what_it_is(
    client: Client, format: str, source: bytes, media_type: str, shown: str
) -> None:
    Document.objects.filter(slug=NSAM).update(source=source, source_format=format)
    response = client.get(f"/documents/{NSAM}/source/")
    assert response.content == source
    assert response["Content-Type"].startswith(media_type)
    assert response["Content-Disposition"].startswith(shown)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_drafts_are_nowhere(client: Client) -> None:
    Document.objects.filter(slug=KHRUSHCHEV).update(status="draft")
    for path in ("", "source/"):
        assert client.get(f"/documents/{KHRUSHCHEV}/{path}").status_code == 404
    html = client.get(f"/documents/{KENNEDY}/").content.decode()
    assert KHRUSHCHEV not in html
    assert "Accepted" not in html


def test_a_document_that_answers_a_draft_does_not_name_it(client: Client) -> None:
    Document.objects.filter(slug=KENNEDY).update(status="draft")
    assert KENNEDY not in client.get(f"/documents/{KHRUSHCHEV}/").content.decode()


def test_twelve_queries_are_enough_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    document = Document.objects.get(slug=NSAM)
    empty = {"document": document, "text": ""}
    rows = [
        Passage(**empty, ident=f"x{number}", position=1000 + number, kind="paragraph", html="<p>A</p>")
        for number in range(300)
    ]
    Passage.objects.bulk_create(rows)
    Footnote.objects.bulk_create(
        Footnote(**empty, passage=row, ident=f"n{number}", label="n", position=number, html="<p>B</p>")
        for number, row in enumerate(rows[:200])
    )
    with django_assert_max_num_queries(12):
        html = client.get(f"/documents/{NSAM}/").content.decode()
    assert 'id="x299"' in html
    assert 'id="n199"' in html
