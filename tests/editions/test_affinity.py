"""What a proposal may answer: the method finds what people who read the letters found."""

from __future__ import annotations

import subprocess
import sys

import pytest

from archive.environment import ROOT
from editions.affinity import Dated, Proposed, quoted, suggest
from editions.affinity.stems import stem
from editions.affinity.terms import sentences
from tests.judged import judged, space, within

OLD, NEW, NEWER = Dated(1, "first"), Dated(2, "second"), Dated(3, "first")

#: The links of the first collection between numbered proposals.
NUMBERED = {("H2", "K1"), ("H1", "K4"), ("H5", "K3"), ("H5", "K5"), ("H3", "K2")}


def earlier_of(documents: list[Dated], *proposals: Proposed) -> dict[int, list[int]]:
    """The candidates of each later proposal, the best first."""
    found: dict[int, list[int]] = {}
    for one in suggest(documents, proposals):
        found.setdefault(one.later, []).append(one.earlier)
    return found


# The bars


def test_numbered_proposals_of_the_first_collection_have_their_partner_among_the_first_two() -> None:
    ranks = space().ranks()
    assert set(ranks) >= NUMBERED
    assert all(max(ranks[pair]) <= 2 for pair in NUMBERED), {pair: ranks[pair] for pair in NUMBERED}


def test_an_exchange_judged_before_it_was_measured_has_eight_of_ten_among_the_first_three() -> None:
    exchange = judged("test-ban-1962")
    assert (len(exchange.proposals), len(exchange.links)) == (48, 31)
    later, earlier = within(exchange, 3)
    assert later >= 0.8
    assert earlier >= 0.8


def test_the_exchange_with_which_the_method_was_chosen_stays_as_it_was() -> None:
    later, _ = within(judged("cuba-1962"), 3)
    assert later >= 0.9


def test_the_same_texts_give_the_same_in_every_process() -> None:
    code = "from tests.judged import space; from editions.affinity import suggest\n"
    code += "one = space(); print(suggest(one.documents, one.proposals))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


# What counts


def test_words_in_common_speak_for_a_candidate_and_rare_ones_more() -> None:
    found = suggest(
        [OLD, NEW],
        [
            Proposed(1, 1, "We propose to map the magnetic field of the earth."),
            Proposed(2, 1, "We propose to exchange students of our schools."),
            Proposed(3, 1, "We propose to open a line for telephones."),
            Proposed(4, 2, "As you propose, our scientists will map the magnetic field."),
        ],
    )
    assert (found[0].later, found[0].earlier, found[0].rank) == (4, 1, 1)
    assert found[0].evidence[0] == ("magnetic field", "magnetic field")
    assert all(0 < one.score < 1 for one in found)


def test_words_of_one_family_meet() -> None:
    [only] = suggest(
        [OLD, NEW],
        [
            Proposed(1, 1, "All troops shall be withdrawn, and the withdrawal begins today."),
            Proposed(2, 1, "Students learn French."),
            Proposed(3, 2, "The evacuation of our soldiers is agreed."),
        ],
    )
    assert (only.later, only.earlier) == (3, 1)
    assert {("evacuation", "withdrawal"), ("soldiers", "troops")} <= set(only.evidence)


def test_nothing_in_common_is_no_candidate() -> None:
    assert earlier_of([OLD, NEW], Proposed(1, 1, "Whales and seals."), Proposed(2, 2, "Copper tariffs.")) == {}


def test_only_earlier_documents_are_answered() -> None:
    said = "Let both countries inspect the harbors."
    one, two, third = Proposed(1, 1, said), Proposed(2, 1, said), Proposed(3, 2, said)
    assert earlier_of([OLD, NEW], one, two, third) == {3: [1, 2]}
    assert earlier_of([NEW, OLD], one, two, third) == {1: [3], 2: [3]}


