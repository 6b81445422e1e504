"""A draft with a part in everything that links documents leaves no trace for readers; withdrawn or deleted, neither."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from documents.models import (
    Collection,
    Designation,
    Document,
    DocumentDate,
    Identifier,
    Link,
    Participation,
    Person,
    Proposal,
    Reference,
    Reply,
    Version,
    Witness,
)
from ingest.derive import derive, derive_related
from ingest.letters import Said, store_letter
from ingest.offers import offer_witnesses
from ingest.witnesses import collate_witnesses

pytestmark = pytest.mark.django_db

KENNEDY, KHRUSHCHEV, NSAM = "kennedy-1962-03-07", "khrushchev-1962-03-20", "nsam-129"
HIDDEN = "quagga-1962-03-15"
TEXT = """I have your letter of March 7. See Document 35 and NSAM No. 129.[^1] The quagga grazes.

Let us count every quagga from space together.

[^1]: Resolution 4242 (XVI). See also NSAM No. 888.
"""
ALWAYS = ("/", "/documents/", "/collections/space-1962/", "/wanted/", "/wanted.csv", "/sitemap.xml", "/search.atom")
SEARCHES = ("/search/?q=quagga", "/search.json?q=quagga", "/search/export.csv?q=quagga", "/search/?q=space")
EXCHANGE = ("exchange/", "exchange.csv", "exchange.svg")
OF_DOCUMENT = ("", "thread/", "source/", "cited-by/", "preview/", "notes/fn1/preview/", "witnesses/B/", "witnesses/C/")
ENDINGS = (".json", ".xml", ".bib", ".ris", ".csv", "/witnesses/B.csv", "/witnesses/C.csv", "/witnesses/B/C.csv")
#: Times, and the keys by which the script of a map tells its lines apart.
VARYING = re.compile(rb'<updated>[^<]*</updated>|<lastmod>[^<]*|data-(ends|answered|node)="[^"]*"')


def addresses(client: Client) -> set[str]:
    """Every listed page, and those that are about three documents and the one that is hidden."""
    sitemap = client.get("/sitemap.xml").content.decode()
    found = {urlsplit(one).path for one in re.findall("<loc>([^<]+)", sitemap)} | {*ALWAYS, *SEARCHES}
    for name in EXCHANGE:
        found |= {f"/collections/space-1962/{name}", f"/collections/space-1962/{name}?document={HIDDEN}"}
        found |= {f"/collections/space-1962/{name}?proposal={HIDDEN}/Q1"}
    for slug in (KENNEDY, KHRUSHCHEV, NSAM, HIDDEN):
        found |= {f"/documents/{slug}/{name}" for name in (*OF_DOCUMENT, "proposals/q1/", "witnesses/B/C/")}
        found |= {f"/documents/{slug}{name}" for name in ENDINGS}
        found |= {f"/documents/{slug}/beside/{HIDDEN}/", f"/documents/{HIDDEN}/beside/{slug}/"}
    return found | {"/id/nsam-999", "/id/quagga", "/collections/space-1962/77/", "/collections/space-1962/1/"}


def read(client: Client, asked: set[str]) -> dict[str, tuple[int, bytes]]:
    call_command("refresh_index", verbosity=0)
    found = {}
    for address in sorted(asked):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[address] = (response.status_code, VARYING.sub(b"", body))
    return found


def differing(before: dict[str, tuple[int, bytes]], after: dict[str, tuple[int, bytes]]) -> list[str]:
    return [address for address, answer in before.items() if after[address] != answer]


def references_to_it() -> None:
    """The President's letter points at the hidden document, by its address, an identifier and a note of it."""
    letter = Document.objects.get(slug=KENNEDY)
    for words, target in (("tracking", HIDDEN), ("communications", "nsam-999"), ("satellites", f"{HIDDEN}#fn1")):
        ident = letter.passages.filter(text__contains=words).values_list("ident", flat=True)[0]
        Reference.objects.create(document=letter, ident=ident, words=words, target=target, title="Something wanted")
    derive(letter)


