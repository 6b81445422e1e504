"""The readings that ship need the documents and quote them rightly, and loading them twice changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import escape

from archive.environment import ROOT
from classroom import shipped
from classroom.content import Content, Form, Level
from classroom.live import LiveReading, live
from classroom.models import Reading
from documents.models import Collection, Document, Footnote, Passage
from tests.classroom.readings import LETTER, assignment

FOLDER = ROOT / "fixtures" / "readings"
LESSON, SEMINAR = "two-letters-about-space", "opening-a-negotiation"
MINUTES = {LESSON: (35, 45), SEMINAR: (75, 120)}
QUOTED = re.compile(r"“([^”]+)”")
#: What may stand within quotation marks and yet is no part of the words quoted: quotations within them.
MARKS = str.maketrans({"“": "", "”": "", "\n": " "})

pytestmark = pytest.mark.django_db

names = pytest.mark.parametrize("name", [LESSON, SEMINAR])


def content(name: str) -> Content:
    return shipped.read(FOLDER / f"{name}.yaml").content


def written(value: object) -> list[str]:
    """Every text that a person reads in the JSON of a reading."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in written(part)]


def shown(found: LiveReading) -> Iterator[str]:
    """The text of every passage that a reading shows, and of every note on it."""
    for excerpt in (each.excerpt for each in found.shown if each.excerpt):
        yield from excerpt.plain.values()
        notes = Footnote.objects.filter(document=excerpt.document, passage__ident__in=excerpt.plain)
        yield from notes.values_list("text", flat=True)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a copy of the lesson with some words changed, next to one of the seminar as it is."""

    def write(old: str, new: str) -> Path:
        for name in MINUTES:
            text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
            assert name != LESSON or old in text
            text = text.replace(old, new, 1) if name == LESSON else text
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@names
def test_it_takes_as_long_as_it_says(space_exchange: Collection, name: str) -> None:
    found = live(content(name))

    assert found.changed == ()
    assert len(found.documents) == 3
    assert MINUTES[name][0] <= found.minutes <= MINUTES[name][1]


@names
def test_every_quotation_stands_in_what_is_shown(space_exchange: Collection, name: str) -> None:
    found = live(content(name))
    quotations = [quoted for text in written(found.content.to_json()) for quoted in QUOTED.findall(text)]
    texts = [text.translate(MARKS) for text in shown(found)]

    assert len(quotations) > 10
    for quoted in quotations:
        assert any(" ".join(quoted.split()) in text for text in texts), quoted


@names
def test_questions_are_of_every_form_and_answered(space_exchange: Collection, name: str) -> None:
    questions = content(name).questions

    assert {question.form for question in questions} == set(Form)
    for question in questions:
        assert question.model and question.places, question.ident
        assert bool(question.correct) == (question.form is Form.CHOICE), question.ident


@names
def test_what_a_model_answer_quotes_stands_in_the_places_that_it_gives(space_exchange: Collection, name: str) -> None:
    found = live(content(name))
    for question in found.content.questions:
        if question.form is Form.POINT:
            (ident, _, passage), *_ = (place.partition("#") for place in question.places)
            first = QUOTED.findall(question.model)[0]
            assert " ".join(first.split()) in found.of(ident).excerpt.plain[passage], question.ident


def test_both_are_loaded_for_everybody_to_read(space_exchange: Collection) -> None:
    call_command("load_readings", verbosity=0)

    levels = {each.shipped: each.level for each in Reading.objects.public().filter(owner=None)}
    assert levels == {LESSON: Level.SECONDARY, SEMINAR: Level.UNDERGRADUATE}


def test_anybody_reads_them_without_the_answers(space_exchange: Collection, client: Client) -> None:
    shipped.load([FOLDER])
    listed = client.get("/classroom/readings/").content.decode()
    assert listed.index("Heavenly matters") < listed.index("Opening a negotiation")

    for reading in Reading.objects.all():
        page = client.get(reading.get_absolute_url()).content.decode()
        for question in reading.content.questions:
            assert escape(question.prompt) in page
            assert escape(question.model.partition("\n")[0]) not in page


def test_loading_again_changes_nothing(space_exchange: Collection) -> None:
    shipped.load([FOLDER])
    before = list(Reading.objects.order_by("pk").values())

    loaded = shipped.load([FOLDER])

    assert set(loaded.unchanged) == {LESSON, SEMINAR}
    assert list(Reading.objects.order_by("pk").values()) == before


def test_a_changed_file_changes_its_reading_and_no_class(
    space_exchange: Collection, changed: Callable[[str, str], Path]
) -> None:
    shipped.load([FOLDER])
    given = assignment(Reading.objects.get(shipped=LESSON))

    loaded = shipped.load([changed("term: Chairman", "term: Premier")])

    assert (loaded.updated, loaded.unchanged) == ([LESSON], [SEMINAR])
    reading = Reading.objects.get(shipped=LESSON)
    assert reading.revision == 2
    assert reading.content.item("chairman").term == "Premier"
    given.refresh_from_db()
    assert given.content.item("chairman").term == "Chairman"


def test_a_text_that_changes_after_loading_is_told(space_exchange: Collection) -> None:
    shipped.load([FOLDER])
    Passage.objects.filter(document__slug=LETTER, ident="p4").update(text="Nothing.")

    found = live(Reading.objects.get(shipped=LESSON).content)
    assert [each.item.ident for each in found.changed] == ["letter"]


def test_a_reading_is_left_out_where_its_documents_are_not(space_exchange: Collection) -> None:
    Document.objects.filter(slug=LETTER).update(status="draft")

    loaded = shipped.load([FOLDER])

    assert not Reading.objects.exists()
    assert len(loaded.left_out) == 2
    assert f"no document {LETTER} " in loaded.left_out[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: term", "kind: trem", "Item 2 has no kind that is known"),
        ("  ident: nsam\n", "", "Item 2 needs an ident"),
        ("last: p2}", "last: p77}", "Item 4 (memo): The document has no passages heading to p77 now"),
        ("places: [memo#p2]", "places: [memo#p3]", "Item 5 (asked): memo#p3 is no passage that this reading shows"),
        ("correct: [1]", "correct: [4]", "Item 5: what is correct is one of the choices"),
        ("level: secondary", "level: 'secondary", "this is not YAML"),
        ("title: 'Heavenly", "tilte: 'Heavenly", "The reading has tilte"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_stored(
    space_exchange: Collection, changed: Callable[[str, str], Path], old: str, new: str, said: str
) -> None:
    folder = changed(old, new)

    with pytest.raises(CommandError) as refused:
        call_command("load_readings", str(folder), verbosity=0)

    assert said in str(refused.value)
    assert f"{LESSON}.yaml" in str(refused.value)
    assert not Reading.objects.exists()


@names
def test_lines_of_a_paragraph_are_joined(name: str) -> None:
    introduction = content(name).introduction

    assert introduction.count("\n\n") == introduction.count("\n") / 2 == 1


def test_the_example_of_the_guide_is_a_reading(space_exchange: Collection, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "classroom.md").read_text(encoding="utf-8")
    file = tmp_path / "example.yaml"
    file.write_text(re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)[1], encoding="utf-8")

    assert shipped.load([file]).created == ["example"]


def test_a_file_with_a_name_that_no_reading_has_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "My reading.yaml"
    file.write_text("title: x", encoding="utf-8")

    with pytest.raises(shipped.ReadingRefused, match="Rename it"):
        shipped.load([file])


def test_a_folder_without_readings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(shipped.ReadingRefused, match="no reading in this folder"):
        shipped.load([tmp_path])
