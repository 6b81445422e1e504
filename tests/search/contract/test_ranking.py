"""Which of several documents with the same words comes first, in every engine."""

from __future__ import annotations

from typing import Any

import pytest

from search.engines.backend import Backend
from search.indexing.loaded import LoadedDocument, LoadedPassage
from search.query import And, Choice, Query, Word
from tests.search.contract.conftest import write
from tests.search.contract.corpus import document, entries, part

#: More words than a piece has, none of which is asked for.
FILLER = "so it goes on and on " * 40
OTHERS = [document(pk, f"{FILLER} and on") for pk in range(10, 20)]


def long(pk: int, *texts: str, **values: Any) -> LoadedDocument:
    """A document whose passages are far apart; none is near its opening but the first."""
    passages = [LoadedPassage(n, "paragraph", f"{text} {FILLER}") for n, text in enumerate(texts)]
    return document(pk, passages=passages, title="A letter", **values)


def ranked(backend: Backend, query: Query, *documents: LoadedDocument) -> list[str]:
    write(backend, entries(*documents, *OTHERS))
    found = backend.search(query, end_offset=10, narrow_queries=[Choice("type", ("document",))])["results"]
    return [str(result.pk) for result in found]


@pytest.fixture
def berlin_wheat() -> Query:
    return And((Word("berlin"), Word("wheat")))


def test_words_in_one_passage_say_more_than_words_far_apart(backend: Backend, berlin_wheat: Query) -> None:
    apart = long(1, "", "berlin", "", "wheat")
    together = long(2, "", "berlin wheat", "", "")
    assert ranked(backend, berlin_wheat, apart, together) == ["2", "1"]


def test_what_a_document_opens_with_says_more_than_what_it_ends_with(backend: Backend, berlin_wheat: Query) -> None:
    at_the_end = long(1, "", "", "berlin wheat")
    at_the_beginning = long(2, "berlin wheat", "", "")
    assert ranked(backend, berlin_wheat, at_the_end, at_the_beginning) == ["2", "1"]


def test_who_wrote_a_document_says_more_than_who_was_written_to(backend: Backend) -> None:
    to = long(1, "", "rostow", parts=(part("to", "Walt Rostow"), part("from", "Dean Rusk")))
    by = long(2, "", "rostow", parts=(part("from", "Walt Rostow"), part("to", "Dean Rusk")))
    assert ranked(backend, Word("rostow"), to, by) == ["2", "1"]


def test_a_word_left_out_of_the_best_passage_keeps_no_document_from_being_found(
    backend: Backend, berlin_wheat: Query
) -> None:
    in_a_note = long(1, "berlin", "", notes=("wheat",))
    assert ranked(backend, berlin_wheat, in_a_note) == ["1"]


def test_a_source_note_says_more_than_a_footnote(backend: Backend) -> None:
    in_a_footnote = long(1, "", notes=("drafted by rostow",))
    in_the_source_note = long(2, "", source=("drafted by rostow",))
    assert ranked(backend, Word("rostow"), in_a_footnote, in_the_source_note) == ["2", "1"]


def test_a_note_does_not_stand_before_a_document_that_says_as_much(backend: Backend) -> None:
    said = document(1, "wheat wheat wheat", title="A letter")
    noted = document(2, "nothing", notes=("wheat wheat",), title="A letter")
    write(backend, entries(said, noted, *OTHERS))
    found = backend.search(Word("wheat"), end_offset=10)["results"]
    assert found[0].model_name == "document"
