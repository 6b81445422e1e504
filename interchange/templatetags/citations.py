"""Citations on the pages of the reading room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.models import Document
from interchange.addresses import absolute
from interchange.citations import Citation, Passage, chicago, mla
from interchange.formats import FORMATS
from interchange.records import record_of

register = template.Library()

#: Filled in by ``static/js/cite.js`` for the passage or the words that a reader chose.
IN_PASSAGE = Passage("{ident}", "{number}")
ON_PAGE = Passage("{ident}", "{number}", "{page}")


@dataclass(frozen=True)
class Style:
    """One style: its citation, and the same with places to fill in for a passage."""

    key: str
    name: str
    citation: Citation
    in_passage: str
    on_page: str

    @property
    def html(self) -> SafeString:
        return mark_safe(self.citation.html)  # escaped run by run


@register.inclusion_tag("interchange/_citation.html", takes_context=True)
def citation(
    context: dict[str, Any], document: Document, ident: str = "", number: int | None = None, heading: str = ""
) -> dict[str, Any]:
    """How to cite a document, or the passage ``ident`` of it with this number."""
    cited = record_of(document, absolute(context.get("request"), document.get_absolute_url()))
    passage = Passage(ident, str(number or "")) if ident else None
    styles = [
        Style(key, name, write(cited, passage), write(cited, IN_PASSAGE).text, write(cited, ON_PAGE).text)
        for key, name, write in (("chicago", "Chicago", chicago), ("mla", "MLA", mla))
    ]
    files = [format for format in FORMATS.values() if format.is_for_references]
    return {"styles": styles, "files": files, "document": document, "heading": heading or "Cite this document"}
