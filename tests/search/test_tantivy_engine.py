"""What is tantivy's own: its locks, its files, its panics, and the ties that it does not break itself."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from haystack.exceptions import SearchBackendError

from search.engines.backend import Backend
from search.engines.tantivy import TantivyBackend
from search.engines.tantivy_index import trouble_as_errors
from search.fields import BEST, Shelf
from search.query import Everything, Fuzzy, Or, Phrase, Prefix, Query, Word
from tests.search.contract import corpus
from tests.search.contract.conftest import write
from tests.search.contract.corpus import document, entries, part
from tests.search.contract.reference import Reference


@pytest.fixture
def backend(tmp_path: Path) -> TantivyBackend:
    return opened(tmp_path)


def opened(path: Path, timeout: float = 0.2) -> TantivyBackend:
    return TantivyBackend("default", PATH=str(path), TIMEOUT=timeout, SILENTLY_FAIL=False)


def total(backend: Backend, query: Query) -> int:
    return sum(backend.top(shelf, query, (), BEST, 0).total for shelf in Shelf)


def test_waiting_for_another_writer_has_an_end(backend: TantivyBackend, tmp_path: Path) -> None:
    with backend.writing(), pytest.raises(SearchBackendError, match="has been writing"):
        write(opened(tmp_path), entries(document(1, "space")))

    write(backend, entries(document(1, "space")))
    assert total(backend, Word("space")) == 2


def test_a_writer_waits_for_the_one_before_it(backend: TantivyBackend, tmp_path: Path) -> None:
    begun = threading.Event()

    def hold() -> None:
        with backend.writing() as writer:
            begun.set()
            for entry in entries(document(1, "space")):
                writer.add(entry)
            threading.Event().wait(0.3)

    holding = threading.Thread(target=hold)
    holding.start()
    begun.wait()
    other = opened(tmp_path, timeout=30)
    write(other, entries(document(2, "space")))
    holding.join()

    assert total(other, Word("space")) == 4


def _write_and_die(path: Path) -> None:
    with opened(path).writing() as writer:
        writer.remove("document.1")
        for entry in corpus.many(20):
            writer.add(entry)
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_writer_that_is_killed_leaves_what_was_there(backend: TantivyBackend, tmp_path: Path) -> None:
    write(backend, entries(document(1, "space")))
    killed = multiprocessing.get_context("fork").Process(target=_write_and_die, args=(tmp_path,))
    killed.start()
    killed.join()

    assert killed.exitcode == -signal.SIGKILL
    assert backend.held() == {"document.1": "stamped"}
    write(backend, entries(document(2, "space")))
    assert total(opened(tmp_path), Word("space")) == 4


def test_there_is_an_index_only_when_both_shelves_are_complete(backend: TantivyBackend, tmp_path: Path) -> None:
    write(backend, entries(document(1, "space")))
    assert backend.exists()

    for shelf in Shelf:
        broken = tmp_path / f"without-{shelf}"
        shutil.copytree(tmp_path, broken, ignore=shutil.ignore_patterns("without-*"))
        next(broken.glob(f"*/*/{shelf}/meta.json")).unlink()
        assert not opened(broken).exists()


def _uses(backend: Backend) -> Iterator[Callable[[], object]]:
    everywhere = Or((Word("the"), Phrase(("of", "the")), Prefix("c"), Fuzzy("woman")))
    yield lambda: backend.search(everywhere, end_offset=50, facets=["kind", "year"])
    yield lambda: backend.search(Everything(), sort_by=["date"], end_offset=50)
    yield lambda: backend.words("c", 10)
    yield lambda: backend.held()
    yield lambda: list(backend.keys())
    yield lambda: write(backend, entries(document(1, "space")))


def _fails(use: Callable[[], object]) -> bool:
    """Whether it raises the error that it may; any other is the test's."""
    try:
        use()
    except SearchBackendError:
        return True
    return False


