"""Witnesses are collated when texts are stored, and offered when two are likely the same text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from documents.models import Collation, Collection, Document, Witness
from editions.collation.table import Fate, Section, Sort, Table
from ingest.derive import derive
from ingest.loading import Options, load
from ingest.offers import offer_witnesses
from ingest.witnesses import NotDecided, collate_witnesses, decide, free_siglum
from tests.ingest import texts
from tests.ingest.volumes import SmallVolume
from tests.volumes import FOLDER

pytestmark = pytest.mark.django_db

LETTER, REPLY = "kennedy-1962-03-07", "khrushchev-1962-03-20"
VOLUME = FOLDER / "frus1961-63v06.xml"
needs_the_volume = pytest.mark.skipif(not VOLUME.exists(), reason=f"{VOLUME.name} is not in {FOLDER}: see FRUS_VOLUMES")


def letter() -> Document:
    return Document.objects.get(slug=LETTER)


def witness_of(document: Document, siglum: str = "B", **values: Any) -> Witness:
    values = {"text": document.text.replace("broad and varied", "varied"), "position": 1} | values
    return Witness.objects.create(document=document, siglum=siglum, title=f"The text of {siglum}", **values)


def differences(table: Table, section: Section = Section.TEXT) -> list[tuple[str, str, str]]:
    return [
        (segment.sort.value, segment.base.strip(), segment.witness.strip())
        for row in table.section(section)
        for segment in row.segments
        if segment.number and row.fate is Fate.CHANGED
    ]


def table_of(collation: Collation) -> Table:
    return Table.from_json(collation.table)


def test_a_witness_is_collated_with_the_text_that_is_stored(space_exchange: Collection) -> None:
    document = letter()
    witness_of(document)
    assert derive(document).changed is False
    collation = Collation.objects.get()
    assert (collation.base, collation.counts["text"]) == (None, {"omission": 1})
    assert differences(table_of(collation)) == [("omission", "broad and", "")]
    document.text = document.text.replace("broad and varied", "varied")
    document.save()
    derive(document)
    assert Collation.objects.get().counts["text"] == {}


def test_the_slips_that_the_source_prints_are_compared_and_not_what_is_corrected(space_exchange: Collection) -> None:
    document = letter()
    witness_of(document, text="It should become clear.\n\n" + document.text.replace("dear~>clear", "clear~>clear"))
    collate_witnesses(document)
    assert ("substitution", "dear", "clear") in differences(table_of(Collation.objects.get()))


def test_collating_again_computes_only_what_has_changed(
    space_exchange: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = letter()
    witness_of(document)
    assert collate_witnesses(document) is True
    monkeypatch.setattr("ingest.witnesses.collate", lambda *_: pytest.fail("it was collated again"))
    assert collate_witnesses(document) is False


def test_accepted_witnesses_are_collated_with_each_other_and_offered_ones_with_the_text_alone(
    space_exchange: Collection,
) -> None:
    document = letter()
    for siglum in "BC":
        witness_of(document, siglum)
    witness_of(document, "D", status="offered")
    witness_of(document, "E", status="rejected")
    collate_witnesses(document)
    pairs = {(row.base.siglum if row.base else "", row.witness.siglum) for row in Collation.objects.all()}
    assert pairs == {("", "B"), ("", "C"), ("", "D"), ("B", "C")}


def test_a_document_that_is_a_witness_is_collated_anew_when_its_own_text_changes(space_exchange: Collection) -> None:
    document, other = letter(), Document.objects.get(slug="nsam-129")
    witness_of(document, other=other, text="")
    collate_witnesses(document)
    before = Collation.objects.get().digest
    other.text = other.text.replace("prompt and energetic", "prompt")
    other.save()
    derive(other)
    assert Collation.objects.get().digest != before


def test_what_is_decided_once_stays_decided(space_exchange: Collection) -> None:
    document = letter()
    witness = witness_of(document, status="offered")
    collate_witnesses(document)
    decide(witness, Witness.Status.REJECTED)
    assert not Collation.objects.exists()
    with pytest.raises(NotDecided, match="is rejected already"):
        decide(witness, Witness.Status.REJECTED)


def test_a_siglum_is_free_whatever_its_case(space_exchange: Collection) -> None:
    document = letter()
    assert free_siglum(document) == "B"
    for siglum in "bCDEFGHIJKLMNOPQRSTUVWXYZ":
        witness_of(document, siglum)
    assert free_siglum(document) == "B2"


def bring_excerpt(collection: Collection) -> Document:
    """Stores the middle of Kennedy's letter, as another book prints it."""
    body = bytes(letter().source).decode().split("2. It would be")[1].split("5. Given")[0]
    head = "Letter From President Kennedy to Chairman Khrushchev\n\nWashington, March 8, 1962\n\n"
    return texts.draft(f"{head}2. It would be{body}".encode(), "excerpt.txt", "text", collection)


@pytest.fixture
def excerpt(space_exchange: Collection) -> Document:
    """The middle of the letter, not offered yet."""
    document = bring_excerpt(space_exchange)
    Witness.objects.all().delete()
    return document


