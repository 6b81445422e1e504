"""The index follows the database: what is published, when it is committed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from haystack.query import SearchQuerySet

from documents.models import (
    Collection,
    Document,
    Footnote,
    Letter,
    Organization,
    Participation,
    Passage,
    Person,
    Topic,
)
from documents.signals import document_changed, in_bulk
from search.engines.backend import Backend
from search.indexing.turns import Turn
from search.language.reading import read
from search.models import Pending
from tests.search.asking import ask
from tests.search.conftest import Commit, MakeDocument, give_proposal, give_sender

pytestmark = pytest.mark.usefixtures("search_index")


@contextmanager
def another_connection() -> Iterator[Any]:
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def total(typed: str) -> int:
    return SearchQuerySet().filter(content=read(typed).query).count()


def test_a_published_document_is_found_with_its_parts(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        give_proposal(make_document("d", "space", notes=("space",)), "A1", "Space")

    assert total("space") == 3


def test_nothing_is_found_before_the_commit(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        make_document("d", "space")
        assert total("space") == 0

    assert total("space") == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_changes_nothing(make_document: MakeDocument) -> None:
    document = make_document("d", "space")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        document.delete()
        raise ZeroDivisionError
    with transaction.atomic():
        make_document("e", "space")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_document("f", "space")
            raise ZeroDivisionError

    assert total("space") == 2


def test_withdrawn_and_published_again(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("d", "space", notes=("space",))
    for status, expected in (("draft", 0), ("published", 2)):
        with commit():
            document.status = status
            document.save()
        assert total("space") == expected


def test_deleted(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("d", "space", notes=("space",))
        give_proposal(document, "A1", "Space")
    with commit():
        document.proposals.all().delete()
        document.delete()

    assert total("space") == 0


def test_a_letter_is_indexed_once_as_a_document(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        collection = make_document("d", "moon").collection
        letter = Letter.objects.create(
            slug="letter", title="Letter about space", collection=collection, status="published"
        )
    assert total("space") == 1

    with commit():
        letter.delete()
    assert total("space") == 0


def test_edits_of_parts(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("d", "space")
        proposal = give_proposal(document, "A1", "Before")
    with commit():
        proposal.title = "Afterwards"
        proposal.save()
        Footnote.objects.create(
            document=document, ident="fn1", label="1", position=1, text="comet", html="<p>comet</p>"
        )

    assert (total("before"), total("afterwards"), total("comet")) == (0, 1, 2)
    with commit():
        proposal.delete()
        document.footnotes.get().delete()
    assert (total("afterwards"), total("comet")) == (0, 0)


def test_names_that_documents_share(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        person = Person.objects.create(slug="p", name="Smith")
        topic = Topic.objects.create(slug="before", name="Before")
        document = make_document("d", "space")
        give_sender(document, person)
        give_proposal(document, "A1", "Space", topic)
    with commit():
        person.name = "Jones"
        person.save()
        topic.slug = "after"
        topic.save()

    assert [total(f"from:{name}") for name in ("Smith", "Jones")] == [2, 2]
    assert SearchQuerySet().filter(topic="after").count() == 2
    with commit():
        collection = Collection.objects.get()
        collection.slug = "elsewhere"
        collection.save()
    assert SearchQuerySet().filter(collection="elsewhere").count() == 2


def test_rows_written_without_signals_when_the_store_says_so(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("d", "space")
    with commit():
        Passage.objects.filter(document=document).update(text="moon")
        document_changed.send(sender=Document, document_id=document.pk)

    assert (total("space"), total("moon")) == (0, 1)


def test_a_draft_appears_nowhere(client: Client, make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        make_document("open", "space")
        draft = make_document(
            "hidden", "space zebra", notes=("zebra",), status="draft", kind="telegram", title="Zebrawood"
        )
        give_proposal(draft, "Z1", "Zebra", Topic.objects.create(slug="zebras", name="Zebras of the draft"))
        give_sender(draft, Person.objects.create(slug="zoe", name="Zoe Zebra"))

    answer = ask(client, "space")
    assert answer.total == 1
    assert answer.counts("kind") == {"Document": 1}
    pages = [
        answer,
        ask(client),
        ask(client, "zebra*"),
        ask(client, "", topic="zebras"),
        ask(client, "space", **{"from": "zoe"}),
    ]
    assert not any(word in page.words for page in pages for word in ("Zebras of the draft", "Zoe Zebra", "Zebrawood"))
    assert [page.total for page in pages[2:]] == [0, 0, 0]


def test_what_is_no_longer_public_is_not_shown_even_while_the_index_is_behind(
    client: Client, make_document: MakeDocument, commit: Commit
) -> None:
    with commit():
        make_document("d", "space", notes=("space",))
    Document.objects.update(status="draft")

    assert ask(client, "space").addresses == []


def test_what_is_withdrawn_or_deleted_leaves_no_word_and_no_entry_in_the_index(
    backend: Backend, make_document: MakeDocument, commit: Commit
) -> None:
    with commit():
        make_document("kept", "space")
        documents = [make_document(slug, "zebra", notes=("zebrawood",), title="Zebroid") for slug in ("one", "two")]
        for document in documents:
            give_proposal(document, "Z1", "Zebrine", Topic.objects.create(slug=document.slug, name=document.slug))
            give_sender(document, Person.objects.create(slug=document.slug, name="Zeb Zebulon"))
    assert {word for word, _ in backend.words("zeb", 10)} >= {"zebra", "zebrawood", "zebroid", "zebrine", "zebulon"}

    with commit():
        documents[0].status = "draft"
        documents[0].save()
    with commit():
        documents[1].proposals.all().delete()
        documents[1].participations.all().delete()
        documents[1].delete()

    assert backend.words("zeb", 10) == []
    assert set(dict(backend.keys())) == {f"document.{Document.objects.get(slug='kept').pk}"}
    assert set(backend.held()) == set(dict(backend.keys()))


def test_people_are_found_while_a_public_document_names_them(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("d", "space", status="draft")
        give_sender(document, Person.objects.create(slug="p", name="Zoe Smith", description="Astronomer"))
    assert total("astronomer") == 0

    for status, expected in (("published", 1), ("draft", 0)):
        with commit():
            document.status = status
            document.save()
        assert total("astronomer") == expected


def test_people_are_found_by_the_names_that_documents_give_them(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        person, other = (Person.objects.create(slug=name, name=name) for name in ("smith", "jones"))
        for slug in ("d", "e"):
            give_sender(make_document(slug, "space"), person)
    with commit():
        Participation.objects.filter(document__slug="d").get().delete()
        Participation.objects.create(document=Document.objects.get(slug="d"), role="to", person=person, name="Zebulon")
    assert SearchQuerySet().models(Person).filter(content="Zebulon").count() == 1

    with commit():
        part = Participation.objects.get(name="Zebulon")
        part.person = other
        part.save()
    assert [found.pk for found in SearchQuerySet().models(Person).filter(content="Zebulon")] == [str(other.pk)]


def test_a_part_that_moves_to_another_document_is_followed_in_both(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        make_document("d", "space", notes=("comet",))
        make_document("e", "space")
    with commit():
        note = Footnote.objects.get()
        note.document = Document.objects.get(slug="e")
        note.save()

    found = SearchQuerySet().models(Document).filter(content="comet")
    assert [result.object.slug for result in found] == ["e"]


def test_an_organization_is_followed(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        organization = Organization.objects.create(slug="nasa", name="Nasa")
        document = make_document("d", "space")
        Participation.objects.create(document=document, role="to", organization=organization, name="The Agency")
    assert SearchQuerySet().models(Organization).filter(content="agency").count() == 1

    with commit():
        organization.name = "Zeta"
        organization.save()
    assert SearchQuerySet().models(Organization).filter(content="zeta").count() == 1
    assert total("Nasa") == 0


def test_a_change_is_noted_with_it_and_the_note_goes_when_the_index_has_it(
    make_document: MakeDocument, commit: Commit
) -> None:
    with commit():
        document = make_document("d", "space")
        assert f"document.{document.pk}" in Pending.objects.values_list("unit", flat=True)

    assert not Pending.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_note(make_document: MakeDocument) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_document("d", "space")
        raise ZeroDivisionError

    assert not Pending.objects.exists()


def test_what_a_process_that_died_left_is_done_with_the_next_change(
    make_document: MakeDocument, commit: Commit
) -> None:
    left = make_document("left", "space")  # its transaction commits, and nobody lives to follow it
    assert total("space") == 0

    with commit():
        make_document("d", "space")
    assert total("space") == 2
    assert Pending.objects.filter(unit=f"document.{left.pk}").count() == 0


def test_bulk_changes_are_left_to_whoever_makes_them(make_document: MakeDocument, commit: Commit) -> None:
    with commit(), in_bulk():
        make_document("d", "space")

    assert total("space") == 0
    assert not Pending.objects.exists()


@pytest.fixture
def another_process_writes(db: None, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another connection to the database has the index's turn, for longer than anyone waits."""
    monkeypatch.setattr("search.indexing.following.LONGEST_WAIT", 0.1)
    with another_connection() as other:
        key = Turn(backend.writing_turn()).key
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        yield


@pytest.mark.usefixtures("another_process_writes")
def test_a_change_that_cannot_be_followed_in_time_stays_noted(
    make_document: MakeDocument, commit: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), commit():
        make_document("d", "space")

    assert "The search index is behind" in caplog.text
    assert Pending.objects.exists()


@pytest.mark.usefixtures("db")
def test_what_is_noted_for_another_index_is_left_to_it(backend: Backend) -> None:
    other = Pending.objects.create(index="another engine", unit="document.1")

    backend.catch_up([other.pk])

    assert Pending.objects.filter(pk=other.pk).exists()