@pytest.mark.parametrize(
    "ending", ["meta.json", ".managed.json", ".fast", ".store", ".term", ".idx", ".pos", ".fieldnorm"]
)
@pytest.mark.parametrize(
    "damage",
    [b"", b"\xff" * 500, lambda data: data[: len(data) // 2], lambda data: bytes(byte ^ 0x55 for byte in data)],
    ids=["empty", "other", "half", "flipped"],
)
def test_a_damaged_index_is_an_error_with_a_sentence(
    backend: TantivyBackend, tmp_path: Path, ending: str, damage: bytes | Callable[[bytes], bytes]
) -> None:
    write(backend, corpus.many(12))
    # A copy: files that are open may not change under the engine.
    broken = tmp_path / "broken"
    shutil.copytree(tmp_path, broken, ignore=shutil.ignore_patterns("broken"))
    for path in broken.glob(f"*/*/*/*{ending}"):
        path.write_bytes(damage if isinstance(damage, bytes) else damage(path.read_bytes()))

    assert True in [_fails(use) for use in _uses(opened(broken))]
    repaired = opened(broken)
    repaired.discard()
    write(repaired, entries(document(1, "space")))
    assert total(repaired, Word("space")) == 2


@pytest.mark.parametrize("content", [b"", b"\xce\xff", b"../..", b"7", b"a" * 5000])
def test_a_damaged_name_of_the_index_is_as_none(backend: TantivyBackend, tmp_path: Path, content: bytes) -> None:
    write(backend, entries(document(1, "space")))
    next(tmp_path.glob("*/current")).write_bytes(content)

    assert not backend.exists()
    assert total(backend, Word("space")) == 0
    write(backend, entries(document(1, "space")))
    assert total(backend, Word("space")) == 2


def test_a_folder_that_cannot_be_is_an_error_with_a_sentence() -> None:
    nowhere = opened(Path("/proc/nowhere"))

    assert not nowhere.exists()
    with pytest.raises(SearchBackendError, match="cannot be made"):
        write(nowhere, [])


def test_a_file_that_cannot_be_written_on_the_way_is_an_error_with_a_sentence(
    backend: TantivyBackend, tmp_path: Path
) -> None:
    long = (document(pk, " ".join(f"word{pk}of{number}" for number in range(3000))) for pk in range(300))

    with pytest.raises(SearchBackendError, match="cannot be used"), backend.writing() as writer:
        shutil.rmtree(next(tmp_path.glob("*/1")))
        for each in long:
            for entry in entries(each):
                writer.add(entry)
        pytest.fail("All of it was taken.")


def test_a_panic_is_an_error_and_an_interruption_is_not() -> None:
    panic = type("PanicException", (BaseException,), {})

    with pytest.raises(SearchBackendError, match="is damaged"), trouble_as_errors(Path("here")):
        raise panic("index out of bounds")
    with pytest.raises(KeyboardInterrupt), trouble_as_errors(Path("here")):
        raise KeyboardInterrupt


@pytest.mark.parametrize("count", [60, 1200])
def test_equals_are_in_the_order_of_places_wherever_the_limit_cuts(backend: TantivyBackend, count: int) -> None:
    pairs = [document(pk, f"same {'words' if pk % 7 else 'others'}", title="Same") for pk in range(count)]
    third = count // 3
    for start in (2 * third, 0, third):
        write(backend, entries(*pairs[start : start + third]))
    either = Or((Word("words"), Word("others"), Prefix("same")))
    whole = [hit.key for hit in backend.top(Shelf.DOCUMENTS, either, (), BEST, 10_000).hits]

    assert len(whole) == count
    for limit in range(1, count, 1 + count // 40):
        assert [hit.key for hit in backend.top(Shelf.DOCUMENTS, either, (), BEST, limit).hits] == whole[:limit]


def test_more_different_values_than_tantivy_gathers(backend: TantivyBackend) -> None:
    names = [f"agent-{number:06}" for number in range(66_000)]
    write(backend, entries(document(1, "space", parts=[part("from", "", name) for name in names])))

    found = backend.counts(Shelf.DOCUMENTS, Word("space"), (), ["from", "kind"])
    assert found == {"from": dict.fromkeys(names, 1), "kind": {"letter": 1}}
    assert backend.counts(Shelf.DOCUMENTS, Word("absent"), (), ["from"]) == {"from": {}}


def test_writing_everything_anew_leaves_no_trace_in_the_scores(backend: TantivyBackend) -> None:
    made_up = corpus.many(12)
    for _ in range(12):
        write(backend, made_up)
    reference = Reference(made_up)

    for shelf in Shelf:
        expected = reference.matched(shelf, Word("test"), ())
        found = backend.top(shelf, Word("test"), (), BEST, 1000)
        assert {hit.key for hit in found.hits} == set(expected)
        assert all(hit.score in expected[hit.key][1] for hit in found.hits)
