"""The page where a student reads and answers, and what it saves."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from classroom import permissions, saving, sent, work_form
from classroom.identity import student_at
from classroom.models import Assignment, Student
from classroom.work_page import Draft, WorkPage, work_page

UNKNOWN = (
    "This device is not known in this class any more. Come back with your return code: what you wrote is kept here "
    "until then."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, ident: str) -> HttpResponseBase:
    """The reading of a class for one of its students; for its teacher a preview of that."""
    student = student_at(request, ident)
    if student is None:
        return _without_student(request, ident)
    if not student.assignment.has_opened:
        return render(request, "classroom/work/not_open.html", {"assignment": student.assignment, "student": student})
    if request.method == "POST":
        return _posted(request, ident)
    saving.see(student)
    return _page(request, work_page(student.assignment, student))


def _without_student(request: HttpRequest, ident: str) -> HttpResponseBase:
    """The preview for the teacher of the class; others are led to where one joins, if one may."""
    if permissions.may_teach(request) and Assignment.objects.filter(ident=ident, teacher=request.user.pk).exists():
        return _page(request, work_page(permissions.own_assignment(request, ident), None))
    assignment = Assignment.objects.filter(ident=ident).first()
    if assignment is None:
        return render(request, "classroom/work/gone.html", {}, status=404)
    if assignment.takes_students:
        return redirect("join")  # without the code: the address of a class is known to whoever was ever in it
    return render(request, "classroom/work/not_joined.html", {}, status=403)


def _page(request: HttpRequest, page: WorkPage) -> HttpResponse:
    return render(request, "classroom/work/work.html", {"page": page, "assignment": page.assignment})


def _posted(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Saves the whole form, and then does what its button says."""
    try:
        with transaction.atomic():
            student = student_at(request, ident, locked=True)
            return _acted(request, student) if student else redirect("work", ident)
    except sent.SentError as error:
        return render(request, "classroom/work/refused.html", {"refusal": str(error)}, status=400)


def _acted(request: HttpRequest, student: Student) -> HttpResponseBase:
    act = request.POST.get("act", "save")
    if act == "take-back":
        return _take_back(student)
    if refusal := saving.refusal(student.assignment, student):
        return render(request, "classroom/work/refused.html", {"refusal": refusal}, status=409)
    if drafts := _save_form(request, student):
        return _page(request, work_page(student.assignment, student, drafts))
    if act in ("hand-in", "hand-in-so"):
        return _hand_in(request, student, sure=act == "hand-in-so")
    return redirect(_address(student, request.POST.get("at", "")))


def _save_form(request: HttpRequest, student: Student) -> dict[str, Draft]:
    """Saves what a form says; returns what could not be saved."""
    content = student.assignment.content
    known = {each.item: each for each in student.answers.all()}
    highlights = {each.ident: each for each in student.highlights.all()}
    message, drafts = work_form.message(request.POST, content, known, highlights)
    saved = saving.save(student, message)
    if saved.conflicts:
        places = work_page(student.assignment, None).places
        drafts |= work_form.conflicts(message, saved, content, places)
    return drafts


def _hand_in(request: HttpRequest, student: Student, *, sure: bool) -> HttpResponseBase:
    page = work_page(student.assignment, student)
    if page.unanswered and not sure:
        return render(request, "classroom/work/hand_in.html", {"page": page})
    student.submitted_at = timezone.now()
    student.save(update_fields=["submitted_at"])
    return redirect(_address(student, "handed-in"))


def _take_back(student: Student) -> HttpResponseBase:
    if student.submitted_at and student.assignment.takes_answers:
        student.submitted_at = None
        student.save(update_fields=["submitted_at"])
    return redirect(_address(student, ""))


def _address(student: Student, at: str) -> str:
    """The page, at the place where somebody was."""
    place = at.removeprefix("item-")
    is_item = student.assignment.content.item(place) is not None
    return reverse("work", args=[student.assignment.ident]) + (f"#{at}" if is_item or at == "handed-in" else "")


@never_cache
@require_http_methods(["GET", "POST"])
def save_work(request: HttpRequest, ident: str) -> JsonResponse:
    """Saves what a page sends as JSON and says what is stored of it; asked by GET it gives a new token for forms."""
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    try:
        with transaction.atomic():
            return _saved(request, ident)
    except sent.SentError as error:
        return JsonResponse({"error": str(error), "where": error.where}, status=400)


def _saved(request: HttpRequest, ident: str) -> JsonResponse:
    student = student_at(request, ident, locked=True)
    if student is None:
        return JsonResponse({"error": UNKNOWN}, status=403)
    if refusal := saving.refusal(student.assignment, student):
        return JsonResponse({"error": refusal}, status=409)
    saved = saving.save(student, sent.read(_json(request), student.assignment.content))
    return JsonResponse(saved.to_json())


def _json(request: HttpRequest) -> object:
    """What was sent; raises ``SentError`` when it is no JSON, or a form, which was read in search of its token."""
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        raise sent.SentError("What is saved is written as JSON.") from None
