"""Witnesses are collated when texts are stored, offered when two are likely the same text, imported and exported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from documents.models import Collation, Collection, Document, Witness
from editions.collation.table import Fate, Section, Sort, Table
from ingest.derive import derive
from ingest.errors import ImportRefused
from ingest.export import export_collections
from ingest.folder import import_folder
from ingest.history import keep_deleted
from ingest.loading import Options, load
from ingest.offers import offer_witnesses
from ingest.restoring import undelete
from ingest.witnesses import NotDecided, collate_witnesses, decide, free_siglum
from tests.ingest import texts
from tests.ingest.folders import copy_of_the_collection, replace_in
from tests.ingest.test_import_export import files_below
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
        decide(witness, Witness.Status.ACCEPTED)


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


WITNESSES = """  witnesses:
  - siglum: T
    title: The text as it was sent
    source: witnesses/sent.txt
    note: Found in the file.
  - siglum: N
    title: A memorandum
    document: nsam-129
  - siglum: X
    title: Not the same
    status: rejected
    document: khrushchev-1962-03-20
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first collection with three witnesses of Kennedy's letter."""
    path = copy_of_the_collection(tmp_path)
    replace_in(path / "collection.yaml", "- id: khrushchev-1962-03-20\n", f"{WITNESSES}- id: khrushchev-1962-03-20\n")
    (path / "witnesses").mkdir()
    (path / "witnesses" / "sent.txt").write_bytes((path / "sources" / "kennedy-to-khrushchev.txt").read_bytes())
    return path


def test_witnesses_are_imported_and_collated(folder: Path) -> None:
    import_folder(folder)
    document = letter()
    assert list(document.witnesses.values_list("siglum", "status")) == [
        ("T", "accepted"),
        ("N", "accepted"),
        ("X", "rejected"),
    ]
    sent = document.witnesses.get(siglum="T")
    assert (bytes(sent.source), sent.source_name) == (bytes(document.source), "sent.txt")
    assert "Dear Mr. Chairman" in sent.text
    assert Collation.objects.get(base=None, witness=sent).counts["text"] == {}
    assert Collation.objects.count() == 3


def test_witnesses_import_again_without_a_change_and_export_to_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    import_folder(folder)
    assert len(import_folder(folder).unchanged) == 3
    export_collections(tmp_path / "first")
    for model in (Document, Collection):
        model.objects.all().delete()
    import_folder(tmp_path / "first")
    export_collections(tmp_path / "second")
    assert files_below(tmp_path / "first") == files_below(tmp_path / "second")
    assert "space-1962/witnesses/kennedy-1962-03-07/T/sent.txt" in files_below(tmp_path / "second")


def test_the_changed_text_of_a_witness_changes_its_comparison(folder: Path) -> None:
    import_folder(folder)
    replace_in(folder / "witnesses" / "sent.txt", "broad and varied", "varied")
    assert import_folder(folder).updated == [LETTER]
    assert Collation.objects.get(base=None, witness__siglum="T").counts["text"] == {"omission": 1}


def test_a_text_edited_by_hand_is_exported_beside_its_source(folder: Path, tmp_path: Path) -> None:
    import_folder(folder)
    sent = Witness.objects.get(siglum="T")
    Witness.objects.filter(pk=sent.pk).update(text=sent.text.replace("broad and varied", "varied"))
    export_collections(tmp_path / "first")
    Document.objects.all().delete()
    import_folder(tmp_path / "first")
    assert "broad and" not in Witness.objects.get(siglum="T").text


def test_a_witness_that_the_file_does_not_name_is_kept_and_said(folder: Path) -> None:
    import_folder(folder)
    replace_in(folder / "collection.yaml", WITNESSES, "")
    report = import_folder(folder)
    assert letter().witnesses.count() == 3
    assert [remark.split(": ")[1].split(" is not")[0] for remark in report.remarks] == [
        "the witness T",
        "the witness N",
    ]


def test_an_offered_witness_gives_way_to_one_of_the_file(folder: Path) -> None:
    import_folder(folder)
    Witness.objects.all().delete()
    offered = witness_of(letter(), "T", status="offered", other=Document.objects.get(slug="nsam-129"), text="")
    Witness.objects.filter(pk=offered.pk).update(position=9)
    import_folder(folder, overwrite=True)
    assert list(letter().witnesses.values_list("siglum", "status")) == [
        ("T", "accepted"),
        ("N", "accepted"),
        ("X", "rejected"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("siglum: T\n", "siglum: a-b\n", "A siglum is made of letters and digits"),
        ("siglum: T\n", "siglum: n\n", "the siglum “N” stands twice"),
        ("    document: nsam-129\n", "", "either a document of the archive or has a text of its own"),
        (
            "document: nsam-129\n",
            "document: nsam-129\n    text: witnesses/sent.txt\n",
            "either a document of the archive or",
        ),
        ("document: nsam-129\n", "document: nsam-130\n", "there is no document “nsam-130”. Import it first"),
        ("document: nsam-129\n", f"document: {LETTER}\n", "a document is no other witness of itself"),
        ("document: nsam-129\n", f"document: {REPLY}\n", "the document “khrushchev-1962-03-20” is a witness twice"),
        ("sent.txt\n", "lost.txt\n", "cannot be read"),
        ("sent.txt\n", "sent.txt\n    format: papyrus\n", "“papyrus” is no format: text, "),
        ("status: rejected", "status: doubted", "“doubted” is no status: offered, accepted, rejected."),
        ("    title: A memorandum\n", "", "“title” is missing. Add it."),
    ],
)
def test_what_is_no_witness_is_refused_with_its_line(folder: Path, old: str, new: str, message: str) -> None:
    line = replace_in(folder / "collection.yaml", old, new)
    with pytest.raises(ImportRefused, match=re.escape(message)) as refused:
        import_folder(folder)
    assert abs(refused.value.line - line) <= 4
    assert not Document.objects.exists()


def test_witnesses_go_with_a_document_that_is_deleted_and_come_back_with_it(folder: Path) -> None:
    import_folder(folder)
    before = list(Witness.objects.order_by("pk").values_list("document__slug", "siglum", "status", "text"))
    source = bytes(Witness.objects.get(siglum="T").source)
    for slug in (LETTER, "nsam-129"):
        document = Document.objects.get(slug=slug)
        [version] = keep_deleted([document])
        document.delete()
        assert Witness.objects.count() < 3
        _, lost = undelete(version)
        assert not [sentence for sentence in lost if "witness" in sentence]
        assert sorted(Witness.objects.values_list("document__slug", "siglum", "status", "text")) == sorted(before)
    assert bytes(Witness.objects.get(siglum="T").source) == source
    assert Collation.objects.filter(base=None).count() == 2


def test_a_witness_that_cannot_come_back_is_said(folder: Path) -> None:
    import_folder(folder)
    document, other = letter(), Document.objects.get(slug="nsam-129")
    [version] = keep_deleted([document])
    document.delete()
    other.delete()
    _, lost = undelete(version)
    assert [sentence for sentence in lost if "witness" in sentence] == [
        "The witness “A memorandum” cannot come back: the document “nsam-129” is gone."
    ]
