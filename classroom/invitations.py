"""Invitations: a link that makes one account for a teacher. Only a hash of its secret is stored."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from classroom.codes import keyed_hash
from classroom.models import Invitation

#: The group of accounts that may teach and do nothing else.
TEACHERS = "Teachers"
GOOD_FOR = timedelta(days=14)


class InvitationGone(Exception):
    """The invitation was used, or its time is over, or there is none with this secret."""


def give_secret(invitation: Invitation) -> str:
    """Gives a new invitation its secret, which is known from nowhere else afterwards."""
    secret = secrets.token_urlsafe(24)
    invitation.secret = _hash(secret)
    invitation.expires_at = timezone.now() + GOOD_FOR
    return secret


def invitation_with(secret: str) -> Invitation:
    """The invitation with this secret; raises ``InvitationGone`` when it is no longer good."""
    return _good(secret, lock=False)


@transaction.atomic
def accept(secret: str, form: UserCreationForm[User]) -> User:
    """Makes the account that a valid form describes, once; raises ``InvitationGone``."""
    invitation = _good(secret, lock=True)
    user = form.save()
    user.groups.add(Group.objects.get(name=TEACHERS))
    invitation.used_by, invitation.used_at = user, timezone.now()
    invitation.save(update_fields=["used_by", "used_at"])
    return user


def state_of(invitation: Invitation) -> str:
    """What became of an invitation, in a word or two."""
    if invitation.used_at:
        return f"used by {invitation.used_by}" if invitation.used_by else "used"
    return "open" if invitation.expires_at > timezone.now() else "expired"


def _good(secret: str, lock: bool) -> Invitation:
    found = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    invitation = found.filter(secret=_hash(secret), used_at=None, expires_at__gt=timezone.now()).first()
    if invitation is None:
        raise InvitationGone
    return invitation


def _hash(secret: str) -> str:
    return keyed_hash("invitation", secret)
