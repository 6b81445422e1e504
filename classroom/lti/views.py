"""The addresses that a course system knows, and the pages of teachers who come from one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classroom.identity import remember
from classroom.lti import arriving, returning, starting
from classroom.lti.asking import Refused, is_safe, origin
from classroom.lti.key import public_key
from classroom.lti.messages import Message
from classroom.lti.models import LaunchedStudent, LinkedTeacher, Platform
from classroom.models import Assignment
from classroom.permissions import for_teachers, own_assignment, teacher
from interchange.addresses import absolute

View = Callable[..., HttpResponseBase]


def where_it_is_on(view: View) -> View:
    """Has nothing there unless LTI is on, says why when something is refused, and has no cache keep anything."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        if not settings.LTI:
            raise Http404
        try:
            return view(request, *args, **values)
        except Refused as refusal:
            return render(request, "classroom/lti/refused.html", {"why": str(refusal)}, status=403)

    return never_cache(guarded)


@where_it_is_on
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The key with which course systems check what we sign."""
    return JsonResponse({"keys": [public_key()]})


@csrf_exempt
@where_it_is_on
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Where a course system begins."""
    said = request.POST if request.method == "POST" else request.GET
    return starting.start(request, said.dict())


@csrf_exempt
@where_it_is_on
@require_POST
def launch(request: HttpRequest) -> HttpResponse:
    """Where a course system sends whoever starts a class, or a teacher who puts one into a course."""
    message, cookie = starting.finish(request)
    response = HttpResponse(status=303, headers={"Location": reverse("lti_arrive")})
    response.delete_cookie(cookie, path=starting.PATH, samesite="None")
    if message.is_by_teacher:
        starting.give_ticket(response, _of_teacher(message), starting.SIGNING_IN)
    elif message.is_by_student and not message.is_link_request:
        starting.give_ticket(response, {"launched": arriving.arrive(message).pk}, starting.AT_ONCE)
    else:
        raise Refused("Only teachers put classes into a course, and only its teachers and students open them.")
    return response


def _of_teacher(message: Message) -> dict[str, Any]:
    """What the pages of a teacher who comes from a course go by; no name is among it."""
    found = {"platform": message.platform.pk, "subject": arriving.subject_hash(message), "class": message.class_ident}
    if not message.is_link_request:
        return found
    linking = message.linking
    goes_back_to, types = linking.get("deep_link_return_url"), linking.get("accept_types")
    if not isinstance(goes_back_to, str) or not is_safe(goes_back_to):
        raise Refused("The course system does not say where the link should go.")
    if not isinstance(types, list) or "ltiResourceLink" not in types:
        raise Refused("The course system takes no links of this kind here.")
    back = {"back": goes_back_to, "deployment": message.deployment}
    return found | back | ({"data": linking["data"]} if "data" in linking else {})


@where_it_is_on
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Leads whoever was launched on: students to their work, teachers to their page."""
    held = starting.ticket(request)
    if "platform" in held:
        return redirect("lti_teacher")
    launched = LaunchedStudent.objects.filter(pk=held.get("launched")).select_related("student__assignment").first()
    if launched is None:
        raise Refused("The start took too long. Open the class from your course once more.")
    assignment = launched.student.assignment
    response = redirect("work", assignment.ident)
    remember(request, response, assignment, arriving.return_code(launched))
    response.delete_cookie(starting.TICKET, path=starting.PATH, samesite="Lax")
    return response


@where_it_is_on
@for_teachers
@require_http_methods(["GET", "POST"])
def for_teacher(request: HttpRequest) -> HttpResponseBase:
    """Asks a teacher once whether they are who came from the course; then shows the class, or their classes."""
    held, platform = _held(request)
    user = teacher(request)
    if request.method == "POST":
        LinkedTeacher.objects.update_or_create(platform=platform, subject=held["subject"], defaults={"user": user})
        return redirect("lti_teacher")
    if not arriving.is_linked(user, platform, held["subject"]):
        return render(request, "classroom/lti/link.html", {"platform": platform})
    if "back" in held:
        classes = Assignment.objects.filter(teacher=user)
        return render(request, "classroom/lti/choose.html", {"platform": platform, "classes": classes})
    own = Assignment.objects.filter(teacher=user, ident=held["class"]).first()
    return redirect(own or "classroom")


@where_it_is_on
@for_teachers
@require_POST
def put_into_course(request: HttpRequest) -> HttpResponseBase:
    """Hands a class to the course system: a form that goes there, and nowhere else."""
    held, platform = _held(request)
    if "back" not in held or not arriving.is_linked(teacher(request), platform, held["subject"]):
        raise Http404
    assignment = own_assignment(request, request.POST.get("class", "").replace("\0", ""))
    address = absolute(request, reverse("lti_launch"))
    context = {
        "assignment": assignment,
        "platform": platform,
        "back": held["back"],
        "token": returning.link_response(assignment, platform, held, address),
    }
    policy = csp_replace({"form-action": [SELF, origin(held["back"])]})
    return policy(render)(request, "classroom/lti/hand_over.html", context)


@where_it_is_on
@for_teachers
@require_POST
def send_marks(request: HttpRequest, ident: str) -> HttpResponseBase:
    """Sends the marks of a class to its course, and says what became of each."""
    assignment = own_assignment(request, ident)
    context = {"assignment": assignment, "results": list(returning.send_marks(assignment))}
    return render(request, "classroom/lti/marks.html", context)


def _held(request: HttpRequest) -> tuple[dict[str, Any], Platform]:
    """The ticket of a teacher, and the course system that they come from."""
    held = starting.ticket(request)
    if "platform" not in held:
        raise Refused("The start took too long. Begin once more in your course.")
    return held, get_object_or_404(Platform, pk=held["platform"])
