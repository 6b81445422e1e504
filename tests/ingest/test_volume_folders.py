"""A volume goes out as a collection folder and comes back whole: chapters, lists, dates, people, and the texts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from documents.models import Collection, Division, Document, DocumentDate, ListEntry, Organization, Passage, Person
from ingest.errors import ImportRefused
from ingest.export import export_collections
from ingest.folder import import_folder
from tests.ingest.folders import replace_in
from tests.ingest.volumes import SmallVolume

pytestmark = pytest.mark.django_db

ENTRY = "- id: p_KNS1\n  name: Khrushchev, Nikita S.\n  description: Chairman\n  person: "


def bring_in(*paths: Path) -> str:
    out = io.StringIO()
    call_command("import_documents", *paths, processes=1, no_index=True, stdout=out)
    return out.getvalue()


def everything() -> list[Any]:
    """All that was imported, without the keys of rows."""
    return [
        *Division.objects.values_list(
            "collection__slug", "ident", "kind", "title", "position", "depth", "parent__ident"
        ),
        *ListEntry.objects.values_list("collection__slug", "kind", "ident", "name", "description", "person__slug"),
        *Document.objects.order_by("slug").values_list("slug", "division__ident", "title", "text", "reading_text"),
        *Passage.objects.order_by("document__slug", "position").values_list("document__slug", "ident", "html"),
        *DocumentDate.objects.order_by("document__slug").values_list("event", "display", "earliest", "latest"),
        *Person.objects.order_by("slug").values_list("slug", "sort_name", "description"),
    ]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A volume that is in the archive."""
    path = SmallVolume().write(tmp_path)
    bring_in(path)
    return path


@pytest.fixture
def folder(volume: Path, tmp_path: Path) -> Path:
    """The volume as it was exported; what one of its dates displays does not tell the day."""
    date = DocumentDate.objects.filter(document__slug="frus1961-63v90-d2")
    date.update(display="two days after the launch")
    export_collections(tmp_path / "first")
    return tmp_path / "first" / "frus1961-63v90"


def empty() -> None:
    for model in (Document, Collection, Person, Organization):
        model.objects.all().delete()


def test_a_volume_that_is_exported_comes_back_whole(folder: Path, tmp_path: Path) -> None:
    before = everything()
    assert Division.objects.count() == 2 and ListEntry.objects.count() == 4
    assert DocumentDate.objects.filter(display="two days after the launch", earliest="1962-03-03").exists()
    empty()
    import_folder(folder.parent)
    assert everything() == before
    export_collections(tmp_path / "second")
    for file in folder.parent.rglob("*"):
        again = tmp_path / "second" / file.relative_to(folder.parent)
        assert file.is_dir() or file.read_bytes() == again.read_bytes()


def test_the_volume_itself_changes_nothing_after_its_folder(volume: Path, tmp_path: Path) -> None:
    export_collections(tmp_path / "first")
    empty()
    import_folder(tmp_path / "first")
    assert "Documents: 6 unchanged." in bring_in(volume)


def test_what_a_folder_does_not_name_of_a_volume_is_kept(folder: Path) -> None:
    file = folder / "collection.yaml"
    text = file.read_text()
    start, end = text.index("divisions:"), text.index("documents:")
    file.write_text(text[:start] + text[end:].replace("  division: ch1\n", ""))
    before = everything()
    import_folder(folder, overwrite=True)
    assert everything() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  in: comp1", "  in: comp2", "there is no division “comp2” above this one"),
        ("- id: ch1", "- id: comp1", "the division “comp1” stands twice"),
        ("- id: p_KNS1", "- id: p_KJF1", "the entry “p_KJF1” stands twice"),
        (ENTRY + "nikita-s-khrushchev", ENTRY + "nobody", "there is no “nobody” among people"),
        ("- id: t_UN1\n", "- id: t_UN1\n  person: nikita-s-khrushchev\n", "a term is no person"),
        ("    earliest: '1962-03-03'", "    earliest: 3 March", "earliest and latest are days such as 1962-03-07"),
        ("    latest: '1962-03-03'", "    latest: '1962-03-01'", "a date cannot end before it begins"),
        ("  kind: compilation", f"  kind: {'compilation' * 4}", "at most 30 characters"),
    ],
)
def test_what_is_wrong_in_divisions_lists_and_days_is_refused(folder: Path, old: str, new: str, message: str) -> None:
    line = replace_in(folder / "collection.yaml", old, new)
    with pytest.raises(ImportRefused) as refusal:
        import_folder(folder, overwrite=True)
    assert message in str(refusal.value)
    assert abs(refusal.value.line - line) <= 5


def test_a_document_in_a_division_that_is_not_there_is_refused(folder: Path) -> None:
    file = folder / "collection.yaml"
    file.write_text(file.read_text().replace("  division: ch1", "  division: ch2", 1))
    with pytest.raises(ImportRefused, match="there is no division “ch2”"):
        import_folder(folder, overwrite=True)
