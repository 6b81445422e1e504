"""Of several people who save the same thing at the same moment one is heard, and the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document
from tests.ingest.rehearsing import LETTER, bring, last_item, press, publisher, values_of

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 4


def all_at_once(act: Callable[[Client, int], str]) -> list[str]:
    """Lets several people do the same at the same moment, each in a browser, and returns the pages they get."""
    clients, start = [publisher(f"paula-{number}") for number in range(PEOPLE)], Barrier(PEOPLE)

    def one(number: int) -> str:
        start.wait()
        try:
            return act(clients[number], number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as threads:
        return list(threads.map(one, range(PEOPLE)))


def test_of_several_who_save_a_text_one_is_heard(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    item = last_item()
    values = values_of(paula, item)

    def save(client: Client, number: int) -> str:
        answer = client.post(item.get_absolute_url(), {**values, "_save": "1", "title": f"Title {number}"}, follow=True)
        return answer.content.decode()

    pages = all_at_once(save)
    assert sum("is saved here" in page for page in pages) == 1
    assert sum("Someone else has changed this text" in page for page in pages) == PEOPLE - 1
    winner = next(number for number, page in enumerate(pages) if "is saved here" in page)
    assert last_item().record["title"] == f"Title {winner}"


def test_a_text_that_several_publish_is_published_once(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    item = last_item()
    values, before = values_of(paula, item), Document.objects.count()

    def publish(client: Client, number: int) -> str:
        return client.post(item.get_absolute_url(), {**values, "_publish": "1"}, follow=True).content.decode()

    pages = all_at_once(publish)
    assert sum("is published." in page for page in pages) == 1
    assert sum("settled already" in page for page in pages) == PEOPLE - 1
    assert Document.objects.count() == before + 1


def test_of_several_who_save_a_draft_one_is_heard(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    press(paula, last_item(), "_draft")
    document = Document.objects.latest("pk")
    address = reverse("admin:documents_document_change", args=[document.pk])
    page = paula.get(address)
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form if field.value() not in (None, False)}

    def save(client: Client, number: int) -> str:
        changed = {**values, "_continue": "1", "abstract": f"Abstract {number}"}
        return client.post(address, changed, follow=True).content.decode()

    pages = all_at_once(save)
    assert sum("is saved: it is a draft" in page for page in pages) == 1
    assert sum("Someone else has changed this document" in page for page in pages) == PEOPLE - 1
