"""The front page of the classroom, for visitors, students whom the device knows, and teachers."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from classroom.joining import known_students
from classroom.models import Assignment, Reading
from classroom.permissions import may_teach

#: What was just done, and what the page says of it.
DONE = {
    "left": "This device has forgotten you. To come back, use your return code.",
    "deleted": "Everything about you in that class was deleted.",
    "signed-out": "You are signed out.",
    "password": "Your password was changed.",
}
#: So many readings of their own are shown to teachers.
LATEST = 6


@require_safe
@never_cache
def front(request: HttpRequest) -> HttpResponse:
    """What this is, a box for a code, and the way on for whoever is known."""
    context = {
        "done": DONE.get(request.GET.get("done", "")),
        "known": known_students(request),
        "teaches": may_teach(request),
        "public": Reading.objects.public().select_related("owner"),
    }
    if context["teaches"]:
        context |= {"classes": _classes(request), "readings": Reading.objects.filter(owner=request.user.pk)[:LATEST]}
    return render(request, "classroom/front/front.html", context)


def _classes(request: HttpRequest) -> list[Assignment]:
    """The classes of a teacher, each with how many joined and how many submitted."""
    submitted = Count("students", filter=Q(students__submitted_at__isnull=False))
    found = Assignment.objects.filter(teacher=request.user.pk)
    return list(found.annotate(joined=Count("students"), submitted=submitted))
