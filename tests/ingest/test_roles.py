"""Every role against every action, through real requests: the server refuses what a role may not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Person, Topic, Version
from ingest.derive import derive
from ingest.history import keep_deleted, keeping
from ingest.models import Rehearsal
from ingest.rehearse import propose_change
from ingest.roles import PERMISSIONS, Role, give_role, make_roles, role_of
from tests.ingest import proposing
from tests.ingest.rehearsing import bring, last_item, values_of
from tests.ingest.test_admin import form_of

pytestmark = pytest.mark.django_db

NOBODY, SUPERUSER = "nobody", "superuser"
WHO = [NOBODY, *Role, SUPERUSER]
EDITORS = {*Role, SUPERUSER} - {Role.TEACHER}
PUBLISHERS = EDITORS - {Role.EDITOR}
ADMINISTRATORS = PUBLISHERS - {Role.PUBLISHER}


@dataclass(frozen=True)
class Scene:
    """Someone logged in, a superuser who prepares; a draft and a published document, with an earlier version each;
    and another published document.
    """

    client: Client
    prepares: Client
    draft: Document
    live: Document
    reply: Document

    def form(self, document: Document, button: str, **changes: object) -> None:
        """Sends the whole form of a document, whether or not the role is shown one."""
        address = reverse("admin:documents_document_change", args=[document.pk])
        self.client.post(address, {**form_of(self.prepares, document), button: "1", **changes})
        document.refresh_from_db()

    def action(self, name: str, document: Document) -> None:
        values = {"action": name, "_selected_action": [document.pk], "post": "yes"}
        self.client.post(reverse("admin:documents_document_changelist"), values)

    def restored(self, document: Document) -> bool:
        self.client.post(reverse("admin:documents_document_restore", args=[document.pk, 1]))
        return Document.objects.get(pk=document.pk).place == ""

    def deleted(self, document: Document) -> bool:
        self.client.post(reverse("admin:documents_document_delete", args=[document.pk]), {"post": "yes"})
        return not Document.objects.filter(pk=document.pk).exists()

    def brought_back(self, document: Document) -> bool:
        [version] = keep_deleted([document])
        Document.objects.filter(pk=document.pk).delete()
        self.client.post(reverse("admin:documents_document_bring_back", args=[version.pk]))
        return Document.objects.filter(slug=document.slug).exists()

    def rehearsed(self, button: str, document: Document | None = None) -> Document | None:
        """The document that a rehearsal made or changed, if it did."""
        user = User.objects.get(username="prepares")
        if document is None:
            bring(self.prepares, self.draft.collection, "Dear Sir:\n\nA word about Mars.\n\nSincerely,\n\nA. Writer")
            item = last_item()
        else:
            item = propose_change(document, user)
        values = {**values_of(self.prepares, item), "text": "A word about Mars.", button: "1", "anyway": "on"}
        self.client.post(item.get_absolute_url(), values)
        return Document.objects.filter(text__contains="A word about Mars").first()


def logged_in(who: str, name: str) -> Client:
    user = User.objects.create_user(name, password="a long password", is_staff=True, is_superuser=who == SUPERUSER)
    give_role(user, Role(who) if who in list(Role) else None)
    client = Client()
    client.force_login(user)
    return client


def saved(scene: Scene, document: Document) -> bool:
    scene.form(document, "_continue", abstract="Mine.")
    return document.abstract == "Mine."


def gave_status(scene: Scene, document: Document, how: str, published: bool) -> bool:
    if how in ("_publish", "_withdraw"):
        scene.form(document, how)
    else:
        scene.action(how, document)
    document.refresh_from_db()
    return document.is_published is published


def added(scene: Scene, model: type[models.Model], **values: object) -> bool:
    scene.client.post(reverse(f"admin:documents_{model._meta.model_name}_add"), {**values, "slug": "zinaida"})
    return model._default_manager.filter(slug="zinaida").exists()


def person_deleted(scene: Scene) -> bool:
    person = Person.objects.create(slug="gone", name="Gone", sort_name="Gone")
    scene.client.post(reverse("admin:documents_person_delete", args=[person.pk]), {"post": "yes"})
    return not Person.objects.filter(pk=person.pk).exists()


def user_added(scene: Scene, **more: object) -> bool:
    values = {"username": "new", "password1": "a long and odd word", "password2": "a long and odd word"}
    values |= {"role": "Publishers", **more}
    scene.client.post(reverse("admin:auth_user_add"), values)
    return User.objects.filter(username="new", groups__name="Publishers", is_staff=True).exists()


def change_account(scene: Scene, user: User, **changes: object) -> User:
    values = {"username": user.username, "is_active": "on", "role": role_of(user) or "", **changes}
    scene.client.post(reverse("admin:auth_user_change", args=[user.pk]), values)
    user.refresh_from_db()
    return User.objects.get(pk=user.pk)


def role_given(scene: Scene) -> bool:
    user = User.objects.create_user("other")
    return role_of(change_account(scene, user, role="Editors")) is Role.EDITOR


def superuser_made(scene: Scene) -> bool:
    return change_account(scene, User.objects.create_user("other"), is_superuser="on").is_superuser


def superuser_changed(scene: Scene) -> bool:
    root = User.objects.create_superuser("root", password="a long password")
    changed = change_account(scene, root, first_name="Mine", is_superuser="on").first_name == "Mine"
    scene.client.post(
        reverse("admin:auth_user_password_change", args=[root.pk]),
        {
            "usable_password": "true",
            "password1": "a long and odd word",
            "password2": "a long and odd word",
        },
    )
    scene.client.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"})
    found = User.objects.filter(pk=root.pk).first()
    return changed or found is None or not found.check_password("a long password")


#: What can be done, who may, and doing it: true when it was done.
ACTIONS: dict[str, tuple[set[str], Callable[[Scene], bool]]] = {
    "look at a document": (
        EDITORS,
        lambda s: s.client.get(reverse("admin:documents_document_change", args=[s.live.pk])).status_code == 200,
    ),
    "look at its history": (
        EDITORS,
        lambda s: s.client.get(reverse("admin:documents_document_history", args=[s.live.pk])).status_code == 200,
    ),
    "save a draft": (EDITORS, lambda s: saved(s, s.draft)),
    "save a published document": (PUBLISHERS, lambda s: saved(s, s.live)),
    "publish": (PUBLISHERS, lambda s: gave_status(s, s.draft, "_publish", True)),
    "publish from the list": (PUBLISHERS, lambda s: gave_status(s, s.draft, "publish", True)),
    "withdraw": (PUBLISHERS, lambda s: gave_status(s, s.live, "_withdraw", False)),
    "withdraw from the list": (PUBLISHERS, lambda s: gave_status(s, s.live, "withdraw", False)),
    "delete a draft": (EDITORS, lambda s: s.deleted(s.draft)),
    "delete a published document": (PUBLISHERS, lambda s: s.deleted(s.live)),
    "delete a published document from the list": (
        PUBLISHERS,
        lambda s: s.action("delete_selected", s.live) or not Document.objects.filter(pk=s.live.pk).exists(),
    ),
    "restore a draft": (EDITORS, lambda s: s.restored(s.draft)),
    "restore a published document": (PUBLISHERS, lambda s: s.restored(s.live)),
    "bring back a draft": (EDITORS, lambda s: s.brought_back(s.draft)),
    "bring back a published document": (PUBLISHERS, lambda s: s.brought_back(s.live)),
    "keep a rehearsed text": (EDITORS, lambda s: s.rehearsed("_draft") is not None),
    "publish a rehearsed text": (PUBLISHERS, lambda s: s.rehearsed("_publish") is not None),
    "publish a proposed change": (PUBLISHERS, lambda s: s.rehearsed("_publish", s.live) is not None),
    "add a person": (EDITORS, lambda s: added(s, Person, name="Zinaida", sort_name="Zinaida")),
    "delete a person": (PUBLISHERS, person_deleted),
    "add a topic": (EDITORS, lambda s: added(s, Topic, name="Zinaida", position="1")),
    "add a collection": (PUBLISHERS, lambda s: added(s, Collection, title="Zinaida", position="1")),
    "add a proposal to a draft": (EDITORS, lambda s: proposing.proposal_added(s.client, s.draft)),
    "add a proposal to a published document": (PUBLISHERS, lambda s: proposing.proposal_added(s.client, s.live)),
    "change a proposal of a draft": (EDITORS, lambda s: proposing.proposal_changed(s.client, s.draft)),
    "change a published proposal": (PUBLISHERS, lambda s: proposing.proposal_changed(s.client, s.live)),
    "delete a proposal of a draft": (EDITORS, lambda s: proposing.proposal_deleted(s.client, s.draft)),
    "delete a published proposal": (PUBLISHERS, lambda s: proposing.proposal_deleted(s.client, s.live)),
    "delete a published proposal from the list": (
        PUBLISHERS,
        lambda s: proposing.proposal_deleted(s.client, s.live, from_the_list=True),
    ),
    "confirm a proposal of a draft": (EDITORS, lambda s: proposing.proposal_confirmed(s.client, s.draft)),
    "confirm a published proposal": (PUBLISHERS, lambda s: proposing.proposal_confirmed(s.client, s.live)),
    "add a link of a draft": (EDITORS, lambda s: proposing.link_added(s.client, s.draft, s.live)),
    "add a link that readers see": (PUBLISHERS, lambda s: proposing.link_added(s.client, s.live, s.reply)),
    "change a link of a draft": (EDITORS, lambda s: proposing.link_changed(s.client, s.draft, s.live)),
    "change a link that readers see": (PUBLISHERS, lambda s: proposing.link_changed(s.client, s.live, s.reply)),
    "let readers see a link by leading it elsewhere": (
        PUBLISHERS,
        lambda s: proposing.link_led_elsewhere(s.client, s.draft, s.live, s.reply),
    ),
    "delete a link of a draft": (EDITORS, lambda s: proposing.link_deleted(s.client, s.draft, s.live)),
    "delete a link that readers see": (PUBLISHERS, lambda s: proposing.link_deleted(s.client, s.live, s.reply)),
    "add an account": (ADMINISTRATORS, user_added),
    "give a role": (ADMINISTRATORS, role_given),
    "make a superuser": ({SUPERUSER}, superuser_made),
    "change a superuser": ({SUPERUSER}, superuser_changed),
}


@pytest.fixture
def scene(space_exchange: Collection, who: str) -> Scene:
    draft = Document.objects.create(collection=space_exchange, slug="draft", title="A draft", text="Some text.\n")
    derive(draft)
    live = Document.objects.create(
        collection=space_exchange, slug="live", title="Live", text="Other text.\n", status="published"
    )
    derive(live)
    reply = Document.objects.get(slug="khrushchev-1962-03-20")
    for document in (draft, live):
        with keeping(document):
            document.place = "Geneva"
            document.save()
    return Scene(logged_in(who, "someone"), logged_in(SUPERUSER, "prepares"), draft, live, reply)


@pytest.mark.parametrize("who", WHO)
def test_a_role_does_what_it_may_and_nothing_else(scene: Scene, who: str) -> None:
    done = {}
    for action, (_, do) in ACTIONS.items():
        scene.draft.refresh_from_db()
        scene.live.refresh_from_db()
        with transaction.atomic():
            done[action] = do(scene)
            transaction.set_rollback(True)
    assert done == {action: who in allowed for action, (allowed, _) in ACTIONS.items()}


def test_each_role_has_its_permissions_in_a_new_archive() -> None:
    for role, names in PERMISSIONS.items():
        user = User.objects.create_user(role.value)
        give_role(user, role)
        assert user.get_all_permissions() == names
    assert (
        PERMISSIONS[Role.TEACHER]
        < PERMISSIONS[Role.EDITOR]
        < PERMISSIONS[Role.PUBLISHER]
        < PERMISSIONS[Role.ADMINISTRATOR]
    )


def test_roles_are_kept_in_step_and_what_was_added_by_hand_stays() -> None:
    group = Group.objects.get(name="Editors")
    before = set(group.permissions.all())
    group.permissions.add(Permission.objects.get(codename="delete_person"))
    group.permissions.remove(Permission.objects.get(codename="add_document"))
    make_roles()
    assert set(group.permissions.all()) == before | {Permission.objects.get(codename="delete_person")}
    Group.objects.filter(name="Publishers").delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.get(name="Publishers").permissions.filter(codename="publish_document").exists()


def test_a_role_is_given_in_place_of_the_one_before_and_other_groups_stay() -> None:
    user = User.objects.create_user("other")
    user.groups.add(Group.objects.create(name="Readers of proofs"))
    give_role(user, Role.EDITOR)
    give_role(user, Role.PUBLISHER)
    assert set(user.groups.values_list("name", flat=True)) == {"Readers of proofs", "Publishers"}
    give_role(user, None)
    assert role_of(User.objects.get(pk=user.pk)) is None


@pytest.mark.parametrize("who", [Role.ADMINISTRATOR])
def test_who_loses_every_role_may_no_longer_log_in_to_editing(scene: Scene, who: str) -> None:
    user = User.objects.create_user("other", is_staff=True)
    give_role(user, Role.EDITOR)
    assert change_account(scene, user, role="").is_staff is False


@pytest.mark.parametrize("who", [Role.ADMINISTRATOR])
def test_a_teacher_may_not_log_in_to_editing_and_finds_nothing_there(scene: Scene, who: str) -> None:
    teacher = change_account(scene, User.objects.create_user("other", is_staff=True), role="Teachers")
    assert (role_of(teacher), teacher.is_staff) == (Role.TEACHER, False)
    client = Client()
    client.force_login(teacher)
    assert client.get(reverse("admin:index")).status_code == 302
    User.objects.filter(pk=teacher.pk).update(is_staff=True)
    assert "You don’t have permission to view or edit anything" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("who", [Role.EDITOR])
def test_an_editor_is_not_shown_what_only_publishers_do(scene: Scene, who: str) -> None:
    page = scene.client.get(reverse("admin:documents_document_change", args=[scene.draft.pk])).content.decode()
    assert 'name="_publish"' not in page
    history = scene.client.get(reverse("admin:documents_document_history", args=[scene.live.pk])).content.decode()
    assert "Restore this version" not in history


@pytest.mark.parametrize("who", [Role.EDITOR])
def test_an_editor_cannot_make_a_published_document_a_draft_by_rehearsing_it(scene: Scene, who: str) -> None:
    scene.rehearsed("_draft", scene.live)
    scene.live.refresh_from_db()
    assert (scene.live.is_published, scene.live.text) == (True, "Other text.\n")
    assert Version.objects.filter(document=scene.live).count() == 1
    assert Rehearsal.objects.exists()


@pytest.mark.parametrize("who", [Role.ADMINISTRATOR])
def test_an_account_is_made_with_a_name_a_password_and_a_role(scene: Scene, who: str) -> None:
    page = scene.client.get(reverse("admin:auth_user_add")).content.decode()
    assert page.count('type="radio" name="role"') == 5
    assert "is_superuser" not in page
    assert user_added(scene, role="Publishers")
    listed = scene.client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert "Publisher" in listed
    assert "Superuser" in listed
