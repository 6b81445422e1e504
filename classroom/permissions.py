"""Who may do what in the classroom. Every view asks here, and what somebody may not see is not found.

A teacher sees and changes their own readings and classes, and looks at and copies what is shared. A student sees their
own class through ``classroom.identity``. Administrators have no part in classes that are not theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from classroom.models import Assignment, Reading
from classroom.models.reading import TEACH

View = Callable[..., HttpResponseBase]


def may_teach(request: HttpRequest) -> bool:
    """Whether whoever asks is signed in and may make readings and classes."""
    return request.user.is_authenticated and request.user.has_perm(TEACH)


def for_teachers(view: View) -> View:
    """Lets teachers in, leads others to the page where one signs in, and tells accounts that may not teach so (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("classroom_sign_in"))
        if not may_teach(request):
            raise PermissionDenied("This account may not make readings or classes. Ask an administrator.")
        return view(request, *args, **values)

    return guarded


def own_reading(request: HttpRequest, ident: str) -> Reading:
    """A reading that whoever asks may change; raises ``Http404``."""
    return get_object_or_404(Reading, ident=ident, owner=teacher(request))


def seen_readings(request: HttpRequest) -> QuerySet[Reading]:
    """The readings that whoever asks may look at: public ones, and for teachers their own and what is shared."""
    if not may_teach(request):
        return Reading.objects.public()
    shared = Q(visibility__in=(Reading.Visibility.TEACHERS, Reading.Visibility.PUBLIC))
    return Reading.objects.filter(shared | Q(owner=teacher(request)))


def own_assignment(request: HttpRequest, ident: str) -> Assignment:
    """A class of whoever asks; raises ``Http404``."""
    return get_object_or_404(Assignment, ident=ident, teacher=teacher(request))


def teacher(request: HttpRequest) -> User:
    """Whoever asks, who is known to be signed in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user
