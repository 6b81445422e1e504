"""Answers a form that asks how its text would look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ingest.preview import Preview


def previewed(request: HttpRequest) -> HttpResponse:
    """Answers with the posted text as readers would see it."""
    preview = Preview.of(request.POST.get("text", "").replace("\r\n", "\n"))
    html = render_to_string("admin/ingest/_preview.html", {"preview": preview}, request)
    return JsonResponse({"html": html})
