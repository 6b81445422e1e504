"""Any query value that there can be over the words and values of the made-up documents."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from search import fields
from search.analysis import stem
from search.fields import Shelf
from search.query import And, Choice, Dates, Everything, Exact, Fuzzy, Not, Or, Phrase, Prefix, Query, Wildcard, Word
from tests.search.contract.corpus import AGENTS, KINDS, TOPICS, VOCABULARY

_WORDS = st.sampled_from([*dict.fromkeys(VOCABULARY), "absent"])
_FIELDS = st.one_of(st.just(fields.ALL), st.sampled_from(fields.WORDS[Shelf.DOCUMENTS]))
_DAYS = st.one_of(st.none(), st.integers(-30, 1300).map(lambda days: date(1961, 1, 1) + timedelta(days=days)))
_LETTERS = st.sampled_from([word for word in VOCABULARY if word.isalpha()])


def _starts(word: str) -> st.SearchStrategy[str]:
    return st.integers(1, len(word)).map(lambda end: word[:end])


def _patterns(word: str) -> st.SearchStrategy[str]:
    """The word with a character or more replaced, but the first."""

    def replaced(start: int, end: int, wild: str) -> str:
        return word[:start] + wild + word[max(start, end) :]

    return st.builds(replaced, st.integers(1, len(word)), st.integers(1, len(word)), st.sampled_from("?*"))


_NEAR = st.lists(_WORDS, min_size=2, max_size=3, unique_by=stem).map(tuple)
_LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Word, _WORDS, _FIELDS),
    st.builds(Exact, _WORDS, _FIELDS),
    st.builds(Phrase, st.lists(_WORDS, min_size=1, max_size=3).map(tuple), _FIELDS, exact=st.booleans()),
    st.builds(Phrase, _NEAR, _FIELDS, st.integers(1, 15)),
    st.builds(Prefix, _LETTERS.flatmap(_starts), _FIELDS),
    st.builds(Wildcard, _LETTERS.flatmap(_patterns), _FIELDS),
    st.builds(Fuzzy, _LETTERS, _FIELDS, st.sampled_from((1, 2))),
)

_VALUES = {
    "type": ("document", "note", "proposal", "person", "passage"),
    "kind": KINDS,
    "from": AGENTS,
    "to": AGENTS,
    "topic": TOPICS,
    "year": ("1961", "1962", "1963"),
    "collection": ("volume-0", "volume-1"),
    "document": ("1", "2", "30"),
    "agent": AGENTS,
    "voice": fields.VOICES,
    "unit": ("document.1", "person.2"),
}
CHOICES = st.sampled_from(sorted(_VALUES)).flatmap(
    lambda name: st.builds(
        Choice,
        st.just(name),
        st.lists(st.sampled_from((*_VALUES[name], "absent")), max_size=3, unique=True).map(tuple),
    )
)
DATES = st.builds(Dates, _DAYS, _DAYS, st.booleans())

QUERIES: st.SearchStrategy[Query] = st.recursive(
    st.one_of(_LEAVES, _LEAVES, CHOICES, DATES, st.just(Everything())),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(And),
        st.lists(inner, max_size=3).map(tuple).map(Or),
        inner.map(Not),
    ),
    max_leaves=5,
)
FILTERS = st.lists(st.one_of(CHOICES, DATES, QUERIES), max_size=2)
