"""What the engine finds in a text is what is marked in it: neither more nor less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from documents.models import Document, Passage
from search.analysis import tokens
from search.finding import find_first
from search.matching import Matcher
from search.query import Choice, Exact, Fuzzy, Phrase, Prefix, Query, Wildcard, Word

DOCUMENTS = [Choice("type", ("document",))]


def queries(text: str) -> Iterator[Query]:
    """Words of a text, asked for in every way, and some that it does not have."""
    words = [text[token.start : token.end] for token in tokens(text)]
    for at in range(0, len(words) - 3, 41):
        word, after, later = words[at], words[at + 1], words[at + 3]
        yield Word(word, "text")
        yield Exact(word, "text")
        yield Word(word + "s", "text")
        yield Phrase((word, after), "text")
        yield Phrase((after, word), "text", exact=True)
        if word.lower() != later.lower():
            yield Phrase((word, later), "text", slop=2)
            yield Phrase((later, word), "text", slop=3)
        if word.isalpha() and len(word) > 3:
            yield Prefix(word[:3], "text")
            yield Wildcard(f"{word[0]}?{word[2:]}", "text")
            yield Wildcard(f"{word[:2]}*{word[-1]}", "text")
            yield Fuzzy(word[1] + word[0] + word[2:], "text")
            yield Fuzzy(word[:-1] + "x" + word[-1] + "x", "text", 2)


@pytest.mark.usefixtures("searchable")
def test_what_is_found_is_what_is_marked() -> None:
    texts: dict[str, list[str]] = defaultdict(list)
    for passage in Passage.objects.filter(document__in=Document.objects.published()).exclude(kind="source"):
        texts[str(passage.document_id)].append(passage.text)
    asked = dict.fromkeys(query for passages in texts.values() for query in queries("\n\n".join(passages)))

    for query in asked:
        matcher = Matcher(query)
        marked = {key for key, passages in texts.items() if any(matcher.hits(text, "text") for text in passages)}
        assert {str(result.pk) for result in find_first(query, DOCUMENTS, 10)} == marked, str(query)
