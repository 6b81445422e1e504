"""Writes a comparison as HTML: what is deleted and inserted, block by block. All text is escaped here.

Nothing hangs on color: each block says in words what became of it, deleted words stand in ``<del>`` and inserted ones
in ``<ins>``, and both say so to those who listen to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from editions.compare import Change, Comparison, Difference, Fate, Run
from editions.model import EmphasisKind
from editions.tokens import Part, Token, TokenKind, Tokens
from editions.writers.html import EMPHASIS

FATES = {
    Fate.SAME: "unchanged",
    Fate.MOVED: "moved here, its words unchanged",
    Fate.CHANGED: "changed",
    Fate.REMOVED: "removed",
    Fate.ADDED: "added",
}
EMPHASES = {kind.value: EMPHASIS[kind] for kind in EmphasisKind}


def write_difference(comparison: Comparison) -> str:
    """Returns both editions as one piece of HTML, to stand within the body of a page.

    Blocks in a row that are unchanged are folded away, with their number. Of two texts that are the same there is
    one sentence.
    """
    if comparison.is_same:
        return '<div class="difference"><p class="unchanged">The two texts are the same.</p></div>'
    parts = ['<div class="difference">', *_parts(comparison.blocks, "block")]
    if comparison.notes:
        parts += ["<h3>Notes</h3>", *_parts(comparison.notes, "note")]
    return "\n".join([*parts, "</div>"])


def write_summary(comparison: Comparison) -> str:
    """Says in plain text how large the difference is: "3 words added, 1 removed, 1 block moved"."""
    counts = [
        _count(comparison.words_added, "word") + " added" if comparison.words_added else "",
        _count(comparison.words_removed, "word") + " removed" if comparison.words_removed else "",
        _count(comparison.blocks_moved, "block") + " moved" if comparison.blocks_moved else "",
    ]
    if said := ", ".join(count for count in counts if count):
        return said
    return "the same text" if comparison.is_same else "the same words, set or punctuated in another way"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _parts(differences: Iterable[Difference], noun: str) -> Iterator[str]:
    for same, group in groupby(differences, key=lambda difference: difference.fate is Fate.SAME):
        found = list(group)
        if not same:
            yield from (_changed(difference) for difference in found)
            continue
        texts = "".join(_element("p", _inline(difference.runs)) for difference in found)
        yield f'<details class="unchanged"><summary>{_count(len(found), noun)} unchanged</summary>{texts}</details>'


def _changed(difference: Difference) -> str:
    """One block or note with what became of it, and its words."""
    part = difference.new or difference.old
    said = FATES[difference.fate] + (" and moved here" if difference.moved and difference.fate is Fate.CHANGED else "")
    about = [f"{part.kind}, {said}"] if part else []
    if difference.old and difference.new:
        about += _structure(difference.old, difference.new)
    name = f"<b>{escape(part.id)}</b> " if part and part.id else ""
    words = _label(difference) + _inline(difference.runs)
    heading = f'<p class="fate">{name}{escape("; ".join(about))}</p>'
    return f'<div class="{difference.fate.value}">{heading}{_element("p", words)}</div>'


def _structure(old: Part, new: Part) -> list[str]:
    found = [f"was: {old.kind}"] if old.kind != new.kind else []
    return [*found, "stands at another depth"] if old.depth != new.depth else found


def _label(difference: Difference) -> str:
    """The printed label in front of the words, as it was and as it is."""
    old = difference.old.label if difference.old else ""
    new = difference.new.label if difference.new else ""
    if difference.old and difference.new and old == new:
        return f'<span class="label">{escape(new)}</span> ' if new else ""
    before = _wrapped(Change.DELETE, escape(old)) + " " if old else ""
    return before + (_wrapped(Change.INSERT, escape(new)) + " " if new else "")


def _element(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def _inline(runs: Iterable[Run]) -> str:
    parts = []
    for run in runs:
        tokens = run.new or run.old
        space = " " if tokens and tokens[0].space else ""
        parts.append(space + _wrapped(run.change, _tokens(tokens, shows_targets=run.change is not Change.EQUAL)))
    return "".join(parts).strip()


def _wrapped(change: Change, html: str) -> str:
    match change:
        case Change.DELETE:
            return f"<del>{_said('[removed: ')}{html}{_said(']')}</del>"
        case Change.INSERT:
            return f"<ins>{_said('[added: ')}{html}{_said(']')}</ins>"
        case Change.EQUAL:
            return html


def _said(words: str) -> str:
    return f'<span class="visually-hidden">{words}</span>'


def _tokens(tokens: Tokens, *, shows_targets: bool) -> str:
    """Writes tokens in a row; what a reference or mention points at is written out where it may have changed."""
    parts: list[str] = []
    for style, group in groupby(tokens, key=lambda token: token.style):
        found = list(group)
        html = "".join((" " if token.space and n else "") + _token(token) for n, token in enumerate(found))
        for name in reversed(style):
            before, after = EMPHASES.get(name, ("", ""))
            target = f' <span class="mark">→ {escape(name)}</span>' if name not in EMPHASES and shows_targets else ""
            html = f"{before}{html}{after}{target}"
        parts.append((" " if found[0].space and parts else "") + html)
    return "".join(parts)


def _token(token: Token) -> str:
    text = escape(token.text, quote=False)
    if token.text == "⏎":
        return f'<span class="mark" title="line break">{text}</span><br>'
    return f'<span class="mark">{text}</span>' if token.kind is TokenKind.MARK else text
