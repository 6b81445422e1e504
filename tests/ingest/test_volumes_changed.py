"""A changed volume meets an archive in which editors work: nothing of theirs is lost, and what is refused is said."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from documents.models import (
    Collection,
    Document,
    Footnote,
    ListEntry,
    Participation,
    Passage,
    Person,
    Proposal,
)
from ingest.derive import derive
from ingest.loading import Options, load
from ingest.volumes.linking import link_arrivals
from ingest.volumes.loading import Progress
from tests.ingest.volumes import SmallVolume

pytestmark = pytest.mark.django_db

SECOND = "<p>The second paragraph of letter 2.</p>"


def bring_in(*paths: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_documents", *paths, **{"processes": 1, "no_index": True, "stdout": out, **options})
    return out.getvalue()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A volume that is in the archive."""
    path = SmallVolume().write(tmp_path)
    bring_in(path)
    return path


@pytest.fixture
def second(volume: Path) -> Passage:
    """The passage that says SECOND, with a proposal on it."""
    passage = Passage.objects.get(text="The second paragraph of letter 2.")
    Proposal.objects.create(
        document=passage.document, ident="K1", title="Something", first_passage=passage, last_passage=passage
    )
    derive(passage.document)
    return passage


def test_a_document_that_loses_a_passage_with_a_proposal_is_refused_and_the_others_come_in(
    volume: Path, second: Passage
) -> None:
    change(volume, SECOND, "")
    change(volume, "matter 3", "another matter")
    for again in range(2):
        with pytest.raises(CommandError, match=r"line \d+: frus1961-63v90-d2 is refused: .*passages on which K1 stand"):
            bring_in(volume)
        assert Passage.objects.filter(pk=second.pk).exists(), again
        assert "another matter" in Document.objects.get(slug="frus1961-63v90-d3").reading_text
    second.document.proposals.all().delete()
    assert "1 updated" in bring_in(volume)


def test_words_of_a_proposal_that_are_lost_are_said(volume: Path, second: Passage) -> None:
    Proposal.objects.update(words="second paragraph")
    change(volume, "The second paragraph of letter 2.", "The 2nd paragraph of letter 2.")
    assert "frus1961-63v90-d2: The words of proposal K1 no longer stand in its passage." in bring_in(volume)
    assert Proposal.objects.get().quotation == "lost"


def test_parties_that_change_places_are_stored_in_their_new_order(volume: Path) -> None:
    kennedy = '<persName corresp="#p_KJF1" type="from">Kennedy</persName>'
    khrushchev = '<persName corresp="#p_KNS1" type="to">Khrushchev</persName>'
    both = khrushchev.replace('"to"', '"from"')
    change(volume, f"{kennedy} to Chairman\n{khrushchev}", f"{kennedy} and {both}")
    bring_in(volume)
    change(volume, f"{kennedy} and {both}", f"{both} and {kennedy}")
    assert "5 updated" in bring_in(volume)
    senders = Participation.objects.filter(document__slug="frus1961-63v90-d2").order_by("position")
    assert [row.name for row in senders] == ["Khrushchev", "Kennedy"]


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (lambda rows: rows.update(edited_here=True, title="Mine"), "edited in the archive, and kept"),
        (lambda rows: rows.delete(), "deleted in the archive while the import ran"),
    ],
    ids=["edited", "deleted"],
)
def test_what_an_editor_does_while_the_import_runs_is_kept(volume: Path, meanwhile: Any, said: str) -> None:
    """The first forty documents are stored, and said, when an editor saves one of the next."""
    many = SmallVolume(count=45)
    many.write(volume.parent)
    bring_in(volume)
    many.words = {number: f"All of them changed, {number}." for number in range(1, 46)}
    many.write(volume.parent)
    rows = Document.objects.filter(slug="frus1961-63v90-d44")

    def hear(progress: Progress) -> None:
        if progress.done == 40:
            meanwhile(rows)

    summary = load([volume], Options(), hear)
    assert said in "\n".join([*summary.remarks, *summary.refusals])
    assert "44 updated" in str(summary)
    assert list(rows.values_list("title", flat=True)) in ([], ["Mine"])


def test_a_changed_explanation_reaches_the_pages_that_show_it(volume: Path) -> None:
    change(volume, "United Nations", "The United Nations Organization")
    assert "5 updated, 1 unchanged" in bring_in(volume)
    assert "The United Nations Organization" in Passage.objects.get(document__slug="frus1961-63v90-d2", ident="p1").html
    assert not any(derive(document).changed for document in Document.objects.all())


def test_the_same_volume_in_two_files_comes_in_once(volume: Path, tmp_path: Path) -> None:
    same, other = tmp_path / "same.xml", tmp_path / "z-other.xml"
    same.write_text(volume.read_text())
    other.write_text(volume.read_text().replace("matter 2", "another matter"))
    for _ in range(2):
        with pytest.raises(CommandError, match=r"z-other\.xml: this is the volume frus1961-63v90 again, and differs"):
            bring_in(volume, same, other)
        assert "matter 2" in Document.objects.get(slug="frus1961-63v90-d2").reading_text


def test_a_volume_without_a_name_is_refused(tmp_path: Path) -> None:
    path = SmallVolume().write(tmp_path)
    change(path, '<idno type="frus">frus1961-63v90</idno>', "")
    with pytest.raises(CommandError, match="this volume has no name of its own"):
        bring_in(path)
    assert not Document.objects.exists()


@pytest.mark.parametrize("ident", ['xml:id="ch1"', 'xml:id="p_H1"', 'xml:id="d2"'])
def test_a_name_that_is_too_long_to_be_kept_is_refused(tmp_path: Path, ident: str) -> None:
    path = SmallVolume().write(tmp_path)
    change(path, ident, f'xml:id="{"x" * 61}"')
    with pytest.raises(CommandError, match="has more than 60 characters"):
        bring_in(path)


