"""Readings to print and to take along: as a PDF and as an e-book, for whoever may see them."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from classroom import permissions
from classroom.content import Content
from classroom.epub.book import MEDIA_TYPE, book
from classroom.identity import student_of
from classroom.live import live
from classroom.models import Assignment
from classroom.paper.typeset import Paper, handout


class Wanted(NamedTuple):
    """A reading, and the address by which it is known."""

    content: Content
    address: str
    for_teacher: bool


@require_safe
@never_cache
def handout_of_reading(request: HttpRequest, ident: str) -> HttpResponse:
    """A reading as a PDF: ``?for=teacher`` with the answers, ``?paper=letter`` on US Letter."""
    return _pdf(request, _reading(request, ident))


@require_safe
@never_cache
def epub_of_reading(request: HttpRequest, ident: str) -> HttpResponse:
    """A reading as an e-book; ``?for=teacher`` with the answers."""
    return _epub(request, _reading(request, ident))


@require_safe
@never_cache
def handout_of_class(request: HttpRequest, ident: str) -> HttpResponse:
    """What a class was given, as a PDF."""
    return _pdf(request, _of_class(request, ident))


@require_safe
@never_cache
def epub_of_class(request: HttpRequest, ident: str) -> HttpResponse:
    """What a class was given, as an e-book."""
    return _epub(request, _of_class(request, ident))


def _reading(request: HttpRequest, ident: str) -> Wanted:
    """A reading that whoever asks may see; its answers are for teachers."""
    reading = get_object_or_404(permissions.seen_readings(request), ident=ident)
    for_teacher = request.GET.get("for") == "teacher"
    if for_teacher and not permissions.may_teach(request):
        raise Http404
    return Wanted(reading.content, reading.get_absolute_url(), for_teacher)


def _of_class(request: HttpRequest, ident: str) -> Wanted:
    """What a class reads, for its teacher and, once it has opened, for its students; the answers for the teacher."""
    assignment = get_object_or_404(Assignment, ident=ident)
    is_teacher = permissions.may_teach(request) and assignment.teacher_id == request.user.pk
    is_student = assignment.has_opened and student_of(request, assignment) is not None
    for_teacher = request.GET.get("for") == "teacher"
    if not (is_teacher or (is_student and not for_teacher)):
        raise Http404
    return Wanted(assignment.content, assignment.get_absolute_url(), for_teacher)


def _pdf(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    paper = Paper.named(request.GET.get("paper", ""))
    written = handout(live(wanted.content), request, for_teacher=wanted.for_teacher, paper=paper)
    return _file(written, "application/pdf", f"{_name(wanted)}.pdf", "inline")


def _epub(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    written = book(live(wanted.content), wanted.address, request, for_teacher=wanted.for_teacher)
    return _file(written, MEDIA_TYPE, f"{_name(wanted)}.epub", "attachment")


def _name(wanted: Wanted) -> str:
    name = slugify(wanted.content.title)[:80] or "reading"
    return f"{name}-teacher" if wanted.for_teacher else name


def _file(written: bytes, media_type: str, name: str, disposition: str) -> HttpResponse:
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(written, content_type=media_type, headers=headers)
