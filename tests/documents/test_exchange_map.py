"""The exchange map: where boxes stand, how lines run, what fits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from documents.exchange import Exchange
from documents.exchange_map import draw
from documents.map_drawing import Drawing
from documents.map_facing import FRAMES
from documents.map_lines import Label
from documents.map_order import crossings
from documents.map_text import lines_of, width_of
from documents.selection import select
from tests.documents.correspondence import SPACE, an_exchange


def drawings(exchange: Exchange) -> tuple[Drawing, ...]:
    found = draw(SPACE, select(exchange))
    assert found is not None
    return found.drawings


#: The size of words in the two drawings of a short exchange.
FONTS = {frame.name: frame.font for frame in FRAMES}


@pytest.fixture(params=[(2, 8), (3, 5), (2, 40)], ids=["two letters", "three letters", "two long letters"])
def exchange(request: pytest.FixtureRequest) -> Exchange:
    return an_exchange(*request.param)


def test_nothing_is_drawn_without_a_proposal() -> None:
    assert draw(SPACE, select(an_exchange(2, 0))) is None


def test_no_box_covers_another_and_all_lie_inside(exchange: Exchange) -> None:
    for drawing in drawings(exchange):
        columns: dict[int, list[tuple[int, int]]] = {}
        for node in drawing.nodes:
            columns.setdefault(node.x, []).append((node.y, node.y + node.height))
            assert node.x >= 0 and node.x + node.width <= drawing.width
            assert node.y >= 0 and node.y + node.height <= drawing.height
        assert len(columns) == 2
        for spans in columns.values():
            assert all(lower >= upper for (_, upper), (lower, _) in pairwise(sorted(spans)))


def test_words_fit_their_boxes(exchange: Exchange) -> None:
    for drawing in drawings(exchange):
        for node in drawing.nodes:
            for line in node.lines:
                assert line.x >= node.x
                assert line.x + width_of(line.words, FONTS[drawing.name]) <= node.x + node.width
                assert node.y <= line.y <= node.y + node.height


def test_no_document_stands_above_an_earlier_one(exchange: Exchange) -> None:
    for drawing in drawings(exchange):
        tops = [node.y for node in drawing.nodes if node.is_heading]
        assert tops == sorted(tops)


def test_every_link_is_drawn_once_with_its_words(exchange: Exchange) -> None:
    for drawing in drawings(exchange):
        assert sorted(curve.link.pk for curve in drawing.curves) == [link.pk for link in exchange.links]
        assert all(curve.label and curve.label.words == curve.link.get_relation_display() for curve in drawing.curves)


def test_the_words_of_a_few_links_do_not_touch() -> None:
    for drawing in drawings(an_exchange(2, 8)):
        labels = [curve.label for curve in drawing.curves if curve.label]
        assert not [(one, other) for one in labels for other in labels if one is not other and one.touches(other)]


def test_an_order_that_can_be_untangled_is_untangled() -> None:
    reverse = an_exchange(2, 6, step=5)
    (wide, _) = drawings(reverse)
    ends = {node.key: node.y for node in wide.nodes}
    pairs = [(ends[f"p{link.answered_id}"], ends[f"p{link.answer_id}"]) for link in reverse.links]
    assert sum(crossings([a[1]], [b[1]]) for a, b in pairwise(sorted(pairs))) == 0


def test_both_drawings_have_the_same_order(exchange: Exchange) -> None:
    wide, narrow = drawings(exchange)

    def order(drawing: Drawing) -> list[str]:
        return [node.key for node in sorted(drawing.nodes, key=lambda node: (node.side, node.y))]

    assert order(wide) == order(narrow)


def test_links_within_a_side_run_outside_its_column() -> None:
    exchange = an_exchange(2, 3)
    for document in exchange.documents:
        document.side = "first"
    for drawing in drawings(exchange):
        column = next(node.x for node in drawing.nodes)
        assert len(drawing.curves) == 3
        assert all(curve.is_arc and curve.label and 0 < curve.label.x < column for curve in drawing.curves)


def test_a_document_without_a_side_stands_with_the_first() -> None:
    exchange = an_exchange(3, 2)
    exchange.documents[0].side = ""
    wide, _ = drawings(exchange)
    assert {node.side for node in wide.nodes if node.key.startswith(("p1", "d1"))} == {"first"}


def test_the_narrow_drawing_fits_a_phone(exchange: Exchange) -> None:
    _, narrow = drawings(exchange)
    assert narrow.width <= 358 + 68
    assert FONTS["narrow"] * 288 / narrow.width >= 9


def test_the_description_says_who_stands_where_and_what_is_joined() -> None:
    found = draw(SPACE, select(an_exchange(2, 2)))
    assert found is not None
    assert "On the left (United States): Letter 1 of a long correspondence." in found.description
    assert "On the right (Soviet Union): Letter 2 of a long correspondence." in found.description
    assert "accepts 1, recasts 1" in found.description


def test_a_box_says_what_became_of_its_proposal() -> None:
    wide, _ = drawings(an_exchange(2, 2))
    names = [node.name for node in wide.nodes if not node.is_heading]
    assert names[0] == "A0 A proposal about something that takes a while to say, number 0 (accepted by B0)"


@pytest.mark.parametrize(
    ("words", "most", "lines"),
    [
        ("Weather", 2, ["Weather"]),
        ("Joint weather satellites", 3, ["Joint", "weather", "satellites"]),
        ("Joint weather satellites", 2, ["Joint", "weather …"]),
        ("Incomprehensibilities", 2, ["Incompr…"]),
    ],
)
def test_words_are_broken_into_lines(words: str, most: int, lines: list[str]) -> None:
    assert [line.words for line in lines_of(words, 66, 15, most, (0, 0), 18)] == lines


def test_labels_know_when_they_touch() -> None:
    label = Label("accepts", 50, 50, 40, 16)
    assert label.touches(Label("recasts", 80, 55, 40, 16))
    assert not label.touches(Label("recasts", 50, 80, 40, 16))
