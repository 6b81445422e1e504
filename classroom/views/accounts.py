"""Accounts of teachers: signing in and out, another password, and accepting an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, views
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from classroom.invitations import InvitationGone, accept, invitation_with
from classroom.keeping import policy

#: For so many seconds a teacher stays signed in: a day at school, or two weeks where they asked for it.
A_DAY, TWO_WEEKS = 10 * 3600, 14 * 24 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """Name and password, and whether this device is one's own."""

    stay = forms.BooleanField(required=False, label="Keep me signed in for two weeks on this device")
    error_messages = {
        "invalid_login": "No account has this name with this password. Capital letters count.",
        "inactive": "This account was closed. Ask an administrator.",
    }


class SignIn(views.LoginView):
    """Signs a teacher in, and leads back to where they wanted to go."""

    template_name = "classroom/accounts/sign_in.html"
    authentication_form = SignInForm
    next_page = reverse_lazy("classroom")
    redirect_authenticated_user = True

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        return super().get_context_data(**values) | {"contact": policy().contact, "site_name": settings.SITE_NAME}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.set_expiry(TWO_WEEKS if form.cleaned_data["stay"] else A_DAY)
        return response


class SignOut(views.LogoutView):
    """Signs out; only by POST."""

    def get_success_url(self) -> str:
        return f"{reverse('classroom')}?done=signed-out"


class ChangePassword(views.PasswordChangeView):
    """Another password; the account stays signed in."""

    template_name = "classroom/accounts/password.html"

    def get_success_url(self) -> str:
        return f"{reverse('classroom')}?done=password"


class AccountForm(UserCreationForm):  # type: ignore[type-arg]
    """A name to sign in with, and a password twice."""

    class Meta(UserCreationForm.Meta):
        labels = {"username": "Name to sign in with"}
        help_texts = {"username": "Letters, digits and @ . + - _"}

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["password1"].help_text = "At least 8 characters; not your name, and not one that many people use."
        self.fields["password2"].label = "The same password again"
        self.fields["password2"].help_text = ""

    def validate_password_for_user(self, user: Any, password_field_name: str = "password1") -> None:
        """Says what is wrong with a password where it is typed first."""
        super().validate_password_for_user(user, password_field_name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Makes the account to which an invitation leads, and signs in."""
    form = AccountForm(request.POST or None)
    try:
        invitation_with(secret)
        if request.method == "POST" and form.is_valid():
            login(request, accept(secret, form), backend=BACKEND)
            request.session.set_expiry(A_DAY)
            return redirect("classroom")
    except InvitationGone:
        return render(request, "classroom/accounts/gone.html", status=404)
    return render(request, "classroom/accounts/accept.html", {"form": form})
