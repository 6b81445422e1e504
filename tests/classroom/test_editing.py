"""The pages on which a teacher makes readings: what each form does, what wrong input gives, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classroom.content import Passages, Question, Span
from classroom.live import live
from classroom.models import Reading
from documents.models import Collection, Document
from tests.classroom.readings import ITEMS, LETTER, MEMORANDUM, REPLY, reading, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _exchange(space_exchange: Collection) -> None:
    """Every test has the space exchange."""


@pytest.fixture
def ruth(client: Client) -> Client:
    client.force_login(teacher())
    return client


def at(stored: Reading, rest: str = "") -> str:
    return f"/classroom/readings/{stored.ident}/{rest}"


def fields(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page has in its fields."""
    form = client.get(address).context["form"]
    found = {field.html_name: field.value() for field in form}
    return {name: value for name, value in found.items() if value not in (None, False)}


def texts(stored: Reading) -> str:
    stored.refresh_from_db()
    return " ".join(each["ident"] for each in stored.items)


def test_a_reading_is_made_of_three_documents_by_ticking_them(ruth: Client) -> None:
    made = ruth.post("/classroom/readings/new/", {"title": "Three letters", "level": "secondary"})
    stored = Reading.objects.get(title="Three letters")
    assert made["Location"] == at(stored, "edit/")
    page = ruth.get(at(stored, "edit/add/?kind=document&q=1962"))
    assert [each.slug for each in page.context["found"].rows] == [MEMORANDUM, LETTER, REPLY]
    ruth.post(at(stored, "edit/add/?kind=document"), {"chosen": [LETTER, REPLY, MEMORANDUM]})
    found = live(Reading.objects.get(pk=stored.pk).content)
    assert [each.document.slug for each in found.shown] == [LETTER, REPLY, MEMORANDUM]
    assert all(each.item.digest == each.digest for each in found.shown)


def test_documents_are_found_by_title_address_number_and_date(ruth: Client) -> None:
    stored = reading()
    for words, slugs in [
        ("khrushchev 20 march", [REPLY]),
        ("nsam", [MEMORANDUM]),
        ("388", [MEMORANDUM]),
        ("kennedy-1962-03-07", [LETTER]),
        ("nobody wrote this", []),
    ]:
        page = ruth.get(at(stored, "edit/add/"), {"kind": "document", "q": words})
        assert [each.slug for each in page.context["found"].rows] == slugs, words


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("text", {"heading": "Before", "text": "One.\r\n\r\nTwo."}, {"heading": "Before", "text": "One.\n\nTwo."}),
        ("term", {"term": "NSAM", "meaning": "A memorandum"}, {"term": "NSAM"}),
        ("search", {"query": "weather  satellite", "remark": "Look"}, {"query": "weather satellite", "remark": "Look"}),
        (
            "open",
            {"prompt": "Why?", "lines": "7", "model": "Because."},
            {"form": "open", "lines": 7, "model": "Because."},
        ),
        (
            "choice",
            {"prompt": "Which?", "choice_0": "A", "choice_2": "C", "correct_2": "on", "choice_3": "D"},
            {"choices": ["A", "C", "D"], "correct": [1], "several": False},
        ),
        ("point", {"prompt": "Where?", "places": ["letter#p9"]}, {"form": "point", "places": ["letter#p9"]}),
    ],
)
def test_each_kind_is_written(ruth: Client, kind: str, typed: dict[str, Any], expected: dict[str, Any]) -> None:
    stored = reading()
    answer = ruth.post(at(stored, f"edit/add/?kind={kind}&after=intro1"), typed)
    assert answer.status_code == 302
    stored.refresh_from_db()
    assert expected.items() <= stored.items[1].items()


def test_passages_are_chosen_from_a_list_and_become_spans(ruth: Client) -> None:
    stored = reading()
    ruth.post(at(stored, f"edit/add/?kind=passages&document={REPLY}"), {"chosen": ["p9", "p3", "p4"]})
    item = Reading.objects.get(pk=stored.pk).content.items[-1]
    assert isinstance(item, Passages)
    assert item.spans == (Span("p3", "p4"), Span("p9", "p9"))
    assert fields(ruth, at(stored, f"edit/items/{item.ident}/"))["chosen"] == ["p3", "p4", "p9"]


