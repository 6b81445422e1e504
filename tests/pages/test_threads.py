"""Replies on the pages that readers see: on a document, in the whole exchange, on the front page; guesses say so."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from documents import threads
from documents.models import Collection, Document, Reply
from tests.exchanges import SECRET, add_draft
from tests.letters import back, letter
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

DAY = date(1962, 3, 1)
ANSWER = "I have your letter of 7 March, and agree with every word of it."


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


def chain(length: int, **kwargs: object) -> list[Document]:
    """Letters that go back and forth, each answering the one before."""
    found: list[Document] = []
    for number in range(length):
        write = back if number % 2 else letter
        written = DAY + timedelta(days=3 * number)
        found.append(write(f"letter-{number}", written, f"Letter {number} says something.", **kwargs))  # type: ignore[arg-type, operator]
    Reply.objects.bulk_create(Reply(letter_id=later.pk, answered=earlier) for earlier, later in pairwise(found))
    return found


def test_a_guess_says_so_and_from_which_words(client: Client) -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    answer = page(client, "/documents/answer/")
    assert "Probably answers Abigail Adams to John Bell, 7 March 1962, 13 days later" in answer.text
    assert "guessed from" in answer.around("Probably answers", 160)
    assert answer.links["“your letter of 7 March”"] == "/documents/answer/#p1"
    asked = page(client, "/documents/asked/")
    assert "Probably answered by John Bell to Abigail Adams, 20 March 1962, 13 days later" in asked.text
    assert asked.links["“your letter of 7 March”"] == "/documents/answer/#p1"


def test_the_exchange_says_how_its_guesses_are_marked(client: Client) -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    assert "and marked “probably”: no editor has confirmed it yet." in page(client, "/documents/answer/thread/").text


def test_a_confirmed_reply_says_nothing_of_guessing(client: Client) -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    Reply.objects.update(status=Reply.Status.CONFIRMED)
    text = page(client, "/documents/answer/").text
    assert "Answers Abigail Adams to John Bell, 7 March 1962, 13 days later" in text
    assert "guessed" not in text


def test_a_rejected_guess_is_seen_nowhere(client: Client) -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    Reply.objects.update(status=Reply.Status.REJECTED)
    for address in ("/documents/answer/", "/documents/asked/", "/documents/answer/thread/"):
        assert "Abigail Adams to John Bell, 7" not in page(client, address).text


def test_a_note_that_names_the_reply_is_shown_where_it_stands(client: Client) -> None:
    back("answer", date(1962, 3, 20), "You ask what I think, and I will say it.")
    text = "Will you come?[^1]\n\n[^1]: For Bell’s reply, see [Document 2](answer)."
    letter("asked", date(1962, 3, 7), text)
    assert page(client, "/documents/answer/").links["“Document 2”"] == "/documents/asked/#fn1"


def test_the_whole_exchange_is_listed_in_order_of_date(client: Client) -> None:
    chain(4)
    found = page(client, "/documents/letter-2/thread/")
    assert "4 documents that answer one another, from 1 March 1962 to 10 March 1962." in found.text
    names = [address for address in found.hrefs if address.startswith("/documents/letter-")]
    assert list(dict.fromkeys(names))[1:] == ["/documents/letter-0/", "/documents/letter-1/", "/documents/letter-3/"]
    assert "Answers 1 Abigail Adams to John Bell, 1 March 1962, 3 days later" in found.text
    assert found.text.count("You came from here") == 1
    assert "Letter 3 says something." not in found.text  # too short to be a beginning
    assert {f"#n{place}" for place in range(1, 4)} <= set(found.hrefs)


def test_a_letter_answered_later_on_says_where(client: Client) -> None:
    first, _, third = chain(3)
    Reply.objects.create(letter_id=third.pk, answered=first)
    text = page(client, "/documents/letter-0/thread/").text
    assert "Answered by 3 Abigail Adams to John Bell, 7 March 1962, 6 days later" in text


def test_the_document_leads_to_the_exchange_where_it_is_longer_than_a_pair(client: Client) -> None:
    chain(3)
    for number in range(3):
        links = page(client, f"/documents/letter-{number}/").links
        assert links["The whole exchange"] == f"/documents/letter-{number}/thread/"


def test_a_pair_needs_no_page_of_its_own(client: Client) -> None:
    chain(2)
    assert "The whole exchange" not in page(client, "/documents/letter-0/").links


def test_a_document_alone_says_that_it_is(client: Client) -> None:
    chain(1)
    assert "Nothing in the archive answers this document" in page(client, "/documents/letter-0/thread/").text


def test_letters_that_answer_in_a_ring_are_listed_once(client: Client) -> None:
    first, second, third = chain(3)
    Reply.objects.create(letter_id=first.pk, answered=third)
    found = page(client, f"/documents/{second.slug}/thread/")
    assert [ident for ident in found.ids if ident in ("n1", "n2", "n3", "n4")] == ["n1", "n2", "n3"]


def test_a_long_exchange_is_cut_around_where_one_came_from(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "LONGEST", 3)
    chain(7)
    found = page(client, "/documents/letter-3/thread/")
    assert "There are more" in found.text
    assert {"/documents/letter-2/", "/documents/letter-3/", "/documents/letter-4/"} <= set(found.hrefs)
    assert "/documents/letter-1/" not in found.hrefs


def test_drafts_are_in_no_exchange(client: Client, space_exchange: Collection) -> None:
    add_draft(space_exchange)
    letter("asked", date(1962, 3, 7), "Will you come?", published=False, sender=SECRET)
    back_to = Document.objects.get(slug="asked")
    back("answer", date(1962, 3, 20), ANSWER, answers=(back_to,))
    addresses = ["/documents/khrushchev-1962-03-20/", "/documents/khrushchev-1962-03-20/thread/"]
    for address in [*addresses, "/documents/answer/", "/documents/answer/thread/", "/"]:
        assert SECRET not in client.get(address).content.decode()
    assert client.get("/documents/hushhush/thread/").status_code == 404
    assert client.get("/documents/asked/thread/").status_code == 404


def test_a_draft_between_two_letters_does_not_join_them(client: Client) -> None:
    chain(3)
    Document.objects.filter(slug="letter-1").update(status=Document.Status.DRAFT)
    assert "Nothing in the archive answers" in page(client, "/documents/letter-0/thread/").text


def test_an_exchange_costs_few_queries_whatever_its_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    chain(20)
    with django_assert_max_num_queries(12):
        page(client, "/documents/letter-7/thread/")


def test_a_document_with_many_replies_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked = letter("asked", date(1962, 3, 7), "Will you come?")
    for number in range(10):
        back(f"answer-{number}", date(1962, 3, 20), "Yes.", answers=(asked,))
    with django_assert_max_num_queries(12):
        page(client, "/documents/asked/")


def test_a_document_renamed_leads_on(client: Client) -> None:
    first = chain(2)[0]
    first.former_addresses.create(slug="once")
    response = client.get("/documents/once/thread/")
    assert (response.status_code, response.headers["Location"]) == (301, "/documents/letter-0/thread/")


def test_the_front_page_marks_what_is_guessed(client: Client, space_exchange: Collection) -> None:
    assert "Written in answer, 13 days later" in page(client, "/").text
    Reply.objects.update(status=Reply.Status.GUESSED)
    assert "Probably written in answer, 13 days later" in page(client, "/").text


def test_a_guess_leaves_the_proposals_as_they_stand(client: Client, space_exchange: Collection) -> None:
    answered = Document.objects.get(slug="khrushchev-1962-03-20")
    later = letter("later", date(1962, 4, 2), "About space.")
    reply = Reply.objects.create(letter_id=later.pk, answered=answered, status=Reply.Status.GUESSED)
    assert "No explicit answer" not in page(client, "/documents/khrushchev-1962-03-20/").text
    reply.status = Reply.Status.CONFIRMED
    reply.save()
    assert "No explicit answer" in page(client, "/documents/khrushchev-1962-03-20/").text


def test_an_exchange_is_listed_for_search_engines_where_it_begins(client: Client) -> None:
    chain(3)
    listed = client.get("/sitemap.xml").content.decode()
    assert "/documents/letter-0/thread/" in listed
    assert "/documents/letter-1/thread/" not in listed
