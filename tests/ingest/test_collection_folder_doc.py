"""docs/collection-folder.md shows every key of the format, and the refusals that it quotes are those that are given."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from documents.models import Document, Letter, Link
from ingest.collection_file import read_collection_file
from ingest.errors import ImportRefused
from ingest.folder import import_folder
from ingest.records import FolderRecord, Record, WitnessRecord

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "collection-folder.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.split("```yaml\n")[1].split("```")[0]
#: Records whose keys exclude one another, so that no entry has them all.
ALTERNATIVES = ("PartyRecord", "DateRecord", "WitnessRecord")


def filled(record: Record) -> None:
    """Fails for a key of the format that the example leaves out; of a list, the last entry has them all."""
    for name, value in vars(record).items():
        if name in ("line", "lines"):
            continue
        assert value not in ("", None, ()), f"the example has no {name} in {type(record).__name__}"
        for item in value[-1:] if isinstance(value, tuple) and name != "terms" else [value]:
            if isinstance(item, Record) and type(item).__name__ not in ALTERNATIVES:
                filled(item)


def test_the_example_is_read_and_has_every_key(tmp_path: Path) -> None:
    file = tmp_path / "collection.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    record = read_collection_file(file)
    assert isinstance(record, FolderRecord)
    filled(record)
    [document] = record.documents
    received = document.received
    assert received and (received.earliest, received.supplied, received.reason) == (
        "1962-03-09",
        "yes",
        "The reply says so.",
    )
    assert document.number == "41"
    written = [{name for name, value in vars(witness).items() if value} for witness in document.witnesses]
    assert set.union(*written) == {one.name for one in fields(WitnessRecord)}


def test_it_names_every_kind_and_relation() -> None:
    assert all(f"`{kind}`" in PAGE for kind in Document.Kind.values)
    assert all(f"`{relation}`" in PAGE for relation in Link.Relation.values)
    assert {str(kind) for kind in Letter.KINDS} == {"letter", "telegram", "note", "memorandum"}


#: What is changed in the first collection: the words replaced, the words put in, and what the page says of it.
SLIPS = [
    ("Let us also cooperate in this field.", "Let us cooperate", "“Let us cooperate” do not stand in H2"),
    ("  title: Cooperation", "  titel: Cooperation", "“titel” is not known here. Use: "),
    ("  title: Cooperation in space, 1962\n", "", "“title” is missing. Add it."),
    ("  slug: space-1962", "  slug: 'space-1962", "this is not YAML: "),
    ("nsam-129.txt", "nsam-128.txt", "cannot be read (No such file or directory)."),
    ("passages: p13", "passages: p19", "has no passage “p19”."),
    ("topic: weather", "topic: wether", "there is no topic “wether”."),
    ("printed: dear", "printed: scientific", "stands 2 times in p8."),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("right", "wrong", "words"), SLIPS)
def test_what_is_wrong_is_refused_in_the_words_of_the_page(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    folder = tmp_path / "space-1962"
    shutil.copytree(ROOT / "fixtures" / "space-1962", folder)
    file = folder / "collection.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ImportRefused) as refusal:
        import_folder(folder)
    assert words in str(refusal.value)
    assert refusal.value.line > 0
    assert not Document.objects.exists()
    assert words in PAGE
