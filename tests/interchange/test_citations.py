"""Citations: what each style makes of a document, a passage, and words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from documents.models import Collection, Document
from editions.dates import read_date
from interchange.bibliography import Name, Record
from interchange.citations import Passage, chicago, mla

KENNEDY = Name("John F. Kennedy", "Kennedy, John F.")
KHRUSHCHEV = Name("Nikita S. Khrushchev", "Khrushchev, Nikita S.")

LETTER = Record(
    title="Message to Chairman Khrushchev Proposing Joint Action in the Exploration of Outer Space",
    address="https://archive.example/documents/kennedy-1962-03-07/",
    archive="The Reading Room",
    kind="letter",
    senders=(KENNEDY,),
    recipients=(KHRUSHCHEV,),
    date=read_date("7 March 1962"),
    publication="Public Papers of the Presidents of the United States: John F. Kennedy, 1962, pp. 244–245",
    collection="Cooperation in space, 1962",
)
REPLY = replace(
    LETTER,
    title="Letter from Chairman Nikita Khrushchev to President John F Kennedy",
    address="https://archive.example/documents/khrushchev-1962-03-20/",
    senders=(KHRUSHCHEV,),
    recipients=(KENNEDY,),
    date=read_date("20 March 1962"),
    publication="“Kennedy-Khrushchev Exchanges,” online archives of the US Department of State",
)
MEMORANDUM = Record(
    title="National Security Action Memorandum No. 129",
    address="https://archive.example/documents/nsam-129/",
    archive="The Reading Room",
    kind="memorandum",
    senders=(Name("McGeorge Bundy", "Bundy, McGeorge"),),
    recipients=(Name("Dean Rusk", "Rusk, Dean"),),
    date=read_date("[23 February 1962]"),
    publication="Foreign Relations of the United States, 1961–1963, volume XXV, document 388, pp. 887–888",
    collection="Cooperation in space, 1962",
)

GOLDEN = {
    "letter": (
        LETTER,
        "John F. Kennedy to Nikita S. Khrushchev, “Message to Chairman Khrushchev Proposing Joint Action in the "
        "Exploration of Outer Space,” March 7, 1962, in <i>Public Papers of the Presidents of the United States: "
        "John F. Kennedy, 1962</i>, 244–245, Cooperation in space, 1962 (The Reading Room), "
        "https://archive.example/documents/kennedy-1962-03-07/.",
        "Kennedy, John F. “Message to Chairman Khrushchev Proposing Joint Action in the Exploration of Outer Space.” "
        "7 Mar. 1962. <i>Public Papers of the Presidents of the United States: John F. Kennedy, 1962</i>, pp. 244–245. "
        "<i>The Reading Room</i>, https://archive.example/documents/kennedy-1962-03-07/.",
    ),
    "letter without a title of its own": (
        REPLY,
        "Nikita S. Khrushchev to John F. Kennedy, March 20, 1962, in “Kennedy-Khrushchev Exchanges,” online archives "
        "of the US Department of State, Cooperation in space, 1962 (The Reading Room), "
        "https://archive.example/documents/khrushchev-1962-03-20/.",
        "Khrushchev, Nikita S. Letter to John F. Kennedy, 20 Mar. 1962. “Kennedy-Khrushchev Exchanges,” online "
        "archives of the US Department of State. <i>The Reading Room</i>, "
        "https://archive.example/documents/khrushchev-1962-03-20/.",
    ),
    "memorandum with a supplied date": (
        MEMORANDUM,
        "McGeorge Bundy to Dean Rusk, “National Security Action Memorandum No. 129,” [February 23, 1962], in "
        "<i>Foreign Relations of the United States, 1961–1963</i>, volume XXV, document 388, 887–888, "
        "Cooperation in space, 1962 (The Reading Room), https://archive.example/documents/nsam-129/.",
        "Bundy, McGeorge. “National Security Action Memorandum No. 129.” Memorandum to Dean Rusk, [23 Feb. 1962]. "
        "<i>Foreign Relations of the United States, 1961–1963</i>, volume XXV, document 388, pp. 887–888. "
        "<i>The Reading Room</i>, https://archive.example/documents/nsam-129/.",
    ),
    "unpublished letter": (
        replace(REPLY, publication="", repository="Kennedy Library, National Security Files, Box 334.", place="Moscow"),
        "Nikita S. Khrushchev to John F. Kennedy, Moscow, March 20, 1962, Kennedy Library, National Security Files, "
        "Box 334, Cooperation in space, 1962 (The Reading Room), "
        "https://archive.example/documents/khrushchev-1962-03-20/.",
        "Khrushchev, Nikita S. Letter to John F. Kennedy, 20 Mar. 1962. Kennedy Library, National Security Files, "
        "Box 334. <i>The Reading Room</i>, https://archive.example/documents/khrushchev-1962-03-20/.",
    ),
    "nothing known but the title": (
        Record("What Shall We Do in Space?", "https://archive.example/documents/what/", "The Reading Room"),
        "“What Shall We Do in Space?,” n.d., The Reading Room, https://archive.example/documents/what/.",
        "“What Shall We Do in Space?” <i>The Reading Room</i>, https://archive.example/documents/what/.",
    ),
    "telegram without a title of its own": (
        replace(REPLY, kind="telegram", title="Telegram from Khrushchev to Kennedy", publication="", collection=""),
        "Nikita S. Khrushchev to John F. Kennedy, telegram, March 20, 1962, The Reading Room, "
        "https://archive.example/documents/khrushchev-1962-03-20/.",
        "Khrushchev, Nikita S. Telegram to John F. Kennedy, 20 Mar. 1962. <i>The Reading Room</i>, "
        "https://archive.example/documents/khrushchev-1962-03-20/.",
    ),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_chicago_is_a_full_note(case: str) -> None:
    cited, note, _ = GOLDEN[case]
    assert chicago(cited).html == note


@pytest.mark.parametrize("case", GOLDEN)
def test_mla_is_an_entry_of_works_cited(case: str) -> None:
    cited, _, entry = GOLDEN[case]
    assert mla(cited).html == entry


@pytest.mark.parametrize("write", [chicago, mla])
def test_plain_text_has_the_same_words(write: object) -> None:
    found = write(LETTER)  # type: ignore[operator]
    assert found.text == found.html.replace("<i>", "").replace("</i>", "")


@pytest.mark.parametrize(
    ("display", "in_chicago", "in_mla"),
    [
        ("7 March 1962", "March 7, 1962", "7 Mar. 1962"),
        ("May 5, 1962", "May 5, 1962", "5 May 1962"),
        ("4 September 1962", "September 4, 1962", "4 Sept. 1962"),
        ("June 1962", "June 1962", "June 1962"),
        ("1962", "1962", "1962"),
        ("21-23 February 1962", "21-23 February 1962", "21-23 February 1962"),
        ("circa 1962", "ca. 1962", "circa 1962"),
        ("[March 1962]", "[March 1962]", "[Mar. 1962]"),
    ],
)
def test_each_style_writes_dates_its_own_way(display: str, in_chicago: str, in_mla: str) -> None:
    dated = replace(REPLY, date=read_date(display))
    assert f"Kennedy, {in_chicago}, in" in chicago(dated).text
    assert f"Kennedy, {in_mla}. “" in mla(dated).text


def test_a_passage_is_cited_by_its_number_and_address() -> None:
    passage = Passage("p3", "3")
    assert chicago(LETTER, passage).text.endswith(
        "244–245, par. 3, Cooperation in space, 1962 (The Reading Room), "
        "https://archive.example/documents/kennedy-1962-03-07/#p3."
    )
    assert mla(LETTER, passage).text.endswith("/kennedy-1962-03-07/#p3. In the text: (Kennedy, par. 3).")


def test_a_known_page_takes_the_place_of_the_pages_of_the_whole() -> None:
    passage = Passage("p2", "2", "888")
    assert "document 388, 888 (par. 2), Cooperation" in chicago(MEMORANDUM, passage).text
    assert mla(MEMORANDUM, passage).text.endswith("In the text: (Bundy 888, par. 2).")


def test_a_passage_without_a_number_is_cited_by_its_address() -> None:
    assert "par." not in chicago(LETTER, Passage("signature")).text
    assert chicago(LETTER, Passage("signature")).text.endswith("#signature.")
    assert "In the text" not in mla(LETTER, Passage("signature")).text


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("prompt and energetic follow-up", "“prompt and energetic follow-up.” "),
        ("Let us also cooperate in this field.", "“Let us also cooperate in this field.” "),
        ("What, then, should be\n our starting point?", "“What, then, should be our starting point?” "),
        ("what he called “heavenly matters”", "“what he called ‘heavenly matters’.” "),
    ],
)
def test_selected_words_stand_before_the_citation(words: str, quoted: str) -> None:
    for write in (chicago, mla):
        assert write(LETTER, Passage("p3", "3", words=words)).text.startswith(quoted)


@pytest.mark.parametrize(
    ("senders", "in_chicago", "in_mla"),
    [
        (
            (KENNEDY, KHRUSHCHEV),
            "John F. Kennedy and Nikita S. Khrushchev to",
            "Kennedy, John F., and Nikita S. Khrushchev. ",
        ),
        ((KENNEDY,) * 3, "John F. Kennedy, John F. Kennedy, and John F. Kennedy to", "Kennedy, John F., et al. "),
        ((KENNEDY,) * 4, "John F. Kennedy et al. to", "Kennedy, John F., et al. "),
        ((Name("Department of State"),), "Department of State to", "Department of State. "),
    ],
)
def test_several_senders(senders: tuple[Name, ...], in_chicago: str, in_mla: str) -> None:
    several = replace(LETTER, senders=senders)
    assert chicago(several).text.startswith(in_chicago)
    assert mla(several).text.startswith(in_mla)


def test_quotation_marks_in_a_title_become_single() -> None:
    titled = replace(LETTER, title="On “Heavenly Matters”")
    assert "“On ‘Heavenly Matters’,” March" in chicago(titled).text


@pytest.mark.parametrize("title", ["Letter to the Editor", "Memorandum for the Record", "Message to Congress on Space"])
def test_a_title_that_says_more_than_who_wrote_to_whom_is_kept(title: str) -> None:
    assert f"“{title},”" in chicago(replace(LETTER, title=title, recipients=())).text


def test_a_volume_is_named_once_and_an_editorial_note_has_no_date() -> None:
    volume = "Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union"
    note = Record(
        title="Editorial Note",
        address="https://archive.example/documents/frus1961-63v05-d5/",
        archive="The Reading Room",
        kind="editorial-note",
        publication=f"{volume} (Washington: United States Government Printing Office, 1998), Document 5",
        collection=volume,
    )
    assert chicago(note).text == (
        "“Editorial Note,” in Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union (Washington: "
        "United States Government Printing Office, 1998), Document 5, The Reading Room, "
        "https://archive.example/documents/frus1961-63v05-d5/."
    )


def test_html_is_escaped() -> None:
    assert "<script>" not in chicago(replace(LETTER, title="<script>", publication="<b>")).html


@pytest.fixture
def page(space_exchange: Collection) -> str:
    document = Document.objects.get(slug="kennedy-1962-03-07")
    request = RequestFactory().get("/documents/kennedy-1962-03-07/")
    return Template("{% load citations %}{% citation document %}").render(
        Context({"document": document, "request": request})
    )


def test_the_page_has_both_citations_to_read_and_to_copy(page: str) -> None:
    assert 'id="citation-chicago"' in page and 'data-copy="citation-chicago"' in page
    assert "March 7, 1962, in <i>Public Papers of the Presidents" in page
    assert "Kennedy, John F. “Message to Chairman Khrushchev" in page
    assert "http://testserver/documents/kennedy-1962-03-07/." in page


def test_the_page_has_the_citation_of_a_passage_with_places_to_fill_in(page: str) -> None:
    assert "par. {number}, Cooperation in space, 1962" in page
    assert "{page} (par. {number}), Cooperation in space, 1962" in page
    assert "/documents/kennedy-1962-03-07/#{ident}." in page


def test_citations_use_the_address_the_owner_set(space_exchange: Collection, settings: object) -> None:
    settings.SITE_URL = "https://letters.example.org"  # type: ignore[attr-defined]
    document = Document.objects.get(slug="nsam-129")
    page = Template("{% load citations %}{% citation document %}").render(Context({"document": document}))
    assert "https://letters.example.org/documents/nsam-129/." in page
