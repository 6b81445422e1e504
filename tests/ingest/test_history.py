"""What a document was is kept when it changes or is deleted, and can be brought back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from documents.models import Collection, Document, FormerAddress, FormerNumber, Identifier, Link, Person, Version
from ingest.derive import PassageInUse, derive, derive_all, derive_related, related_to
from ingest.export import export_collections
from ingest.folder import import_folder
from ingest.history import deleted_documents, keep_deleted, keeping, versions_of
from ingest.loading import Options, load
from ingest.restoring import NotRestored, restore, undelete
from tests.ingest.folders import copy_of_the_collection, replace_in
from tests.ingest.test_import_export import files_below

pytestmark = pytest.mark.django_db

LETTER = "kennedy-1962-03-07"
REPLY = "khrushchev-1962-03-20"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def letter() -> Document:
    return Document.objects.get(slug=LETTER)


def change(document: Document, old: str, new: str, **kept: Any) -> None:
    with keeping(document, **kept):
        assert old in document.text
        document.text = document.text.replace(old, new)
        document.save()
        derive(document)


def delete(document: Document, by: User | None = None) -> Version:
    """Deletes a document as the admin does."""
    [version] = keep_deleted([document], by=by)
    related = related_to([document])
    document.delete()
    derive_all(related)
    return version


def test_a_changed_text_is_kept_as_it_was_with_who_and_why(space_exchange: Collection, ada: User) -> None:
    before = letter()
    change(letter(), "broad and varied", "broad", by=ada, reason="Shortened")
    change(letter(), "is a broad", "is one broad", by_name="grace")
    second, first = versions_of(letter())
    assert first.text == before.text
    assert (first.number, first.by, first.reason, first.made_at) == (1, None, "Shortened", before.created_at)
    assert (second.number, second.by, second.by_name, second.made_at) == (2, ada, "ada", first.kept_at)
    assert (letter().changed_by, letter().changed_by_name) == (None, "grace")


def test_what_does_not_change_is_not_kept(space_exchange: Collection, ada: User) -> None:
    document = letter()
    with keeping(document, by=ada):
        document.save()
        derive(document)
    assert not Version.objects.exists()
    assert letter().changed_by is None


def test_what_is_done_within_one_change_is_one_version(space_exchange: Collection) -> None:
    document = letter()
    with keeping(document, reason="Outside"):
        change(document, "broad and varied", "broad")
        change(document, "is a broad", "is one broad")
    assert [version.reason for version in versions_of(document)] == ["Outside"]


def test_a_change_that_fails_keeps_nothing(space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    before = document.text
    with pytest.raises(PassageInUse), keeping(document):
        document.text = "Only this."
        document.save()
        derive(document)
    assert not Version.objects.exists()
    document.refresh_from_db()
    assert document.text == before


@pytest.mark.parametrize(
    ("name", "value"), [("title", "Another title"), ("status", "draft"), ("number", "42"), ("place", "Geneva")]
)
def test_every_fact_makes_a_version(space_exchange: Collection, name: str, value: str) -> None:
    document = letter()
    with keeping(document):
        setattr(document, name, value)
        document.save()
    assert versions_of(document).count() == 1


def test_dates_parties_references_and_identifiers_make_versions(space_exchange: Collection) -> None:
    for change_one in (
        lambda d: d.dates.all().delete(),
        lambda d: d.participations.all().delete(),
        lambda d: d.references.all().delete(),
        lambda d: d.identifiers.create(value="mine"),
    ):
        document = Document.objects.get(slug="nsam-129")
        with keeping(document):
            change_one(document)
    assert versions_of(document).count() == 4


def test_the_source_is_kept_where_it_changed_only(space_exchange: Collection) -> None:
    before = bytes(letter().source)
    change(letter(), "broad and varied", "broad")
    document = letter()
    with keeping(document):
        document.source = b"Another source."
        document.save()
    second, first = versions_of(letter())
    assert (bytes(second.source), first.source) == (before, None)
    restore(first)
    assert bytes(letter().source) == before


def test_restoring_brings_everything_back_and_keeps_what_was(
    space_exchange: Collection, ada: User, tmp_path: Path
) -> None:
    export_collections(tmp_path / "before")
    document = letter()
    with keeping(document):
        document.title, document.place, document.number = "Changed", "Geneva", "7"
        document.text = document.text.replace("The exploration of space", "New.\n\nThe exploration of space", 1)
        document.save()
        document.dates.all().delete()
        document.participations.all().delete()
        document.references.all().delete()
        derive(document)
    assert restore(versions_of(letter())[0], by=ada) == ()
    export_collections(tmp_path / "after")
    assert files_below(tmp_path / "after") == files_below(tmp_path / "before")
    restored, _ = versions_of(letter())
    assert (restored.reason, restored.title) == ("Version 1 restored", "Changed")
    assert letter().changed_by == ada
    restore(restored)
    assert letter().title == "Changed"


def test_restoring_gives_passages_the_addresses_that_they_had(space_exchange: Collection) -> None:
    document = letter()
    text = document.passages.get(ident="p10").text
    change(document, text, "Something else entirely stands in this place now, without a word of it.")
    change(letter(), "\n\n{signature}", "\n\nA paragraph more.\n\n{signature}")
    before = dict(letter().passages.values_list("ident", "text"))
    restore(versions_of(letter()).last())
    assert letter().passages.get(ident="p10").text == text
    restore(versions_of(letter())[0])
    assert dict(letter().passages.values_list("ident", "text")) == before


def test_restoring_neither_publishes_nor_moves_a_document(space_exchange: Collection) -> None:
    document = letter()
    with keeping(document):
        document.slug, document.status = "another-address", "draft"
        document.save()
    restore(versions_of(document)[0])
    document.refresh_from_db()
    assert (document.slug, document.status) == ("another-address", "draft")


def test_what_cannot_come_back_is_said(space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    identifier = document.identifiers.first().value
    with keeping(document):
        document.identifiers.all().delete()
        document.participations.all().delete()
    Identifier.objects.create(document=letter(), value=identifier)
    Person.objects.get(slug="mcgeorge-bundy").delete()
    lost = restore(versions_of(document)[0])
    assert any(identifier in one and LETTER in one for one in lost)
    assert any("McGeorge Bundy" in one and "name only" in one for one in lost)
    assert document.participations.filter(name="McGeorge Bundy", person=None).exists()


def test_a_version_without_a_passage_that_a_proposal_needs_is_not_restored(space_exchange: Collection) -> None:
    document = letter()
    change(document, "\n\n{signature}", "\n\nA paragraph more.\n\n{signature}")
    passage = letter().passages.get(text="A paragraph more.")
    document.proposals.create(ident="K20", title="More", first_passage=passage, last_passage=passage)
    with pytest.raises(NotRestored, match="K20"):
        restore(versions_of(document).last())
    assert "A paragraph more." in letter().text


def test_a_deleted_document_comes_back_whole(space_exchange: Collection, ada: User, tmp_path: Path) -> None:
    export_collections(tmp_path / "before")
    change(letter(), "broad and varied", "broad")
    restore(versions_of(letter())[0])
    key, page = letter().pk, list(letter().passages.values_list("ident", "html"))
    version = delete(letter(), by=ada)
    assert not Link.objects.filter(answered__document__slug=LETTER).exists()
    assert list(deleted_documents()) == [version]
    assert version.reason == "Deleted by ada"
    document, lost = undelete(version, by=ada)
    assert (document.pk, lost) == (key, ())
    assert list(document.passages.values_list("ident", "html")) == page
    assert document.is_published
    assert versions_of(document).count() == 3
    assert not deleted_documents().exists()
    export_collections(tmp_path / "after")
    assert files_below(tmp_path / "after") == files_below(tmp_path / "before")


def test_an_address_that_is_taken_is_not_given_twice(space_exchange: Collection) -> None:
    version = delete(letter())
    Document.objects.create(collection=space_exchange, slug=LETTER, title="Another")
    with pytest.raises(NotRestored, match="Another document has the address"):
        undelete(version)


def test_links_whose_other_end_is_gone_are_said(space_exchange: Collection) -> None:
    both = list(Document.objects.filter(slug__in=[LETTER, REPLY]).order_by("slug"))
    links = Link.objects.count()
    between = Link.objects.filter(answer__document__slug=REPLY, answered__document__slug=LETTER).count()
    first, second = keep_deleted(both)
    Document.objects.filter(pk__in=[document.pk for document in both]).delete()
    _, lost = undelete(first)
    assert all("cannot come back" in one for one in lost)
    assert len(lost) == between
    _, lost = undelete(second)
    assert lost == ()
    assert Link.objects.count() == links


def test_an_address_and_a_number_that_change_are_remembered(space_exchange: Collection) -> None:
    document = letter()
    number = document.number
    for slug, new in (("second", "77"), ("third", "78"), (LETTER, number)):
        with keeping(document):
            document.slug, document.number = slug, new
            document.save()
    former = FormerAddress.objects.filter(document=document).order_by("slug").values_list("slug", flat=True)
    assert list(former) == ["second", "third"], "an address in use is no former one"
    numbers = FormerNumber.objects.filter(document=document).order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["77", "78"]


def test_what_cites_a_document_by_the_address_it_had_leads_to_it_still(space_exchange: Collection) -> None:
    nsam = Document.objects.get(slug="nsam-129")
    nsam.text = nsam.text.replace("prompt and energetic", f"[prompt]({LETTER}#p3) and energetic")
    nsam.save()
    derive(nsam)
    document = letter()
    with keeping(document):
        document.slug = "second"
        document.save()
        derive(document)
        derive_related(document)
    assert 'href="/documents/second/#p3"' in "".join(nsam.passages.values_list("html", flat=True))


def test_a_folder_renames_a_document(space_exchange: Collection, tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    text = (folder / "collection.yaml").read_text(encoding="utf-8").replace("nsam-129\n", "memorandum-129\n")
    text = text.replace("sources/memorandum-129", "sources/nsam-129")
    (folder / "collection.yaml").write_text(text, encoding="utf-8")
    key = Document.objects.get(slug="nsam-129").pk
    replace_in(folder / "collection.yaml", "id: memorandum-129\n", "id: memorandum-129\n  formerly:\n  - nsam-129\n")
    report = import_folder(folder, by_name="ada")
    assert report.updated == ["memorandum-129"]
    document = Document.objects.get(slug="memorandum-129")
    assert (document.pk, document.changed_by_name) == (key, "ada")
    assert list(document.former_addresses.values_list("slug", flat=True)) == ["nsam-129"]
    assert import_folder(folder).updated == []
    export_collections(tmp_path / "out")
    assert "formerly:\n  - nsam-129\n" in (tmp_path / "out" / "space-1962" / "collection.yaml").read_text()


def test_importing_a_changed_folder_keeps_what_was(space_exchange: Collection, tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "sources" / "kennedy-to-khrushchev.txt", "a broad and varied", "a broad")
    import_folder(folder, by_name="grace")
    [version] = Version.objects.all()
    assert (version.slug, version.reason) == (LETTER, "Imported again")
    assert "broad and varied" in version.text
    assert b"broad and varied" in bytes(version.source)
    assert letter().changed_by_name == "grace"


def test_importing_a_new_version_of_a_file_keeps_what_was(space_exchange: Collection, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# A letter\n\nOne two three.\n")
    load([file], Options(collection="space-1962", by_name="grace"), print)
    assert Document.objects.get(source_name="mine.md").changed_by_name == "grace"
    file.write_text("# A letter\n\nOne two four.\n")
    load([file], Options(collection="space-1962", by_name="hedy"), print)
    document = Document.objects.get(source_name="mine.md")
    [version] = versions_of(document)
    assert (version.by_name, version.reason, "three" in version.text) == ("grace", "Imported from mine.md", True)
    assert (document.changed_by_name, b"three" in bytes(version.source)) == ("hedy", True)
    load([file], Options(collection="space-1962", by_name="ida"), print)
    assert versions_of(document).count() == 1
