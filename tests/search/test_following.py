"""The index follows the database: what is published, when it is committed."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from haystack.query import SearchQuerySet

from documents.models import Collection, Document, Footnote, Letter, Passage, Person, Topic
from documents.signals import document_changed
from search.engines.whoosh import Backend
from search.reading import read
from tests.search.asking import ask
from tests.search.conftest import Commit, MakeDocument, give_proposal, give_sender

pytestmark = pytest.mark.usefixtures("search_index")


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


def test_one_transaction_is_one_write(make_document: MakeDocument, commit: Commit) -> None:
    with patch.object(Backend, "follow", autospec=True, side_effect=Backend.follow) as follow, commit():
        make_document("d", "space", "moon", notes=("Mars",))
        make_document("e", "space")

    [call] = follow.call_args_list
    assert call.args[1] == set(Document.objects.values_list("pk", flat=True))


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

    assert total("Jones") == 1
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
