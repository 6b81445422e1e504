"""A reading as a file that course systems import."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from classroom.cartridge.manifest import files_of
from classroom.cartridge.packing import packed
from classroom.cartridge.pieces import pieces_of
from classroom.live import live
from classroom.models import Reading
from classroom.permissions import may_teach, seen_readings

KIND = "application/vnd.ims.imsccv1p1"


@require_safe
@cache_control(private=True, no_cache=True)
def cartridge(request: HttpRequest, ident: str) -> HttpResponse:
    """The Common Cartridge of a reading that whoever asks may look at."""
    reading = get_object_or_404(seen_readings(request), ident=ident)
    content, is_public = reading.content, reading.visibility == Reading.Visibility.PUBLIC
    path = reading.get_absolute_url() if is_public else ""
    pieces = pieces_of(live(content), request, path, is_for_teacher=may_teach(request))
    response = HttpResponse(packed(files_of(reading.ident, content, pieces)), content_type=KIND)
    name = slugify(content.title)[:60] or "reading"
    response["Content-Disposition"] = f'attachment; filename="{name}.imscc"'
    response["X-Robots-Tag"] = "noindex"
    return response
