"""A typed citation, number, name, address or title names documents, and ordinary words do not."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Footnote,
    FormerAddress,
    FormerNumber,
    Identifier,
    Passage,
)
from editions.references.volume_numbers import ROMAN, volume_in
from search.citing.direct import MOST, Direct, absent, direct

SERIES = "Foreign Relations of the United States"
VOLUMES = {
    "frus1958-60v10p2": "1958–1960, Volume X, Part 2, Eastern Europe; Finland; Greece; Turkey",
    "frus1961-63v06": "1961–1963, Volume VI, Kennedy-Khrushchev Exchanges",
    "frus1961-63v10-12msupp": "1961–1963, Volumes X/XI/XII, Microfiche Supplement, American Republics; Cuba 1961–1962",
    "frus1964-68v10": "1964–1968, Volume X, National Security Policy",
    "frus1969-76ve04": "1969–1976, Volume E–4, Documents on Iran and Iraq, 1969–1972",
}
LETTER = "Letter From President Kennedy to Chairman Khrushchev"


def add(volume: str, number: str, title: str = "Editorial Note", **values: Any) -> Document:
    collection = Collection.objects.get(slug=volume)
    document = Document.objects.create(
        collection=collection,
        slug=f"{volume}-d{number.lower()}",
        number=number,
        title=title,
        position=int(number.rstrip("A")),
        **{"status": "published", **values},
    )
    Identifier.objects.create(document=document, value=f"{volume.replace('msupp', 'mSupp')}/d{number}")
    return document


def begin_with(document: Document, *lines: str) -> None:
    """Gives a document these passages."""
    for position, line in enumerate(lines, 1):
        Passage.objects.create(
            document=document, ident=f"p{position}", position=position, kind="paragraph", text=line, html=line
        )


@pytest.fixture
def volumes(db: None) -> None:
    """Five volumes, each with documents 35 to 37; those of one volume are letters, and 35 has a note."""
    for position, (slug, title) in enumerate(VOLUMES.items()):
        Collection.objects.create(slug=slug, title=f"{SERIES}, {title}", position=position)
        for number in ("35", "36", "37"):
            document = add(slug, number, LETTER if slug == "frus1961-63v06" else "Editorial Note")
            if number == "35":
                Footnote.objects.create(document=document, ident="fn2", label="2", position=2, text="See", html="See")


def named(typed: str) -> list[str]:
    """The addresses of what was named, without what all have in common."""
    found = direct(typed)
    entries = found.documents if found else ()
    return [entry.get_absolute_url().removeprefix("/documents/").replace("/", "") for entry in entries]


@pytest.mark.parametrize(
    "typed",
    [
        "Document 36, vol. VI",
        "document 36 in volume 6",
        "see doc. 36, Vol. vi.",
        "#36, vol. VI",
        "no. 36, vol. VI",
        "d36 vol. VI",
        "FRUS, 1961-1963, vol. VI, Document 36",
        "FRUS 1961–63, VI, Document 36",
        "See Foreign Relations, 1961–1963, Volume VI, Kennedy-Khrushchev Exchanges, Document 36.",
        "Foreign Relations of the United States, 1961—1963, volume VI, document 36",
        "Document 36, Kennedy-Khrushchev Exchanges",
        "frus1961-63v06/d36",
        "frus1961-63v06 d36",
        "FRUS1961-63V06, document 36",
        "frus1961-63v06-d36",
        "/documents/frus1961-63v06-d36/",
        "http://archive.example.org/documents/frus1961-63v06-d36/?q=moon",
        "archive.example.org/documents/frus1961-63v06-d36",
        "/collections/frus1961-63v06/36/",
        "https://archive.example.org/id/frus1961-63v06/d36",
        "https://history.state.gov/historicaldocuments/frus1961-63v06/d36",
    ],
)
@pytest.mark.usefixtures("volumes")
def test_a_citation_names_one_document_and_is_the_whole_of_what_was_typed(typed: str) -> None:
    found = direct(typed)

    assert found and found.whole and not found.more
    assert named(typed) == ["frus1961-63v06-d36"]


@pytest.mark.parametrize("typed", ["doc. 36", "Document 36", "no. 36", "No 36", "#36", "d36", "36", "document no. 36"])
@pytest.mark.usefixtures("volumes")
def test_a_number_names_the_document_of_each_collection_in_their_order(typed: str) -> None:
    assert named(typed) == [f"{slug}-d36" for slug in VOLUMES]


@pytest.mark.parametrize(
    "typed", ["Documents 35 and 36, vol. VI", "docs. 35, 36 in volume VI", "Documents 35-36, vol. VI"]
)
@pytest.mark.usefixtures("volumes")
def test_several_numbers_name_several_documents(typed: str) -> None:
    assert named(typed) == ["frus1961-63v06-d35", "frus1961-63v06-d36"]


@pytest.mark.usefixtures("volumes")
def test_a_range_names_what_lies_between() -> None:
    assert named("Documents 35–37, vol. VI") == [f"frus1961-63v06-d{number}" for number in (35, 36, 37)]


@pytest.mark.usefixtures("volumes")
def test_no_more_than_eight_are_listed_and_it_says_that_there_are_more() -> None:
    found = direct("Documents 35-37")

    assert found and found.more and len(found.documents) == MOST


@pytest.mark.parametrize(
    ("typed", "volume"),
    [
        ("Document 36, vol. X", ["frus1958-60v10p2", "frus1964-68v10"]),
        ("Document 36, vol. X, part 2", ["frus1958-60v10p2"]),
        ("Document 36, 1964-68, vol. 10", ["frus1964-68v10"]),
        ("Document 36, vol. XI, microfiche supplement", ["frus1961-63v10-12msupp"]),
        ("vols. X–XII, Supplement, document 36", ["frus1961-63v10-12msupp"]),
        ("vol. E-4, doc. 36", ["frus1969-76ve04"]),
        ("Volume E–4, Document 36", ["frus1969-76ve04"]),
        ("Document 36, Cuba 1961-1962", ["frus1961-63v10-12msupp"]),
    ],
)
@pytest.mark.usefixtures("volumes")
def test_volumes_are_told_by_number_part_years_and_words_of_the_title(typed: str, volume: list[str]) -> None:
    assert named(typed) == [f"{each}-d36" for each in volume]


@pytest.mark.usefixtures("volumes")
def test_the_number_may_have_a_letter_in_any_case() -> None:
    add("frus1961-63v10-12msupp", "273A")

    assert named("document 273a") == named("273A") == named("FRUS1961-63v10-12mSupp/d273A") == named("d273a")
    assert named("document 273a") == ["frus1961-63v10-12msupp-d273a"]


@pytest.mark.usefixtures("volumes")
def test_a_note_opens_the_document_at_it() -> None:
    assert named("Foreign Relations, 1961–1963, Volume VI, Document 35, footnote 2") == ["frus1961-63v06-d35#fn2"]
    assert named("note 2 to document 35, vol. VI") == ["frus1961-63v06-d35#fn2"]


@pytest.mark.usefixtures("volumes")
def test_a_note_that_is_not_there_is_said_and_the_document_is_named() -> None:
    found = direct("Document 36, vol. VI, note 9")

    assert found and found.sentence == "Document 36 in volume VI; it has no note 9"
    assert named("Document 36, vol. VI, note 9") == ["frus1961-63v06-d36"]


@pytest.mark.usefixtures("volumes")
def test_an_anchor_in_an_address_is_kept() -> None:
    assert named("/documents/frus1961-63v06-d36/#p12") == ["frus1961-63v06-d36#p12"]
    assert named("frus1961-63v06/d36#fn2") == ["frus1961-63v06-d36#fn2"]


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("frus1961-63v06", ["frus1961-63v06"]),
        ("volume VI", ["frus1961-63v06"]),
        ("/collections/frus1961-63v06/", ["frus1961-63v06"]),
        ("https://history.state.gov/historicaldocuments/frus1961-63v06", ["frus1961-63v06"]),
        (f"{SERIES}, {VOLUMES['frus1961-63v06']}", ["frus1961-63v06"]),
        ("Foreign Relations, volume X", ["frus1958-60v10p2", "frus1964-68v10"]),
    ],
)
@pytest.mark.usefixtures("volumes")
def test_a_volume_without_a_document_names_the_volume(typed: str, slugs: list[str]) -> None:
    found = direct(typed)

    assert found and found.documents == () and [each.slug for each in found.collections] == slugs


@pytest.mark.parametrize(
    "typed",
    [
        "NSAM 129",
        "nsam 129",
        "NSAM No. 129",
        "NSAM-129",
        "NSAM129",
        "N.S.A.M. 129",
        "see NSAM 129.",
        "National Security Action Memorandum 129",
        "national security action memorandum no. 129",
        "National Security Action Memorandum No. 129",
        "nsam-129",
        "frus1961-63v25/d388",
        "FRUS, 1961–1963, vol. XXV, Document 388",
        "388",
        "/documents/nsam-129/",
    ],
)
@pytest.mark.usefixtures("space_exchange")
def test_a_memorandum_is_known_by_its_initials_words_name_and_number(typed: str) -> None:
    assert named(typed) == ["nsam-129"]


@pytest.mark.usefixtures("space_exchange")
def test_what_the_page_lists_is_there() -> None:
    found = direct("NSAM 129")

    assert found
    entry = found.documents[0]
    assert (entry.name, entry.number, entry.collection) == ("NSAM 129", "388", "Cooperation in space, 1962")
    assert isinstance(entry.written, DocumentDate) and str(entry.written) == "[23 February 1962]"


@pytest.mark.usefixtures("volumes")
def test_a_designation_may_stand_on_a_line_at_the_head_of_the_document() -> None:
    estimate = add("frus1961-63v06", "80", "National Intelligence Estimate")
    begin_with(estimate, "Washington, July 6, 1962.", "NIE 11–8–62", "SOVIET CAPABILITIES")
    begin_with(add("frus1961-63v06", "81"), "NSC 5515/1")
    begin_with(add("frus1961-63v06", "82"), "It speaks of NIE 11–8–62 and NSC 5515/1.")

    for typed in ("NIE 11-8-62", "nie 11–8–62", "National Intelligence Estimate 11-8-62"):
        assert named(typed) == ["frus1961-63v06-d80"]
    assert named("NSC 5515/1") == ["frus1961-63v06-d81"]
    assert named("NSC 5515") == []


@pytest.mark.usefixtures("volumes")
def test_a_designation_in_a_title_begins_a_part_of_it() -> None:
    add("frus1961-63v06", "80", "Special National Intelligence Estimate, SNIE 11–11–61, September 12. “Soviet Moves”")
    add("frus1961-63v06", "81", "National Security Action Memorandum No. 205, June 16. “Assignment of Forces”")
    add("frus1961-63v06", "82", "Addendum to December 20 Report of NSAM 205 Committee")
    add("frus1961-63v06", "83", "Navy Ship Action Manual No. 205")

    assert named("SNIE 11-11-61") == ["frus1961-63v06-d80"]
    assert named("NSAM 205") == ["frus1961-63v06-d81", "frus1961-63v06-d83"]
    assert named("National Security Action Memorandum 205") == ["frus1961-63v06-d81"]
    assert named("NSAM 20") == named("NSAM 20 5") == []


@pytest.mark.parametrize("typed", [LETTER, LETTER.lower(), f"“{LETTER}.”", f"see {LETTER}"])
@pytest.mark.usefixtures("volumes")
def test_a_title_names_every_document_that_has_it(typed: str) -> None:
    assert named(typed) == [f"frus1961-63v06-d{number}" for number in (35, 36, 37)]


@pytest.mark.usefixtures("space_exchange")
def test_what_readers_call_a_document_is_a_title_too() -> None:
    assert named("Kennedy to Khrushchev, 7 March 1962") == ["kennedy-1962-03-07"]


@pytest.mark.usefixtures("volumes")
def test_former_addresses_and_numbers_lead_to_the_document() -> None:
    document = Document.objects.get(slug="frus1961-63v06-d36")
    FormerAddress.objects.create(slug="kennedy-letter-1961", document=document)
    FormerNumber.objects.create(collection=document.collection, number="99", document=document)
    FormerNumber.objects.create(collection=document.collection, number="35", document=document)

    assert named("kennedy-letter-1961") == named("/documents/kennedy-letter-1961/") == ["frus1961-63v06-d36"]
    assert named("Document 99") == named("/collections/frus1961-63v06/99/") == ["frus1961-63v06-d36"]
    assert named("Document 35, vol. VI") == ["frus1961-63v06-d35"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("doc. 36, vol. vi", "Document 36 in volume VI"),
        ("Docs. 35, 36 and 37", "Documents 35, 36 and 37"),
        ("FRUS, 1961–63, vol. VI, doc. 36", "Document 36 in volume VI, 1961–1963"),
        ("Document 35, vol. VI, n. 2", "Note 2 of document 35 in volume VI"),
        ("Document 36, vol. X, part 2", "Document 36 in volume X, part 2"),
        ("frus1961-63v06 d36", f"Document 36 in {SERIES}, 1961–1963, Volume VI, Kennedy-Khrushchev Exchanges"),
        ("frus1961-63v06/d36", "The document named frus1961-63v06/d36"),
        ("1961-63, volume VI", "Volume VI, 1961–1963"),
        (LETTER.lower(), f"The title “{LETTER}”"),
    ],
)
@pytest.mark.usefixtures("volumes")
def test_it_says_what_was_understood(typed: str, sentence: str) -> None:
    found = direct(typed)

    assert found and found.sentence == sentence


@pytest.mark.usefixtures("space_exchange")
def test_a_designation_is_said_as_the_title_has_it() -> None:
    found = direct("nsam 129")

    assert found and found.sentence == "National Security Action Memorandum No. 129"


@pytest.mark.usefixtures("space_exchange")
def test_a_citation_among_other_words_is_not_the_whole() -> None:
    found = direct("what NSAM 129 says of the moon")

    assert found and not found.whole and named("what NSAM 129 says of the moon") == ["nsam-129"]


@pytest.mark.usefixtures("volumes")
def test_a_document_among_other_words_is_not_the_whole() -> None:
    found = direct("document 36 vol. VI disarmament")

    assert found and not found.whole and named("document 36 vol. VI disarmament") == ["frus1961-63v06-d36"]


@pytest.mark.usefixtures("volumes")
def test_drafts_are_not_named() -> None:
    draft = add("frus1961-63v06", "90", "Draft Memorandum No. 7", status="draft")
    begin_with(draft, "NSC 7777")
    FormerAddress.objects.create(slug="old-draft-90", document=draft)
    FormerNumber.objects.create(collection=draft.collection, number="91", document=draft)
    Collection.objects.create(slug="frus1961-63v07", title=f"{SERIES}, 1961–1963, Volume VII, Arms Control")

    for typed in (
        "Document 90",
        "90",
        "Document 91",
        "frus1961-63v06/d90",
        "frus1961-63v06-d90",
        "/documents/frus1961-63v06-d90/",
        "Draft Memorandum No. 7",
        "NSC 7777",
        "old-draft-90",
        "volume VII",
        "frus1961-63v07",
    ):
        assert direct(typed) is None, typed


@pytest.mark.parametrize("typed", ["Document 36, vol. VII", "Document 4000", "d4000", "1962", "NSAM 999", "ibid.", ""])
@pytest.mark.usefixtures("volumes")
def test_what_is_not_there_is_not_named(typed: str) -> None:
    assert direct(typed) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Document 36, vol. VII", "Document 36 in volume VII is not in this archive."),
        ("Document 9999, vol. VI", "Document 9999 in volume VI is not in this archive."),
        (
            "FRUS, 1961–1963, Vol. XV, Docs. 50, 51",
            "Documents 50 and 51 in volume XV, 1961–1963 are not in this archive.",
        ),
        (
            "FRUS 1961–1963, Volume XV, Berlin Crisis, Document 50",
            "Document 50 in volume XV, 1961–1963 is not in this archive.",
        ),
        ("vol. XLI", "Volume XLI is not in this archive."),
        ("frus1961-63v99 d3", "Document 3 in frus1961-63v99 is not in this archive."),
        ("vol. XLI cuba", ""),
        ("volume of trade", ""),
        ("Document 4000", ""),
        ("weather satellites", ""),
    ],
)
@pytest.mark.usefixtures("volumes")
def test_a_citation_of_what_is_not_there_is_said_to_be_absent(typed: str, sentence: str) -> None:
    assert absent(typed) == sentence


@pytest.mark.usefixtures("volumes")
def test_the_page_says_that_what_was_cited_is_absent_and_offers_nothing_else(client: Client) -> None:
    response = client.get("/search/", {"q": "Document 36, vol. VII"})

    assert "Document 36 in volume VII is not in this archive." in response.text
    assert "have some of the words" not in response.text


@pytest.mark.parametrize(
    "typed",
    [
        "weather satellites",
        "rescue",
        "co-operation",
        '"heavenly matters"',
        "Mars OR Venus",
        "cosmonaut*",
        "October 1962",
        "October 27, 1962",
        "volume of trade",
        "note",
        "foreign relations",
        "no news",
        "history of rockets",
    ],
)
@pytest.mark.usefixtures("volumes")
def test_an_ordinary_search_costs_no_query(typed: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert direct(typed) is None


@pytest.mark.parametrize("typed", ["Document 36, vol. VI, note 2", "NSAM 129", LETTER, "Documents 35-37", "nsam-129"])
def test_it_costs_as_many_queries_whatever_the_archive_holds(typed: str, volumes: None) -> None:
    with CaptureQueriesContext(connection) as before:
        direct(typed)
    for number in range(100, 140):
        add("frus1961-63v06", str(number), LETTER)
    with CaptureQueriesContext(connection) as after:
        direct(typed)

    assert len(after) <= len(before) <= 7


def plans(typed: str) -> Iterator[str]:
    """How the database would find what this names, in an archive that a volume has filled."""
    collection = Collection.objects.get(slug="frus1961-63v06")
    numbers = range(1_000, 5_000)
    telegrams = Document.objects.bulk_create(
        Document(
            collection=collection,
            slug=f"telegram-{n}",
            number=str(n),
            title=f"Telegram {n} From Moscow",
            status="published",
        )
        for n in numbers
    )
    Passage.objects.bulk_create(
        Passage(document=each, ident="p1", position=1, kind="paragraph", text="The moon", html="The moon")
        for each in telegrams
    )
    with CaptureQueriesContext(connection) as queries:
        direct(typed)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE documents_document")
        cursor.execute("ANALYZE documents_passage")
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            yield "\n".join(row for (row,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "indexes"),
    [
        ("Document 36", {"document_number"}),
        (LETTER, {"document_title", "document_short_title"}),
        ("NSAM 129", {"document_title_numbers", "passage_designation"}),
    ],
)
@pytest.mark.usefixtures("volumes")
def test_the_database_looks_things_up_by_an_index(typed: str, indexes: set[str]) -> None:
    whole = "\n".join(plans(typed))

    assert {index for index in indexes if index in whole} == indexes


PIECES = (
    "Document documents 36 35-37 no. # d41 frus1961-63v06 /d41 vol. VI volumes X/XI E-4 , 1961–1963 FRUS NSAM 129 "
    "note 2 http:// /documents/ /id/ %00 ? [ #p1 see and Foreign Relations Part supplement . - ( “ \0 \ud800 ½ ٣ K"
)
LISTS = st.lists(st.sampled_from(PIECES.split()), max_size=40)


@given(st.one_of(st.text(max_size=300), LISTS.map(" ".join), LISTS.map("".join)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@example("http://[")
@example("/id/%00")
@example("/collections/frus1961-63v06/%00/")
@example("documents 0-9999")
@pytest.mark.usefixtures("volumes")
def test_any_text_names_something_or_nothing(typed: str) -> None:
    assert isinstance(direct(typed), Direct | None)


@pytest.mark.parametrize(
    "piece", ["a", "1", "1,", "A1 ", "vol. i", "see ", "#", "/a", "d1-", "Document 1, ", "-", "frus1", "e4/"]
)
@pytest.mark.parametrize("length", [390, 990, 10_000])
@pytest.mark.usefixtures("volumes")
def test_a_long_text_is_read_in_a_moment(piece: str, length: int) -> None:
    start = process_time()

    direct((piece * length)[:length])

    assert process_time() - start < 0.5


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (VOLUMES["frus1961-63v06"], "volume VI"),
        (VOLUMES["frus1958-60v10p2"], "volume X, part 2"),
        (VOLUMES["frus1961-63v10-12msupp"], "volumes X/XI/XII, supplement"),
        (VOLUMES["frus1969-76ve04"], "volume E-4"),
        ("Cooperation in space, 1962", "None"),
        ("A volume of trade", "None"),
    ],
)
def test_the_number_of_a_volume_is_read_from_its_title(title: str, written: str) -> None:
    assert str(volume_in(title.replace("–", "-"))) == written


def test_roman_numbers_are_read_as_they_are_written() -> None:
    assert [ROMAN[number] for number in ("i", "iv", "ix", "xiv", "xxv", "xl", "lxxxix")] == [1, 4, 9, 14, 25, 40, 89]
    assert not {"iiii", "vx", "iix"} & ROMAN.keys()


def test_the_addresses_it_names_answer(client: Client, space_exchange: Collection) -> None:
    for typed in ("NSAM 129", "Kennedy to Khrushchev, 7 March 1962"):
        found = direct(typed)
        assert found and all(client.get(entry.get_absolute_url()).status_code == 200 for entry in found.documents)
