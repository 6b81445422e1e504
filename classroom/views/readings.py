"""Readings: the list of them, one as students see it, and what is done with it as a whole."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classroom import remembering
from classroom.content import Content
from classroom.forms_reading import PUBLISH, NewReadingForm, SharingForm
from classroom.live import live
from classroom.models import Reading
from classroom.permissions import for_teachers, may_teach, own_reading, seen_readings


class Listed(NamedTuple):
    """A reading in a list, with how much there is in it."""

    reading: Reading
    items: int
    questions: int


@never_cache
def readings(request: HttpRequest) -> HttpResponseBase:
    """The readings that whoever asks may look at: a teacher's own, those of others, and those that ship."""
    is_teacher = may_teach(request)
    found = seen_readings(request).select_related("owner").annotate(classes=Count("assignments"))
    found = found.order_by(*Reading._meta.ordering)  # counting would leave them in no order
    own = [_listed(each) for each in found if is_teacher and each.owner_id == request.user.pk]
    others = [_listed(each) for each in found if not is_teacher or each.owner_id != request.user.pk]
    context = {
        "is_teacher": is_teacher,
        "own": own,
        "shipped": [each for each in others if each.reading.shipped],
        "shared": [each for each in others if not each.reading.shipped],
        "deleted": remembering.deleted_reading(request) if is_teacher else "",
    }
    return render(request, "classroom/readings/readings.html", context)


def _listed(reading: Reading) -> Listed:
    return Listed(reading, len(reading.items), sum(1 for each in reading.items if each.get("kind") == "question"))


@never_cache
@for_teachers
def new_reading(request: HttpRequest) -> HttpResponseBase:
    """Asks for a title, an introduction and a level; items come next."""
    form = NewReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reading = Reading(owner=_teacher(request))
        reading.content = Content.from_json(form.cleaned_data)
        reading.save()
        remembering.keep_target(request, reading)
        return redirect("edit_reading", reading.ident)
    return render(request, "classroom/readings/new.html", {"form": form})


def reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """A reading as students see it. A teacher sees what can be done with it, and the answers to its questions."""
    found = get_object_or_404(seen_readings(request).select_related("owner", "copied_from__owner"), ident=ident)
    is_teacher = may_teach(request)
    is_own = is_teacher and found.owner_id == request.user.pk
    context = {
        "reading": found,
        "live": live(found.content),
        "is_teacher": is_teacher,
        "is_own": is_own,
        "sharing": sharing(request, found) if is_own else None,
    }
    response = render(request, "classroom/readings/reading.html", context)
    if request.user.is_authenticated:
        add_never_cache_headers(response)
    return response


@never_cache
@for_teachers
@require_POST
def copy_reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Makes a reading of one's own from one that one may look at."""
    found = get_object_or_404(seen_readings(request), ident=ident)
    copy = Reading(owner=_teacher(request), copied_from=found)
    copy.content = found.content
    copy.save()
    messages.success(request, "This copy is yours: nobody else sees it, and what you change stays in it.")
    return redirect("edit_reading", copy.ident)


@never_cache
@for_teachers
@require_POST
def share_reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Lets others see a reading of one's own, or no longer."""
    found = own_reading(request, ident)
    form = sharing(request, found, posted=True)
    if not form.is_valid():
        messages.error(request, "Nothing was changed: choose who may see the reading.")
        return redirect(found)
    found.visibility = form.cleaned_data["visibility"]
    found.save(update_fields=["visibility", "updated_at"])
    messages.success(request, f"Who may see it now: {found.get_visibility_display()}.")
    return redirect(found)


@never_cache
@for_teachers
@require_POST
def delete_reading(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Deletes a reading of one's own; its classes keep theirs, and it can be brought back."""
    remembering.delete(request, own_reading(request, ident))
    return redirect("readings")


@never_cache
@for_teachers
@require_POST
def restore_reading(request: HttpRequest) -> HttpResponseBase:
    """Brings back the reading that was deleted last."""
    found = remembering.bring_back(request, _teacher(request))
    if found is None:
        messages.error(request, "There is nothing to bring back now.")
        return redirect("readings")
    return redirect(found)


def sharing(request: HttpRequest, found: Reading, posted: bool = False) -> SharingForm:
    """The form that says who may see a reading, as whoever asks may fill it in."""
    data = (request.POST,) if posted else ()
    may_publish = request.user.has_perm(PUBLISH)  # type: ignore[union-attr]
    return SharingForm(*data, reading=found, may_publish=may_publish)


def _teacher(request: HttpRequest) -> User:
    """Whoever asks, who is known to be a teacher."""
    assert isinstance(request.user, User)
    return request.user
