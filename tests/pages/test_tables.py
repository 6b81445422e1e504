"""Tables, figures and other blocks of volumes on the page of a document, and away from it."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
from django.test import Client

from documents.models import Document, Footnote, Proposal
from tests.pages.parsed import Page
from tests.series import add_tables, fill

pytestmark = pytest.mark.django_db

ADDRESS = "/documents/volume-0-d1/"


@pytest.fixture(autouse=True)
def document(db: None) -> Document:
    """A document with two tables, the second of rows only."""
    fill(1, 2)
    found = Document.objects.get(slug="volume-0-d1")
    add_tables(found)
    return found


def tree(client: Client, address: str) -> Any:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(client.get(address).content.decode())


def test_rows_become_one_table_with_its_caption_and_columns(client: Client) -> None:
    tables = tree(client, ADDRESS).findall(".//table")
    assert len(tables) == 2
    assert "".join(tables[0].find("caption").itertext()) == "Launchings by year"
    assert [row.get("id") for row in tables[0].findall("thead/tr")] == ["p2"]
    assert [row.get("id") for row in tables[0].findall("tbody/tr")] == ["p3", "p4", "p5", "p6"]
    assert tables[1].find("caption") is None
    assert [row.get("id") for row in tables[1].iter("tr")] == ["p8"]


def test_every_row_is_as_wide_as_the_longest(client: Client) -> None:
    for table in tree(client, ADDRESS).findall(".//table"):
        widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1


def test_every_row_can_be_jumped_to_by_its_number(client: Client) -> None:
    page = Page(client.get(ADDRESS).content.decode())
    assert len(page.ids) == len(set(page.ids))
    for number in range(1, 10):
        assert f"p{number}" in page.ids
        assert f"#p{number}" in page.hrefs
    assert {"table", "figure"} <= set(page.ids)


def test_a_note_called_in_a_table_stands_after_it(client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    assert html.index("Soviet Union") < html.index("</table>") < html.index("A note.") < html.index("Between.")


def test_hits_are_marked_in_captions_and_cells(client: Client) -> None:
    html = client.get(ADDRESS, {"q": "launchings OR soviet"}).content.decode()
    assert html.count('<mark class="hit"') == 2


def test_text_keeps_its_order(client: Client) -> None:
    page = Page(client.get(ADDRESS).content.decode()).text
    text = page[page.index("Before.") :]
    words = [
        "Before.",
        "Launchings",
        "Country",
        "Series A",
        "29",
        "Soviet Union",
        "Alone",
        "Between.",
        "ANNEX A",
        "A map",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_a_proposal_in_a_row_is_marked_and_shown_elsewhere(client: Client, document: Document) -> None:
    row = document.passages.get(ident="p5")
    Proposal.objects.create(document=document, ident="A1", title="Count them", first_passage=row, last_passage=row)
    page = Page(client.get(ADDRESS).content.decode())
    assert "proposal-a1" in page.ids
    shown = tree(client, f"{ADDRESS}proposals/a1/")
    assert "".join(shown.find(".//table/tbody/tr").itertext()) == "Soviet Union620,000,000,000,000,000,000"


def test_a_cell_at_the_top_without_words_is_no_heading(client: Client, document: Document) -> None:
    columns = document.passages.get(ident="p2")
    columns.html = columns.html.replace("Country", "")
    columns.save()
    row = tree(client, ADDRESS).find(".//tr[@id='p2']")
    assert [(cell.tag, cell.text or "") for cell in row][1:] == [("td", ""), ("th", "1961"), ("th", "1962")]


def test_notes_with_one_label_are_told_apart_by_those_who_do_not_see_them(client: Client, document: Document) -> None:
    passage = document.passages.get(ident="p1")
    for position, ident in ((2, "fn2"), (3, "fn3")):
        Footnote.objects.create(
            document=document, passage=passage, ident=ident, label="*", position=position, text="A", html="<p>A</p>"
        )
    names = [note.get("aria-label") for note in tree(client, ADDRESS).iter("aside")]
    assert names == ["Editor's note * (1 of 2)", "Editor's note * (2 of 2)", "Editor's note 1"]
