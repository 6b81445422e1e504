"""Full addresses, for what is read away from the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest | None, path: str) -> str:
    """The full address of a path: at the address the owner set, otherwise where this reader is."""
    if settings.SITE_URL:
        return str(settings.SITE_URL).rstrip("/") + path
    return request.build_absolute_uri(path) if request else path


def base_url(request: HttpRequest | None) -> str:
    """What the full address of every path begins with, without a stroke at its end."""
    return absolute(request, "/").rstrip("/")
