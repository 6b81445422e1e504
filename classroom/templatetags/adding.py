"""``{% add_to_reading document=document %}``: a teacher's tools on pages of the archive; for others nothing.

It is given what the page shows: ``document``; that with ``proposal``, ``other`` or ``siglum``; or ``query``.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from classroom import remembering
from classroom.forms_reading import NEW, AddingForm
from classroom.models import Reading
from classroom.permissions import may_teach
from classroom.teachers_page import DIFFERS, THEIRS

register = template.Library()

#: So many of a teacher's readings are offered, those changed last.
OFFERED = 50
WHAT = {
    "document": "Add to",
    "proposal": "Add this proposal with its answers to",
    "comparison": "Add this comparison to",
    "search": "Add this search to",
}


@register.inclusion_tag("classroom/editing/_adding.html", takes_context=True)
def add_to_reading(context: dict[str, Any], **shown: Any) -> dict[str, Any]:
    """The tools for what the page shows."""
    request = context["request"]
    setattr(request, DIFFERS, True)
    # Without its cookie there is no session, and nobody who is signed in: nothing is looked up.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not may_teach(request):
        return {}
    setattr(request, THEIRS, True)
    kind = next((name for name, named in KINDS.items() if any(shown.get(each) for each in named)), "document")
    readings = offered(request)
    target = remembering.target(request)
    chosen = next((each for each in readings if each[0] == target), (NEW, "a new reading"))
    values = {name: getattr(value, "slug", value) for name, value in shown.items()}
    if kind == "proposal":
        values = {"document": shown["proposal"].document.slug, "proposal": shown["proposal"].ident}
    initial = {"kind": kind, "next": request.get_full_path(), "reading": chosen[0]} | values
    return {
        "form": AddingForm(initial=initial, readings=readings, auto_id="adding-%s"),
        "values": initial,
        "what": WHAT[kind],
        "is_new": chosen[0] == NEW,
        "target": chosen[1],
        "added": remembering.take_added(request),
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
    }


#: What makes a page one of a kind.
KINDS = {"proposal": ("proposal",), "comparison": ("other", "siglum"), "search": ("query",)}


def offered(request: HttpRequest) -> list[tuple[str, str]]:
    """The readings of a teacher as choices, those changed last before others."""
    return list(Reading.objects.filter(owner=request.user).values_list("ident", "title")[:OFFERED])
