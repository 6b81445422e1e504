"""An Atom feed (RFC 4287) of a search: the documents that match, as they appear in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from haystack.models import SearchResult

from interchange.addresses import absolute
from search.fields import DOCUMENT
from search.keeping.addresses import feed_address
from search.keeping.documents import Appeared, all_documents, newest
from search.language.explanation import attributes
from search.page.asked import Asked
from search.page.result_rows import DocumentRow
from search.page.results import Result, results_of
from search.query import Everything, Query

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
#: So many documents at most.
MOST = 50
#: When a feed without documents was changed: never.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
#: What XML has no way to write.
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """A feed that was updated when its documents were, whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def __str__(self) -> str:
        return str(self.writeString("utf-8"))


def feed(request: HttpRequest, asked: Asked, query: Query) -> Feed:
    """The newest documents of a search. Raises ``SearchUnavailable``."""
    appeared = newest(all_documents(_of_documents(asked), query), MOST)
    made = empty_feed(request, asked, f"{_said(query)}, as they appear in the archive.")
    by_key = {each.key: each for each in appeared}
    for result in _shown(appeared, asked):
        if result.document:
            _add(made, request, result, result.document, by_key[result.document.pk])
    return made


def empty_feed(request: HttpRequest, asked: Asked, subtitle: str) -> Feed:
    """A feed of the search with no documents in it."""
    address = absolute(request, feed_address(asked))
    return Feed(
        title=_text(f"{_named(asked)} · {settings.SITE_NAME}"),
        link=absolute(request, asked.sorted_by("").grouped_by("").address),
        description="",
        subtitle=_text(subtitle),
        feed_url=address,
        feed_guid=address,
        author_name=settings.SITE_NAME,
        language="en",
    )


def _of_documents(asked: Asked) -> Asked:
    """The same search for documents alone, unless others were asked for; the order does not matter."""
    types = {"type": (DOCUMENT,), **asked.chosen}
    return replace(asked, chosen=types, sort="place")


def _shown(appeared: Sequence[Appeared], asked: Asked) -> Iterable[Result]:
    found = [SearchResult("documents", "document", str(each.key), 0, document=str(each.key)) for each in appeared]
    return results_of(found, asked)


def _add(made: Feed, request: HttpRequest, result: Result, document: DocumentRow, appeared: Appeared) -> None:
    made.add_item(
        title=_text(document.name),
        link=absolute(request, result.address),
        unique_id=absolute(request, document.get_absolute_url()),
        description=_text(_summary(result, document)),
        pubdate=appeared.at,
        updateddate=appeared.updated,
        categories=[result.label],
    )


def _summary(result: Result, document: DocumentRow) -> str:
    """Where it stands, then its best passages, each with the voice that speaks, as HTML."""
    where = format_html("<p>{}</p>", document.collection)
    return where + format_html_join(
        "", "<p>{} <em>({})</em></p>", ((snippet.html, snippet.voice) for snippet in result.snippets)
    )


def _named(asked: Asked) -> str:
    """The search as a title: what was typed, or else what was chosen."""
    typed = asked.typed[:100] and f"“{asked.typed[:100]}”"
    chosen = [value for values in asked.chosen.values() for value in values]
    dates = str(asked.dates) if asked.dates else ""
    return ", ".join(filter(None, (typed, *chosen, dates, asked.document))) or "Search"


def _said(query: Query) -> str:
    return "Documents" if isinstance(query, Everything) else f"Documents {attributes(query)}"


def _text(text: str) -> str:
    return _NO_CHARACTER.sub(" ", text)
