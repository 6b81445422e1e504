"""What the page of suggested links shows: a proposal and what it may answer, with the words in common marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from documents.models import Link, Passage, Proposal, SuggestedLink
from editions.affinity import quoted
from editions.affinity.stems import stem
from ingest.suggesting import MOST, text_of

#: The key that stands for each relation. Those of the page itself are in its template.
KEYS = {"accepts": "a", "recasts": "r", "takes-up": "t", "extends": "e", "defers": "f", "declines": "d"}
KEYS |= {"carries-out": "c"}
RELATIONS = [(relation.value, relation.label, KEYS[relation.value]) for relation in Link.Relation]

MARK = '<mark data-of="{}">{}</mark>'
WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Words:
    """A proposal with its words as paragraphs, marked."""

    proposal: Proposal
    paragraphs: list[SafeString]


@dataclass(frozen=True)
class Field:
    """A field of the form of a candidate."""

    name: str
    label: str
    auto: str
    value: str
    errors: list[str]


@dataclass(frozen=True)
class Choice:
    """A candidate: its number on the page, the form that would link it, and why it may not be linked, if so."""

    number: int
    suggestion: SuggestedLink
    words: Words
    form: forms.BaseForm
    refused: str

    @property
    def speaking(self) -> list[str]:
        """The words that speak for it: once where both sides have the same, or else both."""
        pairs = self.suggestion.evidence
        return [one if one.casefold() == other.casefold() else f"{one} – {other}" for one, other in pairs]

    @property
    def quoting(self) -> list[Field]:
        """The fields of its form that an editor may change, each with an id of its own on the page."""
        labels = {"answer_words": "Words of the answer", "answered_words": "Words answered", "note": "Note"}
        return [
            Field(name, label, f"{name}-{self.number}", self.form[name].value() or "", self.form[name].errors)
            for name, label in labels.items()
        ]

    @property
    def is_wrong(self) -> bool:
        return bool(self.form.is_bound and self.form.errors)


def texts_of(proposals: Iterable[Proposal]) -> dict[int, str]:
    """The words of proposals, by their keys: their passages, or the words within one."""
    ones = list(proposals)
    passages: dict[int, list[tuple[int, str]]] = {one.document_id: [] for one in ones}
    rows = Passage.objects.filter(document__in=list(passages)).order_by("document", "position")
    for document, position, text in rows.values_list("document", "position", "text"):
        passages[document].append((position, text))
    return {one.pk: one.words or text_of(one, passages[one.document_id]) for one in ones}


def shown(
    later: Proposal, suggestions: list[SuggestedLink], form_class: type[forms.ModelForm], bound: Mapping[int, Any]
) -> tuple[Words, list[Choice]]:
    """The proposal and its best candidates. ``bound`` are forms that were sent and not taken, by suggestion."""
    suggestions = suggestions[:MOST]
    texts = texts_of([later, *(one.earlier for one in suggestions)])
    of_later: list[tuple[str, int]] = []
    choices = []
    for number, one in enumerate(suggestions, 1):
        of_later += [(word, number) for word, _ in one.evidence]
        marks = [(word, number) for _, word in one.evidence]
        form = bound.get(one.pk) or form_class(initial=_quoting(texts[later.pk], texts[one.earlier_id]))
        words = Words(one.earlier, marked(texts[one.earlier_id], marks))
        choices.append(Choice(number, one, words, form, ""))
    return Words(later, marked(texts[later.pk], of_later)), choices


def _quoting(later: str, earlier: str) -> dict[str, str]:
    found = quoted(later, earlier)
    return {"answer_words": found.later, "answered_words": found.earlier}


def marked(text: str, phrases: Iterable[tuple[str, int]]) -> list[SafeString]:
    """The lines of a text as paragraphs, with these words and pairs of words marked, in whatever form they stand.

    Each comes with the number of a candidate for which it speaks.
    """
    numbers: dict[tuple[str, ...], list[int]] = {}
    for phrase, number in phrases:
        numbers.setdefault(tuple(root for root, _, _ in _roots(phrase)), []).append(number)
    return [_marked_line(line, numbers) for line in text.split("\n")]


def _roots(text: str) -> list[tuple[str, int, int]]:
    """The words of a text by their stems, with where they begin and end."""
    return [(stem(match[0].lower()), match.start(), match.end()) for match in WORD.finditer(text)]


def _marked_line(line: str, numbers: Mapping[tuple[str, ...], list[int]]) -> SafeString:
    roots, parts, done, place = _roots(line), [], 0, 0
    longest = max(map(len, numbers), default=0)
    while place < len(roots):
        runs = (tuple(root for root, _, _ in roots[place : place + many]) for many in range(longest, 0, -1))
        found = next((run for run in runs if run in numbers), None)
        if found:
            start, end = roots[place][1], roots[place + len(found) - 1][2]
            of = " ".join(map(str, numbers[found]))
            parts += [conditional_escape(line[done:start]), format_html(MARK, of, line[start:end])]
            done = end
        place += len(found) if found else 1
    parts.append(conditional_escape(line[done:]))
    return format_html_join("", "{}", ((part,) for part in parts))
