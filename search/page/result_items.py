"""Results as items of a list. They are made here: a template takes as long over twenty of them as the search itself."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.page.results import Result
from search.page.snippets import Snippet


def items(results: Iterable[Result], in_collection: bool = False) -> SafeString:
    """The items of a list of results; those of one collection do not name it."""
    return mark_safe("\n".join(_item(result, in_collection) for result in results))


def _item(result: Result, in_collection: bool) -> str:
    side = (result.document and result.document.side) or "none"
    return (
        f'<li class="result result-{result.type} side-{side}">\n<article>\n'
        f'<p class="kicker">{_kicker(result)}</p>\n'
        f'<h3><a href="{escape(result.address)}">{result.title}</a></h3>\n'
        f"{_proposed(result)}{_where(result, in_collection)}"
        f"{''.join(_snippet(result, snippet) for snippet in result.snippets)}</article>\n</li>"
    )


def _kicker(result: Result) -> str:
    label = escape(result.label)
    if result.ident:
        return f"{label} {escape(result.ident)}"
    return f"{label} · {escape(result.written)}" if result.written else label


def _proposed(result: Result) -> str:
    if not (result.further and result.document):
        return ""
    within = f'In <a href="{escape(result.page)}">{escape(result.document.name)}</a>'
    return f'<p class="meta">{within} · <a href="{escape(result.further)}">What became of it</a></p>\n'


def _where(result: Result, in_collection: bool) -> str:
    document = result.document
    if document is None or (in_collection and not document.number):
        return ""
    number = f"no. {escape(document.number)}" if document.number else ""
    parts = [number.capitalize()] if in_collection else filter(None, (escape(document.collection), number))
    return f'<p class="result-where meta">{", ".join(parts)}</p>\n'


def _snippet(result: Result, snippet: Snippet) -> str:
    return f'<div class="snippet">\n<p class="snippet-text">{snippet.html}</p>\n{_voice(result, snippet)}</div>\n'


def _voice(result: Result, snippet: Snippet) -> str:
    if result.type == "note" or not snippet.voice:
        return ""
    voice = escape(snippet.voice)
    if result.type == "document" and snippet.ident:
        where = f", {escape(snippet.where)}" if snippet.where else ""
        voice = f'<a href="{escape(result.page)}#{escape(snippet.ident)}">{voice}{where}</a>'
    return f'<p class="snippet-voice">{voice}</p>\n'
