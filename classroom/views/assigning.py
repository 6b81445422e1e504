"""Giving a reading to a class."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from classroom.assigning import give, look, prepared, prepared_again
from classroom.class_form import ClassForm
from classroom.keeping import policy
from classroom.live import live
from classroom.models import Assignment
from classroom.permissions import for_teachers, own_assignment, seen_readings, teacher
from classroom.renewing import difference, newer_version, renew


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Gives a reading that a teacher may look at to a class."""
    reading = get_object_or_404(seen_readings(request), ident=ident)
    return _giving(request, prepared(teacher(request), reading))


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def assign_again(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Gives to another class what one class has."""
    return _giving(request, prepared_again(own_assignment(request, ident)))


def _giving(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    content = assignment.content
    form = ClassForm(request.POST or None, instance=assignment)
    if content.items and form.is_valid():
        give(assignment)
        return redirect("desk", assignment.ident)
    context = {
        "form": form,
        "reading": assignment.reading,
        "content": content,
        "problems": [each for each in live(content).shown if each.problem],
        "days_kept": policy().days_kept,
    }
    return render(request, "classroom/desk/assign.html", context)


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def newer(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Says what a newer version of the reading changes for a class, and gives it."""
    assignment = own_assignment(request, ident)
    if request.method == "POST":
        return redirect(f"{assignment.get_absolute_url()}?done={'renewed' if renew(assignment) else 'nothing-newer'}")
    found = newer_version(assignment)
    if found is None:
        return redirect(f"{assignment.get_absolute_url()}?done=nothing-newer")
    context = {"assignment": assignment, "difference": difference(assignment, found)}
    return render(request, "classroom/desk/newer.html", context)


@never_cache
@for_teachers
@require_POST
def looked(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Takes note that the teacher has looked at the texts as they are today."""
    assignment = own_assignment(request, ident)
    look(assignment)
    return redirect(f"{assignment.get_absolute_url()}?done=looked")
