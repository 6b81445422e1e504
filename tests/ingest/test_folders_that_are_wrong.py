"""Whatever a collection folder says, it is refused with a sentence and never half taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.models import Collection, Document
from ingest.errors import ImportRefused
from ingest.folder import import_folder
from tests.ingest.folders import copy_of_the_collection

pytestmark = pytest.mark.django_db

FIRST = "- id: nsam-129\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("source: sources/nsam-129.txt", 'source: "a\\0b"', r"this has the character U\+0000, which is no text"),
        ("  title: Coop", '  title: "\\ud800"\n  description: Coop', r"this has the character U\+D800"),
        ("  identifiers:\n  - ", f"  identifiers:\n  - {'x' * 201}\n  - ", "value: .*at most 200 characters"),
        (FIRST, f"{FIRST}  formerly:\n  - {'x' * 151}\n", "slug: .*at most 150 characters"),
        (FIRST, f"{FIRST}  formerly:\n  - a b/c\n", "slug: .*letters, numbers"),
        ("    target: ", f"    target: {'x' * 201}", "target: .*at most 200 characters"),
        ("collection:\n", f"x: {'[' * 5000}\ncollection:\n", "lists within lists"),
    ],
)
def test_values_that_cannot_be_stored_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = copy_of_the_collection(tmp_path)
    file = folder / "collection.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ImportRefused, match=message):
        import_folder(folder)
    assert not Collection.objects.exists()


def test_a_collection_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "collection.yaml").symlink_to("/proc/self/mem")
    with pytest.raises(ImportRefused, match=r"collection\.yaml: this file cannot be read"):
        import_folder(tmp_path)


def test_a_passage_may_have_a_number_that_no_page_shows(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    (folder / "sources" / "nsam-129.txt").write_text("# A text\n\n{paragraph #p99999999999} Words.\n")
    file = folder / "collection.yaml"
    entry = "documents:\n- id: one\n  title: One\n  source: sources/nsam-129.txt\n  format: archive-text\n"
    text = file.read_text()
    file.write_text(text[: text.index("documents:")] + entry)
    import_folder(folder)
    assert Document.objects.get().passages.get(ident="p99999999999").number is None
