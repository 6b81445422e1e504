"""A volume comes in whole, comes in again without a change, and a changed one changes only what it changes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from documents.models import (
    Collection,
    Division,
    Document,
    Footnote,
    Identifier,
    Letter,
    ListEntry,
    Organization,
    Passage,
    Person,
    Reference,
    Version,
)
from ingest.derive import derive
from ingest.models import ImportedDocument, ImportedFile, ImportRun
from tests.ingest.volumes import SmallVolume

pytestmark = pytest.mark.django_db


def load(*paths: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_documents", *paths, processes=1, no_index=True, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    return SmallVolume().write(tmp_path)


def test_the_frame_of_a_volume_is_stored(volume: Path) -> None:
    load(volume)
    collection = Collection.objects.get()
    assert collection.slug == "frus1961-63v90"
    assert collection.title == "Foreign Relations of the United States, 1961–1963, Volume XC, Exchanges"
    chapter = Division.objects.get(ident="ch1")
    assert (chapter.title, chapter.kind, chapter.depth, chapter.parent.ident) == ("Space", "chapter", 1, "comp1")
    assert [str(entry) for entry in ListEntry.objects.filter(kind="term")] == ["UN, United Nations"]
    kennedy = ListEntry.objects.get(ident="p_KJF1")
    assert (kennedy.person.name, kennedy.person.sort_name) == ("John F. Kennedy", "Kennedy, John F.")
    assert ListEntry.objects.get(ident="p_H1").person is None, "who is no party is on the list only"


def test_a_document_has_all_that_the_volume_says_of_it(volume: Path) -> None:
    load(volume)
    document = Document.objects.get(slug="frus1961-63v90-d2")
    assert document.is_published
    assert (document.number, document.title) == ("2", "Letter From Kennedy to Chairman Khrushchev")
    assert (document.kind, document.place, str(document.written)) == ("letter", "Washington", "March 3, 1962")
    assert document.division.ident == "ch1"
    assert document.repository == "Department of State, Presidential Correspondence"
    assert document.publication.endswith("Exchanges (Washington: Government Printing Office, 1996), Document 2")
    assert document.publication_url == "https://history.state.gov/historicaldocuments/frus1961-63v90/d2"
    assert Identifier.objects.get(document=document).value == "frus1961-63v90/d2"
    assert [(p.role, p.name, str(p.agent)) for p in document.participations.all()] == [
        ("from", "Kennedy", "John F. Kennedy"),
        ("to", "Khrushchev", "Nikita S. Khrushchev"),
    ]
    assert Letter.objects.filter(pk=document.pk).exists()
    assert b'<div type="document" xml:id="d2"' in bytes(document.source)


def test_the_database_knows_how_much_there_is_at_once(volume: Path) -> None:
    load(volume)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'documents_passage'")
        assert cursor.fetchone() == (Passage.objects.count(),)


def test_an_office_that_sends_is_an_organization(volume: Path) -> None:
    load(volume)
    telegram = Document.objects.get(slug="frus1961-63v90-d5")
    assert [(p.role, str(p.organization)) for p in telegram.participations.all()] == [
        ("from", "Embassy in Jordan"),
        ("to", "Department of State"),
    ]
    assert Organization.objects.count() == 2


def test_what_is_stored_in_bulk_is_what_is_derived_one_by_one(volume: Path) -> None:
    load(volume)
    for document in Document.objects.all():
        assert not derive(document).changed, document.slug


def test_references_within_the_volume_lead_to_their_documents(volume: Path, client: Client) -> None:
    load(volume)
    reference = Reference.objects.get(document__slug="frus1961-63v90-d3")
    assert (reference.target, reference.resolved.slug) == ("frus1961-63v90/d1", "frus1961-63v90-d1")
    page = client.get("/documents/frus1961-63v90-d3/").content.decode()
    assert 'href="/documents/frus1961-63v90-d1/"' in page
    assert "United Nations" in page, "the term is explained"


def test_the_same_again_changes_nothing(volume: Path) -> None:
    load(volume)
    before = list(Document.objects.values_list("pk", "updated_at", "import_digest"))
    said = load(volume)
    assert "Documents: 6 unchanged." in said
    assert list(Document.objects.values_list("pk", "updated_at", "import_digest")) == before
    assert (Collection.objects.count(), Person.objects.count(), Version.objects.count()) == (1, 2, 0)


def test_a_document_that_is_gone_comes_back_with_the_same_file(volume: Path) -> None:
    load(volume)
    Document.objects.get(slug="frus1961-63v90-d4").delete()
    assert "Documents: 1 created, 5 unchanged." in load(volume)


def test_an_earlier_state_of_a_volume_is_a_change_too(volume: Path, tmp_path: Path) -> None:
    before = volume.read_text()
    load(volume)
    load(SmallVolume(words={2: "I write about something else."}).write(tmp_path))
    volume.write_text(before)
    assert "1 updated, 5 unchanged" in load(volume)
    assert "matter 2" in Document.objects.get(slug="frus1961-63v90-d2").reading_text


def test_a_changed_document_is_updated_in_place_and_its_old_version_kept(volume: Path, tmp_path: Path) -> None:
    load(volume)
    old = Document.objects.get(slug="frus1961-63v90-d2")
    second = old.passages.get(text__startswith="The second paragraph")
    said = load(SmallVolume(words={2: "I write about something else."}).write(tmp_path))
    assert "1 updated, 5 unchanged" in said
    new = Document.objects.get(slug="frus1961-63v90-d2")
    assert new.pk == old.pk
    assert "something else" in new.reading_text
    assert new.passages.get(text__startswith="The second paragraph").pk == second.pk
    version = Version.objects.get()
    assert version.document == new and "matter 2" in version.text


def test_a_text_that_an_editor_changed_is_kept_unless_told_otherwise(volume: Path, tmp_path: Path) -> None:
    load(volume)
    Document.objects.filter(slug="frus1961-63v90-d2").update(edited_here=True)
    changed = SmallVolume(words={2: "I write about something else."}).write(tmp_path)
    assert "edited in the archive, and kept" in load(changed)
    assert "matter 2" in Document.objects.get(slug="frus1961-63v90-d2").reading_text
    load(changed, overwrite=True)
    assert "something else" in Document.objects.get(slug="frus1961-63v90-d2").reading_text


def test_a_volume_that_is_broken_is_refused_before_anything_is_stored(volume: Path) -> None:
    volume.write_text(volume.read_text().replace("</closer>", "</closed>", 1))
    with pytest.raises(CommandError, match=r"frus1961-63v90\.xml, line \d+: (.|\n)*Nothing was imported"):
        load(volume)
    assert not Collection.objects.exists()
    assert ImportedDocument.objects.get().outcome == "refused"


def test_a_broken_volume_does_not_keep_another_out(volume: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(volume.read_text()[:-30])
    with pytest.raises(CommandError, match=r"broken\.xml"):
        load(tmp_path)
    assert Document.objects.count() == 6


def test_a_file_that_may_not_be_read_is_refused_and_the_others_come_in(volume: Path, tmp_path: Path) -> None:
    (tmp_path / "gone.xml").symlink_to(tmp_path / "nowhere.xml")
    load(tmp_path)
    assert Document.objects.count() == 6


def test_drafts_are_not_public_and_nothing_links_to_them(volume: Path, client: Client) -> None:
    load(volume, draft=True)
    assert not Document.objects.published().exists()
    assert client.get("/documents/frus1961-63v90-d2/").status_code == 404
    assert not Reference.objects.exclude(resolved=None).exists()


def test_a_volume_that_arrives_is_linked_from_those_before_it(volume: Path, tmp_path: Path, client: Client) -> None:
    other = SmallVolume(ident="frus1961-63v91", number="XCI", count=1)
    text = other.text().replace('target="#d1"', 'target="frus1961-63v90#d3"')
    (tmp_path / "other").mkdir()
    path = tmp_path / "other" / "frus1961-63v91.xml"
    path.write_text(text)
    load(path)
    assert "/documents/frus1961-63v90-d3/" not in client.get("/documents/frus1961-63v91-d1/").content.decode()
    load(volume)
    assert "/documents/frus1961-63v90-d3/" in client.get("/documents/frus1961-63v91-d1/").content.decode()
    assert Person.objects.count() == 2, "Kennedy is the same in both volumes"


def test_a_volume_without_any_letter_is_imported(tmp_path: Path) -> None:
    path = SmallVolume(count=1).write(tmp_path)
    path.write_text(path.read_text().replace("Letter From", "Statement by").replace(" to Chairman", ""))
    assert "1 created" in load(path)
    assert not Letter.objects.exists()


def test_a_document_that_does_not_fit_is_refused_and_the_others_are_stored(volume: Path) -> None:
    Identifier.objects.create(document=_mine(), value="frus1961-63v90/d2")
    with pytest.raises(CommandError, match=r"frus1961-63v90-d2 is refused: (.|\n)*frus1961-63v90/d2"):
        load(volume)
    assert Document.objects.filter(collection__slug="frus1961-63v90").count() == 5


def _mine() -> Document:
    other = Collection.objects.create(slug="other", title="Another")
    return Document.objects.create(collection=other, slug="mine", title="Mine")


def test_an_id_that_stands_twice_is_two_documents(tmp_path: Path) -> None:
    volume = SmallVolume(count=2)
    path = tmp_path / "frus1961-63v90.xml"
    path.write_text(volume.text().replace('xml:id="d2"', 'xml:id="d1"'))
    load(path)
    assert sorted(Document.objects.values_list("slug", flat=True)) == ["frus1961-63v90-d1", "frus1961-63v90-d1-2"]


def test_a_document_that_another_collection_has_is_refused(volume: Path) -> None:
    Document.objects.filter(pk=_mine().pk).update(slug="frus1961-63v90-d2")
    with pytest.raises(CommandError, match="frus1961-63v90-d2 is refused: another collection"):
        load(volume)
    assert Document.objects.get(slug="frus1961-63v90-d2").title == "Mine"
    assert Document.objects.count() == 6


def test_a_run_says_who_imported_what_and_what_came_of_it(volume: Path, tmp_path: Path) -> None:
    load(volume)
    load(SmallVolume(words={2: "Changed."}, count=7).write(tmp_path))
    run = ImportRun.objects.first()
    assert (run.state, run.origin, bool(run.by_name)) == ("finished", str(volume), True)
    file = ImportedFile.objects.get(run=run)
    assert (file.created, file.updated, file.unchanged, file.refused) == (1, 1, 5, 0)
    assert len(file.checksum) == 64
    assert {(row.slug[-2:], row.outcome) for row in file.documents.all()} == {("d2", "updated"), ("d7", "created")}


def test_what_is_no_longer_in_the_volume_is_kept_and_said(volume: Path, tmp_path: Path) -> None:
    load(volume)
    said = load(SmallVolume(count=4).write(tmp_path))
    assert "frus1961-63v90-d6: is no longer in the volume, and kept." in said
    assert Document.objects.count() == 6


def test_notes_and_pages_are_where_they_stand(volume: Path) -> None:
    load(volume)
    note = Footnote.objects.get(document__slug="frus1961-63v90-d2", ident="fn2")
    assert note.passage.text[: note.offset].endswith("It touches the UN.")
    assert "page-12" in Passage.objects.get(pk=note.passage_id).html


def test_a_whole_volume_is_a_link_once_it_is_in_the_archive(tmp_path: Path, client: Client) -> None:
    cited = {2: 'See <ref target="frus1961-63v91">volume XCI</ref> and <ref target="frus1961-63v92">XCII</ref>.'}
    load(SmallVolume(words=cited).write(tmp_path))
    words = Passage.objects.get(document__slug="frus1961-63v90-d2", ident="p1")
    assert "reference outward" in words.html
    load(SmallVolume("frus1961-63v91", "XCI", words=cited).write(tmp_path))
    words.refresh_from_db()
    assert 'href="/collections/frus1961-63v91/"' in words.html, "a document that was there before"
    assert words.html.count("reference outward") == 1
    later = Passage.objects.get(document__slug="frus1961-63v91-d2", ident="p1")
    assert 'href="/collections/frus1961-63v91/"' in later.html, "one that came with the volume"
    page = client.get("/documents/frus1961-63v90-d2/").content.decode()
    listed = page[page.index('id="references"') :]
    assert 'href="/collections/frus1961-63v91/"' in listed
    assert listed.count("Not yet in the archive") == 1


def test_a_day_without_a_year_has_that_of_the_chapter(tmp_path: Path) -> None:
    documents = "".join(
        f'<div type="document" xml:id="d{number}" n="{number}"><head>{number}. {title}</head></div>'
        for number, title in (
            (7, "Telegram 23209 to McCone, September 16. Soviet buildup. Top Secret. CIA, Cables, 4 Sept."),
            (8, "Memorandum by McCone, September 31. There is no such day."),
            (9, "Report of the CIA. Summary of a meeting on September 3."),
            (10, "Paper, September 4, 1961. A date of its own."),
        )
    )
    extra = f'</div><div type="chapter" xml:id="ch2"><head>September 1962</head>{documents}'
    load(SmallVolume(extra=extra).write(tmp_path))
    dates = {f"d{number}": Document.objects.get(slug=f"frus1961-63v90-d{number}").dates.first() for number in (7, 8, 9)}
    assert str(dates["d7"]) == "[September 16, 1962]"
    assert dates["d7"].reason == "The year is that of the chapter in which the document stands."
    assert str(Document.objects.get(slug="frus1961-63v90-d7").sort_date) == "1962-09-16"
    assert dates["d8"] is None and dates["d9"] is None
    assert str(Document.objects.get(slug="frus1961-63v90-d10").dates.get()) == "September 4, 1961"
