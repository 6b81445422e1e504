"""The chain of a proposal: what it answers and what answers it, to both ends."""

from __future__ import annotations

import pytest

from documents.chain import chain
from documents.exchange import Exchange
from tests.documents.test_exchange import a_document, a_link, a_proposal


@pytest.fixture
def exchange() -> Exchange:
    """A1 to B1 to C1 to D1 and from B1 to D2; A2 to D1; the letter E carries out D1 as a whole."""
    letters = [a_document(key, name, day=key) for key, name in enumerate("abcde", start=1)]
    a1, a2, b1, c1, d1, d2 = (a_proposal(letters[key], number) for key, number in
                              ((0, 1), (0, 2), (1, 1), (2, 1), (3, 1), (3, 2)))  # fmt: skip
    links = [
        a_link(1, b1, "accepts", a1),
        a_link(2, c1, "extends", b1),
        a_link(3, d1, "declines", c1),
        a_link(4, d2, "defers", b1),
        a_link(5, d1, "recasts", a2),
        a_link(6, letters[4], "carries-out", d1),
    ]
    return Exchange(letters, [a1, a2, b1, c1, d1, d2], links)


def names(exchange: Exchange, key: str) -> list[str]:
    found = chain(exchange, key)
    assert found is not None
    return [step.proposal.ident if step.proposal else step.name for step in found.steps]


@pytest.mark.parametrize(
    ("key", "steps"),
    [
        ("a/A1", ["A1", "B1", "C1", "D1", "D2", "e"]),
        ("b/B1", ["A1", "B1", "C1", "D1", "D2", "e"]),
        ("c/C1", ["A1", "B1", "C1", "D1", "e"]),
        ("d/D2", ["A1", "B1", "D2"]),
        ("A/a2", ["A2", "D1", "e"]),
    ],
)
def test_it_runs_to_both_ends_without_side_branches(exchange: Exchange, key: str, steps: list[str]) -> None:
    assert names(exchange, key) == steps


def test_a_proposal_without_links_is_its_own_chain() -> None:
    alone = a_document(1, "alone")
    found = chain(Exchange([alone], [a_proposal(alone, 1)], []), "alone/A1")
    assert found is not None
    assert (len(found.steps), found.links) == (1, ())


@pytest.mark.parametrize("key", ["", "a", "a/A9", "nothing/A1", "\x00"])
def test_a_proposal_that_is_not_here_has_none(exchange: Exchange, key: str) -> None:
    assert chain(exchange, key) is None


def test_links_that_run_in_a_circle_are_met_once() -> None:
    undated = a_document(1, "undated", day=None)
    other = a_document(2, "other", day=None)
    one, two = a_proposal(undated, 1), a_proposal(other, 1)
    exchange = Exchange([undated, other], [one, two], [a_link(1, two, "extends", one), a_link(2, one, "extends", two)])
    found = chain(exchange, "undated/U1")
    assert found is not None
    assert (found.lines, found.boxes) == ({1, 2}, {f"p{one.pk}", f"p{two.pk}"})
