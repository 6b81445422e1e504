"""The witnesses of a document on its page, and two of them compared."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import urlsplit

import html5lib
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from documents.models import Collation, Collection, Document, Witness
from ingest.roles import Role, give_role, make_roles
from ingest.witnesses import decide
from tests.collations import CLOSING, LETTER, MOVED, OPENING, add_document, add_witness, other_text
from tests.pages.parsed import Page
from tests.volumes import needs_volumes, volumes

pytestmark = pytest.mark.django_db

ADDRESS = f"/documents/{LETTER}/witnesses/B/"
SIDE = re.compile(r'<p class="words-text"[^>]*>(.*?)</p>', re.S)


@pytest.fixture(autouse=True)
def letter(space_exchange: Collection) -> Document:
    """The letter with a witness B, which has a text of its own."""
    document = Document.objects.get(slug=LETTER)
    add_witness(document, "B", other_text(document), title="A second printing", publication="Printed, 1996")
    return document


def html_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def page(client: Client, address: str = ADDRESS) -> Page:
    """A page that is valid, with every id once, and whose jumps land."""
    html = html_of(client, address)
    html5lib.HTMLParser(strict=True).parse(html)
    found = Page(html)
    assert len(found.ids) == len(set(found.ids))
    assert {href[1:] for href in found.hrefs if href.startswith("#")} <= set(found.ids)
    return found


def differences(client: Client, query: str = "") -> list[int]:
    """The numbers of the differences that a page marks."""
    return [int(number) for number in re.findall(r'id="difference-(\d+)"', html_of(client, ADDRESS + query))]


def said(client: Client, address: str = ADDRESS) -> str:
    """All words of a page as they stand, those for readers who cannot see it included."""
    return " ".join(unescape(strip_tags(html_of(client, address))).split())


def words_of(html: str) -> str:
    """What one reads in a cell: without what is only said, and without the numbers."""
    bare = re.sub(r'<span class="visually-hidden">.*?</span>|<sup.*?</sup>|<span class="run-on">.*?</span>', "", html)
    return " ".join(unescape(strip_tags(bare)).split())


def test_a_document_names_its_witnesses_and_how_they_differ(client: Client) -> None:
    found = page(client, f"/documents/{LETTER}/")
    assert "The reading text follows “Kennedy-Khrushchev Exchanges,” online archives" in found.text
    entry = found.around("A second printing B", 250)
    assert "Printed, 1996" in entry
    assert "1 omission, 4 additions, 1 substitution, 1 moved paragraph, 1 in spelling, 2 in punctuation" in entry
    assert found.links["Compare word by word with A second printing"] == ADDRESS
    assert "#witnesses" in found.hrefs


def test_a_document_says_whose_witness_it_is(client: Client, letter: Document) -> None:
    other = add_document(letter.collection, "published-letter", other_text(letter))
    add_witness(letter, "FRUS", other=other, title="As published")
    found = page(client, "/documents/published-letter/")
    assert "Khrushchev to Kennedy, 20 March 1962, of which this text is the witness FRUS" in found.text
    assert f"/documents/{LETTER}/witnesses/FRUS/" in found.hrefs
    assert "/documents/published-letter/" in page(client, f"/documents/{LETTER}/").hrefs


def test_a_document_without_witnesses_says_nothing_of_them(client: Client) -> None:
    assert "itnesses" not in page(client, "/documents/nsam-129/").text


def test_the_page_of_a_document_does_not_load_the_table(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12) as asked:
        client.get(f"/documents/{LETTER}/")
    assert not [query["sql"] for query in asked.captured_queries if '"table"' in query["sql"]]


def test_it_takes_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for query in ("", "?view=apparatus"):
        with django_assert_max_num_queries(8):
            client.get(ADDRESS + query)


def test_both_texts_stand_on_the_page_whole(client: Client, letter: Document) -> None:
    for query in ("", "?alike=fold", "?hide=spelling&hide=case&hide=punctuation"):
        cells = [words_of(cell) for cell in SIDE.findall(html_of(client, ADDRESS + query))]
        for passage in letter.passages.filter(kind="paragraph"):
            assert " ".join(passage.text.split()) in cells, passage
        for block in other_text(letter).strip().split("\n\n"):
            assert " ".join(block.split()) in cells, block


def test_each_difference_is_marked_and_says_what_it_is(client: Client) -> None:
    text = said(client)
    for words in (
        "[B adds here: “lasting and”]",
        "[only here: lasting and]",
        "[not in B: noble]",
        "[omitted here: “noble”]",
        "[other words: significant]",
        "[in place of “significant”: notable]",
        "[spelling: organization]",
        "[in place of “organization”: organisation]",
        "[capitals: earth]",
        "[punctuation: ,]",
        "[omitted here: “,”]",
    ):
        assert words in text, words


def test_words_of_one_side_are_deleted_or_inserted_there(client: Client) -> None:
    html = html_of(client)
    for element, sort, words in (
        ("del", "omission", "noble"),
        ("ins", "addition", "lasting and"),
        ("del", "substitution", "significant"),
        ("ins", "substitution", "notable"),
        ("del", "spelling", "organization"),
        ("ins", "case", "Earth"),
    ):
        marked = rf'<{element} class="variant is-{sort}"[^>]*><span class="visually-hidden">[^<]*</span>{words}<'
        assert re.search(marked, html), words


def test_what_one_side_lacks_is_a_gap_that_says_how_long_it_is(client: Client) -> None:
    text = said(client)
    words = sum(len(block.split()) for block in OPENING)
    assert f"Not in the reading text: {len(OPENING)} passages, {words} words." in text
    assert f"Not in the reading text: 1 passage, {len(CLOSING.split())} words." in text
    assert f"[only here: {OPENING[1]}]" in text


def test_a_moved_paragraph_is_shown_once_and_pointed_to_from_its_other_place(client: Client) -> None:
    html = html_of(client)
    found = page(client)
    assert [words_of(cell) for cell in SIDE.findall(html)].count(MOVED) == 2
    label = re.search(r"Moved Passage (\d+) of the reading text stands as passage (\d+) in B", found.text)
    assert label
    pointer = f"B has passage {label[1]} of the reading text here, as passage {label[2]}."
    assert pointer in found.text
    number = re.search(r'id="difference-(\d+)"><span class="chip">Moved', html)
    assert number and found.links[f"It is shown at difference {number[1]}"] == f"#difference-{number[1]}"
    assert found.text.index(label[0]) < found.text.index(pointer) < found.text.index(CLOSING)


def test_differences_are_numbered_and_counted(client: Client) -> None:
    numbers = differences(client)
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    text = said(client)
    counts = Collation.objects.get(witness__siglum="B").counts
    assert f"{sum(counts['text'].values())} differences in the text" in text
    for words in ("1 substitution:", "1 moved paragraph", "1 in spelling", "2 in punctuation", "1 in capitals"):
        assert words in text, words


def test_differences_of_the_way_words_are_written_can_be_hidden(client: Client) -> None:
    every = differences(client)
    fewer = differences(client, "?hide=punctuation&hide=spelling")
    assert len(fewer) == len(every) - 3
    assert set(fewer) < set(every)
    found = page(client, f"{ADDRESS}?hide=punctuation&hide=spelling")
    assert "2 in punctuation, hidden" in found.text and "1 in capitals, hidden" not in found.text
    assert "[spelling:" not in found.text and "[capitals:" in found.text
    assert f"{len(fewer)} differences marked" in found.text
    assert f"{ADDRESS}?view=apparatus&hide=spelling&hide=punctuation" in found.hrefs


def test_steps_lead_from_one_difference_to_the_next_that_is_shown(client: Client) -> None:
    for query in ("", "?hide=punctuation&hide=spelling"):
        html = html_of(client, ADDRESS + query)
        shown = sorted(differences(client, query))
        steps = re.findall(r'class="difference-steps">Differences? (\d+)(?: to (\d+))?(.*?)</p>', html, re.S)
        assert steps
        for first, last, links in steps:
            before = [number for number in shown if number < int(first)]
            after = [number for number in shown if number > int(last or first)]
            expected = [f"#difference-{number}" for number in (*before[-1:], *after[:1])]
            assert re.findall(r'href="([^"]*)"', links) == expected


def test_what_cannot_be_hidden_is_shown(client: Client) -> None:
    assert differences(client, "?hide=omission&hide=%3Cb%3E&alike=never") == differences(client)


def test_what_is_alike_can_be_folded(client: Client) -> None:
    assert "<details" not in html_of(client)
    html = html_of(client, f"{ADDRESS}?alike=fold")
    folded = re.findall(r"<summary>Alike: (\d+) passages?, [\d,]+ words?</summary>", html)
    assert folded
    assert sum(map(int, folded)) == html.count('class="collated-row is-alike')
    assert sorted(differences(client, "?alike=fold")) == sorted(differences(client))


def test_the_same_words_are_read_out_once(client: Client) -> None:
    html = html_of(client)
    assert html.count('class="words-text" aria-hidden="true"') == html.count('class="collated-row is-alike is-exact')
    spelling = f"{ADDRESS}?hide=spelling&hide=case"
    assert not re.search(r'aria-hidden="true">[^<]*organisation', html_of(client, spelling))


def test_a_passage_leads_to_its_place_in_its_document(client: Client, letter: Document) -> None:
    other = add_document(letter.collection, "published-letter", other_text(letter))
    add_witness(letter, "FRUS", other=other)
    found = page(client, f"/documents/{LETTER}/witnesses/FRUS/")
    assert found.links["Reading text, passage 1"] == f"/documents/{LETTER}/#p1"
    assert found.links["FRUS, passage 3"] == "/documents/published-letter/#p3"
    ids = {*page(client, "/documents/published-letter/").ids, *page(client, f"/documents/{LETTER}/").ids}
    anchors = {urlsplit(href).fragment for href in found.hrefs if re.match(r"/documents/[\w-]+/#", href)}
    assert anchors <= ids


def test_a_note_called_by_any_sign_can_be_jumped_to(client: Client, letter: Document) -> None:
    noted = letter.text.replace("noble cause", "noble cause[^#]", 1) + "\n[^#]: A note.\n"
    other = add_document(letter.collection, "noted-letter", noted)
    add_witness(letter, "N", other=other)
    found = page(client, f"/documents/{LETTER}/witnesses/N/")
    assert "A note." in found.text
    assert "/documents/noted-letter/#fn%23" in found.hrefs
    assert 'id="fn#"' in html_of(client, "/documents/noted-letter/")


def test_slips_stand_as_printed_and_say_what_the_edited_text_has(client: Client) -> None:
    kennedy = Document.objects.get(slug="kennedy-1962-03-07")
    text = re.sub(r"\{~~(.*?)~>(.*?)~~\}\{>>.*?<<\}", r"\2", kennedy.text)
    add_witness(kennedy, "A", text)
    address = "/documents/kennedy-1962-03-07/witnesses/A/"
    found = page(client, address)
    assert "[other words: dear]" in said(client, address)
    assert found.links["[sic; edited text: clear]"] == "/documents/kennedy-1962-03-07/#textual-notes"
    entries = page(client, f"{address}?view=apparatus").text
    assert "dear ] clear A edited text: clear" in entries
    assert "necessary. ] necessary A punctuation" in entries
    assert "'providing ] providing A punctuation" in entries


def test_a_slip_that_both_print_is_marked_on_both_sides_and_read_out_twice(client: Client) -> None:
    kennedy = Document.objects.get(slug="kennedy-1962-03-07")
    add_witness(kennedy, "S", kennedy.text)
    html = html_of(client, "/documents/kennedy-1962-03-07/witnesses/S/")
    assert html.count('should become dear <a class="sic"') == 1
    assert html.count('should become dear <span class="sic"') == 1
    assert not re.search(r'aria-hidden="true">[^<]*<(?:a|span) class="sic"', html)


def test_the_apparatus_gives_lemma_and_reading(client: Client) -> None:
    found = page(client, f"{ADDRESS}?view=apparatus")
    for entry in (
        "established ] add. lasting and B",
        "noble ] om. B",
        "significant ] notable B",
        "organization ] organisation B spelling",
        "What, ] What B punctuation",
        f"{MOVED} ] transp. as passage",
        f"add. {OPENING[0]} B",
    ):
        assert entry in found.text, entry
    assert {f"difference-{number}" for number in differences(client)} <= set(found.ids)
    assert f"{ADDRESS}#difference-1" in found.hrefs


def test_a_lemma_that_stands_several_times_says_which_is_meant(client: Client, letter: Document) -> None:
    first = letter.passages.get(ident="p1").text
    places = [found.start() for found in re.finditer(r"\bspace\b", first)]
    assert len(places) == 3
    changed = first[: places[1]] + "cosmic" + first[places[1] + len("space") :]
    add_witness(letter, "C", letter.text.replace(first, changed))
    found = page(client, f"/documents/{LETTER}/witnesses/C/?view=apparatus")
    assert re.search(r"space occurrence 2 \] cosmic C", found.text)


def test_the_apparatus_comes_as_a_table(client: Client, letter: Document) -> None:
    response = client.get(f"{ADDRESS.rstrip('/')}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{LETTER}-B.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))  # type: ignore[arg-type]
    assert [int(row["number"]) for row in rows] == sorted(differences(client))
    row = next(row for row in rows if row["base_reading"] == "organization")
    assert row["witness_reading"] == "organisation" and row["sort"] == "spelling"
    passage = letter.passages.get(text__contains="organization of a world-wide weather")
    assert row["base_url"] == f"http://testserver/documents/{LETTER}/#{passage.ident}"
    assert row["base"] == "the reading text" and row["witness"] == "B"
    moved = next(row for row in rows if row["sort"] == "transposition")
    assert moved["base_reading"] == moved["witness_reading"] == MOVED


def test_a_cell_is_never_run_as_a_formula(client: Client, letter: Document) -> None:
    add_witness(letter, "C", letter.text.replace("What, then,", "=SUM(A1) then,"))
    table = b"".join(client.get(f"/documents/{LETTER}/witnesses/C.csv")).decode()  # type: ignore[arg-type]
    assert "'=SUM(A1)" in table and ",=SUM" not in table


def test_two_witnesses_are_compared_with_each_other(client: Client, letter: Document) -> None:
    add_witness(letter, "C", letter.text.replace("What, then, should", "What should"), title="A third")
    found = page(client, f"/documents/{LETTER}/witnesses/B/C/")
    assert "B of Khrushchev to Kennedy, 20 March 1962 beside C." in found.text
    assert "[B adds" not in found.text and "[omitted here: “lasting and”]" in found.text
    for words in ("Reading text and B", "Reading text and C", "B and C"):
        assert words in found.links
    response = client.get(f"/documents/{LETTER}/witnesses/C/B/?hide=case")
    assert response.status_code == 302
    assert response["Location"] == f"/documents/{LETTER}/witnesses/B/C/?hide=case"


def test_texts_that_are_the_same_are_said_to_be(client: Client, letter: Document) -> None:
    add_witness(letter, "S", letter.text)
    found = page(client, f"/documents/{LETTER}/witnesses/S/")
    assert "The same text, word for word." in found.text
    assert "difference" not in found.text
    assert "As an apparatus" not in found.links
    assert "The same, word for word." in page(client, f"/documents/{LETTER}/").text


def test_nothing_of_a_text_is_markup(client: Client, letter: Document) -> None:
    evil = "<script>alert(1)</script>"
    text = letter.text.replace("noble cause", f"noble {evil} cause")
    add_witness(letter, "X", text, title=evil, publication=evil, note=evil)
    for address in (f"/documents/{LETTER}/witnesses/X/", f"/documents/{LETTER}/witnesses/X/?view=apparatus"):
        assert evil not in html_of(client, address)
        assert "&lt;script&gt;alert" in html_of(client, address)
    assert evil not in html_of(client, f"/documents/{LETTER}/")


@pytest.mark.parametrize("status", [Witness.Status.OFFERED, Witness.Status.REJECTED])
def test_a_witness_that_is_not_accepted_is_nowhere(client: Client, letter: Document, status: str) -> None:
    add_witness(letter, "HUSH", letter.text.replace("noble", "Hushhush"), title="Hushhush")
    Witness.objects.filter(siglum="HUSH").update(status=status)
    _is_nowhere(client)


def test_a_witness_that_is_a_draft_is_nowhere(client: Client, letter: Document) -> None:
    text = letter.text.replace("noble", "Hushhush")
    draft = add_document(letter.collection, "hush", text, title="Hushhush", status=Document.Status.DRAFT)
    add_witness(letter, "HUSH", other=draft, title="Hushhush")
    assert Collation.objects.filter(base=None, witness__siglum="HUSH").exists()
    _is_nowhere(client)


def _is_nowhere(client: Client) -> None:
    for address in ("HUSH/", "HUSH.csv", "B/HUSH/", "HUSH/B/", "B/HUSH.csv"):
        response = client.get(f"/documents/{LETTER}/witnesses/{address}")
        assert response.status_code == 404, address
    for address in (f"/documents/{LETTER}/", ADDRESS, "/sitemap.xml"):
        assert "hush" not in client.get(address).content.decode().lower(), address


def test_the_witnesses_of_a_draft_are_not_public(client: Client, letter: Document) -> None:
    other = add_document(letter.collection, "published-letter", other_text(letter))
    add_witness(letter, "FRUS", other=other)
    Document.objects.filter(pk=letter.pk).update(status=Document.Status.DRAFT)
    assert client.get(ADDRESS).status_code == 404
    assert "itnesses" not in page(client, "/documents/published-letter/").text


def test_an_editor_sees_what_is_offered_and_that_it_is_not_public(client: Client, letter: Document) -> None:
    add_witness(letter, "O", other_text(letter), status=Witness.Status.OFFERED)
    address = f"/documents/{LETTER}/witnesses/O/"
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(address).status_code == 404
    make_roles()
    editor = User.objects.create_user("editor")
    give_role(editor, Role.EDITOR)
    client.force_login(editor)
    response = client.get(address)
    assert "Only editors see this page. O is offered." in Page(response.content.decode()).text
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "Only editors" not in page(client).text


@pytest.mark.parametrize("address", ["Z/", "Z.csv", "B/B/", "B/Z/", "b/"])
def test_sigla_that_nobody_has_are_not_found(client: Client, address: str) -> None:
    assert client.get(f"/documents/{LETTER}/witnesses/{address}").status_code == 404


def test_a_former_address_leads_on(client: Client, letter: Document) -> None:
    letter.former_addresses.create(slug="old-letter")
    response = client.get("/documents/old-letter/witnesses/B/?hide=case")
    assert (response.status_code, response["Location"]) == (301, f"{ADDRESS}?hide=case")
    assert client.get("/documents/old-letter/witnesses/B.csv")["Location"] == f"{ADDRESS.rstrip('/')}.csv"


def test_the_sitemap_lists_what_can_be_compared(client: Client, letter: Document) -> None:
    add_witness(letter, "C", letter.text)
    listed = {urlsplit(url).path for url in re.findall("<loc>(.*?)</loc>", html_of(client, "/sitemap.xml"))}
    between = f"/documents/{LETTER}/witnesses/B/C/"
    assert {ADDRESS, f"/documents/{LETTER}/witnesses/C/", between} <= listed


@needs_volumes
def test_the_published_reply_shows_what_the_excerpt_leaves_out(client: Client, letter: Document) -> None:
    """Only the opening and closing paragraphs are missing, and two words are spelt in another way."""
    volume = next(path for path in volumes() if path.stem == "frus1961-63v06")
    call_command("import_documents", volume, no_index=True, processes=1, verbosity=0)
    offered = letter.witnesses.get(other__slug="frus1961-63v06-d43")
    address = f"/documents/{LETTER}/witnesses/{offered.siglum}/"
    assert client.get(address).status_code == 404
    decide(offered, Witness.Status.ACCEPTED)
    html = html_of(client, address)
    text_part = html[html.index('id="text-heading"') : html.index('id="paratext-heading"')]
    rows = re.findall(r'class="collated-row is-([\w-]+)', text_part)
    assert [look for look in rows if look != "alike"] == ["added", "changed", "changed", "added"]
    assert (rows[0], rows[-1]) == ("added", "added")
    gaps = [" ".join(strip_tags(gap).split()) for gap in re.findall(r'<div class="lacking">(.*?)</div>', text_part)]
    assert [gap[: len("Not in the reading text: 4 passages")] for gap in gaps] == [
        "Not in the reading text: 4 passages",
        "Not in the reading text: 5 passages",
    ]
    assert "DEAR MR. PRESIDENT: Having carefully familiarized myself" in text_part
    assert "At the mean time it appears obvious to me" in text_part
    assert re.findall(r"in place of “(\w+)”: </span>(\w+)", text_part) == [
        ("organization", "organisation"),
        ("organizing", "organising"),
    ]


def test_when_all_is_left_unmarked_it_is_said(client: Client, letter: Document) -> None:
    add_witness(letter, "C", letter.text.replace("organization of a world", "organisation of a world"))
    address = f"/documents/{LETTER}/witnesses/C/?hide=spelling"
    for view in ("", "&view=apparatus"):
        assert "Every difference is one of those that you leave unmarked above." in page(client, address + view).text


@needs_volumes
def test_the_other_printing_of_kennedys_letter_shows_its_slips(client: Client) -> None:
    volume = next(path for path in volumes() if path.stem == "frus1961-63v06")
    call_command("import_documents", volume, no_index=True, processes=1, verbosity=0)
    offered = Witness.objects.get(document__slug="kennedy-1962-03-07")
    decide(offered, Witness.Status.ACCEPTED)
    text = page(client, f"/documents/kennedy-1962-03-07/witnesses/{offered.siglum}/?view=apparatus").text
    for entry in ("dear ] clear", "necessary. ] necessary", "'providing ] providing", "Resolution ] add. 1721"):
        assert f"{entry} {offered.siglum}" in text, entry
