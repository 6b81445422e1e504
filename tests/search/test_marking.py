"""Hits are marked in finished html, and nothing but words is touched."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from search.marking import HitMarker

MARKER = '<sup class="note-marker" id="marker-fn1"><a href="#fn1" role="doc-noteref" aria-label="Note 1">1</a></sup>'
BREAK = '<span class="page-break" id="page-888" role="doc-pagebreak" aria-label="page 888">[p. 888]</span>'


def marked(typed: str, html: str) -> str:
    return HitMarker.of(typed).mark(html)


@pytest.mark.parametrize(
    ("typed", "html", "expected"),
    [
        ("cooperate", "<p>Cooperation.</p>", "<p>[1 Cooperation].</p>"),
        ("satel*", "<p>two satellites</p>", "<p>two [1 satellites]</p>"),
        ('"outer space"', "<p>outer space, space</p>", "<p>[1 outer space], space</p>"),
        ('"outer space" space', "<p>outer space, space</p>", "<p>[1 outer space], [2 space]</p>"),
        ('"in space"', f"<p>in{MARKER} space</p>", f"<p>[1 in]{MARKER}[ space]</p>"),
        ('"in space"', f"<p>in {BREAK}space</p>", f"<p>[1 in ]{BREAK}[space]</p>"),
        ('"a b"', "<p>a <em>b</em> c</p>", "<p>[1 a ]<em>[b]</em> c</p>"),
        ("space", "<p><em>sp</em>ace</p>", "<p><em>[1 sp]</em>[ace]</p>"),
        ('"a b"', "<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ('"a b"', "<p>a<br>b</p>", "<p>[1 a]<br>[b]</p>"),
        ("a NOT b", "<p>a b</p>", "<p>[1 a] b</p>"),
        ("earth", "<p>earth&#x27;s &amp; Earth</p>", "<p>[1 earth&#x27;s] &amp; [2 Earth]</p>"),
        ('"a b"', "<p>a &amp; b</p>", "<p>[1 a &amp; b]</p>"),
        ("amp OR lt OR p OR class", '<p class="class">&amp;&lt;</p>', '<p class="class">&amp;&lt;</p>'),
        (
            "1",
            f'<p class="item"><span class="label">1.</span> 1{MARKER}</p>',
            f'<p class="item"><span class="label">1.</span> [1 1]{MARKER}</p>',
        ),
        ("888", f"<p>a{BREAK}</p>", f"<p>a{BREAK}</p>"),
        (
            "clear",
            '<p><a class="correction" href="#correction-1">clear</a></p>',
            '<p><a class="correction" href="#correction-1">[1 clear]</a></p>',
        ),
        ("naive", "<p>naïve</p>", "<p>[1 naïve]</p>"),
        ("happy", "<p>happiness Happy</p>", "<p>[1 happiness] [2 Happy]</p>"),
    ],
)
def test_it_marks(typed: str, html: str, expected: str) -> None:
    shown = re.sub(
        r'<mark class="hit"(?: id="hit-(\d+)")?>(.*?)</mark>',
        lambda m: f"[{m[1] + ' ' if m[1] else ''}{m[2]}]",
        marked(typed, html),
    )

    assert shown == expected


def test_it_counts_over_the_page() -> None:
    marker = HitMarker.of("a")

    assert marker.mark("<p>a a</p>").count('id="hit-') == 2
    assert 'id="hit-3"' in marker.mark("<p>a</p>")
    assert marker.count == 3


def test_it_marks_what_was_asked_for_in_the_voice_that_speaks() -> None:
    marker = HitMarker.of("note:a OR b")

    assert marker.mark("<p>a b</p>", "text") == '<p>a <mark class="hit" id="hit-1">b</mark></p>'
    assert marker.mark("<p>a</p>", "note") == '<p><mark class="hit" id="hit-2">a</mark></p>'
    assert marker.mark("<p>a</p>", "source") == "<p>a</p>"


@pytest.mark.parametrize("typed", ["", "NOT a", "&", "from:a", "date:1962"])
def test_nothing_to_mark_costs_nothing(typed: str) -> None:
    html = "<p>a</p>"
    marker = HitMarker.of(typed)

    assert not marker
    assert marker.mark(html) is html


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["<em>", "</em>", "a", "b ", "&amp;", "<", ">", "&", '<p class="x">', "</p>", MARKER, "é"]),
        max_size=30,
    ),
)
def test_it_only_adds_marks(typed: str, pieces: list[str]) -> None:
    html = "".join(pieces)
    found = marked(f"a OR b* OR {typed}", html)

    assert re.sub(r'<mark class="hit"(?: id="hit-\d+")?>|</mark>', "", found) == html


def test_in_a_template() -> None:
    template = Template(
        "{% load hits %}{% hit_marker q as marker %}{{ safe|mark_hits:marker }}{{ plain|mark_hits:marker }}"
    )
    page = template.render(Context({"q": "a", "safe": mark_safe("<b>a</b>"), "plain": "<b>a</b>"}))

    assert page == (
        '<b><mark class="hit" id="hit-1">a</mark></b>&lt;b&gt;<mark class="hit" id="hit-2">a</mark>&lt;/b&gt;'
    )


def test_in_a_template_without_a_query() -> None:
    template = Template("{% load hits %}{% hit_marker q as marker %}{{ safe|mark_hits:marker }}")

    assert template.render(Context({"safe": mark_safe("<b>a</b>")})) == "<b>a</b>"
