"""What cites a document, what it cites at a glance, and what is cited and not there."""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from documents import citing, previews, published, wanted
from documents.citing import Citing
from documents.models import Document, Footnote
from documents.references import part_of
from documents.views.catalog import Choice, Filter
from documents.views.people import Tab
from documents.wanted import Tally

#: As many citing documents, and as many wanted ones, are listed on one page.
CITING, WANTED = 50, 50
#: Asks for what cites a document itself, and no note of it.
WHOLE = "none"
#: A browser keeps a glimpse for so many seconds: while a page is read, and not much longer.
FRESH = 300


def cited_by(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public document that cites one, by date; ``note`` narrows them to those that mean one note of it."""
    found = get_object_or_404(
        published.bare_documents().select_related("collection").prefetch_related("dates"), slug=slug
    )
    pointing = citing.all_citing(found)
    counts = Counter(note or WHOLE for _, note in pointing)
    asked = request.GET.get("note", "")
    asked = asked if asked in counts else ""
    keys = list(dict.fromkeys(key for key, note in pointing if asked in ("", note or WHOLE)))
    page = Paginator(keys, CITING).get_page(request.GET.get("page"))
    years: dict[str, list[Citing]] = defaultdict(list)
    for each in citing.what_they_say(found, page, {"": None, WHOLE: ""}.get(asked, asked)):
        years[each.year].append(each)
    context = {
        "document": found,
        "page": page,
        "count": len({key for key, _ in pointing}),
        "years": dict(years),
        "tabs": _tabs(counts, asked),
        "note": "" if asked in ("", WHOLE) else part_of(asked),
        "kept": urlencode({"note": asked}) if asked else "",
    }
    return render(request, "citing/cited_by.html", context)


def _tabs(counts: Counter[str], asked: str) -> list[Tab]:
    """What the list can be narrowed to: the document itself first, then its notes in order. One alone is no choice."""
    if len(counts) < 2:
        return []
    order = sorted(counts, key=lambda note: (note != WHOLE, len(note), note))
    names = {note: "The document itself" if note == WHOLE else part_of(note).capitalize() for note in order}
    return [Tab(note, names[note], counts[note], note == asked) for note in order]


def document_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A document in a few lines, for who thinks of following a link to it."""
    try:
        found = previews.of_document(slug)
    except Document.DoesNotExist as error:
        raise Http404("There is no public document at this address.") from error
    return _glimpse(request, "citing/document_preview.html", {"preview": found, "document": found.document})


def note_preview(request: HttpRequest, slug: str, ident: str) -> HttpResponse:
    """A note with the sentence on which it stands."""
    try:
        found = previews.of_note(slug, ident)
    except Footnote.DoesNotExist as error:
        raise Http404("No public document has this note.") from error
    return _glimpse(request, "citing/note_preview.html", {"preview": found, "document": found.document})


def _glimpse(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A whole page, of which js/previews.js shows the card; search engines shall list what it is a glimpse of."""
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, max_age=FRESH)
    return response


def wanted_documents(request: HttpRequest) -> HttpResponse:
    """What the archive wants, by how many documents cite it; narrowed by ``collection`` and ``kind``."""
    tally = wanted.tally()
    filters = _filters(tally, request.GET.get("collection", ""), request.GET.get("kind", ""))
    chosen = {each.name: each.chosen for each in filters if each.chosen}
    pages = Paginator(wanted.wanted(**chosen), WANTED)
    pages.count = tally.count(**chosen)  # type: ignore[misc]  # which is known; counting takes long
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "listed": wanted.with_citing(list(page), chosen.get("collection", "")),
        "filters": filters,
        "chosen": chosen,
        "kept": urlencode(chosen),
    }
    return render(request, "citing/wanted.html", context)


def _filters(tally: Tally, collection: str, kind: str) -> list[Filter]:
    """What there is to choose from, each with the number of things that are wanted; one choice alone is none."""
    collections = {slug: (tally.titles[slug], count) for slug, count in tally.collections.items()}
    kinds = {key: (wanted.LABELS[key], count) for key, count in tally.kinds.items()}
    filters = [
        Filter("collection", "Cited in", _choices(collections, collection)),
        Filter("kind", "Kind", _choices(kinds, kind)),
    ]
    return [each for each in filters if len(each.choices) > 1]


def _choices(found: dict[str, tuple[str, int]], chosen: str) -> list[Choice]:
    return [Choice(value, f"{label} ({count:,})", value == chosen) for value, (label, count) in found.items()]
