"""A long exchange as it is drawn: by date across, by topic down."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from documents.chain import chain
from documents.exchange_map import MOST, draw
from documents.map_drawing import Drawing, Node
from documents.map_rows import grid
from documents.map_text import width_of
from documents.selection import Narrowing, select
from tests.negotiations import Negotiation, negotiation

#: Ten letters; one side; no sides; few topics; none; many proposals in one letter; many letters.
MADE = {
    "ten letters": {"documents": 10, "each": 10},
    "one side": {"documents": 5, "each": 6, "sides": ("first",)},
    "no sides": {"documents": 5, "each": 6, "sides": ("",)},
    "three topics": {"documents": 6, "each": 12, "topics": 3},
    "no topics": {"documents": 6, "each": 6, "topics": 0},
    "long letters": {"documents": 3, "each": 40},
    "many letters": {"documents": 30, "each": 3},
}


@pytest.fixture(params=list(MADE))
def made(request: pytest.FixtureRequest) -> Negotiation:
    return negotiation(**MADE[request.param])


def drawings(made: Negotiation) -> tuple[Drawing, ...]:
    found = draw(made.collection, select(made.exchange))
    assert found is not None and found.has_lanes
    return found.drawings


def overlap(one: Node, other: Node) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_every_proposal_has_a_box_and_every_link_a_line(made: Negotiation) -> None:
    for drawing in drawings(made):
        assert sum(not node.is_heading for node in drawing.nodes) == len(made.proposals)
        assert sorted(curve.link.pk for curve in drawing.curves) == sorted(link.pk for link in made.links)


def test_no_box_covers_another_and_all_lie_inside(made: Negotiation) -> None:
    for drawing in drawings(made):
        assert not [(one.name, other.name) for one, other in combinations(drawing.nodes, 2) if overlap(one, other)]
        for node in drawing.nodes:
            assert node.x >= 0 and node.x + node.width <= drawing.width
            assert node.y >= 0 and node.y + node.height <= drawing.height


def test_lines_pass_through_no_box(made: Negotiation) -> None:
    for drawing in drawings(made):
        for curve in drawing.curves:
            crossed = [node.name for node in drawing.nodes if node.key not in curve.ends and _crosses(curve.path, node)]
            assert not crossed, (curve.link.pk, crossed)


def _crosses(path: str, node: Node) -> bool:
    """Whether a path of upright and level stretches enters a box."""
    points = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
    for (x1, y1), (x2, y2) in pairwise(points):
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        inside = left < node.x + node.width - 1 and right > node.x + 1
        if inside and top < node.y + node.height - 1 and bottom > node.y + 1:
            return True
    return False


def test_words_fit_their_boxes(made: Negotiation) -> None:
    for drawing in drawings(made):
        for node in drawing.nodes:
            for line in (*node.lines, *node.remarks):
                size = 11.5 if line in node.remarks else 12.5
                assert line.x + width_of(line.words, size) <= node.x + node.width + 0.5, line.words
                assert node.y < line.y <= node.y + node.height, line.words


def test_what_is_cut_can_be_read_whole(made: Negotiation) -> None:
    for drawing in drawings(made):
        for node in drawing.nodes:
            cut = any(line.words.endswith("…") for line in (*node.lines, *node.remarks))
            assert not cut or node.whole


def test_time_runs_from_left_to_right_and_the_wide_drawing_fits_a_wide_screen() -> None:
    for drawing in drawings(negotiation()):
        xs = [node.x for node in drawing.nodes if node.is_heading]
        assert xs == sorted(set(xs))
    assert drawings(negotiation())[0].width < 1400


def test_lines_in_one_gap_do_not_lie_on_each_other() -> None:
    for drawing in drawings(negotiation()):
        upright: dict[str, list[tuple[float, float]]] = {}
        for curve in drawing.curves:
            points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", curve.path)
            for (x1, y1), (x2, y2) in pairwise(points):
                if x1 == x2 and abs(float(y1) - float(y2)) > 12:
                    upright.setdefault(x1, []).append(tuple(sorted((float(y1), float(y2)))))
        for spans in upright.values():
            for one, other in combinations(spans, 2):
                assert max(one[0], other[0]) >= min(one[1], other[1])


def test_a_chain_on_one_topic_runs_straight() -> None:
    made = negotiation()
    found = grid(select(made.exchange))
    for link in made.links:
        if link.answer and link.answer.topic_id == link.answered.topic_id:
            assert found.rows[f"p{link.answer_id}"] == found.rows[f"p{link.answered_id}"]


def test_an_arrow_stands_at_the_answer_even_where_the_answer_has_no_date() -> None:
    made = negotiation(documents=5, each=4)
    made.documents[1].sort_date = None  # stands last, and its answers point to the right
    drawing = drawings(made)[0]
    boxes = {node.key: node for node in drawing.nodes}
    for curve in drawing.curves:
        answer = boxes[f"p{curve.link.answer_id}" if curve.link.answer_id else f"d{curve.link.answering_document_id}"]
        tip = float(curve.arrow.partition(",")[0])
        assert tip in (answer.x, round(answer.x + answer.width, 1))


def test_a_proposal_that_is_answered_five_times_has_five_lines() -> None:
    made = negotiation()
    target = made.proposals[2]
    for drawing in drawings(made):
        lines = [curve for curve in drawing.curves if curve.link.answered_id == target.pk]
        assert len(lines) >= 5
        assert len({curve.path.partition("L")[0] for curve in lines}) == len(lines), "they leave the box one by one"


def test_the_legend_explains_the_relations_that_occur_and_no_others() -> None:
    made = negotiation(documents=6, each=5)
    words = [entry.words for entry in drawings(made)[0].legend.entries]
    assert words[:2] == ["United States", "Soviet Union"]
    relations = {link.get_relation_display() for link in made.links}
    assert set(words[2:]) == relations | {"no explicit answer"} | ({"new"} if "new" in words else set())


def test_a_selection_of_a_long_exchange_is_drawn_face_to_face_once_it_is_short() -> None:
    made = negotiation(documents=10, each=10)
    one_topic = select(made.exchange, Narrowing(topic=(made.topics[0].slug,), document=(made.documents[3].slug,)))
    found = draw(made.collection, one_topic)
    assert found is not None and not found.has_lanes


def test_too_many_proposals_are_not_drawn_but_a_chain_of_them_is() -> None:
    made = negotiation(documents=16, each=10)
    assert len(made.proposals) > MOST
    assert draw(made.collection, select(made.exchange)) is None
    followed = chain(made.exchange, made.proposals[0].key)
    found = draw(made.collection, select(made.exchange), followed)
    assert followed is not None and found is not None
    assert {node.key for node in found.drawings[0].nodes if not node.is_heading} <= followed.boxes


def test_the_same_exchange_is_drawn_the_same_twice() -> None:
    first, second = (draw(made.collection, select(made.exchange)) for made in (negotiation(), negotiation()))
    assert first is not None and second is not None
    assert [curve.path for curve in first.drawings[0].curves] == [curve.path for curve in second.drawings[0].curves]
