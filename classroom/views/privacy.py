"""What is stored of students: for everybody to read, and for students in full what is stored of them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from classroom.identity import forget
from classroom.joining import known_in, known_students
from classroom.keeping import delete_student, policy
from classroom.stored import parts, record_of


@require_safe
@never_cache
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, why, for how long and who sees it; and what is stored of whom this device knows."""
    records = [record_of(known) for known in known_students(request)]
    context = {"parts": parts(), "records": records, "policy": policy(), "takes_launches": settings.LTI}
    return render(request, "classroom/privacy/privacy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete_me(request: HttpRequest, ident: str) -> HttpResponse:
    """Asks a student whether all that is stored about them in one class should go, and deletes it."""
    known = known_in(request, ident)
    if known is None:
        raise Http404
    if request.method != "POST":
        return render(request, "classroom/privacy/delete.html", {"known": known})
    response = redirect(f"{reverse('classroom')}?done=deleted")
    forget(request, response, known.student.assignment)
    delete_student(known.student)
    return response
