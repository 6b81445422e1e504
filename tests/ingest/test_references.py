"""What texts refer to is found, kept with its sentence and linked; it resolves and is wanted as others come and go."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.environment import ROOT
from documents.models import Collection, Document, Footnote, Passage, Reference
from ingest.derive import derive, derive_all, derive_related, related_to
from tests.ingest.volumes import SmallVolume
from tests.volumes import FOLDER, needs_volumes

pytestmark = pytest.mark.django_db

VOLUME = "frus1961-63v90"


def bring_in(*paths: Path, **options: object) -> None:
    call_command("import_documents", *paths, processes=1, no_index=True, verbosity=0, **options)


def volume(folder: Path, words: dict[int, str], **more: object) -> None:
    bring_in(SmallVolume(words=words, **more).write(folder))  # type: ignore[arg-type]


def document(number: int) -> Document:
    return Document.objects.get(slug=f"{VOLUME}-d{number}")


def html(number: int, ident: str = "p1") -> str:
    return Passage.objects.get(document=document(number), ident=ident).html


def give_status(one: Document, status: str) -> None:
    Document.objects.filter(pk=one.pk).update(status=status)
    one.refresh_from_db()
    derive(one)
    derive_related(one)


def text(slug: str, words: str, collection: Collection, title: str = "") -> Document:
    """A published document with these words for a text."""
    made = Document.objects.create(
        collection=collection, slug=slug, title=title or slug, text=f"{words}\n", status="published"
    )
    derive(made)
    derive_related(made)
    return made


@pytest.fixture
def papers() -> Collection:
    return Collection.objects.create(slug="papers", title="Papers")


def test_what_the_words_refer_to_is_kept_with_its_sentence_and_linked(tmp_path: Path) -> None:
    volume(tmp_path, {2: "It was so. See Document 4. It was not so."})
    reference = document(2).references.get(origin="found")
    assert (reference.ident, reference.words, reference.target) == ("p1", "Document 4", f"{VOLUME}/d4")
    assert (reference.resolved, reference.sentence) == (document(4), "See Document 4.")
    assert f'See <a class="reference" href="/documents/{VOLUME}-d4/">Document 4</a>.' in html(2)


def test_what_is_marked_has_its_sentence_too(tmp_path: Path) -> None:
    volume(tmp_path, {})
    marked = document(3).references.get(origin="marked")
    assert (marked.ident, marked.words, marked.sentence) == ("fn2", "Document 1", "See Document 1.")


def test_what_is_not_there_leads_outside_where_it_can_be_read(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See Document 44 and NSC 5602/1."})
    address = f"https://history.state.gov/historicaldocuments/{VOLUME}/d44"
    assert f'href="{address}"' in html(2)
    assert html(2).count('class="reference outward"') == 1
    assert '<span class="reference wanted" title="Not yet in the archive: ' in html(2)
    assert html(2).count("reference wanted") == 1
    assert not document(2).references.filter(origin="found").exclude(resolved=None).exists()


def test_a_note_is_meant_by_its_address_or_else_by_the_number_that_is_printed(tmp_path: Path) -> None:
    words = SmallVolume(words={2: "See footnote 2, Document 3, and footnote 7, Document 4."}).text()
    assert '<note n="2" xml:id="d4fn2">' in words
    path = tmp_path / f"{VOLUME}.xml"
    path.write_text(words.replace('<note n="2" xml:id="d4fn2">', '<note n="7" xml:id="d4fn2">'))
    bring_in(path)
    assert f'href="/documents/{VOLUME}-d3/#fn2"' in html(2)
    assert f'href="/documents/{VOLUME}-d4/#fn2"' in html(2)
    assert set(document(2).references.filter(origin="found").values_list("target", flat=True)) == {
        f"{VOLUME}/d3#fn2",
        f"{VOLUME}/d4#fn7",
    }
    assert not derive(document(2)).changed


def test_a_document_refers_to_nothing_by_its_own_name(papers: Collection) -> None:
    made = text("memo", "# NSAM No. 129\n\nIn NSAM No. 129 we see NSAM No. 128.", papers, "NSAM No. 129")
    assert list(made.references.values_list("target", flat=True)) == ["nsam-128"]


def test_what_an_editor_lists_comes_before_what_is_found_or_marked_in_the_same_words(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See Documents 3 and 4."})
    document(2).references.create(ident="p1", words="Documents 3", target=f"{VOLUME}/d6")
    document(2).references.create(ident="fn2", words="Document 1", target="nsam-5")
    derive(document(2))
    rows = document(2).references.values_list("origin", "words", "target")
    assert set(rows) == {
        ("listed", "Documents 3", f"{VOLUME}/d6"),
        ("listed", "Document 1", "nsam-5"),
        ("found", "4", f"{VOLUME}/d4"),
    }
    assert f'href="/documents/{VOLUME}-d6/">Documents 3</a>' in html(2)
    assert f"/documents/{VOLUME}-d3/" not in html(2)
    note = document(2).footnotes.get(ident="fn2").html
    assert f"/documents/{VOLUME}-d1/" not in note
    assert note.count("reference wanted") == 1
    document(2).references.filter(origin="listed").delete()
    derive(document(2))
    assert set(document(2).references.values_list("origin", "words")) == {
        ("found", "Documents 3"),
        ("found", "4"),
        ("marked", "Document 1"),
    }


def test_words_that_an_editor_says_point_nowhere_are_no_link(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See Document 4."})
    document(2).references.create(ident="p1", words="Document 4", target="")
    document(2).references.create(ident="fn2", words="Document 1", target="")
    derive(document(2))
    assert set(document(2).references.values_list("origin", flat=True)) == {"listed"}
    assert 'See <span class="reference nowhere">Document 4</span>.' in html(2)
    assert "<a " not in document(2).footnotes.get(ident="fn2").html


def test_a_listed_reference_beside_the_same_one_found_takes_its_place(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See Document 4."})
    document(2).references.create(ident="p1", words="Document 4", target=f"{VOLUME}/d4", title="The fourth")
    derive(document(2))
    assert document(2).references.get(ident="p1").origin == "listed"


def test_one_that_is_withdrawn_is_wanted_again_and_one_that_is_published_is_linked(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See Document 4."})
    give_status(document(4), "draft")
    assert f"/documents/{VOLUME}-d4/" not in html(2)
    assert document(2).references.get(origin="found").resolved is None
    give_status(document(4), "published")
    assert f'href="/documents/{VOLUME}-d4/"' in html(2)
    assert document(2).references.get(origin="found").resolved == document(4)


def test_one_that_is_deleted_is_wanted_again(tmp_path: Path) -> None:
    volume(tmp_path, {2: "See footnote 2, Document 4."})
    related = related_to([document(4)])
    document(4).delete()
    derive_all(related)
    assert f"/documents/{VOLUME}-d4/" not in html(2)
    assert document(2).references.get(origin="found").resolved is None


def test_a_document_resolves_references_to_what_it_is_called(papers: Collection) -> None:
    citing = text("letter", "As NSAM No. 21 says.", papers)
    assert citing.references.get().resolved is None
    memo = text("memo", "Words.", papers, "NSAM No. 21")
    assert citing.references.get().resolved == memo
    assert 'href="/documents/memo/"' in citing.passages.get().html
    give_status(memo, "draft")
    assert citing.references.get().resolved is None
    assert 'href="/documents/memo/"' not in citing.passages.get().html


def test_what_two_documents_are_called_means_neither(papers: Collection) -> None:
    citing = text("letter", "As NSAM No. 21 says.", papers)
    first = text("first", "Words.", papers, "NSAM No. 21")
    second = text("second", "Words.", papers, "NSAM No. 21")
    assert citing.references.get().resolved is None
    give_status(first, "draft")
    assert citing.references.get().resolved == second
    give_status(first, "published")
    assert citing.references.get().resolved is None
    Document.objects.filter(pk=second.pk).update(title="Another thing altogether")
    second.refresh_from_db()
    derive(second)
    assert citing.references.get().resolved == first, "it lost its name"


def test_a_volume_that_arrives_resolves_what_it_is_cited_by_as_one_by_one_would(tmp_path: Path) -> None:
    """The import joins references in SQL: what it does is what ``Targets`` does."""
    called = SmallVolume(words={1: "See NSAM No. 7, NSAM No. 8 and Document 2."}).text()
    called = called.replace("6. Letter From", "6. NSAM No. 7 From")
    path = tmp_path / f"{VOLUME}.xml"
    path.write_text(called)
    bring_in(path)
    assert document(1).references.get(target="nsam-7").resolved == document(6)
    assert f'href="/documents/{VOLUME}-d6/"' in html(1)
    other = SmallVolume("frus1961-63v91", "XCI", count=2).text()
    other = other.replace("1. Letter From", "1. NSAM No. 7 From")
    other = other.replace("2. Letter From", "2. NSAM No. 8 From")
    second = tmp_path / "frus1961-63v91.xml"
    second.write_text(other)
    bring_in(second)
    assert document(1).references.get(target="nsam-7").resolved is None, "two are called so now"
    assert document(1).references.get(target="nsam-8").resolved.slug == "frus1961-63v91-d2"
    before = dict(Reference.objects.values_list("pk", "resolved"))
    for one in Document.objects.all():
        assert not derive(one).changed, one.slug
    assert dict(Reference.objects.values_list("pk", "resolved")) == before


def test_a_folder_says_that_words_point_nowhere_and_says_it_again_when_it_is_exported(
    space_exchange: Collection, tmp_path: Path
) -> None:
    call_command("export_documents", tmp_path, verbosity=0)
    file = tmp_path / "space-1962" / "collection.yaml"
    written = file.read_text()
    assert "    target: ppp-1962-kennedy/60\n" in written
    before, after = written.split("    target: ppp-1962-kennedy/60\n")
    file.write_text(before + "    target: ''\n" + after)
    bring_in(tmp_path)
    reference = Reference.objects.get(words="Item 60")
    assert (reference.target, reference.resolved, reference.origin) == ("", None, "listed")
    assert '<span class="reference nowhere">Item 60</span>' in Footnote.objects.get(text="See Item 60.").html
    call_command("export_documents", tmp_path / "again", verbosity=0)
    assert (tmp_path / "again" / "space-1962" / "collection.yaml").read_text() == file.read_text()
    file.write_text(before + after)
    with pytest.raises(CommandError, match="“target” is missing"):
        bring_in(tmp_path)


def test_resolutions_of_the_united_nations_lead_to_their_address_there(space_exchange: Collection) -> None:
    passage = Passage.objects.get(document__slug="kennedy-1962-03-07", ident="p3")
    assert 'class="reference outward"' in passage.html
    assert "A/RES/1721" in passage.html
    assert Reference.objects.filter(target="ppp-1962-kennedy/60", origin="listed").count() == 1


@needs_volumes
def test_note_2_of_nsam_129_leads_to_the_two_messages_once_their_volume_is_there() -> None:
    path = FOLDER / "frus1961-63v06.xml"
    if not path.exists():
        pytest.skip(f"{path.name} is not among the volumes")
    bring_in(ROOT / "fixtures" / "space-1962")
    bring_in(path)
    note = Footnote.objects.get(document__slug="nsam-129", ident="fn2")
    assert 'href="/documents/frus1961-63v06-d35/"' in note.html
    assert 'href="/documents/frus1961-63v06-d36/"' in note.html
    assert 'class="reference outward"' in note.html, "document 389 of volume XXV is not there"
    cited = Reference.objects.filter(document__slug="nsam-129", ident="fn2").exclude(resolved=None)
    assert set(cited.values_list("resolved__slug", "origin")) == {
        ("frus1961-63v06-d35", "listed"),
        ("frus1961-63v06-d36", "listed"),
    }
