"""A reading shows what the archive has today: excerpts with their notes, and what has changed or gone."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from classroom.live import live
from documents.models import Collection, Document
from tests.classroom.readings import LETTER, REPLY, content

pytestmark = pytest.mark.django_db


def written(ident: str) -> str:
    request = RequestFactory().get("/")
    return render_to_string("classroom/_item.html", {"shown": live(content()).of(ident), "request": request})


def test_every_item_is_found(space_exchange: Collection) -> None:
    found = live(content())
    assert [each.problem for each in found.shown] == [""] * 10
    assert [each.question for each in found.shown] == [0] * 7 + [1, 2, 3]
    assert [document.slug for document in found.documents] == [LETTER, REPLY]
    assert 2500 < found.words < 6000
    assert found.minutes > 10


def test_passages_show_what_is_left_out_and_their_notes(space_exchange: Collection) -> None:
    excerpt = live(content()).of("spans1").excerpt
    assert excerpt.numbers == "1–2, 5–6"
    assert [portion.omitted for portion in excerpt.portions][1] == 2
    assert excerpt.omitted > 0
    html = written("spans1")
    assert 'id="item-spans1-p5"' in html
    assert "2 passages left out" in html
    assert "par. 1–2, 5–6" in html


def test_what_is_left_out_is_counted_as_readers_count_it(space_exchange: Collection) -> None:
    spans = [{"kind": "passages", "ident": "spans1", "document": LETTER, "spans": [{"first": "p5", "last": "p6"}]}]
    excerpt = live(content(items=spans)).of("spans1").excerpt
    assert [portion.omitted for portion in excerpt.portions] == [4], "title and dateline have no number"
    spans[0]["spans"] = [{"first": "p1", "last": "p10"}]
    excerpt = live(content(items=spans)).of("spans1").excerpt
    assert excerpt.portions[0].omitted > 0 < excerpt.omitted, "where nothing has a number, something is left out still"


def test_notes_are_reached_from_their_markers_within_the_excerpt(space_exchange: Collection) -> None:
    html = written("letter")
    assert 'id="marker-item-letter-fn1"' in html
    assert 'href="#item-letter-fn1"' in html
    assert 'id="item-letter-fn1"' in html


def test_each_kind_of_item_is_written(space_exchange: Collection) -> None:
    assert "Joint" in written("propos") or "K1" in written("propos")
    assert "pair-heads" in written("compar")
    assert "?q=weather%20satellite" in written("search")
    assert "National Security Action Memorandum" in written("term01")


def test_what_was_withdrawn_is_missing(space_exchange: Collection) -> None:
    Document.objects.filter(slug=LETTER).update(status="draft")
    found = live(content())
    assert LETTER in found.of("letter").problem
    assert found.of("letter").excerpt is None
    assert found.of("compar").facing is None
    assert found.of("propos").standing is None
    assert "not available" in written("letter")


def test_a_text_that_changed_is_told(space_exchange: Collection) -> None:
    seen = live(content()).seen()
    assert live(seen).changed == ()
    passage = Document.objects.get(slug=REPLY).passages.get(ident="p5")
    passage.text += " And more."
    passage.save()
    assert {each.item.ident for each in live(seen).changed} == {"spans1", "compar"}


def test_passages_that_are_gone_are_told(space_exchange: Collection) -> None:
    Document.objects.get(slug=REPLY).passages.filter(ident="p6").update(ident="p99")
    shown = live(content()).of("spans1")
    assert "p5 to p6" in shown.problem
    assert list(shown.excerpt.plain) == ["p1", "p2"]
