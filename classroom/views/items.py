"""The pages on which a teacher adds an item to a reading, and edits one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from classroom import choosing
from classroom.arranging import Changed, added, change, looked_at, replaced, stamp
from classroom.content import (
    ContentError,
    Form,
    Item,
    Passages,
    ProposalAnswers,
    WholeDocument,
    item_from_json,
    new_ident,
)
from classroom.forms_items import BLANK, FORMS, SORTS, ItemForm, sort_of
from classroom.forms_reading import ComparisonForm
from classroom.live import LiveReading, Shown, live
from classroom.models import Reading
from classroom.permissions import for_teachers, own_reading
from documents import published
from documents.models import Document


@never_cache
@for_teachers
def add_item(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Adds an item of a ``kind``, behind the item ``after`` if there is one; without a kind it asks which."""
    reading = own_reading(request, ident)
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")
    context = {"reading": reading, "kind": kind, "after": after, "sorts": SORTS, "named": SORTS.get(kind)}
    match kind:
        case "document" | "proposal":
            return _choose(request, reading, context)
        case "comparison":
            return _compare(request, reading, context)
        case "passages":
            return _passages(request, reading, context)
    if kind not in BLANK:
        return render(request, "classroom/editing/kinds.html", context)
    return _write(request, reading, replace(BLANK[kind], ident=new_ident()), context)


@never_cache
@for_teachers
def edit_item(request: HttpRequest, ident: str, item: str) -> HttpResponseBase:
    """Edits an item. Whoever began before it was changed elsewhere sees both, and nothing is lost."""
    reading = own_reading(request, ident)
    now = live(reading.content)
    shown = now.of(item) or Shown(_as_it_was(request, item), 0)
    context = {"reading": reading, "kind": sort_of(shown.item), "shown": shown, "named": SORTS[sort_of(shown.item)]}
    form = _form(request, shown.item, now, shown.document)
    if form.is_bound and form.is_valid():
        was = form.cleaned_data["stamp"]
        try:
            made = looked_at([form.item])[0] if isinstance(form.item, Passages) else form.item
            change(reading, lambda content: replaced(content, made, was))
        except Changed as error:
            _begin_anew(form, error.stored)
            context |= {"form": form, "stored": error.stored, "is_behind": True}
            return render(request, "classroom/editing/item.html", context, status=409)
        except ContentError as error:
            form.add_error(None, str(error))
        else:
            return redirect(_place(reading, item))
    context["form"] = form
    return render(request, "classroom/editing/item.html", context)


def _as_it_was(request: HttpRequest, ident: str) -> Item:
    """An item that was deleted while somebody edited it, as they had it; raises ``Http404`` when nobody did."""
    try:
        found = item_from_json(json.loads(request.POST.get("was", "")), "The item")
    except (ContentError, ValueError):
        raise Http404("This reading has no such item.") from None
    return replace(found, ident=ident)


def _begin_anew(form: ItemForm, stored: Any) -> None:
    """Has the form be stored when it is sent again: whoever sends it has seen what it writes over."""
    data = form.data.copy()
    data["stamp"] = stamp(stored) if isinstance(stored, Item) else ""
    form.data = data


def _form(request: HttpRequest, item: Item, now: LiveReading, document: Document | None) -> ItemForm:
    """The form of an item, filled with it or with what was sent."""
    data = (request.POST,) if request.method == "POST" else ()
    options: dict[str, Any] = {"item": item}
    if sort_of(item) == "passages":
        options["lines"] = choosing.passages(document) if document else []
    elif sort_of(item) == Form.POINT:
        options["places"] = choosing.places(now)
    return FORMS[sort_of(item)](*data, **options)


def _write(
    request: HttpRequest, reading: Reading, blank: Item, context: dict[str, Any], document: Document | None = None
) -> HttpResponseBase:
    """Asks for what a new item needs, and adds it."""
    form = _form(request, blank, live(reading.content), document)
    if form.is_bound and form.is_valid():
        problem = _add(reading, [form.item], context["after"])
        if not problem:
            return redirect(_place(reading, form.item.ident))
        form.add_error(None, problem)
    return render(request, "classroom/editing/item.html", context | {"form": form})


def _passages(request: HttpRequest, reading: Reading, context: dict[str, Any]) -> HttpResponseBase:
    """Asks first of which document; the passages are chosen from a list of all that it has."""
    slug = request.GET.get("document", "")
    if not slug:
        return _choose(request, reading, context)
    try:
        document = published.bare_documents().get(slug=slug)
    except ObjectDoesNotExist:
        raise Http404("There is no public document with this address.") from None
    blank = Passages(new_ident(), document=document.slug)
    return _write(request, reading, blank, context | {"document": document}, document)


def _choose(request: HttpRequest, reading: Reading, context: dict[str, Any]) -> HttpResponseBase:
    """Offers documents or proposals by words, of which any number can be added at once."""
    words = request.GET.get("q", "").strip()[:200]
    found = choosing.proposals(words, reading.content) if context["kind"] == "proposal" else choosing.documents(words)
    problem = ""
    if request.method == "POST":
        items = _chosen(request.POST)
        problem = _add(reading, items, context["after"]) if items else "Tick at least one."
        if not problem:
            return redirect(_place(reading, items[0].ident))
    ticked = request.POST.getlist("chosen")
    context |= {"found": found, "problem": problem, "ticked": ticked, "here": choosing.slugs_of(reading.content)}
    return render(request, "classroom/editing/choose.html", context)


def _chosen(posted: QueryDict) -> list[Item]:
    """What was ticked: documents by their addresses, proposals as "address/id"."""
    items: list[Item] = []
    for each in posted.getlist("chosen")[:100]:
        slug, _, proposal = each.partition("/")
        if proposal:
            items.append(ProposalAnswers(new_ident(), document=slug, proposal=proposal))
        else:
            items.append(WholeDocument(new_ident(), document=slug))
    return items


def _compare(request: HttpRequest, reading: Reading, context: dict[str, Any]) -> HttpResponseBase:
    words = request.GET.get("q", "").strip()[:200]
    documents, collated = choosing.compared(words, reading.content)
    data = (request.POST,) if request.method == "POST" else ()
    form = ComparisonForm(*data, documents=documents, collated=collated)
    if form.is_bound and form.is_valid():
        item = form.item()
        problem = _add(reading, [item], context["after"])
        if not problem:
            return redirect(_place(reading, item.ident))
        form.add_error(None, problem)
    context |= {"form": form, "words": words, "offers": len(documents)}
    return render(request, "classroom/editing/compare.html", context)


def _add(reading: Reading, items: list[Item], after: str) -> str:
    """Adds items with their texts looked at; says in a sentence why it cannot."""
    try:
        looked = looked_at(items)
        change(reading, lambda content: added(content, looked, after))
    except ContentError as error:
        return str(error)
    return ""


def _place(reading: Reading, item: str) -> str:
    """Where an item stands on the page on which the reading is made."""
    return f"{reverse('edit_reading', args=[reading.ident])}#edit-{item}"
