"""The page of a long negotiation: filters, chains, other collections, and what is too large to be read at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.test import Client

from documents.models import Collection, Document, Link, Passage, Proposal
from tests.exchanges import SECRET, add_draft
from tests.negotiations import negotiation
from tests.pages.conftest import Read
from tests.pages.parsed import Page
from tests.pages.test_exchange import map_of, rows_of, table_of

pytestmark = pytest.mark.django_db

TABLE = "/collections/tests/exchange/"
SPACE = "/collections/space-1962/exchange/"

Get = Callable[[str], str]


@pytest.fixture
def get(client: Client) -> Get:
    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return page


@pytest.fixture
def ten(db: None) -> Collection:
    return negotiation().store()


def columns_of(page: str) -> list[str]:
    heads = re.findall(r'<th scope="col">(.*?)</th>', table_of(page), re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", head).split()) for head in heads][1:]


def test_ten_documents_and_a_hundred_proposals_are_all_in_map_and_table(ten: Collection, get: Get) -> None:
    page = get(TABLE)
    assert "100 proposals in 10 documents" in page
    assert map_of(page).count('class="map-node') == 2 * 100
    assert len(columns_of(page)) == 10 and len(rows_of(page)) == 15
    for proposal in Proposal.objects.all():
        assert f'href="{proposal.get_absolute_url()}"' in table_of(page), proposal
    ids = Page(page).ids
    assert len(ids) == len(set(ids))
    assert "style=" not in page


def test_rows_and_columns_are_counted_and_topics_lead_to_their_rows(ten: Collection, get: Get) -> None:
    page = get(TABLE)
    assert all(column.endswith("10 proposals") for column in columns_of(page))
    topic = ten.documents.first().proposals.first().topic
    assert f'href="#topic-{topic.slug}"' in page and f'id="topic-{topic.slug}"' in page
    assert f"{topic.proposals.count()} proposals" in table_of(page)


def test_a_summary_says_how_many_became_what(ten: Collection, get: Get) -> None:
    page = get(TABLE)
    accepted = Link.objects.filter(relation="accepts").count()
    assert f'<span class="tally-count">{accepted}</span> accepted' in page
    assert "no explicit answer" in page


def test_the_summary_leads_further_into_what_is_shown(ten: Collection, get: Get) -> None:
    page = get(f"{TABLE}?side=second&state=defers&state=declines")
    assert 'href="?state=declines&amp;side=second"' in page


def test_filters_are_boxes_with_counts_that_the_address_keeps(ten: Collection, get: Get) -> None:
    page = get(f"{TABLE}?side=second&state=declines&state=defers")
    assert page.count(" checked") == 3
    chosen = [
        proposal
        for proposal in Proposal.objects.filter(document__side="second")
        if proposal.links_in.filter(relation__in=["declines", "defers"]).exists()
        or proposal.links_out.filter(relation__in=["declines", "defers"]).exists()
    ]
    assert f"Shown: Declined or Deferred; Soviet Union. {len(chosen)} of 100 proposals." in page
    assert "/collections/tests/exchange.csv?state=declines&amp;state=defers&amp;side=second" in page
    assert "/collections/tests/exchange.svg?state=declines&amp;state=defers&amp;side=second" in page


def test_documents_with_nothing_in_the_selection_are_dropped(ten: Collection, get: Get) -> None:
    page = get(f"{TABLE}?document=tests-3")
    joined = {link.answered.document.name for link in Link.objects.filter(answer__document__slug="tests-3")} | {
        link.later_document.name for link in Link.objects.filter(answered__document__slug="tests-3")
    }
    shown = {column.partition(" 1958")[0] + " 1958" for column in columns_of(page)}
    assert shown == joined | {"Adams to Clay, 1 March 1958"}
    assert len(shown) < 10


def test_a_chain_is_told_in_words_and_brought_out_in_the_map(ten: Collection, get: Get) -> None:
    page = get(f"{TABLE}?proposal=tests-4/D9")
    words = page[page.index('class="chain-steps"') : page.index("Show without the chain")]
    steps = re.findall(r'<span class="ident">([A-Z]\d+)</span> [A-Z]', words)
    assert steps[0] == "A3" and "D9" in steps
    assert 'aria-current="true"' in words
    found = map_of(page)
    assert found.count(" in-chain is-asked") == 2
    assert found.count('class="map-node') == 2 * 100, "the rest stays, drawn back"
    assert found.count("map-node side-first in-chain") + found.count("map-node side-second in-chain") == 2 * len(steps)
    assert "/collections/tests/exchange.svg?proposal=tests-4%2FD9" in page


@pytest.mark.parametrize("key", ["", "nothing/X1", "%00"])
def test_a_chain_of_nothing_is_no_chain(ten: Collection, get: Get, key: str) -> None:
    page = get(f"{TABLE}?proposal={key}")
    assert "in-chain" not in page and "chain-steps" not in page


def test_a_proposal_leads_to_its_chain(read: Read) -> None:
    page = read("/documents/kennedy-1962-03-07/proposals/k1/")
    address = f"{SPACE}?proposal=kennedy-1962-03-07/K1"
    assert f'href="{address}#chain-heading"' in page
    assert 'id="chain-heading"' in read(address)
    assert "exchange map" not in read("/documents/khrushchev-1962-03-20/proposals/h4/")


def add_elsewhere(status: str = Document.Status.PUBLISHED) -> Link:
    """A letter of another collection that accepts the new proposal H4, and proposes something of its own."""
    other = Collection.objects.create(slug="rescue", title="The Rescue Agreement")
    letter = Document.objects.create(
        collection=other,
        slug="draft-agreement",
        short_title="Draft of 1967",
        title="A draft",
        status=status,
        side="first",
        sort_date=date(1967, 12, 1),
    )
    passage = Passage.objects.create(
        document=letter, ident="p1", position=1, number=1, kind="paragraph", text="Words.", html="<p>Words.</p>"
    )
    for number in (1, 2):
        Proposal.objects.create(
            document=letter, ident=f"R{number}", title=f"Part {number}", first_passage=passage, last_passage=passage
        )
    return Link.objects.create(
        answer=Proposal.objects.get(ident="R1"),
        answered=Proposal.objects.get(ident="H4"),
        relation="accepts",
        answer_words="Words",
        answered_words="conclude an international agreement",
    )


def test_an_answer_in_another_collection_is_shown_with_its_name(read: Read) -> None:
    add_elsewhere()
    page = read(SPACE)
    assert "19 proposals in 3 documents" in page, "what stands elsewhere is not counted here"
    assert "Draft of 1967 in The Rescue Agreement" in columns_of(page)
    (rescue,) = (row for topic, row in rows_of(page).items() if topic.startswith("Search and rescue"))
    assert "R1" in rescue and "Accepts" in rescue
    assert "Draft of 1967 (in The Rescue Agreement)" in map_of(page)
    assert "R2" not in page, "what no link joins stays where it is"
    assert 'value="draft-agreement"' not in page, "and it is no filter"
    assert 'aria-label="H4 An agreement on search and rescue (new; accepted by R1)"' in page


def test_nothing_is_claimed_of_a_proposal_elsewhere(read: Read) -> None:
    add_elsewhere()
    assert 'aria-label="R1 Part 1 (accepts H4)"' in read(SPACE)
    assert 'aria-label="H4 An agreement on search and rescue (accepted by R1)"' in read("/collections/rescue/exchange/")


def test_a_draft_elsewhere_stays_hidden(read: Read) -> None:
    add_elsewhere(Document.Status.DRAFT)
    assert "Draft of 1967" not in read(SPACE)


def test_drafts_are_in_no_filter_and_no_file(read: Read, space_exchange: Collection) -> None:
    add_draft(space_exchange)
    for address in (SPACE, "/collections/space-1962/exchange.csv", "/collections/space-1962/exchange.svg"):
        assert SECRET not in read(address)
        assert "hushhush" not in read(address)


@pytest.mark.parametrize(
    ("made", "query"),
    [
        ({"documents": 1, "each": 1}, ""),
        ({"documents": 1, "each": 40}, ""),
        ({"documents": 2, "each": 40}, ""),
        ({"documents": 6, "each": 5, "sides": ("",), "topics": 0}, ""),
        ({"documents": 6, "each": 5, "sides": ("second",)}, "?topic=tests-topic-0"),
        ({"documents": 6, "each": 5, "sides": ("first", "second", "")}, "?side=none"),
    ],
    ids=["one proposal", "a long letter", "two long letters", "no sides, no topics", "one side", "three parties"],
)
def test_exchanges_of_every_shape_have_a_map_and_a_table(db: None, get: Get, made: dict, query: str) -> None:
    negotiation(**made).store()
    page = get(TABLE + query)
    assert "<svg" in page and "<table" in page
    assert get(f"/collections/tests/exchange.svg{query}").startswith("<svg")


def test_undated_documents_stand_last(db: None, get: Get) -> None:
    made = negotiation(documents=5, each=4)
    made.documents[0].sort_date = None
    made.store()
    assert columns_of(get(TABLE))[-1].startswith(made.documents[0].name)


def test_long_titles_are_whole_in_the_table_and_for_screen_readers(db: None, get: Get) -> None:
    made = negotiation(documents=5, each=4)
    made.proposals[0].title = "Unconditional" + " and immediate acceptance of every principle" * 4
    made.store()
    title = made.proposals[0].title
    page = get(TABLE)
    assert f"{title}</a>" in " ".join(table_of(page).split())
    assert f"<title>{made.proposals[0].ident} {title}" in " ".join(map_of(page).split())


def test_a_thousand_proposals_are_counted_and_lead_to_what_can_be_read(db: None, get: Get, client: Client) -> None:
    made = negotiation(documents=40, each=25)
    made.store()
    page = get(TABLE)
    assert "Too many to draw" in page and "<svg class" not in page
    assert "1,000" in page
    cell = re.search(r'<a href="\?(topic=[^"]+document=[^"]+)">(\d+)</a>', page)
    assert cell
    narrowed = get(f"{TABLE}?{cell[1].replace('&amp;', '&')}")
    assert f" {cell[2]} of 1,000 proposals." in narrowed and "<svg" in narrowed
    assert client.get("/collections/tests/exchange.svg").status_code == 404
    assert "no proposal, or more than" in client.get("/collections/tests/exchange.svg").content.decode()
    assert get("/collections/tests/exchange.csv").count("\r\n") > 1000


def test_a_chain_among_a_thousand_is_drawn_by_itself(db: None, get: Get) -> None:
    made = negotiation(documents=40, each=25)
    made.store()
    page = get(f"{TABLE}?proposal={made.proposals[0].key}")
    assert "in-chain is-asked" in map_of(page)


@pytest.mark.parametrize(("documents", "each"), [(3, 4), (10, 10), (40, 25)])
def test_queries_do_not_grow(
    db: None, client: Client, django_assert_max_num_queries: Callable, documents: int, each: int
) -> None:
    negotiation(documents=documents, each=each).store()
    addresses = (TABLE, "/collections/tests/exchange.csv", f"{TABLE}?proposal=tests-1/A1&side=first", "/")
    for address in addresses:
        with django_assert_max_num_queries(12):
            client.get(address)


def test_the_front_page_has_the_map_of_an_exchange_that_is_not_too_long(db: None, get: Get) -> None:
    negotiation(documents=6, each=9).store()
    assert get("/").count('class="map-node') == 2 * 54


def test_the_front_page_stands_where_no_document_has_a_date(db: None, get: Get) -> None:
    negotiation(documents=10, each=10).store()
    assert "<svg class" not in get("/")
    assert "Adams to Clay, 14 January 1958" in get("/")


def test_pages_of_every_size_are_valid(db: None, get: Get, valid_html: Callable[[Mapping[str, str]], None]) -> None:
    negotiation().store()
    negotiation(documents=40, each=25, slug="large", first=20000).store()
    addresses = [TABLE, f"{TABLE}?proposal=tests-4/D9&side=first", "/collections/large/exchange/"]
    valid_html({address: get(address) for address in addresses})
