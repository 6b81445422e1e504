"""Texts, what people ask of them, and what is found, in every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from search import fields
from search.engines.backend import Backend
from search.fields import BEST, Shelf
from search.indexing.entries import Entry
from search.query import And, Choice, Dates, Exact, Fuzzy, Not, Or, Phrase, Prefix, Query, Wildcard, Word
from tests.search.contract.conftest import Options, write
from tests.search.contract.corpus import document, entries, part, proposal

LETTER = document(
    1,
    "The exploration of space. I now present proposals.",
    "Cooperation, said the President’s adviser, helps the U.S.S.R.\n\nand the U.S. alike; it helps us.",
    "A naïve view from São Paulo; ¿qué? The women of Москва met a woman’s coöperative.",
    title="Kennedy to Khrushchev",
    notes=("McGhee drafted this; space was his idea.",),
    source=("Source: Kennedy Library, top secret.",),
    parts=(part("from", "John F. Kennedy", "john-f-kennedy"), part("to", "N. S. Khrushchev", 'khrushchev, "nikita"')),
    proposals=(proposal(11, "Weather satellites", 1, 1, "weather, and satellites"),),
    written=date(1962, 3, 7),
)
MEMO = document(
    2,
    "ban the test and test the ban today",
    "one two three four five six seven eight nine ten",
    title="Test ban",
    kind="memorandum",
    collection="other volume",
    collection_title="Other Volume",
    written=(date(1962, 2, 21), date(1962, 4, 1)),
)
UNDATED = document(3, "A quiet corporation.", title="Undated", written=None)
YEARS = document(4, "Nothing much.", title="Years", kind="memorandum", written=(date(1961, 12, 30), date(1963, 1, 2)))


@pytest.fixture(scope="module")
def texts() -> list[Entry]:
    return entries(LETTER, MEMO, UNDATED, YEARS)


@pytest.fixture(scope="module")
def written(options: Callable[[], Options], opened: Callable[[Options], Backend], texts: list[Entry]) -> Backend:
    backend = opened(options())
    write(backend, texts)
    return backend


def found(backend: Backend, query: Query, *filters: Query) -> set[str]:
    """The results on both shelves: ``1`` is document 1, ``note 101`` a note."""
    keys = (
        hit.key.removeprefix("documents.")
        for shelf in Shelf
        for hit in backend.top(shelf, query, [*filters, Not(Choice("type", (fields.PASSAGE,)))], BEST, 100).hits
    )
    return {key.replace("document.", "").replace("footnote.", "note ").replace(".", " ") for key in keys}


def words(typed: str, **others: object) -> Phrase:
    return Phrase(tuple(typed.split()), **others)


LETTER_AND_PROPOSAL = {"1", "proposal 11"}


def _name(value: object) -> str:
    """Names a case alike in every process: the order of a set is not the same in all."""
    return " ".join(sorted(value)) or "nothing" if isinstance(value, set) else str(value)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # What stands between the words of a text breaks no phrase: a sentence's end, a note's marker.
        (words("exploration of space I now present"), LETTER_AND_PROPOSAL),
        (words("space was his"), {"1", "note 101"}),
        (words("proposals Cooperation"), set()),
        (words("USSR and"), set()),
        (words("the USSR"), {"1"}),
        (words("Khrushchev John"), set()),
        # Forms, accents, case, apostrophes and stops.
        (Word("cooperating"), {"1"}),
        (Word("COÖPERATIVES"), {"1"}),
        (Word("U.S.S.R"), {"1"}),
        (Word("ussr"), {"1"}),
        (Word("U.S."), {"1"}),
        (Word("president's"), {"1"}),
        (Word("presidents"), {"1"}),
        (Word("naive"), {"1"}),
        (Word("que"), {"1"}),
        (Word("москва"), {"1"}),
        (Word("МОСКВА"), {"1"}),
        (words("sao paulo"), {"1"}),
        (Word("absent"), set()),
        (Exact("cooperation"), {"1"}),
        (Exact("cooperating"), set()),
        (Exact("coöperative"), {"1"}),
        (Exact("test"), {"2"}),
        (Exact("tests"), set()),
        (words("the test", exact=True), {"2"}),
        (words("the tests"), {"2"}),
        (words("the tests", exact=True), set()),
        # Near: two words that change places are two away; a blank line is farther than any.
        (words("test ban"), {"2"}),
        (words("one three"), set()),
        (words("one three", slop=1), {"2"}),
        (words("one six", slop=3), set()),
        (words("one six", slop=4), {"2"}),
        (words("two one", slop=1), set()),
        (words("two one", slop=2), {"2"}),
        (words("three one", slop=2), set()),
        (words("three one", slop=3), {"2"}),
        (words("ten one", slop=9), set()),
        (words("ten one", slop=10), {"2"}),
        (words("one two four", slop=1), {"2"}),
        (words("five one ten", slop=15), {"2"}),
        (words("today one", slop=15), set()),
        (words("USSR and", slop=15), set()),
        (words("helps alike", slop=15), {"1"}),
        (words("cooperation alike", slop=15), set()),
        # Patterns look at the words as they are written, not at their stems.
        (Prefix("explorat"), LETTER_AND_PROPOSAL),
        (Prefix("explorations"), set()),
        (Prefix("COÖP"), {"1"}),
        (Prefix("моск"), {"1"}),
        (Wildcard("wom?n"), {"1"}),
        (Wildcard("w*n"), {"1"}),
        (Wildcard("c*tion"), {"1", "3"}),
        (Wildcard("c??p*tion"), {"1", "3"}),
        (Wildcard("c?rp*tion"), {"3"}),
        (Wildcard("м?ск*"), {"1"}),
        (Wildcard("wom?"), set()),
        (Wildcard("u.s"), {"1"}),
        (Fuzzy("krushchev"), {"1"}),
        (Fuzzy("khruhschev"), {"1"}),
        (Fuzzy("kruschev"), set()),
        (Fuzzy("kruschev", distance=2), {"1"}),
        (Fuzzy("hkrushcehv", distance=2), {"1"}),
        (Fuzzy("corporatoin"), {"3"}),
        (Fuzzy("mockba"), set()),
        (Fuzzy("москво"), {"1"}),
        # Voices, on both shelves.
        (Word("space"), {"1", "note 101", "proposal 11"}),
        (Word("space", "text"), LETTER_AND_PROPOSAL),
        (Word("space", "note"), {"1", "note 101"}),
        (Word("space", "source"), set()),
        (Word("secret", "source"), {"1", "note 102"}),
        (Word("secret", "note"), set()),
        (Phrase(("his", "idea"), "note"), {"1", "note 101"}),
        (Phrase(("his", "idea"), "text"), set()),
        (Prefix("mcg", "note"), {"1", "note 101"}),
        (Prefix("mcg", "text"), set()),
        (And((Word("space", "text"), Word("secret", "source"))), {"1"}),
        # Names, titles, topics, collections: of a document, and of all that is in it.
        (Word("kennedy", "sender"), {"1", "note 101", "note 102", "proposal 11"}),
        (Word("kennedy", "recipient"), set()),
        (Word("khrushchev", "person"), {"1", "note 101", "note 102", "proposal 11"}),
        (Word("khrushchev", "title"), {"1"}),
        (Word("satellite", "title"), {"proposal 11"}),
        (Word("weather", "subject"), LETTER_AND_PROPOSAL),
        (Phrase(("other", "volume"), "volume"), {"2"}),
        # Both, either, neither.
        (And((Word("space"), Word("mcghee"))), {"1", "note 101"}),
        (And((Word("space"), Not(Word("mcghee")))), {"proposal 11"}),
        (Or((Word("today"), Word("quiet"))), {"2", "3"}),
        (And((Not(Word("space")), Choice("type", ("document",)))), {"2", "3", "4"}),
        (And((Not(Not(Word("quiet"))),)), {"3"}),
        (Or(()), set()),
        (Or((Word("quiet"), Not(Or((Word("the"), Word("source")))))), {"3", "4", "note 101"}),
    ],
    ids=_name,
)
def test_what_is_found(written: Backend, query: Query, expected: set[str]) -> None:
    assert found(written, query) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (Dates(date(1962, 3, 7), date(1962, 3, 7)), {"1", "2", "4"}),
        (Dates(date(1962, 3, 8), date(1962, 3, 8)), {"2", "4"}),
        (Dates(date(1962, 4, 1), date(1962, 12, 31)), {"2", "4"}),
        (Dates(date(1962, 4, 2)), {"4"}),
        (Dates(None, date(1961, 12, 30)), {"4"}),
        (Dates(None, date(1961, 12, 29)), set()),
        (Dates(date(1963, 1, 3)), set()),
        (Dates(date(1963, 1, 3), undated=True), {"3"}),
        (Dates(), {"1", "2", "4"}),
        (Dates(undated=True), {"1", "2", "3", "4"}),
        (Dates(date(1962, 3, 7), date(1962, 3, 1)), {"2", "4"}),
    ],
    ids=_name,
)
def test_a_date_is_met_when_the_days_overlap(written: Backend, dates: Dates, expected: set[str]) -> None:
    documents = Choice("type", ("document",))

    assert found(written, dates, documents) == expected
    assert found(written, documents, dates) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice("topic", ("weather, and satellites",)), LETTER_AND_PROPOSAL),
        (Choice("topic", ("weather",)), set()),
        (Choice("to", ('khrushchev, "nikita"',)), {"1", "note 101", "note 102", "proposal 11"}),
        (Choice("to", ("khrushchev",)), set()),
        (Choice("collection", ("other volume",)), {"2"}),
        (Choice("collection", ("Other volume",)), set()),
        (Choice("year", ("1961",)), {"4"}),
        (Choice("year", ("1963", "1961")), {"4"}),
        (Choice("kind", ("memorandum", "telegram")), {"2", "4"}),
        (Choice("span", ("1962-02-21/1962-04-01",)), {"2"}),
        (Choice("kind", ()), set()),
        (Choice("unit", ("document.3",)), {"3"}),
    ],
    ids=_name,
)
def test_values_are_taken_whole(written: Backend, choice: Choice, expected: set[str]) -> None:
    assert found(written, choice) == expected


def test_of_equals_the_one_with_less_around_it_comes_first(written: Backend) -> None:
    notes = written.top(Shelf.PIECES, Word("space"), (), BEST, 10).hits
    assert [hit.score for hit in notes] == sorted((hit.score for hit in notes), reverse=True)
    assert written.top(Shelf.PIECES, Word("his"), (), BEST, 1).hits[0].key == "documents.footnote.101"


def test_passages_are_pieces_with_their_place(written: Backend) -> None:
    passages = Choice("type", (fields.PASSAGE,))

    [hit] = written.top(Shelf.PIECES, Word("quiet"), [passages], BEST, 10).hits
    assert (hit.key, hit.document) == ("passage.3.1-1", "3")
    [piece] = written.pieces(Word("mcghee"), ["1", "2"])
    assert (piece.key, piece.document) == ("documents.footnote.101", "1")
    assert list(written.pieces(Word("mcghee"), ["2"])) == []
    assert list(written.pieces(Not(Word("space")), ["1"])) == []