def test_what_is_brought_in_is_offered_at_once(space_exchange: Collection) -> None:
    document = bring_excerpt(space_exchange)
    assert [(one.document, one.other) for one in Witness.objects.all()] == [(letter(), document)]


def test_a_whole_archive_is_looked_through_by_command(excerpt: Document, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("derive_documents")
    assert f"{LETTER}: {excerpt} is offered as a witness." in capsys.readouterr().out
    call_command("derive_documents")
    assert "offered" not in capsys.readouterr().out


def test_an_excerpt_of_about_the_same_day_is_offered_with_its_comparison(excerpt: Document) -> None:
    [offered] = offer_witnesses([excerpt.pk])
    assert (offered.document, offered.other, offered.status) == (letter(), excerpt, "offered")
    assert offered.likeness and offered.likeness > 0.9
    assert Collation.objects.get(witness=offered).counts["text"]["omission"] > 5
    assert list(Witness.objects.shown()) == []


def test_a_pair_is_offered_once_and_not_again_after_it_was_rejected(excerpt: Document) -> None:
    [offered] = offer_witnesses([excerpt.pk])
    decide(offered, Witness.Status.REJECTED)
    keys = list(Document.objects.values_list("pk", flat=True))
    assert offer_witnesses(keys) == []
    assert Witness.objects.count() == 1


@pytest.mark.parametrize(("days", "offered"), [("1962-03-10", 1), ("1962-03-11", 0), (None, 0)])
def test_texts_of_other_days_are_not_looked_at(excerpt: Document, days: str | None, offered: int) -> None:
    Document.objects.filter(pk=excerpt.pk).update(sort_date=days)
    assert len(offer_witnesses([excerpt.pk])) == offered


def test_texts_of_other_parties_are_not_looked_at(excerpt: Document) -> None:
    excerpt.participations.all().delete()
    excerpt.participations.create(role="from", name="Someone else")
    assert offer_witnesses([excerpt.pk]) == []


def test_other_letters_of_the_same_people_and_days_are_not_offered(space_exchange: Collection) -> None:
    Document.objects.update(sort_date="1962-03-07")
    assert offer_witnesses(Document.objects.values_list("pk", flat=True)) == []


@pytest.mark.parametrize(("copies", "offered"), [(2, 1), (4, 6), (12, 0), (60, 0)])
def test_what_many_texts_share_is_a_form_and_not_offered(
    space_exchange: Collection, tmp_path: Path, copies: int, offered: int
) -> None:
    words = dict.fromkeys(range(1, 100), "I thank you for your kind words and send you mine. " * 4)
    volumes = [SmallVolume(f"frus1961-63v9{turn}", str(turn), copies // 2, words) for turn in range(2)]
    for volume in volumes:
        path = volume.write(tmp_path)
        path.write_text(re.sub(r"March [0-9]+|-03-[0-9]+", "{}", path.read_text()).replace('"1962{}"', '"1962-03-09"'))
        load([path], Options(), lambda progress: None)
    assert Witness.objects.count() == offered


@needs_the_volume
def test_the_letters_are_offered_their_other_printing(space_exchange: Collection) -> None:
    summary = load([VOLUME], Options(), lambda progress: None)
    pairs = {witness.other.slug: witness for witness in Witness.objects.select_related("other", "document")}
    assert {slug: one.document.slug for slug, one in pairs.items()} == {
        "frus1961-63v06-d41": LETTER,
        "frus1961-63v06-d43": REPLY,
    }
    assert sum("is offered as a witness" in remark for remark in summary.remarks) == 2
    _shows_what_the_excerpt_leaves_out(table_of(pairs["frus1961-63v06-d43"].collations.get()))
    _shows_the_slips(table_of(pairs["frus1961-63v06-d41"].collations.get()))


def _shows_what_the_excerpt_leaves_out(reply: Table) -> None:
    rows = reply.section(Section.TEXT)
    assert [row.fate for row in rows] == [
        *[Fate.ADDED] * 4,
        *[Fate.SAME] * 5,
        *[Fate.CHANGED] * 2,
        *[Fate.SAME] * 9,
        *[Fate.ADDED] * 5,
    ]
    added = [row.witness_text for row in rows if row.fate is Fate.ADDED]
    assert added[0] == "Moscow, March 20, 1962."
    assert [text.split(" ")[0] for text in added[1:]] == ["DEAR", "In", "The", "At", "I", "We", "Yours", "N."]
    assert differences(reply) == [
        ("spelling", "organization", "organisation"),
        ("spelling", "organizing", "organising"),
    ]


def _shows_the_slips(message: Table) -> None:
    assert [one for one in differences(message) if one[0] != Sort.CASE] == [
        ("addition", "", "[21]"),
        ("punctuation", ".", ""),
        ("punctuation", "'", ""),
        ("punctuation", ".", ""),
        ("punctuation", "", ","),
        ("addition", "", "1721"),
        ("substitution", "dear", "clear"),
    ]
    corrected = [one.printed for row in message.rows for segment in row.segments for one in segment.corrections]
    assert corrected == ["'providing", "necessary.", "Resolution (XVI)", "dear"]
