"""What a page of the archive shows is added to a reading from that page; visitors see nothing of it and pay nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classroom.content import Comparison, Passages, ProposalAnswers, Search, WholeDocument
from classroom.models import Reading
from documents.models import Collection, Document
from tests.classroom.readings import LETTER, REPLY, assignment, reading, student, teacher
from tests.collations import add_witness, other_text
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

ADD = "/classroom/readings/add/"
PAGE = f"/documents/{LETTER}/"
HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[a-z]+)" value="(?P<value>[^"]*)"')
AT_ONCE = re.compile(r'<form class="adding-at-once".*?</form>', re.DOTALL)


@pytest.fixture(autouse=True)
def _exchange(space_exchange: Collection) -> None:
    """Every test has the space exchange."""


@pytest.fixture
def ruth(client: Client) -> Client:
    client.force_login(teacher())
    return client


def at_once(client: Client, address: str) -> dict[str, str]:
    """What the one button of a page sends."""
    form = AT_ONCE.search(client.get(address).content.decode())
    assert form
    return {found["name"]: found["value"].replace("&amp;", "&") for found in HIDDEN.finditer(form[0])}


def test_three_documents_are_three_clicks(ruth: Client) -> None:
    for slug in (LETTER, REPLY, "nsam-129"):
        address = f"/documents/{slug}/"
        assert ruth.post(ADD, at_once(ruth, address))["Location"] == f"{address}#adding"
    made = Reading.objects.get()
    assert [item.document for item in made.content.items] == [LETTER, REPLY, "nsam-129"]
    assert all(item.digest for item in made.content.items)
    html = ruth.get(PAGE).content.decode()
    assert "Added NSAM 129 to" in html
    assert "Added NSAM 129 to" not in ruth.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PAGE, WholeDocument("i000", document=LETTER)),
        (f"{PAGE}proposals/k1/", ProposalAnswers("i000", document=LETTER, proposal="K1")),
        (f"{PAGE}beside/{REPLY}/", Comparison("i000", document=LETTER, other=REPLY)),
        ("/search/?q=weather+satellite", Search("i000", query="weather satellite")),
    ],
)
@pytest.mark.usefixtures("searchable")
def test_every_page_adds_what_it_shows(ruth: Client, address: str, expected: WholeDocument) -> None:
    ruth.post(ADD, at_once(ruth, address))
    item = Reading.objects.get().content.items[0].to_json() | {"ident": "i000", "digest": ""}
    assert item == {"digest": ""} | expected.to_json()


def test_two_witnesses_are_added_from_where_they_are_compared(ruth: Client) -> None:
    document = Document.objects.get(slug=REPLY)
    add_witness(document, "B", other_text(document))
    address = f"/documents/{REPLY}/witnesses/B/"
    ruth.post(ADD, at_once(ruth, address))
    made = Reading.objects.get()
    chosen = ruth.get(f"/classroom/readings/{made.ident}/edit/add/?kind=comparison").context["form"]
    assert (f"{REPLY} B", f"{document.name}: The text of B") in chosen.fields["beside"].choices[1][1]
    ruth.post(
        f"/classroom/readings/{made.ident}/edit/add/?kind=comparison", {"document": REPLY, "beside": f"{REPLY} B"}
    )
    wrong = {"document": LETTER, "beside": f"{REPLY} B"}
    html = ruth.post(f"/classroom/readings/{made.ident}/edit/add/?kind=comparison", wrong).content.decode()
    assert "witness of another document" in html
    made.refresh_from_db()
    assert [(each["document"], each["siglum"], each["other"]) for each in made.items] == [(REPLY, "B", "")] * 2
    assert "variant" in ruth.get(made.get_absolute_url()).content.decode()


def test_passages_are_added_by_their_numbers(ruth: Client) -> None:
    stored = reading(items=[])
    ruth.post(ADD, {"kind": "document", "document": LETTER, "passages": "3-5, 9", "reading": stored.ident})
    item = Reading.objects.get(pk=stored.pk).content.items[0]
    assert isinstance(item, Passages)
    assert [(span.first, span.last) for span in item.spans] == [("p3", "p5"), ("p9", "p9")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"passages": "3-50"}, "no passage 50"),
        ({"document": "none"}, "is not in the archive now"),
        ({"kind": "nonsense"}, "no kind that is known"),
        ({"reading": "another"}, "not one of the available choices"),
        ({"kind": "comparison", "other": LETTER}, "is not in the archive now"),
    ],
)
def test_what_cannot_be_added_is_said_and_stays_in_the_form(ruth: Client, changes: dict[str, str], said: str) -> None:
    stored = reading()
    before = Reading.objects.values().get(pk=stored.pk)
    sent = {"kind": "document", "document": LETTER, "reading": stored.ident, "next": PAGE} | changes
    answer = ruth.post(ADD, sent)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert said in html
    assert f'href="{PAGE}"' in html
    assert 'value="3-50"' in html or "passages" not in changes
    assert Reading.objects.values().get(pk=stored.pk) == before


@pytest.mark.parametrize("passages", ["", "1", "99"])
def test_a_draft_is_not_told_from_what_never_was(ruth: Client, passages: str) -> None:
    Document.objects.filter(slug=REPLY).update(status=Document.Status.DRAFT)
    sent = {"kind": "document", "passages": passages, "reading": "new"}
    draft, none = (ruth.post(ADD, sent | {"document": slug}).content.decode() for slug in (REPLY, "none"))
    assert Page(draft).text.replace(REPLY, "none") == Page(none).text
    assert not Reading.objects.exists()


def test_nobody_adds_to_the_reading_of_another_or_is_led_elsewhere(ruth: Client) -> None:
    others = reading(teacher("otto"), visibility="public", items=[])
    sent = {"kind": "document", "document": LETTER, "reading": others.ident}
    assert ruth.post(ADD, sent).status_code == 200
    assert Reading.objects.get(pk=others.pk).items == []
    away = ruth.post(ADD, sent | {"reading": "new", "next": "https://elsewhere.example/"})
    assert away["Location"].startswith("/classroom/readings/")
    assert ruth.get(ADD).status_code == 405


def test_what_was_added_is_taken_out_again_from_the_same_page(ruth: Client) -> None:
    ruth.post(ADD, at_once(ruth, PAGE))
    made = Reading.objects.get()
    address = f"/classroom/readings/{made.ident}/edit/change/"
    assert address in ruth.get(PAGE).content.decode()
    answer = ruth.post(address, {"delete": made.items[0]["ident"], "next": PAGE})
    assert answer["Location"] == PAGE
    made.refresh_from_db()
    assert made.items == []


def test_visitors_and_students_see_nothing_and_cost_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(PAGE)
    assert "adding" not in Page(answer.content.decode()).ids
    assert ADD not in answer.content.decode()
    assert "Cookie" in answer["Vary"]
    assert "Cache-Control" not in answer
    assert not answer.cookies
    assert not any("classroom_" in each["sql"] or "session" in each["sql"] for each in asked)
    student(assignment())
    client.cookies["classroom"] = "anything"
    with CaptureQueriesContext(connection) as asked_again:
        client.get(PAGE)
    assert len(asked_again) == len(asked)


def test_pages_with_tools_are_kept_by_no_cache(ruth: Client) -> None:
    answer = ruth.get(PAGE)
    assert "adding" in Page(answer.content.decode()).ids
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
