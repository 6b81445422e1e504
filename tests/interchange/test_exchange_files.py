"""An exchange as files: the table as CSV, the map as SVG."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from lxml import etree

from documents.models import Collection, Link, Proposal
from interchange.drawing_style import drawing_style
from interchange.exchange_rows import COLUMNS
from tests.negotiations import negotiation

pytestmark = pytest.mark.django_db

CSV = "/collections/space-1962/exchange.csv"
SVG = "/collections/space-1962/exchange.svg"
NAMES = {"svg": "http://www.w3.org/2000/svg"}


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff"), "Excel needs the mark"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def drawing(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    return etree.fromstring(response.content)


def test_every_link_is_a_row_and_every_proposal_stands_in_one(client: Client, space_exchange: Collection) -> None:
    found = rows(client, CSV)
    assert list(found[0]) == list(COLUMNS)
    assert sum(1 for row in found if row["relation"]) == Link.objects.count()
    named = {row["proposal"] for row in found}
    assert named == set(Proposal.objects.values_list("ident", flat=True))


def test_a_date_that_an_editor_supplied_stands_in_brackets(client: Client, space_exchange: Collection) -> None:
    found = rows(client, CSV)
    assert {row["date"] for row in found if row["document"] == "NSAM 129"} == {"[23 February 1962]"}


def test_a_row_has_the_words_of_both_sides_and_full_addresses(client: Client, space_exchange: Collection) -> None:
    (row,) = (row for row in rows(client, CSV) if row["proposal"] == "K1")
    link = Link.objects.get(answered__ident="K1")
    assert row == {
        "topic": "Weather satellites",
        "document": "Kennedy to Khrushchev, 7 March 1962",
        "collection": "Cooperation in space, 1962",
        "date": "7 March 1962",
        "side": "United States",
        "proposal": "K1",
        "title": "Joint weather satellites",
        "is_new": "no",
        "words": link.answered_words,
        "url": "http://testserver/documents/kennedy-1962-03-07/#link-h2-k1-answered",
        "became": "accepted",
        "relation": "accepts",
        "answering_document": "Khrushchev to Kennedy, 20 March 1962",
        "answering_collection": "Cooperation in space, 1962",
        "answering_date": "20 March 1962",
        "answering_side": "Soviet Union",
        "answering_proposal": "H2",
        "answering_title": "A world-wide weather service",
        "answering_words": link.answer_words,
        "answering_url": "http://testserver/documents/khrushchev-1962-03-20/#link-h2-k1-answer",
        "note": link.note,
    }


def test_what_has_no_answer_and_what_is_new_are_told(client: Client, space_exchange: Collection) -> None:
    found = {row["proposal"]: row for row in rows(client, CSV)}
    assert (found["K7"]["became"], found["K7"]["answering_document"]) == ("no explicit answer", "")
    assert (found["H4"]["is_new"], found["H4"]["became"]) == ("yes", "")
    assert found["N1"]["answering_document"] == "Kennedy to Khrushchev, 7 March 1962"
    assert found["N1"]["answering_proposal"] == "", "the letter answers as a whole"


def test_the_selection_of_the_page_is_that_of_the_files(client: Client, space_exchange: Collection) -> None:
    found = rows(client, f"{CSV}?topic=weather&topic=tracking&state=accepts")
    assert [(row["proposal"], row["answering_proposal"]) for row in found] == [("K1", "H2"), ("H2", "")]
    words = "".join(drawing(client, f"{SVG}?topic=weather").itertext())
    assert "Joint weather" in words and "Shown: Weather satellites." in words and "Space medicine" not in words


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "space-1962-exchange"),
        ("?topic=weather&state=accepts", "space-1962-exchange-weather-satellites-accepted"),
        ("?side=first&document=nsam-129", "space-1962-exchange-nsam-129-united-states"),
    ],
)
def test_files_are_named_after_their_selection(
    client: Client, space_exchange: Collection, query: str, name: str
) -> None:
    for address, suffix in ((CSV, "csv"), (SVG, "svg")):
        assert client.get(address + query)["Content-Disposition"] == f'attachment; filename="{name}.{suffix}"'


def test_no_cell_is_run_as_a_formula(client: Client, space_exchange: Collection) -> None:
    Proposal.objects.filter(ident="K1").update(title='=HYPERLINK("http://example.org")')
    (row,) = (row for row in rows(client, CSV) if row["proposal"] == "K1")
    assert row["title"] == '\'=HYPERLINK("http://example.org")'


def test_the_drawing_stands_alone(client: Client, space_exchange: Collection) -> None:
    root = drawing(client, SVG)
    text = etree.tostring(root, encoding="unicode")
    assert "var(--" not in text and "light-dark(" not in text and "url(" not in text
    assert root.findtext("svg:title", namespaces=NAMES) == "How the proposals meet: Cooperation in space, 1962"
    assert "On the left (United States)" in root.findtext("svg:desc", namespaces=NAMES)
    addresses = [link.get("href") for link in root.iterfind(".//svg:a", NAMES)]
    assert len(addresses) == 19 + 3
    assert all(address.startswith("http://testserver/documents/") for address in addresses)
    assert not root.findall(".//svg:script", NAMES)


def test_words_in_the_drawing_are_as_wide_as_their_boxes_were_made_for(
    client: Client, space_exchange: Collection
) -> None:
    for box in drawing(client, SVG).iterfind(".//svg:a[@class]", NAMES):
        rect = box.find("svg:rect", NAMES)
        for words in box.iterfind("svg:text[@textLength]", NAMES):
            end = float(words.get("x")) + float(words.get("textLength"))
            assert end <= float(rect.get("x")) + float(rect.get("width"))


def test_a_browser_may_show_the_drawing_with_its_styles_and_nothing_else(
    client: Client, space_exchange: Collection
) -> None:
    policy = client.get(SVG)["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy and "default-src 'none'" in policy and "script-src" not in policy


def test_the_chain_that_is_followed_is_brought_out_in_the_file(client: Client, space_exchange: Collection) -> None:
    root = drawing(client, f"{SVG}?proposal=kennedy-1962-03-07/k2")
    assert "has-chain" in root.get("class")
    assert "The chain of K2." in "".join(root.itertext())


def test_a_long_exchange_comes_with_a_legend_and_fits_its_page(client: Client) -> None:
    negotiation().store()
    root = drawing(client, "/collections/tests/exchange.svg")
    left, top, width, height = (float(number) for number in root.get("viewBox").split())
    legend = root.find(".//svg:g[@class='map-legend']", NAMES)
    assert "accepts" in "".join(legend.itertext()) and "no explicit answer" in "".join(legend.itertext())
    for words in root.iterfind(".//svg:text", NAMES):
        assert left <= float(words.get("x")) <= left + width
        assert top <= float(words.get("y")) <= top + height


def test_titles_of_any_letters_leave_a_file_that_can_be_read(client: Client, space_exchange: Collection) -> None:
    Proposal.objects.filter(ident="K1").update(title="<Weather> & “cloud” \u0416 \u202e\x0b]]>")
    assert "<Weather> &" in "".join(drawing(client, SVG).itertext())


def test_every_color_of_the_drawing_is_written_out() -> None:
    style = drawing_style()
    assert ".map-node.side-second rect { fill: #f7e8e3; stroke: #9a3324;" in style
    assert ".map-node.side-none rect" in style
    assert "@" not in style


@pytest.mark.parametrize("suffix", ["csv", "svg"])
@pytest.mark.parametrize("slug", ["nothing", "drafts"])
def test_what_is_not_public_has_no_files(client: Client, slug: str, suffix: str) -> None:
    Collection.objects.create(slug="drafts", title="Drafts")
    assert client.get(f"/collections/{slug}/exchange.{suffix}").status_code == 404


def test_an_exchange_without_proposals_is_an_empty_table(client: Client, space_exchange: Collection) -> None:
    Link.objects.all().delete()
    Proposal.objects.all().delete()
    assert rows(client, CSV) == []
    assert client.get(SVG).status_code == 404
