"""Items are put in order, duplicated and taken out, and of two windows that change one reading neither loses."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from classroom import arranging
from classroom.arranging import Changed, change, spans_typed, stamp
from classroom.content import MOST_ITEMS, Content, ContentError, Span, Words, item_from_json
from classroom.models import Reading
from tests.classroom.readings import content, reading

NUMBERS = [("heading", None), ("p1", 1), ("p2", 2), ("memo-to", None), ("p3", 3), ("p10", 10)]


def of(*idents: str) -> Content:
    return Content("A", items=tuple(Words(f"{ident}000", text=ident) for ident in idents))


def order(content: Content) -> str:
    return "".join(each.ident[0] for each in content.items)


@pytest.mark.parametrize(
    ("ident", "by", "expected"),
    [("a000", 1, "bac"), ("c000", -1, "acb"), ("a000", -1, "abc"), ("c000", 1, "abc"), ("none", 1, "abc")],
)
def test_an_item_moves_and_stays_at_either_end(ident: str, by: int, expected: str) -> None:
    assert order(arranging.moved(of("a", "b", "c"), ident, by)) == expected


def test_what_another_window_added_stays_behind_what_it_stood_behind() -> None:
    stored = of("a", "n", "b", "c")
    assert order(arranging.ordered(stored, ["c000", "a000", "gone", "b000"])) == "canb"
    assert order(arranging.ordered(of("n", "a", "b"), ["b000", "a000"])) == "nba"


def test_a_duplicate_has_an_ident_of_its_own_and_stands_behind() -> None:
    found = arranging.duplicated(of("a", "b"), "a000")
    assert [each.text for each in found.items] == ["a", "a", "b"]  # type: ignore[attr-defined]
    assert len({each.ident for each in found.items}) == 3


def test_what_was_taken_out_comes_back_where_it_was_once() -> None:
    item = of("b").items[0]
    back = arranging.brought_back(of("a", "c"), item, 1)
    assert order(back) == "abc"
    assert arranging.brought_back(back, item, 1) == back


def test_a_full_reading_takes_nothing_more() -> None:
    full = of(*"a").with_items(tuple(Words(f"i{place:04}", text="x") for place in range(MOST_ITEMS)))
    with pytest.raises(ContentError, match="at most"):
        arranging.added(full, [Words("more1", text="x")])


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("3", [("p3", "p3")]),
        ("1-3, 10", [("p1", "p3"), ("p10", "p10")]),
        ("p2 – 3; memo-to", [("p2", "p3"), ("memo-to", "memo-to")]),
        ("heading to memo-to", [("heading", "memo-to")]),
    ],
)
def test_passages_are_read_as_somebody_types_them(typed: str, spans: list[tuple[str, str]]) -> None:
    assert spans_typed(typed, NUMBERS) == tuple(Span(*each) for each in spans)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("4", "no passage 4 .* 1 to 10"), ("1-99", "no passage 99"), ("the third", "names no passages"), (" , ", "Write")],
)
def test_passages_that_are_not_there_are_said(typed: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        spans_typed(typed, NUMBERS)


def test_chosen_passages_that_follow_one_another_are_one_span() -> None:
    passages = ["p1", "p2", "p3", "p4"]
    assert arranging.spans_of(["p4", "p2", "p1", "none"], passages) == (Span("p1", "p2"), Span("p4", "p4"))


@pytest.mark.django_db
def test_the_same_item_changed_twice_is_told_and_others_are_not() -> None:
    stored = reading(
        items=[{"kind": "text", "ident": "one1", "text": "1"}, {"kind": "text", "ident": "two2", "text": "2"}]
    )
    one, two = stored.content.items
    change(stored, lambda now: arranging.replaced(now, Words("one1", text="changed"), stamp(one)))
    change(stored, lambda now: arranging.replaced(now, Words("two2", text="changed as well"), stamp(two)))
    with pytest.raises(Changed) as told:
        change(stored, lambda now: arranging.replaced(now, Words("one1", text="too late"), stamp(one)))
    assert told.value.stored == Words("one1", text="changed")
    stored.refresh_from_db()
    assert [each["text"] for each in stored.items] == ["changed", "changed as well"]
    assert stored.revision == 3


@pytest.mark.django_db(transaction=True)
def test_changes_at_one_moment_are_all_kept() -> None:
    stored = reading(items=[])

    def add(place: int) -> None:
        try:
            item = item_from_json({"kind": "text", "ident": f"item{place}", "text": "x"}, "It")
            change(Reading.objects.get(pk=stored.pk), lambda now: arranging.added(now, [item]))
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=[place]) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored.refresh_from_db()
    assert {each["ident"] for each in stored.items} == {f"item{place}" for place in range(8)}
    assert stored.revision == 9


def test_having_looked_is_no_change_of_an_item() -> None:
    item = content().items[1]
    looked = item_from_json(item.to_json() | {"digest": "0" * 16}, "It")
    assert stamp(item) == stamp(looked)