def test_a_proposal_and_a_comparison_are_chosen(ruth: Client) -> None:
    stored = reading()
    ruth.post(at(stored, "edit/add/?kind=proposal"), {"chosen": [f"{LETTER}/K2", f"{REPLY}/H4"]})
    ruth.post(at(stored, "edit/add/?kind=comparison"), {"document": MEMORANDUM, "beside": LETTER, "remark": "Before"})
    stored.refresh_from_db()
    assert [each.get("proposal") for each in stored.items[-3:]] == ["K2", "H4", None]
    assert stored.items[-1]["other"] == LETTER


@pytest.mark.parametrize(
    ("rest", "typed", "said", "kept"),
    [
        ("add/?kind=open", {"prompt": "", "lines": "5", "model": "Kept words"}, "required", "Kept words"),
        ("add/?kind=choice", {"prompt": "Kept words", "choice_0": "A"}, "at least two choices", "Kept words"),
        ("add/?kind=choice", {"prompt": "Q", "choice_0": "A", "correct_5": "on"}, "marked as correct", "A"),
        (
            "add/?kind=choice",
            {"prompt": "Q", "choice_0": "A", "choice_1": "B", "correct_0": "on", "correct_1": "on"},
            "let students choose several",
            "B",
        ),
        ("add/?kind=text", {"heading": "", "text": ""}, "write a text", ""),
        ("add/?kind=document", {}, "Tick at least one", ""),
        ("add/?kind=document", {"chosen": "no-such-document"}, "is not in the archive now", ""),
        ("add/?kind=comparison", {"document": LETTER, "beside": LETTER, "remark": "Kept words"}, "same", "Kept words"),
        (
            "",
            {"title": "", "introduction": "Kept words", "level": "anyone", "visibility": "private"},
            "required",
            "Kept",
        ),
        ("", {"title": "T", "level": "anyone", "visibility": "public"}, "not one of the available choices", ""),
    ],
)
def test_wrong_input_comes_back_with_a_sentence(
    ruth: Client, rest: str, typed: dict[str, str], said: str, kept: str
) -> None:
    stored = reading()
    before = Reading.objects.values().get(pk=stored.pk)
    answer = ruth.post(at(stored, f"edit/{rest}"), typed)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert said in html
    assert kept in html
    assert Reading.objects.values().get(pk=stored.pk) == before


def test_every_button_of_the_list_works_by_itself(ruth: Client) -> None:
    stored = reading(items=ITEMS[:3])

    def press(**buttons: str) -> str:
        ruth.post(at(stored, "edit/change/"), buttons)
        return texts(stored)

    assert press(down="intro1") == "letter intro1 spans1"
    assert press(up="spans1") == "letter spans1 intro1"
    assert press(delete="spans1") == "letter intro1"
    assert "was taken out" in ruth.get(at(stored, "edit/")).content.decode()
    assert press(bring_back="last") == "letter spans1 intro1"
    assert "was taken out" not in ruth.get(at(stored, "edit/")).content.decode()
    assert press(duplicate="letter").startswith("letter ")
    assert len(stored.items) == 4
    assert press(order="intro1 spans1 letter").startswith("intro1 spans1 letter")
    assert press(nothing="known", delete="none") == texts(stored)


def test_a_stale_form_is_refused_with_both_and_nothing_is_lost(ruth: Client) -> None:
    stored = reading()
    address = at(stored, "edit/items/open01/")
    first, second = fields(ruth, address), fields(ruth, address)
    assert ruth.post(address, first | {"prompt": "What I wrote first"}).status_code == 302
    refused = ruth.post(address, second | {"prompt": "What I wrote second"})
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "What I wrote first" in html
    assert "What I wrote second" in html
    assert "changed in another window" in html
    again = {field.html_name: field.value() or "" for field in refused.context["form"]}
    assert ruth.post(address, again).status_code == 302
    stored.refresh_from_db()
    assert stored.content.item("open01").prompt == "What I wrote second"


