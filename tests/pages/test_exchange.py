"""The negotiation table with its map, and two documents side by side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from documents.models import Collection, Document, Link, Passage, Proposal
from tests.exchanges import SECRET, add_draft, grow
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db

TABLE = "/collections/space-1962/exchange/"
BESIDE = "/documents/kennedy-1962-03-07/beside/khrushchev-1962-03-20/"


def table_of(page: str) -> str:
    return page[page.index("<table") : page.index("</table>")]


def map_of(page: str) -> str:
    return page[page.index("<figure") : page.index("</figure>")]


def rows_of(page: str) -> dict[str, str]:
    """The rows of the table by their topic."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table_of(page), re.S)[1:]
    return {re.sub(r"<[^>]+>", "", re.search(r'<th scope="row">(.*?)</th>', row)[1]): row for row in rows}  # type: ignore[index]


def test_the_table_has_every_proposal_and_every_link(read: Read) -> None:
    found = table_of(read(TABLE))
    for proposal in Proposal.objects.all():
        assert f'href="{proposal.get_absolute_url()}"' in found, proposal
    for link in Link.objects.select_related("answer", "answered", "answering_document"):
        assert link.answered_words.replace("'", "&#x27;") in found, link
        assert link.answer_words.replace("'", "&#x27;") in found, link
    assert 'href="/documents/kennedy-1962-03-07/#link-h2-k1-answered"' in found
    assert 'href="/documents/khrushchev-1962-03-20/#link-h2-k1-answer"' in found


def test_documents_stand_across_in_order_of_date_and_topics_down(read: Read) -> None:
    found = table_of(read(TABLE))
    heads = re.findall(r'<th scope="col">(.*?)</th>', found)
    assert [re.sub(r"<[^>]+>", "", head) for head in heads] == [
        "Topic",
        "NSAM 129",
        "Kennedy to Khrushchev, 7 March 1962",
        "Khrushchev to Kennedy, 20 March 1962",
    ]
    assert list(rows_of(read(TABLE)))[:2] == ["Weather satellites", "Communications satellites"]
    assert len(rows_of(read(TABLE))) == 10


def test_each_cell_says_what_became_of_its_proposal(read: Read) -> None:
    rows = rows_of(read(TABLE))
    assert "Accepted by" in rows["Weather satellites"] and "Accepts" in rows["Weather satellites"]
    assert "Recast by" in rows["Tracking and observation"]
    assert "Taken up by" in rows["The moon and the planets"]
    assert "No explicit answer" in rows["Reporting to the United Nations"]
    assert "New" in rows["Search and rescue"]
    assert "Carried out by" in rows["How to proceed"]


def test_one_answer_to_two_topics_stands_in_both_rows(read: Read) -> None:
    rows = rows_of(read(TABLE))
    assert "Magnetic field and space medicine" in rows["Space medicine"]
    assert "Nothing on this" in rows["Space medicine"]


def test_the_map_has_a_box_for_each_proposal_and_a_line_for_each_link(read: Read) -> None:
    found = map_of(read(TABLE))
    assert found.count("<svg") == 2
    assert found.count('class="map-node') == 2 * 19
    assert found.count('class="map-line map-') == 2 * 9
    assert "<title" in found and "<desc" in found
    assert 'aria-label="K1 Joint weather satellites (accepted by H2)"' in found
    assert 'aria-label="K7 Report agreements to the United Nations (no explicit answer)"' in found
    assert 'aria-label="H4 An agreement on search and rescue (new)"' in found
    assert found.count(">recasts</text>") == 2


def test_the_map_needs_no_inline_style(read: Read) -> None:
    assert "style=" not in map_of(read(TABLE))


def test_the_page_narrows_to_a_topic(read: Read) -> None:
    page = read(f"{TABLE}?topic=weather")
    assert list(rows_of(page)) == ["Weather satellites"]
    assert map_of(page).count('class="map-node') == 2 * 2
    assert "Shown: Weather satellites." in page
    assert 'name="topic" value="weather" checked' in page


def test_the_page_narrows_to_what_became_of_proposals(read: Read) -> None:
    page = read(f"{TABLE}?state=unanswered")
    assert list(rows_of(page)) == ["Reporting to the United Nations", "How to proceed"]
    assert "Shown: No explicit answer." in page
    assert "NSAM 129" in table_of(page) and "Khrushchev to Kennedy" not in table_of(page)


@pytest.mark.parametrize("query", ["topic=rescue&state=accepts", "topic=nonsense", "state=%00<script>"])
def test_a_choice_that_nothing_matches_says_so(read: Read, query: str) -> None:
    page = read(f"{TABLE}?{query}")
    assert "Nothing here matches" in page and "Show all proposals" in page
    assert "<script>alert" not in page


def test_only_states_that_occur_are_offered(read: Read) -> None:
    page = read(TABLE)
    assert 'name="state" value="recasts"' in page
    assert 'value="declines"' not in page


