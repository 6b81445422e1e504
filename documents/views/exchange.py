"""The pages of an exchange: one proposal, the negotiation table, two documents side by side."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents import published
from documents.chain import Chain, chain
from documents.exchange_map import MOST, draw
from documents.facing import facing, quoted
from documents.negotiation import MOST_IN_TABLE, counts, table
from documents.selection import Narrowing, filters, in_words, select


def proposal(request: HttpRequest, slug: str, ident: str) -> HttpResponseBase:
    """One proposal: its words, what became of it, what it answers."""
    if not ident.isprintable():
        raise Http404("The id of a proposal is short and plain, like K1.")
    found = get_object_or_404(published.proposals(), document__slug=slug, ident__iexact=ident)
    if ident != ident.lower():
        return redirect(found, permanent=True)
    around = published.around([found.document_id])
    standing = around.standings[found.pk]
    beside = [each for each in around.proposals if each.document_id == found.document_id]
    place = beside.index(found)
    context = {
        "proposal": standing.proposal,
        "standing": standing,
        "passages": quoted(published.passages(found), standing.proposal.document, "text"),
        "part": found.first_passage.text.partition(found.words) if found.words else None,
        "previous": beside[place - 1] if place else None,
        "next": beside[place + 1] if place + 1 < len(beside) else None,
    }
    return render(request, "documents/proposal.html", context)


def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    """The negotiation table of a collection, with the map above it, narrowed by the parameters of ``Narrowing``.

    ``proposal`` names one whose chain is brought out.
    """
    collection = get_object_or_404(published.collections(), slug=slug)
    whole = published.exchange(collection)
    narrowing = Narrowing.of(request.GET)
    selection, followed = select(whole, narrowing), chain(whole, request.GET.get("proposal", ""))
    is_small = len(selection.proposals) <= MOST_IN_TABLE
    context = {
        "collection": collection,
        "exchange": whole,
        "selection": selection,
        "map": draw(collection, selection, followed),
        "most_drawn": MOST,
        "table": table(selection) if is_small else None,
        "counts": None if is_small else counts(selection, narrowing),
        "filters": filters(whole, narrowing),
        "tally": [(label, count, replace(narrowing, state=(state,)).query) for state, label, count in selection.tally],
        "narrowing": narrowing,
        "narrowed_to": in_words(whole, narrowing),
        "chain": followed,
        "map_query": _with_chain(narrowing, followed),
    }
    return render(request, "documents/exchange.html", context)


def _with_chain(narrowing: Narrowing, followed: Chain | None) -> str:
    """The parameters of an address that shows the same, with the chain brought out."""
    asked = urlencode({"proposal": followed.proposal.key}) if followed else ""
    return "&".join(part for part in (narrowing.query, asked) if part)


def beside(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Two documents side by side, proposal to proposal."""
    found = {document.slug: document for document in published.documents().filter(slug__in=[slug, other])}
    if slug == other or len(found) < 2:
        raise Http404("There are no two documents at this address.")
    context = {"facing": facing(found[slug], found[other]), "swapped": reverse("beside", args=[other, slug])}
    return render(request, "documents/beside.html", context)
