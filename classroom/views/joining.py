"""Students get in: they join with the code of their class, come back with their own, and leave a device."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classroom import joining
from classroom.identity import forget, remember
from classroom.models import Assignment
from classroom.throttle import Kind, count_wrong, minutes_to_wait, refused

UNKNOWN = (
    "No class has this code. Look for letters that you may have mixed up, or ask your teacher whether there is a "
    "new one."
)
EXPIRED = "This code can no longer be used to join. Ask your teacher for a new one."
UNKNOWN_RETURN = "Nobody has this return code. It has ten letters and digits; look for what you may have mixed up."


TYPED_CODE = forms.TextInput(
    {"class": "code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
)


class JoinForm(forms.Form):
    """The code of a class, and a name in it."""

    code = forms.CharField(
        label="Join code",
        max_length=40,
        help_text="Six letters and digits. Small letters will do.",
        error_messages={"required": "Type the code of your class."},
        widget=TYPED_CODE,
    )
    name = forms.CharField(
        label="Your name",
        max_length=400,
        required=False,
        help_text="As your teacher knows you; a first name will do. Others in your class do not see it.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_code(self) -> Assignment:
        """The class, which may be joined now."""
        found = joining.class_with(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(UNKNOWN, code="unknown")
        if not found.takes_students:
            raise forms.ValidationError(EXPIRED)
        return found

    def clean_name(self) -> str:
        try:
            return joining.read_name(self.cleaned_data["name"])
        except joining.NameRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Joins a class by its code and a name. The code in an address only fills in the form."""
    if request.method != "POST":
        return _join_page(request, JoinForm(initial={"code": code or request.GET.get("code", "")}))
    if minutes := minutes_to_wait(request, Kind.JOIN):
        return refused(request, minutes)
    form = JoinForm(request.POST)
    form.full_clean()
    if form.has_error("code", "unknown"):
        count_wrong(request, Kind.JOIN)
    found: Assignment | None = form.cleaned_data.get("code")
    if found is None:
        return _join_page(request, form)
    if known := joining.known_in(request, found.ident):
        return render(request, "classroom/joining/here.html", {"known": known})
    if not found.takes_answers:
        return render(request, "classroom/joining/closed.html", {"assignment": found})
    return _join(request, form, found)


def _join(request: HttpRequest, form: JoinForm, found: Assignment) -> HttpResponse:
    if form.is_valid():
        try:
            _, return_code = joining.join(found, form.cleaned_data["name"])
        except joining.NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            response = redirect("joined", found.ident)
            remember(request, response, found, return_code)
            return response
    return _join_page(request, form)


def _join_page(request: HttpRequest, form: JoinForm) -> HttpResponse:
    return render(request, "classroom/joining/join.html", {"form": form, "longest": joining.LONGEST_NAME})


@never_cache
@require_safe
def joined(request: HttpRequest, ident: str) -> HttpResponse:
    """Shows who just joined the code with which they come back, and leads on to the work."""
    known = joining.known_in(request, ident)
    if known is None:
        raise Http404
    return render(request, "classroom/joining/joined.html", {"known": known})


class ReturnForm(forms.Form):
    """The code that a student was given on joining."""

    code = forms.CharField(
        label="Return code",
        max_length=60,
        help_text="Ten letters and digits.",
        error_messages={"required": "Type your return code."},
        widget=TYPED_CODE,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def return_to_class(request: HttpRequest) -> HttpResponseBase:
    """Lets a student back in, on any device."""
    form = ReturnForm(request.POST or None)
    if request.method == "POST":
        if minutes := minutes_to_wait(request, Kind.RETURN):
            return refused(request, minutes)
        if form.is_valid():
            student = joining.student_with(form.cleaned_data["code"])
            if student is not None:
                response = redirect("work", student.assignment.ident)
                code = joining.codes.read_code(form.cleaned_data["code"])
                remember(request, response, student.assignment, code)
                return response
            count_wrong(request, Kind.RETURN)
            form.add_error("code", UNKNOWN_RETURN)
    return render(request, "classroom/joining/return.html", {"form": form})


@never_cache
@require_POST
def leave_class(request: HttpRequest) -> HttpResponse:
    """Has this device forget the student of one class; what they did stays, and they may come back."""
    known = joining.known_in(request, request.POST.get("class", ""))
    response = redirect(f"{reverse('classroom')}?done=left")
    if known is not None:
        forget(request, response, known.student.assignment)
    return response
