"""The page on which a teacher makes a reading, and what its buttons do. What changes one item is in ``items``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classroom import arranging, remembering
from classroom.arranging import Changed, change, stamp
from classroom.content import Content, ContentError, Level
from classroom.forms_reading import PUBLISH, DetailsForm
from classroom.live import live
from classroom.models import Reading
from classroom.permissions import for_teachers, own_reading
from classroom.views.adding import back


@never_cache
@for_teachers
def edit_reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """A reading with its items in order; posted, what stands above them is stored."""
    reading = own_reading(request, ident)
    data = (request.POST,) if request.method == "POST" else ()
    may_publish = request.user.has_perm(PUBLISH)  # type: ignore[union-attr]
    form = DetailsForm(*data, reading=reading, may_publish=may_publish)
    stored = None
    if data and form.is_valid():
        try:
            _store_details(reading, form)
        except Changed as error:
            stored = error.stored
            form.data = form.data.copy()
            form.data["stamp"] = stamp(stored) if stored else ""
        else:
            messages.success(request, "Saved.")
            return redirect("edit_reading", ident)
    remembering.keep_target(request, reading)
    return _page(request, reading, form, stored)


def _store_details(reading: Reading, form: DetailsForm) -> None:
    typed = form.cleaned_data

    def changed(content: Content) -> Content:
        if stamp(content) != typed["stamp"]:
            raise Changed(content)
        return replace(
            content, title=typed["title"], introduction=typed["introduction"].strip(), level=Level(typed["level"])
        )

    change(reading, changed)
    if "visibility" in form.changed_data:
        reading.visibility = typed["visibility"]
        reading.save(update_fields=["visibility"])


def _page(request: HttpRequest, reading: Reading, form: DetailsForm, stored: object) -> HttpResponse:
    context = {
        "reading": reading,
        "live": live(reading.content),
        "form": form,
        "stored": stored,
        "deleted": remembering.deleted_item(request, reading),
        "here": request.get_full_path(),
    }
    return render(request, "classroom/editing/edit.html", context, status=409 if stored else 200)


@never_cache
@for_teachers
@require_POST
def change_reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Does what a button says: ``up``, ``down``, ``duplicate``, ``delete`` or ``seen`` with the ident of an item; all
    items ``seen``; ``bring_back`` what was deleted last; ``order``, the idents of all items.

    A script is answered with the places of the items now; others are sent back to the item.
    """
    reading = own_reading(request, ident)
    does = next((name for name in DOES if name in request.POST), "")
    item = request.POST.get(does, "")
    try:
        if does:
            DOES[does](request, reading, item)
    except ContentError as error:
        messages.error(request, str(error))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"order": [each.ident for each in reading.content.items]})
    anchor = f"#edit-{item}" if reading.content.item(item) else "#items"
    return redirect(back(request, reverse("edit_reading", args=[ident]) + anchor))


def _delete(request: HttpRequest, reading: Reading, ident: str) -> None:
    item = reading.content.item(ident)
    if item is not None:
        name = live(reading.content.with_items((item,))).shown[0].name
        remembering.keep_item(request, reading, item, name)
        change(reading, lambda content: arranging.without(content, ident))


def _bring_back(request: HttpRequest, reading: Reading, _: str) -> None:
    deleted = remembering.deleted_item(request, reading)
    if deleted is not None:
        item, place, _name = deleted
        change(reading, lambda content: arranging.brought_back(content, item, place))
        remembering.forget_item(request)


def _by(does: Callable[[Content, str], Content]) -> Callable[[HttpRequest, Reading, str], None]:
    """What a button does that needs nothing but the reading and the ident of an item."""

    def act(_: HttpRequest, reading: Reading, ident: str) -> None:
        change(reading, lambda content: does(content, ident))

    return act


DOES: dict[str, Callable[[HttpRequest, Reading, str], None]] = {
    "up": _by(lambda content, ident: arranging.moved(content, ident, -1)),
    "down": _by(lambda content, ident: arranging.moved(content, ident, 1)),
    "duplicate": _by(arranging.duplicated),
    "seen": _by(arranging.seen),
    "order": _by(lambda content, idents: arranging.ordered(content, idents.split())),
    "delete": _delete,
    "bring_back": _bring_back,
}