def test_long_titles_of_chapters_are_cut(tmp_path: Path) -> None:
    path = SmallVolume().write(tmp_path)
    change(path, "<head>Space</head>", f"<head>{'Space ' * 200}</head>")
    change(path, 'type="chapter"', f'type="{"chapter" * 9}"')
    assert "6 created" in bring_in(path)


def test_two_documents_never_have_one_address(tmp_path: Path) -> None:
    path = SmallVolume(count=2).write(tmp_path)
    change(path, 'xml:id="d2"', 'xml:id="D1"')
    assert "2 created" in bring_in(path)
    assert sorted(Document.objects.values_list("slug", flat=True)) == ["frus1961-63v90-d1", "frus1961-63v90-d1-2"]


def test_an_entry_of_a_list_that_has_the_identifier_of_another_is_kept(tmp_path: Path) -> None:
    path = SmallVolume().write(tmp_path)
    change(path, 'xml:id="p_H1"', 'xml:id="p_KNS1"')
    assert "the identifier p_KNS1 stands twice; here it is read as p_KNS1-2" in bring_in(path)
    assert ListEntry.objects.get(ident="p_KNS1-2").name == "Hussein"


def test_a_name_that_several_people_have_stays_with_its_volume(tmp_path: Path) -> None:
    for number in (1, 2):
        Person.objects.create(slug=f"kennedy-{number}", name="John F. Kennedy", sort_name="Kennedy, John F.")
    bring_in(SmallVolume().write(tmp_path))
    assert ListEntry.objects.get(ident="p_KJF1").person.slug == "john-f-kennedy"


def test_an_entry_without_a_name_is_nobody(tmp_path: Path) -> None:
    path = SmallVolume().write(tmp_path)
    change(path, "Kennedy, John F.", "")
    bring_in(path)
    assert [person.name for person in Person.objects.all()] == ["Nikita S. Khrushchev"]
    sender = Participation.objects.get(document__slug="frus1961-63v90-d2", role="from")
    assert (sender.name, sender.agent) == ("Kennedy", None)


def test_a_volume_that_changes_while_the_import_runs_is_refused(tmp_path: Path) -> None:
    first = SmallVolume().write(tmp_path)
    second = SmallVolume(ident="frus1961-63v91").write(tmp_path)
    for change_it, said in (
        (lambda: change(second, "matter 2", "it"), "was changed"),
        (second.unlink, "cannot be read"),
    ):
        summary = load([first, second], Options(overwrite=True), lambda progress, act=change_it: act())
        assert any(said in refusal for refusal in summary.refusals), summary
        assert not Document.objects.filter(collection__slug="frus1961-63v91").exists()


def test_a_document_that_cites_a_volume_by_address_or_identifier_leads_to_it_when_it_comes(tmp_path: Path) -> None:
    letters = Collection.objects.create(slug="letters", title="Letters")
    (tmp_path / "mine.md").write_text("# Mine\n\nSee [one](frus1961-63v90-d3) and [another](frus1961-63v90/d4).\n")
    bring_in(tmp_path / "mine.md", collection="letters")
    bring_in(SmallVolume().write(tmp_path))
    html = Passage.objects.get(document__collection=letters, ident="p1").html
    assert 'href="/documents/frus1961-63v90-d3/"' in html
    assert 'href="/documents/frus1961-63v90-d4/"' in html


def test_what_a_killed_import_has_not_joined_is_joined_by_the_next(volume: Path) -> None:
    """As if it had been killed before it joined: a reference is not resolved, a page leads to what never came."""
    document = Document.objects.get(slug="frus1961-63v90-d2")
    Document.objects.get(slug="frus1961-63v90-d1").delete()
    document.references.update(resolved=None)
    dead = document.footnotes.get(ident="fn2")
    assert 'href="/documents/frus1961-63v90-d1/"' in dead.html
    link_arrivals({"frus1961-63v90/d1": "frus1961-63v90-d1"}, [])
    dead.refresh_from_db()
    assert "/documents/" not in dead.html
    bring_in(volume)
    dead.refresh_from_db()
    assert 'href="/documents/frus1961-63v90-d1/"' in dead.html


def test_a_draft_is_not_led_to_by_what_comes_after_it(tmp_path: Path) -> None:
    bring_in(SmallVolume(count=1).write(tmp_path), draft=True)
    assert "2 created, 1 unchanged" in bring_in(SmallVolume(count=3).write(tmp_path))
    assert Document.objects.get(slug="frus1961-63v90-d1").status == "draft"
    assert not Footnote.objects.filter(document__status="published", html__contains="frus1961-63v90-d1").exists()
    assert not Passage.objects.filter(document__status="published", html__contains="frus1961-63v90-d1").exists()


def test_a_new_reader_that_finds_the_same_changes_nothing(volume: Path) -> None:
    """Documents that another reader read have another digest."""
    Document.objects.update(import_digest="of another reader")
    Collection.objects.update(import_digest="of another reader")
    before = list(Document.objects.values_list("pk", "updated_at"))
    assert "6 unchanged" in bring_in(volume)
    assert list(Document.objects.values_list("pk", "updated_at")) == before
    assert not Document.objects.filter(import_digest="of another reader").exists()


def test_an_import_that_was_stopped_before_the_index_is_finished_by_the_next(volume: Path, search_index: Path) -> None:
    assert "6 documents" in bring_in(volume, no_index=False)
    assert "Search index up to date: 6 documents." in bring_in(volume, no_index=False)