def test_a_collection_without_proposals_says_so(client: Client) -> None:
    collection = Collection.objects.create(slug="empty", title="Empty")
    Document.objects.create(collection=collection, slug="one", title="One", status="published")
    assert b"No proposals yet." in client.get("/collections/empty/exchange/").content


@pytest.mark.parametrize("address", ["/collections/nothing/exchange/", "/collections/drafts/exchange/"])
def test_a_collection_that_the_public_may_not_see_is_not_found(client: Client, address: str) -> None:
    collection = Collection.objects.create(slug="drafts", title="Drafts")
    Document.objects.create(collection=collection, slug="one", title="One")
    assert client.get(address).status_code == 404


def test_drafts_stay_hidden(read: Read, client: Client, space_exchange: Collection) -> None:
    add_draft(space_exchange)
    page = read(TABLE)
    assert SECRET not in page and "19 proposals in 3 documents" in page
    assert "New" in rows_of(page)["Search and rescue"]
    assert client.get("/documents/khrushchev-1962-03-20/beside/hushhush/").status_code == 404


def test_queries_do_not_grow_with_the_exchange(
    client: Client, space_exchange: Collection, django_assert_max_num_queries: Callable
) -> None:
    grow(space_exchange)
    with django_assert_max_num_queries(6):
        client.get(TABLE)
    with django_assert_max_num_queries(10):
        client.get("/documents/letter-1/beside/letter-2/")


def test_side_by_side_shows_every_passage_of_both_once(read: Read) -> None:
    page = read(BESIDE)
    for passage in Passage.objects.exclude(document__slug="nsam-129"):
        side = "left" if passage.document.slug.startswith("kennedy") else "right"
        home = passage.document.get_absolute_url()
        prefixed = re.sub(r'\sid="', f' id="{side}-', passage.html)
        led = re.sub(r'href="#(?=fn)', f'href="#{side}-', prefixed)
        assert page.count(re.sub(rf'href="#(?!{side}-fn)', f'href="{home}#', led)) == 1, passage


def test_ids_are_unique_side_by_side(read: Read) -> None:
    ids = re.findall(r'\sid="([^"]+)"', read(BESIDE))
    assert len(ids) == len(set(ids))


def pairs_of(page: str) -> list[str]:
    return re.findall(r'<div class="pair[ "].*?(?=<div class="pair[ "]|</main>)', page, re.S)


def test_proposals_stand_beside_their_answers_with_a_label_on_each_side(read: Read) -> None:
    (weather,) = [pair for pair in pairs_of(read(BESIDE)) if "Perhaps we could render" in pair]
    assert "It is difficult to overestimate" in weather
    assert "Accepted by H2" in weather and "Accepts K1" in weather


def test_what_has_no_counterpart_stands_beside_a_gap(read: Read) -> None:
    pairs = pairs_of(read(BESIDE))
    (unanswered,) = [pair for pair in pairs if "I believe it is both appropriate" in pair]
    assert "No explicit answer" in unanswered and "Nothing beside this in Khrushchev to Kennedy" in unanswered
    (new,) = [pair for pair in pairs if "draw up and conclude an international agreement" in pair]
    assert "New" in new and "Nothing beside this in Kennedy to Khrushchev" in new


def test_a_second_answer_points_to_where_it_stands(read: Read) -> None:
    (planets,) = [pair for pair in pairs_of(read(BESIDE)) if "Beyond these specific projects" in pair]
    target = re.search(r'class="pointer">\s*<a href="#(right-\d+)"', planets)
    assert target and "belongs here too" in planets
    assert f'id="{target[1]}"' in read(BESIDE)


def test_sides_can_be_changed(read: Read) -> None:
    swapped = "/documents/khrushchev-1962-03-20/beside/kennedy-1962-03-07/"
    assert f'href="{swapped}"' in read(BESIDE)
    assert f'href="{BESIDE}"' in read(swapped)


def test_a_document_as_a_whole_answers_side_by_side(read: Read) -> None:
    page = read("/documents/nsam-129/beside/kennedy-1962-03-07/")
    assert "As a whole carries out N1" in page
    assert "Carried out by Kennedy to Khrushchev, 7 March 1962" in page


def test_notes_stand_beneath_what_calls_them_side_by_side(read: Read) -> None:
    page = read("/documents/nsam-129/beside/kennedy-1962-03-07/")
    for ident in ("left-fn1", "left-fn2", "right-fn1"):
        assert page.count(f'id="{ident}"') == 1
        assert f'href="#{ident}"' in page
    assert "Kennedy Library, National Security Files" in page


def test_documents_without_links_can_stand_side_by_side(read: Read) -> None:
    assert "Nothing in these two documents is linked" in read("/documents/nsam-129/beside/khrushchev-1962-03-20/")


@pytest.mark.parametrize("other", ["kennedy-1962-03-07", "nothing"])
def test_side_by_side_needs_two_documents(client: Client, space_exchange: Collection, other: str) -> None:
    assert client.get(f"/documents/kennedy-1962-03-07/beside/{other}/").status_code == 404
