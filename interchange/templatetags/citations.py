"""Citations on the pages of the reading room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from documents.models import Document, DocumentDate, Participation
from interchange.addresses import absolute
from interchange.citations import Citable, Citation, Name, Passage, chicago, mla

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
    cited = citable(document, absolute(context.get("request"), document.get_absolute_url()))
    passage = Passage(ident, str(number or "")) if ident else None
    styles = [
        Style(key, name, write(cited, passage), write(cited, IN_PASSAGE).text, write(cited, ON_PAGE).text)
        for key, name, write in (("chicago", "Chicago", chicago), ("mla", "MLA", mla))
    ]
    return {"styles": styles, "address": cited.address, "heading": heading or "Cite this document"}


def citable(document: Document, address: str) -> Citable:
    """What the citation of a document says, from what the archive knows of it."""
    dates = [date for date in document.dates.all() if date.event == DocumentDate.Event.WRITTEN]
    parties = _parties(document)
    return Citable(
        title=document.title,
        address=address,
        archive=settings.SITE_NAME,
        kind=document.kind,
        senders=_names(parties, Participation.Role.FROM),
        recipients=_names(parties, Participation.Role.TO),
        date=dates[0].value if dates else None,
        place=document.place,
        publication=document.publication,
        repository=document.repository,
        collection=document.collection.title,
    )


def _parties(document: Document) -> list[Participation]:
    """Those who wrote and received it, as loaded already by lists, else in one query."""
    if hasattr(document, "parties"):
        return list(document.parties)
    if "participations" in getattr(document, "_prefetched_objects_cache", {}):
        return list(document.participations.all())
    return list(document.participations.select_related("person", "organization"))


def _names(parties: list[Participation], role: str) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(_name(party) for party in parties if party.role == role))


def _name(party: Participation) -> Name:
    """The name as an index has it is known once someone has identified it."""
    return Name(party.agent.name, party.agent.sort_name) if party.agent else Name(party.name)
