"""Adding what a page of the archive shows to a reading: the button of ``{% add_to_reading %}`` leads here."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classroom import remembering
from classroom.arranging import added, change, looked_at
from classroom.content import LONGEST_TITLE, Content, ContentError, Item
from classroom.forms_reading import NEW, AddingForm
from classroom.live import Shown, live
from classroom.models import Reading
from classroom.permissions import for_teachers
from classroom.templatetags.adding import offered


@never_cache
@for_teachers
@require_POST
def add_to_reading(request: HttpRequest) -> HttpResponseBase:
    """Adds it to a reading, or to a new one, and goes back to where it was; what comes next goes there as well.

    What is wrong with what was typed is said on a page of its own, which has the form again.
    """
    form = AddingForm(request.POST, readings=offered(request))
    if form.is_valid():
        try:
            [item] = looked_at([form.item])
            [shown] = live(Content("New", items=(item,))).shown
            reading = _add(request, form.cleaned_data["reading"], item, shown.name)
        except ContentError as error:
            form.add_error(None, str(error))
        else:
            remembering.keep_target(request, reading)
            remembering.keep_added(request, reading, item, _called(shown))
            return redirect(back(request, reverse("edit_reading", args=[reading.ident])) + "#adding")
    return render(request, "classroom/editing/add_to.html", {"form": form, "back": back(request, "")})


def _called(shown: Shown) -> str:
    """What was added, and of a document which passages."""
    numbers = shown.excerpt.numbers if shown.excerpt and not shown.excerpt.is_whole else ""
    return f"{shown.name}, {'passage' if numbers.isdigit() else 'passages'} {numbers}" if numbers else shown.name


def _add(request: HttpRequest, ident: str, item: Item, name: str) -> Reading:
    """The reading to which it was added; a new one is called after its first item."""
    if ident != NEW:
        reading = Reading.objects.get(ident=ident, owner=request.user)
        change(reading, lambda content: added(content, [item]))
        return reading
    assert isinstance(request.user, User)
    reading = Reading(owner=request.user)
    reading.content = Content(f"Reading: {name}"[:LONGEST_TITLE], items=(item,))
    reading.save()
    return reading


def back(request: HttpRequest, otherwise: str) -> str:
    """Where somebody came from, when it is a page of this archive."""
    came_from = request.POST.get("next", "")
    is_here = came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, None)
    return came_from if is_here else otherwise
