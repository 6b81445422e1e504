"""What a search that is being typed may become: words of the index, then names of people and titles of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from documents import published
from documents.models import Document, Organization, Person
from search import fields
from search.analysis import forms
from search.finding import count, find_first, words_like
from search.indexing.loaded import public_agents
from search.page.asked import Asked
from search.query import And, Choice, Exact, Prefix

#: So many words, people and organizations, and documents at most.
WORDS, AGENTS, TITLES = 5, 4, 3
#: So many words are tried.
TRIED = 10
#: Fewer characters begin too many words, and whoever has typed more no longer wants them completed.
SHORTEST, LONGEST = 3, 100

#: What the public may see of each type.
PUBLIC: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "person": lambda: public_agents(Person),
    "organization": lambda: public_agents(Organization),
    "document": lambda: published.bare_documents().select_related("collection"),
}


@dataclass(frozen=True)
class Suggestion:
    """A search to run, what is said beside it, and the path of the page that it leads to."""

    text: str
    note: str
    path: str


def suggestions(typed: str) -> list[Suggestion]:
    """Ways to go on from what was typed, each text once; all of them public. Raises ``SearchUnavailable``."""
    before, _, last = re.sub(r"[\s\0]+", " ", typed).rpartition(" ")
    beginning = "".join(forms(last))
    if not last.isalnum() or len(beginning) < SHORTEST or len(typed) > LONGEST:
        return []
    found = [
        *_words(before, beginning),
        *_names(fields.PERSON, fields.AGENTS, forms(before), beginning, AGENTS),
        *_names(fields.TITLE, (fields.DOCUMENT,), forms(before), beginning, TITLES),
    ]
    return list({each.text: each for each in reversed(found)}.values())[::-1]


def _words(before: str, beginning: str) -> list[Suggestion]:
    """What was typed with its last word completed, where something has all of it.

    An engine may still know words of what is no longer public, and of such a word nothing is said.
    """
    found: list[Suggestion] = []
    for word, _ in words_like(beginning, TRIED):
        asked = Asked(typed=f"{before} {word}".strip())
        is_possessive = word.endswith("'s")
        if len(found) < WORDS and not is_possessive and asked.query and (number := count(asked.query)):
            found.append(Suggestion(asked.typed, f"{number:,} result{'' if number == 1 else 's'}", asked.address))
    return found


def _names(field: str, types: Sequence[str], words: Sequence[str], beginning: str, limit: int) -> Iterator[Suggestion]:
    """Results of these types whose name has these words and one that begins like this."""
    query = And((*(Exact(word, field) for word in words), Prefix(beginning, field)))
    found = find_first(query, [Choice("type", tuple(types))], limit)
    rows = {name: PUBLIC[name]().in_bulk([int(each.pk) for each in found if each.model_name == name]) for name in types}
    for result in found:
        if named := rows[result.model_name].get(int(result.pk)):
            note = named.collection.title if isinstance(named, Document) else named.description
            yield Suggestion(named.name, note, named.get_absolute_url())
