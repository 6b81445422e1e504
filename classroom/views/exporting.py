"""A class as files for its teacher."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from classroom.exporting import everything, rows
from classroom.models import Assignment
from classroom.permissions import for_teachers, own_assignment


@never_cache
@for_teachers
@require_safe
def export_csv(request: HttpRequest, ident: str) -> HttpResponseBase:
    """A table of the class's students, answers, marks and comments."""
    assignment = own_assignment(request, ident)
    return _file(HttpResponse("".join(rows(assignment)), content_type="text/csv; charset=utf-8"), assignment, "csv")


@never_cache
@for_teachers
@require_safe
def export_json(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Everything that is stored of the class's students, as somebody may ask for it."""
    assignment = own_assignment(request, ident)
    response = JsonResponse(everything(assignment), json_dumps_params={"indent": 2, "ensure_ascii": False})
    return _file(response, assignment, "json")


def _file(response: HttpResponse, assignment: Assignment, ending: str) -> HttpResponse:
    name = slugify(assignment.class_name) or "class"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response
