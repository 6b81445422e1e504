"""What is Whoosh's own: segments and what is kept of them, several writers, files that are damaged or left over."""

from __future__ import annotations

import string
import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from haystack.exceptions import SearchBackendError
from hypothesis import given
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.searching import Searcher

from search.analysis import tokens
from search.engines import whoosh_writing
from search.engines.backend import Backend
from search.engines.whoosh import WhooshBackend
from search.engines.whoosh_recent import Recent
from search.engines.whoosh_schema import Places, beginning_of_stem, form_of, stem_of, terms_of_form
from search.engines.whoosh_sets import bits, mask, members
from search.fields import BEST, Shelf
from search.indexing.entries import Entry
from search.query import Everything, Exact, Fuzzy, Phrase, Prefix, Query, Wildcard, Word
from tests.search.contract import corpus
from tests.search.contract.conftest import write
from tests.search.contract.corpus import document, entries
from tests.search.contract.reference import Reference

ASKED: Sequence[Query] = (
    Word("test"),
    Phrase(("of", "the")),
    Phrase(("test", "ban"), slop=4),
    Prefix("co"),
    Wildcard("wom?n"),
    Fuzzy("krushchev", distance=2),
    Everything(),
)


@pytest.fixture
def backend(tmp_path: Path) -> WhooshBackend:
    return opened(tmp_path)


def opened(folder: Path, seconds: float = 10) -> WhooshBackend:
    """A connection as another thread or process has it."""
    return WhooshBackend("default", PATH=str(folder), SILENTLY_FAIL=False, TIMEOUT=seconds)


def segments(folder: Path, shelf: Shelf = Shelf.DOCUMENTS) -> list[Path]:
    return list(folder.glob(f"whoosh-*/*/{shelf}/*.seg"))


def total(backend: Backend, query: Query) -> int:
    return sum(backend.top(shelf, query, (), BEST, 0).total for shelf in Shelf)


def assert_as_written_once(backend: Backend, left: list[Entry]) -> None:
    reference = Reference(left)
    assert list(backend.words("", 1000)) == reference.words("")
    for shelf in Shelf:
        for query in ASKED:
            expected = reference.matched(shelf, query, ())
            found = backend.top(shelf, query, (), BEST, 1000)
            assert {hit.key for hit in found.hits} == set(expected)
            assert all(hit.score in expected[hit.key][1] for hit in found.hits)
            for name in ("kind", "topic", "from"):
                assert backend.counts(shelf, query, (), [name]) == {name: reference.counts(shelf, query, (), name)}


@pytest.fixture
def of_whoosh(backend: WhooshBackend, tmp_path: Path) -> Iterator[tuple[WhooshBackend, Searcher]]:
    """An index and Whoosh's own way to search its documents."""
    texts = ("the test ban treaty", "a ban on tests", "the moon", "weather in space")
    for number, text in enumerate(texts):
        write(backend, entries(document(number, text)))
    (folder,) = tmp_path.glob(f"whoosh-*/*/{Shelf.DOCUMENTS}")
    with open_dir(folder).searcher() as searcher:
        yield backend, searcher


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Moon", {2}),
        ("ban tests", {1}),
        ("ban OR weather", {0, 1, 3}),
        ('"test ban"', {0}),
        ("te*", {0, 1}),
        ("text:space", {3}),
        ("unit:document.1", {1}),
        ("the NOT moon", {0}),
    ],
)
def test_whoosh_itself_searches_the_index(
    of_whoosh: tuple[WhooshBackend, Searcher], typed: str, expected: set[int]
) -> None:
    _, searcher = of_whoosh
    found = searcher.search(QueryParser("all", searcher.schema).parse(typed), limit=None)

    read = searcher.reader().column_reader("key").__getitem__
    assert {read(hit.docnum).decode() for hit in found} == {f"documents.document.{number}" for number in expected}


def test_segments_are_of_the_codec_of_whoosh(of_whoosh: tuple[WhooshBackend, Searcher]) -> None:
    _, searcher = of_whoosh

    assert {type(segment) for segment in searcher.reader().segments()} == {W3Segment}


@given(st.text(string.ascii_letters + "'’äÉſﬁ.", min_size=1))
def test_a_word_is_found_among_what_its_stem_begins_with(text: str) -> None:
    for token in tokens(text):
        (term,) = [each for each in terms_of_form(token.form) if stem_of(each) == token.stem][:1]

        assert form_of(term) == token.form
        assert term.startswith(beginning_of_stem(token.stem))


@pytest.mark.parametrize("word", ["dying", "skies", "idly", "relational", "happier", "sized", "N.E.W.S.", "U.S."])
def test_every_kind_of_ending_leaves_the_beginning_of_the_word(backend: WhooshBackend, word: str) -> None:
    write(backend, entries(document(1, word)))

    assert total(backend, Word(word)) == total(backend, Exact(word)) == 2


