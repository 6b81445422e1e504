"""Reading what students answered: one student after the other, or one question after the other, and on paper."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from classroom.marks import read_scale
from classroom.models import Answer, Assignment, Highlight, Student
from classroom.overview import Asked, Line, by_name, overview
from classroom.permissions import for_teachers, own_assignment
from classroom.remarks import Taken, remark_on, store, take
from classroom.reviewing import ClassWork, class_work

#: Answers to a question on one page: with their fields, fewer than a form may have.
ON_A_PAGE = 100


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def review_student(request: HttpRequest, ident: str, key: int) -> HttpResponseBase:
    """All that a student answered and marked, and what the teacher says to it."""
    assignment = own_assignment(request, ident)
    found = overview(assignment)
    lines = found.lines
    at = next((at for at, line in enumerate(lines) if line.student.pk == key), None)
    if at is None:
        raise Http404("There is no such student in this class.")
    student, work = lines[at].student, class_work(assignment, student=key)
    taken = _taken(request, assignment, [student, *work.answers.values()])
    after = lines[at + 1].student if at + 1 < len(lines) else None
    following = next((line.student for line in found.unread if line.student != student), after)
    if request.method == "POST" and not taken.problems:
        store(taken.changed, timezone.now())
        Student.objects.filter(pk=key).update(commented_at=_looked_at(request))
        return _on(assignment, following if "next" in request.POST else student)
    context = _context(request, work, taken) | _of_student(work, lines[at], taken)
    context |= {"place": at + 1, "students": len(lines), "next": after, "following": following}
    context |= {"previous": lines[at - 1].student if at else None, "now": timezone.now()}
    return render(request, "classroom/desk/student.html", context, status=400 if taken.problems else 200)


def _of_student(work: ClassWork, line: Line, taken: Taken) -> dict[str, object]:
    """What a student answered and marked, each answer with the remark on it."""
    entries = work.entries(line.student)
    remarks = [taken.remarks.get(f"answer-{entry.answer.pk}") if entry.answer else None for entry in entries]
    marks = [entry.answer.mark for entry in entries if entry.answer]
    return {
        "line": line,
        "rows": list(zip(entries, remarks, strict=True)),
        "whole": taken.remarks[f"student-{line.student.pk}"],
        "total": read_scale(work.assignment.scale).total(marks),
        "marked": _marked(work, line.student),
    }


@never_cache
@for_teachers
@require_http_methods(["GET", "POST"])
def review_question(request: HttpRequest, ident: str, item: str) -> HttpResponseBase:
    """All answers to one question in the order of names, counted where they can be, with what the teacher says."""
    assignment = own_assignment(request, ident)
    work = class_work(assignment, item=item)
    asked = next((each for each in work.asked if each.question.ident == item), None)
    if asked is None:
        raise Http404("There is no such question in this class.")
    students = by_name(assignment)
    entries = [work.entry(student, asked) for student in students]
    answered = [entry for entry in entries if entry.words]
    page = Paginator(answered, ON_A_PAGE).get_page(request.GET.get("page"))
    # All of them: while the page was open, answers that came in may have moved some to the next one.
    taken = _taken(request, assignment, [entry.answer for entry in answered if entry.answer])
    if request.method == "POST" and not taken.problems:
        store(taken.changed, timezone.now())
        return redirect(f"{request.path}?page={page.number}&done=saved")
    marks = [entry.answer.mark for entry in answered if entry.answer]
    context = (
        _context(request, work, taken)
        | _of_question(work, asked)
        | {
            "page": page,
            "rows": [(entry, taken.remarks[f"answer-{entry.answer.pk}"]) for entry in page if entry.answer],
            "without": [entry.student for entry in entries if not entry.words],
            "average": read_scale(assignment.scale).average(marks),
        }
    )
    return render(request, "classroom/desk/question.html", context, status=400 if taken.problems else 200)


def _of_question(work: ClassWork, asked: Asked) -> dict[str, object]:
    """A question with its neighbours, and how the class answered it where that can be counted."""
    tallies, at = work.tallies(asked.question), work.asked.index(asked)
    return {
        "asked": asked,
        "tallies": tallies,
        "most": max((tally.count for tally in tallies), default=0) or 1,
        "previous": work.asked[at - 1] if at else None,
        "next": work.asked[at + 1] if at + 1 < len(work.asked) else None,
    }


@never_cache
@for_teachers
@require_safe
def print_class(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Every answer of a class on one page to print: student by student, or question by question."""
    assignment = own_assignment(request, ident)
    work, students = class_work(assignment), by_name(assignment)
    by_question = request.GET.get("by") == "question"
    if by_question:
        parts = [(asked, [work.entry(student, asked) for student in students]) for asked in work.asked]
    else:
        parts = [(student, work.entries(student)) for student in students]
    context = {"assignment": assignment, "content": work.live.content, "parts": parts, "by_question": by_question}
    return render(request, "classroom/desk/print.html", context)


def _taken(request: HttpRequest, assignment: Assignment, among: list[Answer | Student]) -> Taken:
    """The remarks on these as they are to be shown: as they were sent, or as they are stored."""
    if request.method == "POST":
        return take(among, request.POST.dict(), read_scale(assignment.scale))
    return Taken({remark.key: remark for remark in map(remark_on, among)})


def _context(request: HttpRequest, work: ClassWork, taken: Taken) -> dict[str, object]:
    return {
        "assignment": work.assignment,
        "content": work.live.content,
        "scale": read_scale(work.assignment.scale),
        "problems": taken.problems,
        "is_saved": request.GET.get("done") == "saved",
    }


def _marked(work: ClassWork, student: Student) -> list[tuple[str, list[Highlight]]]:
    """The words that a student marked and the notes, by the items of the reading."""
    groups: dict[str, list[Highlight]] = {}
    for each in student.highlights.all():
        groups.setdefault(each.item, []).append(each)
    order = {shown.item.ident: at for at, shown in enumerate(work.live.shown)}
    known = sorted(groups, key=lambda item: order.get(item, len(order)))
    names = {shown.item.ident: shown.name for shown in work.live.shown}
    return [(names.get(item, "No longer in the reading"), groups[item]) for item in known]


def _looked_at(request: HttpRequest) -> datetime:
    """When the page was opened that is saved now: what was handed in since has not been seen."""
    now = timezone.now()
    try:
        sent = parse_datetime(request.POST.get("looked_at", "")) or now
        return min(now, sent.astimezone(UTC) if timezone.is_aware(sent) else sent.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return now


def _on(assignment: Assignment, student: Student | None) -> HttpResponse:
    """To the page of a student; to the desk after the last one."""
    if student is None:
        return redirect(assignment)
    return redirect(reverse("review_student", args=[assignment.ident, student.pk]) + "?done=saved")
