"""Editors confirm and reject what the archive guesses that letters answer."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from documents.models import Document, Reply
from ingest.roles import Role, give_role
from tests.ingest.test_admin import form_of
from tests.letters import back, letter

pytestmark = pytest.mark.django_db

LIST = "/admin/documents/reply/"
ANSWER = "I have your letter of 7 March, and agree with every word of it."


def somebody(role: Role) -> Client:
    user = User.objects.create_user(role.value.lower(), is_staff=True)
    give_role(user, role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def publisher(db: None) -> Client:
    return somebody(Role.PUBLISHER)


@pytest.fixture
def editor(db: None) -> Client:
    return somebody(Role.EDITOR)


def guess(*, published: bool = True) -> Reply:
    letter("asked", date(1962, 3, 7), "Will you come?", published=published)
    back("answer", date(1962, 3, 20), ANSWER)
    return Reply.objects.get()


def decided(client: Client, reply: Reply, word: str) -> int:
    return client.post(reverse(f"admin:documents_reply_{word}", args=[reply.pk])).status_code


def status_of(reply: Reply) -> str:
    return Reply.objects.get(letter=reply.letter_id, answered=reply.answered_id).status


def test_the_list_shows_what_speaks_for_a_guess(publisher: Client) -> None:
    guess()
    page = publisher.get(LIST).content.decode()
    assert "I have <mark>your letter of 7 March</mark>, and agree" in page
    assert 'href="/documents/answer/#p1"' in page
    assert "Abigail Adams to John Bell, 7 March 1962" in page
    assert page.count("formaction") == 2


@pytest.mark.parametrize(("word", "status"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_a_guess_is_decided_on_with_a_button(publisher: Client, word: str, status: str) -> None:
    reply = guess()
    assert decided(publisher, reply, word) == 302
    assert status_of(reply) == status
    answer = Document.objects.get(slug="answer")
    assert answer.edited_here
    assert answer.versions.get().reason == f"Reply {status}"
    assert answer.changed_by_name == "publishers"


@pytest.mark.parametrize("word", ["confirm", "reject"])
def test_a_decision_is_taken_back(publisher: Client, word: str) -> None:
    reply = guess()
    decided(publisher, reply, word)
    decided(publisher, Reply.objects.get(), "leave-open")
    assert status_of(reply) == "guessed"


def test_who_decides_second_is_told_what_was_decided(publisher: Client) -> None:
    reply = guess()
    decided(publisher, reply, "confirm")

    assert decided(publisher, reply, "reject") == 302

    assert status_of(reply) == "confirmed"
    assert "is confirmed already, and stays so" in publisher.get(LIST).content.decode()


def test_a_reply_that_an_editor_entered_is_no_guess_to_leave_open(publisher: Client) -> None:
    reply = guess()
    Reply.objects.update(status="confirmed", basis="editor")

    decided(publisher, reply, "leave-open")

    assert status_of(reply) == "confirmed"


def test_many_are_decided_on_at_once(publisher: Client) -> None:
    first = guess()
    back("second-answer", date(1962, 3, 21), ANSWER)
    keys = list(Reply.objects.values_list("pk", flat=True))
    values = {"action": "confirm_chosen", "_selected_action": keys}
    page = publisher.post(LIST, values, follow=True).content.decode()
    assert "2 replies confirmed." in page
    assert status_of(first) == "confirmed"


def test_what_readers_see_is_decided_by_those_who_may_publish(editor: Client) -> None:
    reply = guess()
    assert decided(editor, reply, "confirm") == 403
    values = {"action": "reject_chosen", "_selected_action": [reply.pk]}
    assert "Ask someone who may publish" in editor.post(LIST, values, follow=True).content.decode()
    assert status_of(reply) == "guessed"
    assert "formaction" not in editor.get(LIST).content.decode()


def test_what_readers_do_not_see_is_decided_by_any_editor(editor: Client) -> None:
    reply = guess(published=False)
    assert decided(editor, reply, "confirm") == 302
    assert status_of(reply) == "confirmed"


def test_nothing_is_decided_by_following_a_link(publisher: Client) -> None:
    reply = guess()
    assert publisher.get(reverse("admin:documents_reply_confirm", args=[reply.pk])).status_code == 403
    assert status_of(reply) == "guessed"


def test_who_is_no_editor_sees_nothing(client: Client) -> None:
    reply = guess()
    assert client.get(LIST).status_code == 302
    assert decided(client, reply, "confirm") == 302
    assert status_of(reply) == "guessed"


def test_what_an_editor_said_on_the_letter_has_no_button(publisher: Client) -> None:
    asked = letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), "Yes.", answers=(asked,))
    page = publisher.get(LIST).content.decode()
    assert "An editor says so" in page
    assert "formaction" not in page


def test_the_page_of_a_document_says_what_is_guessed_of_it(publisher: Client) -> None:
    reply = guess()
    for key, words in ((reply.letter_id, "Probably answers"), (reply.answered_id, "Probably answered by")):
        page = publisher.get(reverse("admin:documents_document_change", args=[key])).content.decode()
        assert words in page
        assert f"{LIST}?q=" in page


def test_no_letter_answers_one_that_was_written_later(publisher: Client) -> None:
    later = letter("later", date(1962, 3, 27), "Will you come?")
    same_day = letter("same-day", date(1962, 3, 20), "Will you come?")
    answer = back("answer", date(1962, 3, 20), "Yes.")
    address = reverse("admin:documents_document_change", args=[answer.pk])
    form = form_of(publisher, answer)
    page = publisher.post(address, {**form, "answers": [later.pk], "_continue": "x"}, follow=True).content.decode()
    assert "Later than this document, which cannot answer it: Abigail Adams to John Bell, 27 March 1962." in page
    assert not Reply.objects.filter(status="confirmed").exists()
    publisher.post(address, {**form, "answers": [same_day.pk], "_continue": "x"})
    assert Reply.objects.filter(status="confirmed").get().answered_id == same_day.pk
    form = form_of(publisher, answer)
    page = publisher.post(address, {**form, "answers": [answer.pk], "_continue": "x"}, follow=True).content.decode()
    assert "A document does not answer itself" in page


def test_a_reply_has_no_form_of_its_own(publisher: Client) -> None:
    reply = guess()
    response = publisher.get(reverse("admin:documents_reply_change", args=[reply.pk]), follow=True)
    assert "your letter of 7 March" in response.content.decode()
    assert publisher.get(f"{LIST}add/").status_code == 403


def test_a_reply_is_deleted_with_its_letter_only(publisher: Client) -> None:
    reply = guess()
    assert publisher.post(reverse("admin:documents_reply_delete", args=[reply.pk]), {"post": "yes"}).status_code == 403
    publisher.post(reverse("admin:documents_document_delete", args=[reply.letter_id]), {"post": "yes"})
    assert not Document.objects.filter(pk=reply.letter_id).exists()
    assert not Reply.objects.exists()


def test_the_list_costs_no_more_queries_for_more_guesses(
    publisher: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    guess()
    for number in range(8):
        back(f"answer-{number}", date(1962, 3, 21), ANSWER)
    with django_assert_max_num_queries(16):
        publisher.get(LIST)