@given(st.lists(st.integers(0, 200_000), min_size=1, unique=True).map(sorted))
def test_places_come_back_as_they_were(places: list[int]) -> None:
    kept = Places().encode(places)

    assert list(Places().decode_positions(kept)) == places
    assert Places().decode_frequency(kept) == len(places)


def test_segments_that_are_alike_become_one_and_nothing_is_lost(backend: WhooshBackend, tmp_path: Path) -> None:
    made_up = corpus.many(60)
    units = list(dict.fromkeys(entry.unit for entry in made_up))
    for unit in units:
        write(backend, corpus.of_units(made_up, [unit]))

    assert len(segments(tmp_path)) < 2 * whoosh_writing.ALIKE
    assert_as_written_once(backend, made_up)


def test_what_was_taken_out_of_segments_is_not_in_the_one_that_they_become(backend: WhooshBackend) -> None:
    made_up = corpus.many(60)
    units = list(dict.fromkeys(entry.unit for entry in made_up))
    for first, second in pairwise(units):
        write(backend, corpus.of_units(made_up, [first, second]))
        with backend.writing() as writer:
            writer.remove(first)

    assert_as_written_once(backend, corpus.of_units(made_up, units[-1:]))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has other processes write even a few words."""
    monkeypatch.setattr(whoosh_writing, "MOST", 5000)
    monkeypatch.setattr(whoosh_writing, "LEAST", 100)


@pytest.mark.usefixtures("small_parts")
def test_a_large_archive_is_written_by_several_processes(backend: WhooshBackend, tmp_path: Path) -> None:
    made_up = corpus.many()
    write(backend, made_up, building=True)
    backend.switch()

    assert len(segments(tmp_path)) > 2
    assert_as_written_once(backend, made_up)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("building", [False, True])
def test_what_one_writer_adds_it_can_take_out_again(backend: WhooshBackend, building: bool) -> None:
    made_up = corpus.many()
    gone = ["document.1", "document.40"]
    with backend.writing(building) as writer:
        for entry in made_up:
            writer.add(entry)
        for unit in gone:
            writer.remove(unit)
    if building:
        backend.switch()

    assert_as_written_once(backend, [entry for entry in made_up if entry.unit not in gone])


@pytest.mark.usefixtures("small_parts")
def test_a_process_that_fails_is_an_error_and_leaves_the_index_as_it_was(
    backend: WhooshBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(backend, entries(document(1, "space")), building=True)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(whoosh_writing, "as_document", fail)
    with pytest.raises(SearchBackendError, match="a part of the search index has failed"):
        write(backend, entries(document(2, "moon " * 200)), building=True)
    monkeypatch.undo()
    write(backend, entries(document(3, "mars")), building=True)

    assert set(backend.held(building=True)) == {"document.1", "document.3"}


def test_a_segment_of_which_nothing_is_left_goes(backend: WhooshBackend, tmp_path: Path) -> None:
    write(backend, entries(document(1, "space")))
    write(backend, entries(document(2, "space")))
    before = segments(tmp_path)
    with backend.writing() as writer:
        writer.remove("document.1")

    assert len(segments(tmp_path)) == len(before) - 1 == 1


def test_a_search_sees_what_another_connection_wrote(backend: WhooshBackend, tmp_path: Path) -> None:
    other = opened(tmp_path)
    write(other, entries(document(1, "space station", notes=("space",)), document(2, "space")))
    phrase = Phrase(("space", "station"))
    assert (total(backend, Word("space")), total(backend, phrase)) == (5, 2)

    with other.writing() as writer:
        writer.remove("document.1")
    assert (total(backend, Word("space")), total(backend, phrase)) == (2, 0)

    write(other, entries(document(1, "space station")))
    assert (total(backend, Word("space")), total(backend, phrase)) == (4, 2)


def test_scores_forget_what_was_taken_out(backend: WhooshBackend) -> None:
    write(
        backend, entries(document(1, "space"), document(2, "moon"), *(document(n, "space mars") for n in range(3, 9)))
    )
    with backend.writing() as writer:
        for number in range(3, 9):
            writer.remove(f"document.{number}")
    left = [entry for n, text in ((1, "space"), (2, "moon")) for entry in entries(document(n, text))]

    assert_as_written_once(backend, left)


def test_a_writer_waits_for_the_one_before_it(backend: WhooshBackend, tmp_path: Path) -> None:
    write(backend, [])
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with opened(tmp_path).writing() as writer:
            begun.set()
            go_on.wait(10)
            for entry in entries(document(1, "space")):
                writer.add(entry)

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(10)
    threading.Timer(0.3, go_on.set).start()
    write(backend, entries(document(2, "space")))
    holder.join()

    assert set(backend.held()) == {"document.1", "document.2"}


def test_waiting_has_an_end(backend: WhooshBackend, tmp_path: Path) -> None:
    hurried = opened(tmp_path, seconds=0.1)
    with backend.writing() as writer:
        with pytest.raises(SearchBackendError, match="has been writing the search index for more than"):
            write(hurried, entries(document(2, "moon")))
        for entry in entries(document(1, "space")):
            writer.add(entry)
    write(hurried, entries(document(2, "moon")))

    assert set(backend.held()) == {"document.1", "document.2"}


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("building", [False, True])
def test_what_a_writer_left_over_goes_with_the_next(backend: WhooshBackend, tmp_path: Path, building: bool) -> None:
    with pytest.raises(ZeroDivisionError), backend.writing(building) as writer:
        for entry in entries(document(1, "space " * 10_000)):
            writer.add(entry)
        raise ZeroDivisionError
    write(backend, entries(document(2, "moon")), building)

    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name == Shelf.DOCUMENTS]
    assert sorted(path.suffix for path in left) == ["", ".seg", ".toc"]
    assert set(backend.held(building)) == {"document.2"}


@pytest.mark.parametrize("left", [0, 7, 60, 0.5])
def test_a_damaged_segment_is_an_error_with_a_sentence(backend: WhooshBackend, tmp_path: Path, left: float) -> None:
    write(backend, entries(document(1, "space " * 100)))
    for path in segments(tmp_path):
        content = path.read_bytes()
        path.write_bytes(content[: left if isinstance(left, int) else int(len(content) * left)])

    with pytest.raises(SearchBackendError, match="cannot be opened"):
        total(backend, Word("space"))


@pytest.mark.parametrize("damage", [(b"W3Bl", b"nope"), (b"W3Bl", b"W3BlW3Bl")])
def test_damaged_postings_are_an_error_with_a_sentence(
    backend: WhooshBackend, tmp_path: Path, damage: tuple[bytes, bytes]
) -> None:
    write(backend, entries(document(1, "space " * 100)))
    for path in segments(tmp_path):
        found, put = damage
        content = path.read_bytes()
        start = content.index(found)
        path.write_bytes(content[:start] + content[start:].replace(found, put)[: len(content) - start])

    with pytest.raises(SearchBackendError, match=r"is damaged|cannot be opened"):
        total(backend, Word("space"))


def test_a_damaged_table_of_contents_is_an_error_with_a_sentence(backend: WhooshBackend, tmp_path: Path) -> None:
    write(backend, entries(document(1, "space")))
    for path in tmp_path.glob("whoosh-*/*/*/*.toc"):
        path.write_bytes(b"nonsense")

    assert backend.exists()
    with pytest.raises(SearchBackendError, match="cannot be opened"):
        total(backend, Word("space"))
    with pytest.raises(SearchBackendError, match="cannot be opened"):
        write(backend, entries(document(1, "space")))


def test_threads_search_while_another_writes(backend: WhooshBackend, tmp_path: Path) -> None:
    made_up = corpus.many(30)
    write(backend, [*made_up, *entries(document(99, "unchanging words"))])
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        own = opened(tmp_path)
        try:
            while not done.is_set():
                assert total(own, Phrase(("unchanging", "words"))) == 2
                for query in ASKED:
                    for shelf in Shelf:
                        assert own.top(shelf, query, (), BEST, 10).total <= len(made_up)
                        own.counts(shelf, query, (), ["kind", "span"])
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 31):
        write(backend, corpus.of_units(made_up, [f"document.{number}"]))
    done.set()
    for thread in threads:
        thread.join()

    assert failures == []
    assert_as_written_once(backend, [*made_up, *entries(document(99, "unchanging words"))])


@given(st.sets(st.integers(0, 999)), st.sets(st.integers(0, 999)))
def test_a_set_of_numbers_comes_back_as_it_was(first: set[int], second: set[int]) -> None:
    one, other = bits(first, 1000), bits(second, 1000)

    assert members(one) == sorted(first)
    assert members(one & other) == sorted(first & second)
    assert (one | other).bit_count() == len(first | second)
    assert [number for number, inside in enumerate(mask(one, 1000)) if inside] == sorted(first)


def test_what_was_used_last_is_kept_while_there_is_room() -> None:
    recent = Recent(room=10)
    made = []

    def get(key: str, weight: int) -> None:
        recent.get(key, lambda: made.append(key) or SimpleNamespace(weight=weight))

    for key in "abacabd":
        get(key, 4)
    assert "".join(made) == "abcbd"
    get("huge", 100)
    get("d", 4)
    assert made[-2:] == ["huge", "d"]
