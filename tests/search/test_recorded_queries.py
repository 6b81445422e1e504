"""The queries that the benchmark asks."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from benchmarks.searching.plain_queries import Unspoken, fts5, tsquery
from benchmarks.searching.queries import Recorded, recorded
from benchmarks.searching.times import percentile
from search.page.asked import Asked
from search.query import And, Not, Or, Phrase, Prefix, Query, Word


def test_there_are_at_least_fifty_and_none_is_asked_twice() -> None:
    assert len({query.address for query in recorded()}) == len(recorded()) >= 50


@pytest.mark.parametrize("query", recorded(), ids=lambda query: query.address)
def test_each_is_understood(query: Recorded) -> None:
    asked = Asked.of(QueryDict(query.address))
    assert query.group
    assert asked.query is not None
    assert not asked.reading.problems


@pytest.mark.parametrize(
    ("query", "in_postgresql", "in_sqlite"),
    [
        (Word("o'neill"), "'o''neill'", '"o\'neill"'),
        (Phrase(("test", "ban")), "'test ban'", '"test ban"'),
        (Prefix("cosmo"), "'cosmo':*", '"cosmo"*'),
        (And((Word("berlin"), Not(Word("wall")))), "('berlin' & !'wall')", '(("berlin") NOT "wall")'),
        (Or((Word("laos"), Word("cambodia"))), "('laos' | 'cambodia')", '("laos" OR "cambodia")'),
    ],
)
def test_plain_search_is_asked_the_same(query: Query, in_postgresql: str, in_sqlite: str) -> None:
    assert (tsquery(query), fts5(query)) == (in_postgresql, in_sqlite)


@pytest.mark.parametrize("query", [Word("rusk", "sender"), Phrase(("test", "ban"), slop=5)])
def test_plain_search_is_not_asked_what_it_has_no_words_for(query: Query) -> None:
    with pytest.raises(Unspoken):
        tsquery(query)


def test_one_in_twenty_takes_longer_than_the_95th_percentile() -> None:
    assert percentile(list(range(1, 101))) == 95
