"""Files with one document each: whatever they are called and however they are, one never costs another."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from documents.models import Collection, Document
from editions.readers.sources import LARGEST_SOURCE
from ingest.finding import LARGEST_VOLUME
from ingest.models import ImportedFile
from tests.ingest.volumes import SmallVolume

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(db: None) -> Collection:
    return Collection.objects.create(slug="letters", title="Letters")


def bring_in(*paths: Path, **options: Any) -> str:
    out = io.StringIO()
    settings = {"collection": "letters", "processes": 1, "no_index": True, "stdout": out, **options}
    call_command("import_documents", *paths, **settings)
    return out.getvalue()


def letter(path: Path, words: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"Letter\n\nDear Mr. Chairman: {words}\n", encoding="utf-8")
    return path


def test_files_of_one_name_in_two_folders_are_two_documents(letters: Collection, tmp_path: Path) -> None:
    letter(tmp_path / "1961" / "letter.txt", "I write about weather satellites.")
    letter(tmp_path / "1962" / "letter.txt", "The moon is another matter altogether.")
    assert "2 created" in bring_in(tmp_path)
    assert "2 unchanged" in bring_in(tmp_path)


def test_one_text_in_two_files_is_one_document(letters: Collection, tmp_path: Path) -> None:
    letter(tmp_path / "a.txt", "The same.")
    letter(tmp_path / "b.txt", "The same.")
    assert "1 created, 1 unchanged" in bring_in(tmp_path)


@pytest.mark.parametrize("name", [b"\xff\xfe.txt", b"two\nlines.txt", "Хрущёв, “1962”.txt".encode(), b" .txt"])
def test_a_file_may_have_any_name(letters: Collection, tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    letter(path, "What is it called?")
    assert "1 created" in bring_in(tmp_path)
    assert "1 unchanged" in bring_in(path)
    path.write_bytes(b"")
    with pytest.raises(CommandError, match="this source is empty"):
        bring_in(path)


@pytest.mark.parametrize("name", ["broken.txt", "broken.xml"])
def test_a_file_that_cannot_be_read_keeps_no_other_out(letters: Collection, tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("/proc/self/mem")  # a file that nobody can read from its beginning, root neither
    letter(tmp_path / "letter.txt", "I can be read.")
    with pytest.raises(CommandError, match=r"broken\.\w+: this file cannot be read \(Input/output error\)"):
        bring_in(tmp_path)
    assert Document.objects.count() == 1
    assert ImportedFile.objects.get(name=str(tmp_path / name)).refused == 1


@pytest.mark.parametrize(("name", "size"), [("film.txt", LARGEST_SOURCE + 2**20), ("film.xml", LARGEST_VOLUME + 1)])
def test_a_file_that_is_too_large_is_not_read(letters: Collection, tmp_path: Path, name: str, size: int) -> None:
    path = tmp_path / name
    path.write_text(SmallVolume().text())
    with path.open("ab") as file:
        file.truncate(size)
    with pytest.raises(CommandError, match=r"this source has \d+ MB, and one document has at most 20 MB"):
        bring_in(path)


@pytest.mark.parametrize(("name", "quotes"), [("volume.tei", '"'), ("volume.xml", "'")])
def test_a_volume_is_known_by_what_it_holds(tmp_path: Path, db: None, name: str, quotes: str) -> None:
    path = tmp_path / name
    path.write_text(SmallVolume().text().replace('type="document"', f"type={quotes}document{quotes}"))
    assert "6 created" in bring_in(path, collection="")


def test_the_same_files_again_change_nothing_and_say_nothing(letters: Collection, tmp_path: Path) -> None:
    letter(tmp_path / "letter.txt", "I write about weather satellites.")
    bring_in(tmp_path)
    before = Document.objects.values_list("updated_at", "text").get()
    assert bring_in(tmp_path).strip() == "Documents: 1 unchanged."
    assert Document.objects.values_list("updated_at", "text").get() == before