def test_the_other_side_comes_first_and_so_does_the_last_letter_of_it() -> None:
    said, latest = "Let both countries inspect the harbors.", Dated(4, "second")
    one, two, three = (Proposed(key, key, said) for key in (1, 2, 3))
    other, again = Proposed(8, 1, "Students learn French."), Proposed(9, 4, f"{said} We agree.")
    assert earlier_of([OLD, NEW, NEWER], other, one, two, three)[3] == [2, 1]
    assert earlier_of([OLD, NEW, NEWER, latest], other, one, three, again)[9] == [3, 1]


def test_what_nothing_else_is_like_is_not_drawn_near_by_that() -> None:
    found = earlier_of(
        [OLD, NEW],
        Proposed(1, 1, "The harbors are inspected twice a year by officers of both navies."),
        Proposed(2, 1, "Copper, tin and the wool of sheep are sold at fairs in spring; officers buy none."),
        Proposed(3, 2, "Our officers inspect the harbors with those of your navy."),
        Proposed(4, 2, "The navy inspects harbors in winter."),
    )
    assert found[3][0] == 1


def test_no_more_are_named_than_asked_for() -> None:
    said = "Let both countries inspect the harbors."
    olds = [Proposed(key, 1, f"{said} Number {key}.") for key in range(10, 20)]
    found = suggest([OLD, NEW], [*olds, Proposed(1, 2, said)], most=3)
    assert [one.rank for one in found] == [1, 2, 3]


def test_no_proposals_and_empty_ones_are_no_trouble() -> None:
    assert suggest([], []) == []
    assert earlier_of([OLD, NEW], Proposed(1, 1, ""), Proposed(2, 2, "…")) == {}


# What a link quotes


def test_the_sentences_that_are_most_alike_are_quoted_exactly() -> None:
    later = "I thank you for your letter. Mr. Smith agrees that the harbors be inspected each year.\nWith respect."
    earlier = "Much is to be done. We ask that harbors be inspected twice a year. Let us begin."
    found = quoted(later, earlier)
    assert found.later == "Mr. Smith agrees that the harbors be inspected each year."
    assert found.earlier == "We ask that harbors be inspected twice a year."


@pytest.mark.parametrize(("later", "earlier"), [("", ""), ("Yes.", "No."), ("one\ntwo", "three")])
def test_something_is_quoted_in_any_case(later: str, earlier: str) -> None:
    found = quoted(later, earlier)
    assert (found.later, found.earlier) == (later.split("\n")[0], earlier.split("\n")[0])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("The U.S. agrees. So does Mr. Hill.", ["The U.S. agrees.", "So does Mr. Hill."]),
        ("It costs 1.5 million. Pay", ["It costs 1.5 million.", "Pay"]),
        ("A line\nand the next", ["A line", "and the next"]),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == cut


@pytest.mark.parametrize(
    ("word", "root"),
    # from the paper, and from its author's list of words
    [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"),
        ("plastered", "plaster"), ("bled", "bled"), ("motoring", "motor"), ("sing", "sing"), ("conflated", "conflat"),
        ("troubled", "troubl"), ("sized", "size"), ("hopping", "hop"), ("falling", "fall"), ("hissing", "hiss"),
        ("failing", "fail"), ("filing", "file"), ("happy", "happi"), ("sky", "sky"), ("relational", "relat"),
        ("conditional", "condit"), ("rational", "ration"), ("digitizer", "digit"), ("operator", "oper"),
        ("feudalism", "feudal"), ("hopefulness", "hope"), ("sensibility", "sensibl"), ("triplicate", "triplic"),
        ("formative", "form"), ("electrical", "electr"), ("goodness", "good"), ("adjustment", "adjust"),
        ("adoption", "adopt"), ("homologous", "homolog"), ("probate", "probat"), ("cease", "ceas"),
        ("controlling", "control"), ("generalizations", "gener"), ("oscillators", "oscil"), ("yes", "ye"),
        ("1962", "1962"), ("is", "is"),
    ],
)  # fmt: skip
def test_stems(word: str, root: str) -> None:
    assert stem(word) == root
