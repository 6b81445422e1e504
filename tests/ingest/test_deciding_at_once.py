"""What an editor decides at the moment in which the archive guesses or suggests anew is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from documents.models import Collection, Link, Passage, Reply, SuggestedLink
from ingest.deciding import decide
from ingest.replying import guess_replies
from ingest.suggesting import refresh, reject
from tests.ingest.test_import_at_once import WAITING
from tests.ingest.test_roles import logged_in
from tests.ingest.test_suggestions import address, proposal
from tests.letters import back, letter

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = "I have your letter of 7 March, and agree with every word of it."


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Does the first, and the second while the first is not committed yet: until it waits for it, or is done."""
    errors: list[Exception] = []

    def in_a_thread() -> None:
        try:
            second()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=in_a_thread)
    with transaction.atomic():
        first()
        other.start()
        with connection.cursor() as cursor:
            waiting = 0
            while other.is_alive() and not waiting:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(WAITING)
                waiting = cursor.fetchone()[0]
    other.join(60)
    assert errors == []


def guessed() -> Reply:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    return Reply.objects.get(status="guessed")


@pytest.mark.parametrize("status", [Reply.Status.CONFIRMED, Reply.Status.REJECTED])
def test_a_reply_that_is_decided_while_it_is_guessed_no_more_stays(status: Reply.Status) -> None:
    reply = guessed()
    Passage.objects.filter(document=reply.letter_id).update(text="Nothing speaks for it any more.")
    meanwhile(lambda: decide(reply, status), lambda: guess_replies([reply.letter_id]))
    assert Reply.objects.get().status == status


def test_a_reply_that_is_decided_while_other_words_speak_for_it_stays() -> None:
    reply = guessed()
    Passage.objects.filter(document=reply.letter_id).update(text="In reply to your letter of 7 March: yes.")
    meanwhile(lambda: decide(reply, Reply.Status.CONFIRMED), lambda: guess_replies([reply.letter_id]))
    assert Reply.objects.get().status == Reply.Status.CONFIRMED


def test_two_who_guess_the_same_make_one_guess_of_it() -> None:
    reply = guessed()
    Reply.objects.all().delete()
    meanwhile(lambda: guess_replies([reply.letter_id]), lambda: guess_replies([reply.letter_id]))
    assert Reply.objects.get().status == Reply.Status.GUESSED


def test_a_suggestion_that_is_rejected_while_suggestions_are_made_stays_rejected(space_exchange: Collection) -> None:
    Link.objects.all().delete()
    refresh(space_exchange)
    suggestion = SuggestedLink.objects.all()[0]
    Passage.objects.filter(document=suggestion.later.document_id).update(text="Nothing in common with anything.")
    meanwhile(lambda: reject([suggestion]), lambda: refresh(space_exchange))
    assert SuggestedLink.objects.get(pk=suggestion.pk).status == SuggestedLink.Status.REJECTED


def test_two_editors_who_link_the_same_proposals_make_one_link(space_exchange: Collection) -> None:
    Link.objects.all().delete()
    refresh(space_exchange)
    first, second = logged_in("Publishers", "paula"), logged_in("Publishers", "peter")
    at = address(space_exchange, proposal=proposal("H2").pk)
    choice = next(one for one in first.get(at).context["choices"] if one.suggestion.earlier.ident == "K1")
    words = {field.name: field.value for field in choice.quoting}
    values = {**words, "suggestion": choice.suggestion.pk, "relation": "accepts"}
    meanwhile(lambda: first.post(at, values), lambda: second.post(at, values))
    assert Link.objects.count() == 1
