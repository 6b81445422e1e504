"""What is written is found at once and all together, what is removed is gone, and another index can take the place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.engines.backend import Backend
from search.fields import BEST, Shelf
from search.indexing.entries import Entry
from search.query import Choice, Everything, Phrase, Query, Word
from tests.search.contract import corpus
from tests.search.contract.conftest import Options, write
from tests.search.contract.corpus import document, entries
from tests.search.contract.reference import Reference

FIRST = document(1, "space " * 200, "the moon", notes=("a comet",))
SECOND = document(2, "space")
ALL = Everything()


def total(backend: Backend, query: Query = ALL) -> int:
    return sum(backend.top(shelf, query, (), BEST, 0).total for shelf in Shelf)


def test_an_index_that_is_not_there_answers_with_nothing(backend: Backend) -> None:
    assert not backend.exists()
    assert not backend.exists(building=True)
    assert total(backend) == 0
    assert backend.top(Shelf.DOCUMENTS, Word("space"), (), "place", 10).hits in ([], ())
    assert not any(backend.counts(Shelf.PIECES, Everything(), (), ["type"]).get("type", {}))
    assert list(backend.words("", 10)) == []
    assert (backend.held(), list(backend.keys())) == ({}, [])


def test_what_is_written_is_found_at_once(backend: Backend) -> None:
    write(backend, entries(FIRST))

    assert backend.exists()
    assert total(backend, Word("space")) == 2
    write(backend, entries(SECOND))
    assert total(backend, Word("space")) == 4


def test_writing_nothing_makes_an_index(backend: Backend) -> None:
    write(backend, [])

    assert backend.exists()
    assert (total(backend), backend.held(), list(backend.keys())) == (0, {}, [])


def test_nothing_is_found_before_the_writer_is_done(backend: Backend) -> None:
    write(backend, entries(FIRST))
    with backend.writing() as writer:
        writer.remove("document.1")
        for entry in entries(SECOND):
            writer.add(entry)
        assert (total(backend, Word("comet")), backend.held()) == (2, {"document.1": "stamped"})

    assert (total(backend, Word("comet")), backend.held()) == (0, {"document.2": "stamped"})


def test_after_an_error_nothing_has_changed(backend: Backend) -> None:
    write(backend, entries(FIRST))
    before = sorted(backend.keys())

    with pytest.raises(ZeroDivisionError), backend.writing() as writer:
        writer.remove("document.1")
        for entry in entries(SECOND):
            writer.add(entry)
        raise ZeroDivisionError

    assert sorted(backend.keys()) == before
    assert total(backend, Word("space")) == 2
    write(backend, entries(SECOND))
    assert total(backend, Word("space")) == 4


def test_a_unit_is_replaced_with_all_its_entries(backend: Backend) -> None:
    write(backend, entries(FIRST, SECOND))
    write(backend, entries(document(1, "mars"), stamp="another"))

    assert backend.held() == {"document.1": "another", "document.2": "stamped"}
    assert [total(backend, Word(word)) for word in ("moon", "comet", "mars", "space")] == [0, 0, 2, 2]
    assert sorted(backend.keys()) == [
        ("document.1", "documents.document.1"),
        ("document.1", "passage.1.1-1"),
        ("document.2", "documents.document.2"),
        ("document.2", "passage.2.1-1"),
    ]


def test_writing_the_same_again_changes_nothing(backend: Backend) -> None:
    for _ in range(3):
        write(backend, entries(FIRST, SECOND))

    assert len(list(backend.keys())) == len(set(backend.keys())) == len(entries(FIRST, SECOND))


def test_no_word_of_what_is_removed_is_left(backend: Backend) -> None:
    write(backend, entries(FIRST, SECOND))
    with backend.writing() as writer:
        writer.remove("document.1")
        writer.remove("document.99")

    assert list(backend.words("", 100)) == [("space", 2), ("2", 1), ("document", 1)]
    assert backend.counts(Shelf.PIECES, Everything(), (), ["document"]) == {"document": {"2": 1}}
    assert total(backend, Choice("document", ("1",))) == 0


def test_after_many_changes_all_is_as_if_written_once(backend: Backend) -> None:
    made_up = corpus.many(12)
    units = list(dict.fromkeys(entry.unit for entry in made_up))
    for step in range(8):
        write(backend, corpus.of_units(made_up, units[step % 3 :: 3]))
    with backend.writing() as writer:
        for unit in units[::4]:
            writer.remove(unit)
    left = [entry for entry in made_up if entry.unit not in units[::4]]
    reference = Reference(left)

    assert sorted(backend.keys()) == sorted((entry.unit, entry.key) for entry in left)
    assert list(backend.words("", 1000)) == reference.words("")
    for query in (Word("test"), Phrase(("of", "the"), slop=3), Everything()):
        for shelf in Shelf:
            found = backend.top(shelf, query, (), BEST, 1000)
            assert {hit.key for hit in found.hits} == set(reference.matched(shelf, query, ()))
            assert backend.counts(shelf, query, (), ["type"]) == {"type": reference.counts(shelf, query, (), "type")}


def test_another_index_is_built_beside_and_takes_the_place(backend: Backend) -> None:
    write(backend, entries(FIRST))
    write(backend, entries(SECOND), building=True)

    assert backend.exists(building=True)
    assert (backend.held(), backend.held(building=True)) == ({"document.1": "stamped"}, {"document.2": "stamped"})
    assert total(backend, Word("comet")) == 2

    backend.switch()

    assert not backend.exists(building=True)
    assert backend.held() == {"document.2": "stamped"}
    assert total(backend, Word("comet")) == 0
    write(backend, entries(FIRST))
    assert total(backend, Word("comet")) == 2


def test_building_goes_on_where_it_was_left(backend: Backend) -> None:
    write(backend, entries(FIRST), building=True)
    write(backend, entries(SECOND), building=True)

    assert not backend.exists()
    assert total(backend) == 0
    assert set(backend.held(building=True)) == {"document.1", "document.2"}
    backend.switch()
    assert total(backend, Word("space")) == 4


def test_indexes_can_be_switched_again_and_again(backend: Backend) -> None:
    for found in (FIRST, SECOND, FIRST, SECOND):
        write(backend, entries(found), building=True)
        backend.switch()
        assert backend.held() == {found.unit: "stamped"}


def test_what_is_discarded_is_gone(backend: Backend) -> None:
    write(backend, entries(FIRST))
    write(backend, entries(SECOND), building=True)

    backend.discard(building=True)
    assert (backend.exists(), backend.exists(building=True)) == (True, False)
    backend.discard()
    backend.discard()
    assert (backend.exists(), backend.held(), total(backend)) == (False, {}, 0)
    write(backend, entries(SECOND))
    assert total(backend, Word("space")) == 2


def test_other_processes_see_each_change(
    options: Callable[[], Options], opened: Callable[[Options], Backend], made_up: list[Entry]
) -> None:
    settings = options()
    one, other = opened(settings), opened(settings)

    assert (one.exists(), other.exists()) == (False, False)
    write(one, entries(FIRST))
    assert (other.exists(), total(other, Word("space"))) == (True, 2)
    write(other, entries(SECOND))
    assert total(one, Word("space")) == 4
    write(one, made_up, building=True)
    other.switch()
    assert total(one) == total(other) == len(made_up)
    with other.writing() as writer:
        writer.remove("document.1")
    assert (total(one), "document.1" in one.held()) == (total(other), False)
