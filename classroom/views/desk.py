"""The teacher's desk: a class, its code and dates, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classroom import codes, keeping
from classroom.assigning import expiry, put_code, reschedule
from classroom.class_form import ClassForm
from classroom.identity import code_hash
from classroom.live import live
from classroom.lti.models import LaunchedStudent
from classroom.models import Assignment, Student
from classroom.overview import overview
from classroom.permissions import for_teachers, own_assignment
from classroom.renewing import newer_version, seen_reading
from interchange.addresses import absolute

#: What the desk says after something was done. No student is named: an address may be kept by a browser.
SAID = {
    "edited": "Saved.",
    "new-code": "The class has a new code. The old one is good no longer; whoever has joined stays in.",
    "expired": "Nobody can join now. Whoever has joined stays in.",
    "prolonged": "Students can join for longer.",
    "renewed": "The class has the newer version now.",
    "nothing-newer": "The class has the newest version already.",
    "looked": "Later changes of the texts will be told here.",
    "student-deleted": "The student was deleted, with everything that they wrote.",
}


@never_cache
@for_teachers
@require_safe
def desk(request: HttpRequest, ident: str) -> HttpResponseBase:
    """A class at a glance."""
    assignment = own_assignment(request, ident)
    path = reverse("join_code", args=[assignment.code]) if assignment.code else ""
    context = {
        "assignment": assignment,
        "overview": overview(assignment),
        "changed": live(assignment.content).changed,
        "reading": seen_reading(assignment),
        "is_newer": newer_version(assignment) is not None,
        "join_path": path,
        "join_link": absolute(request, path),
        "join_address": absolute(request, reverse("join")).partition("://")[2],
        "said": SAID.get(request.GET.get("done", "")),
        **(_in_a_course(request, assignment) if settings.LTI else {}),
    }
    return render(request, "classroom/desk/desk.html", context)


def _in_a_course(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """The address of a class for course systems, and whether any student came from one."""
    return {
        "course_address": f"{absolute(request, reverse('lti_launch'))}?class={assignment.ident}",
        "from_course": LaunchedStudent.objects.filter(student__assignment=assignment).exists(),
    }


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def edit_class(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Changes name, dates and marks of a class."""
    assignment = own_assignment(request, ident)
    form = ClassForm(request.POST or None, instance=assignment)
    if form.is_valid():
        reschedule(assignment)
        return _at_desk(assignment, "edited")
    context = {"form": form, "assignment": own_assignment(request, ident), "days_kept": keeping.policy().days_kept}
    return render(request, "classroom/desk/edit.html", context)


@never_cache
@for_teachers
@require_POST
def class_code(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Makes a new join code, ends the one there is, or has it last longer."""
    assignment, now = own_assignment(request, ident), timezone.now()
    match request.POST.get("action"):
        case "new":
            put_code(assignment, expiry(assignment.due_at, now))
            return _at_desk(assignment, "new-code")
        case "expire":
            assignment.code_expires_at = now
        case "prolong":
            assignment.code_expires_at = expiry(assignment.due_at, now)
        case _:
            raise Http404("A code can be new, expire or be prolonged.")
    assignment.save(update_fields=["code_expires_at"])
    return _at_desk(assignment, "expired" if assignment.code_expires_at == now else "prolonged")


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def delete_class(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Asks, and deletes a class with everything that is stored of its students."""
    assignment = own_assignment(request, ident)
    if request.method == "POST":
        keeping.delete_classes(Assignment.objects.filter(pk=assignment.pk))
        return redirect("classroom")
    context = {"assignment": assignment, "overview": overview(assignment)}
    return render(request, "classroom/desk/delete_class.html", context)


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def delete_student(request: HttpRequest, ident: str, key: int) -> HttpResponseBase:
    """Asks, and deletes a student with everything that they wrote."""
    assignment = own_assignment(request, ident)
    student = _student(assignment, key)
    if request.method == "POST":
        keeping.delete_student(student)
        return _at_desk(assignment, "student-deleted")
    context = {"assignment": assignment, "student": student, "answers": student.answers.count()}
    return render(request, "classroom/desk/delete_student.html", context)


@never_cache
@for_teachers
@require_POST
def new_return_code(request: HttpRequest, ident: str, key: int) -> HttpResponse:
    """Makes a return code for a student who lost theirs, and shows it this once: only its hash is stored."""
    assignment = own_assignment(request, ident)
    student, code = _student(assignment, key), codes.new_return_code()
    student.return_code = code_hash(code)
    student.save(update_fields=["return_code"])
    context = {
        "assignment": assignment,
        "student": student,
        "code": codes.shown(code),
        "address": absolute(request, reverse("return_to_class")),
    }
    return render(request, "classroom/desk/return_code.html", context)


def _student(assignment: Assignment, key: int) -> Student:
    found = assignment.students.filter(pk=key).first()
    if found is None:
        raise Http404("There is no such student in this class.")
    return found


def _at_desk(assignment: Assignment, done: str) -> HttpResponse:
    return redirect(f"{assignment.get_absolute_url()}?done={done}")
