"""Witnesses are imported from a collection folder and exported to one; they go with their document, and come back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from documents.models import Collation, Collection, Document, Witness
from ingest.errors import ImportRefused
from ingest.export import export_collections
from ingest.folder import import_folder
from ingest.history import keep_deleted
from ingest.restoring import undelete
from tests.ingest.folders import copy_of_the_collection, replace_in
from tests.ingest.test_import_export import files_below
from tests.ingest.test_witnesses import LETTER, REPLY, letter, witness_of

pytestmark = pytest.mark.django_db

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