def hidden_document(collection: Collection) -> Document:
    """A draft that cites, is cited, answers, is answered, proposes, is linked and is a witness with witnesses."""
    kennedy, khrushchev = (Document.objects.get(slug=slug) for slug in (KENNEDY, KHRUSHCHEV))
    document = Document.objects.create(
        collection=collection,
        slug=HIDDEN,
        kind="letter",
        number="77",
        title="The quagga letter",
        abstract="On quaggas.",
        text=TEXT,
        position=2,
        side="second",
        publication="Quagga papers",
    )
    day = date(1962, 3, 15)
    DocumentDate.objects.create(document=document, display="15 March 1962", earliest=day, latest=day)
    for role, slug in (("from", "nikita-s-khrushchev"), ("to", "john-f-kennedy")):
        person = Person.objects.get(slug=slug)
        Participation.objects.create(document=document, role=role, person=person, name=person.name)
    Identifier.objects.create(document=document, value="nsam-999")
    Designation.objects.create(document=document, value="quagga")
    store_letter(document, Said(answers=(kennedy,)))
    derive(document)
    Reply.objects.create(letter_id=khrushchev.pk, answered=document)
    propose(document)
    witnesses(document)
    offer_witnesses([document.pk])
    derive_related(document)
    return document


def propose(document: Document) -> None:
    """It proposes something, answers a public proposal, and is answered by one."""
    first, second = document.passages.order_by("position")
    asked = Proposal.objects.create(
        document=document, ident="Q1", title="Quaggas counted", first_passage=first, last_passage=second
    )
    earlier = Proposal.objects.filter(document__slug=KENNEDY)[0]
    later = Proposal.objects.filter(document__slug=KHRUSHCHEV)[0]
    word = {one.pk: one.first_passage.text.split()[0] for one in (asked, earlier, later)}
    for answer, answered in ((asked, earlier), (later, asked)):
        Link.objects.create(
            answer=answer,
            answered=answered,
            relation="accepts",
            answer_words=word[answer.pk],
            answered_words=word[answered.pk],
        )


def witnesses(document: Document) -> None:
    kennedy = Document.objects.get(slug=KENNEDY)
    Witness.objects.create(document=kennedy, other=document, siglum="B", title="The quagga printing")
    Witness.objects.create(document=kennedy, siglum="C", title="A third", text="Words.\n", status="rejected")
    Witness.objects.create(document=document, other=Document.objects.get(slug=NSAM), siglum="B", title="Memo")
    Witness.objects.create(document=document, siglum="C", title="Own", text=TEXT)
    for one in (kennedy, document):
        collate_witnesses(one)


@pytest.fixture
def publisher(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("paula", password="a long password"))
    return client


def act(publisher: Client, name: str, document: Document) -> None:
    values = {"action": name, "_selected_action": [document.pk], "post": "yes"}
    publisher.post(reverse("admin:documents_document_changelist"), values)


def test_a_draft_withdrawn_deleted_and_brought_back_leaves_no_trace(
    client: Client, publisher: Client, searchable: Collection
) -> None:
    references_to_it()
    asked = addresses(client)
    before = read(client, asked)
    document = hidden_document(searchable)
    assert differing(before, read(client, asked)) == []

    act(publisher, "publish", document)
    seen = read(client, asked)
    mine = {address for address in asked if address.startswith(f"/documents/{HIDDEN}/") and seen[address][0] == 200}
    assert {f"/documents/{HIDDEN}/{name}" for name in ("thread/", "cited-by/", "preview/", "witnesses/C/")} <= mine
    changed = {f"/documents/{KENNEDY}/", f"/documents/{KENNEDY}/thread/", f"/documents/{KENNEDY}/witnesses/B.csv"}
    changed |= {"/wanted/", "/wanted.csv", "/sitemap.xml", "/", f"/documents/{NSAM}/cited-by/"}
    changed |= {f"/collections/space-1962/{name}" for name in EXCHANGE}
    assert changed <= set(differing(before, seen))

    act(publisher, "withdraw", document)
    assert differing(before, read(client, asked)) == []

    act(publisher, "publish", document)
    publisher.post(reverse("admin:documents_document_delete", args=[document.pk]), {"post": "yes"})
    assert not Document.objects.filter(slug=HIDDEN).exists()
    assert differing(before, read(client, asked)) == []

    version = Version.objects.filter(document=None).latest("number")
    publisher.post(reverse("admin:documents_document_bring_back", args=[version.pk]))
    back = Document.objects.get(slug=HIDDEN)
    if not back.is_published:
        assert differing(before, read(client, asked)) == []
        act(publisher, "publish", back)
    assert differing(seen, read(client, asked)) == []
