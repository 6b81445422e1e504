"""Pages for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from interchange.addresses import absolute


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; the results of searches are endless, and the administration is not public."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}?",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {absolute(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