def test_an_item_deleted_while_it_was_edited_is_not_lost(ruth: Client) -> None:
    stored = reading()
    address = at(stored, "edit/items/intro1/")
    typed = fields(ruth, address) | {"text": "An hour of work"}
    ruth.post(at(stored, "edit/change/"), {"delete": "intro1"})
    refused = ruth.post(address, typed)
    assert refused.status_code == 409
    assert "An hour of work" in refused.content.decode()
    ruth.post(address, {field.html_name: field.value() or "" for field in refused.context["form"]})
    stored.refresh_from_db()
    assert stored.content.items[-1].text == "An hour of work"


def test_what_stands_above_the_items_is_not_written_over(ruth: Client) -> None:
    stored = reading()
    typed = fields(ruth, at(stored, "edit/")) | {"initial-visibility": "private"}
    ruth.post(at(stored, "edit/change/"), {"down": "intro1"})
    ruth.post(at(stored, "share/"), {"visibility": "teachers"})
    assert ruth.post(at(stored, "edit/"), typed | {"title": "Mine"}).status_code == 302
    refused = ruth.post(at(stored, "edit/"), typed | {"title": "Too late"})
    assert refused.status_code == 409
    assert "Too late" in refused.content.decode()
    stored.refresh_from_db()
    assert stored.title == "Mine"
    assert stored.visibility == "teachers"
    assert stored.items[0]["ident"] == "letter"


def test_what_changed_beneath_is_told_until_the_teacher_has_looked(ruth: Client) -> None:
    stored = reading()
    stored.content = live(stored.content).seen()
    stored.save()
    assert "no longer read" not in ruth.get(at(stored, "edit/")).content.decode()
    passage = Document.objects.get(slug=LETTER).passages.get(ident="p1")
    passage.text += " And more."
    passage.save()
    html = ruth.get(at(stored, "edit/")).content.decode()
    assert "The text of this document has changed since you last looked" in html
    assert {each.item.ident for each in live(Reading.objects.get(pk=stored.pk).content).changed} == {"letter", "compar"}
    ruth.post(at(stored, "edit/change/"), {"seen": "letter"})
    assert [each.item.ident for each in live(Reading.objects.get(pk=stored.pk).content).changed] == ["compar"]
    assert "#item-compar" in ruth.get(at(stored)).content.decode()
    ruth.post(at(stored, "edit/change/"), {"seen": ""})
    assert "no longer read" not in ruth.get(at(stored, "edit/")).content.decode()


def test_a_missing_document_is_told_and_the_page_still_works(ruth: Client) -> None:
    stored = reading()
    Document.objects.filter(slug=LETTER).update(status="draft")
    assert "is not in the archive now" in ruth.get(at(stored, "edit/")).content.decode()
    assert "is not in the archive now" in ruth.get(at(stored, "edit/items/letter/")).content.decode()
    Document.objects.filter(slug=REPLY).update(status="draft")
    assert ruth.get(at(stored, "edit/items/spans1/")).status_code == 200


def test_the_pages_cost_the_same_however_long_the_reading_is(ruth: Client) -> None:
    short = [each for each in ITEMS if each["kind"] != "comparison"]
    long = short + [{**each, "ident": f"{each['ident']}{place}"} for place in range(1, 8) for each in short]
    for rest in ("edit/", "edit/items/letter/", ""):
        costs = []
        for items in (short, long):
            stored = reading(items=items)
            ruth.get(at(stored, rest))  # has the session remember where to add
            with CaptureQueriesContext(connection) as asked:
                assert ruth.get(at(stored, rest)).status_code == 200
            costs.append(len(asked))
        assert costs[0] == costs[1], rest


def test_points_are_chosen_from_what_students_see(ruth: Client) -> None:
    stored = reading()
    page = ruth.get(at(stored, "edit/items/point1/"))
    offered = [value for _, lines in page.context["form"].fields["places"].choices for value, _ in lines]
    assert "spans1#p5" in offered
    assert "spans1#p3" not in offered
    question = stored.content.item("point1")
    assert isinstance(question, Question)
    assert set(question.places) <= set(offered)


def test_what_is_no_document_is_not_found(ruth: Client) -> None:
    stored = reading()
    assert ruth.get(at(stored, "edit/add/?kind=passages&document=none")).status_code == 404
    assert ruth.get(at(stored, "edit/items/none/")).status_code == 404
    assert ruth.get(at(stored, "edit/add/?kind=nonsense")).status_code == 200
