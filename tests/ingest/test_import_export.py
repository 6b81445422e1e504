"""Importing is all or nothing and changes nothing when repeated; what is exported imports to the same bytes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from documents.models import Collection, Document, Footnote, Link, Passage, Person, Proposal, Reply, Topic
from documents.signals import document_changed
from ingest.errors import ImportRefused
from ingest.export import export_collections
from ingest.folder import import_folder
from tests.ingest import texts
from tests.ingest.folders import copy_of_the_collection, replace_in
from tests.sources import FIXTURES, NAMES, SOURCES

pytestmark = pytest.mark.django_db


def files_below(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def test_the_first_collection_is_documents_letters_proposals_and_notes(space_exchange: Collection) -> None:
    assert set(space_exchange.documents.values_list("slug", flat=True)) == {
        "nsam-129",
        "kennedy-1962-03-07",
        "khrushchev-1962-03-20",
    }
    reply = Reply.objects.get(letter__slug="khrushchev-1962-03-20")
    assert (reply.answered.slug, reply.status, reply.basis) == ("kennedy-1962-03-07", "confirmed", "editor")
    assert (Proposal.objects.count(), Footnote.objects.count()) == (19, 5)


@pytest.mark.parametrize("name", NAMES)
def test_the_source_is_kept_byte_for_byte(space_exchange: Collection, name: str) -> None:
    document = Document.objects.get(source_name=f"{name}.txt")
    assert bytes(document.source) == (SOURCES / f"{name}.txt").read_bytes()


def test_importing_twice_changes_nothing(space_exchange: Collection) -> None:
    def everything() -> list[list[dict[str, object]]]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Document, Passage, Footnote, Proposal, Link, Person)
        ]

    before, heard = everything(), []
    document_changed.connect(lambda **kwargs: heard.append(kwargs), weak=False, dispatch_uid="test")
    try:
        report = import_folder(FIXTURES)
    finally:
        document_changed.disconnect(dispatch_uid="test")
    assert (len(report.unchanged), report.created, report.updated, report.other_changes) == (3, [], [], 0)
    assert everything() == before
    assert heard == []


def test_what_is_exported_is_the_folder_that_was_imported(space_exchange: Collection, tmp_path: Path) -> None:
    export_collections(tmp_path)
    assert files_below(tmp_path / "space-1962") == files_below(FIXTURES / "space-1962")


def test_an_edited_archive_exports_imports_and_exports_to_the_same_bytes(
    space_exchange: Collection, tmp_path: Path
) -> None:
    document = Document.objects.get(slug="nsam-129")
    document.text = document.text.replace(
        "The President further requests", "{paragraph #p9} The President *further* requests"
    )
    document.save()
    Document.objects.filter(slug="khrushchev-1962-03-20").update(status="draft")
    Proposal.objects.filter(document=document, ident="N3").delete()
    export_collections(tmp_path / "first")
    for model in (Link, Proposal, Document, Collection):
        model.objects.all().delete()
    import_folder(tmp_path / "first")
    assert Passage.objects.get(document__slug="nsam-129", ident="p9").html.count("<em>further</em>") == 1
    assert Document.objects.get(slug="khrushchev-1962-03-20").status == "draft"
    export_collections(tmp_path / "second")
    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")


def test_a_source_in_archive_text_keeps_its_format(space_exchange: Collection, tmp_path: Path) -> None:
    texts.draft(b"# A *notation*\n\nText.", "mine.md", "archive-text", space_exchange)
    export_collections(tmp_path / "first")
    for model in (Link, Proposal, Document, Collection):
        model.objects.all().delete()
    import_folder(tmp_path / "first")
    document = Document.objects.get(source_name="mine.md")
    assert (document.source_format, document.status) == ("archive-text", "draft")
    export_collections(tmp_path / "second")
    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")


def test_nothing_is_exported_over_what_is_there(space_exchange: Collection, tmp_path: Path) -> None:
    (tmp_path / "space-1962").mkdir()
    (tmp_path / "space-1962" / "mine.txt").write_text("x")
    with pytest.raises(ImportRefused, match="something in it"):
        export_collections(tmp_path)
    assert [file.name for file in (tmp_path / "space-1962").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "answer_words: Let us also cooperate in this field.",
            "answer_words: Let us never cooperate.",
            "do not stand in H2",
        ),
        ("printed: dear\n", "printed: deer\n", "does not stand in p8"),
        ("relation: recasts", "relation: mends", "no relation"),
        ("id: H8\n", "id: H9\n", "there is no proposal"),
        ("kind: memorandum", "kind: poem", "poem"),
        ("display: 23 February 1962", "display: 30 February 1962", "no day 30"),
        ("source: sources/nsam-129.txt", "source: sources/nsam-130.txt", "cannot be read"),
        ("source: sources/nsam-129.txt", "source: ../../secret.txt", "outside the folder"),
        ("  answers: kennedy-1962-03-07", "  answers: kennedy-1963", "no document"),
        ("  slug: space-1962", "  slug: space-1962\n  color: red", "not known here"),
        ("- id: dean-rusk\n", "- ident: dean-rusk\n", "not known here"),
        ("  classification: No classification marking", "  classification: [a, b]", "one line of text"),
        ("  short_title: NSAM 129", "  short_title: 'NSAM 129", "not YAML"),
    ],
)
def test_a_slip_is_refused_with_file_and_line_and_nothing_is_imported(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "collection.yaml", old, new)
    with pytest.raises(ImportRefused, match=message) as refused:
        import_folder(folder)
    assert refused.value.path == folder / "collection.yaml"
    assert refused.value.line > 0
    assert not Document.objects.exists()
    assert not Collection.objects.exists()


def test_the_line_of_a_quotation_that_does_not_stand_is_its_own(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    line = replace_in(
        folder / "collection.yaml", "answer_words: Let us also cooperate in this field.", "answer_words: No."
    )
    with pytest.raises(ImportRefused) as refused:
        import_folder(folder)
    assert refused.value.line == line


def test_the_command_says_what_is_wrong_and_that_nothing_was_imported(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"(?s)collection\.yaml.*Nothing was imported"):
        call_command("import_documents", tmp_path)
    with pytest.raises(CommandError, match="no such file or folder"):
        call_command("import_documents", tmp_path / "nowhere")


def test_a_source_that_is_not_utf_8_is_refused_with_its_byte(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    (folder / "sources" / "nsam-129.txt").write_bytes("Café ole".encode("cp437"))
    with pytest.raises(ImportRefused, match="byte 3 is not UTF-8"):
        import_folder(folder)


def test_a_changed_source_keeps_the_addresses_of_passages_that_survived(
    space_exchange: Collection, tmp_path: Path
) -> None:
    folder = copy_of_the_collection(tmp_path)
    before = dict(Passage.objects.filter(document__slug="kennedy-1962-03-07").values_list("ident", "pk"))
    replace_in(
        folder / "sources" / "kennedy-to-khrushchev.txt",
        "The exploration of space is a broad",
        "An added paragraph stands here.\nThe exploration of space is a broad",
    )
    report = import_folder(folder)
    assert report.updated == ["kennedy-1962-03-07"]
    passages = Passage.objects.filter(document__slug="kennedy-1962-03-07")
    after = dict(passages.values_list("ident", "pk"))
    assert {ident: after[ident] for ident in before} == before
    assert passages.get(ident="p11").text == "An added paragraph stands here."
    assert passages.get(ident="p2").text.startswith("The exploration of space is a broad")


def edited(slug: str, **values: object) -> Document:
    """Changes a document as an editor does in the admin."""
    Document.objects.filter(slug=slug).update(edited_here=True, **values)
    return Document.objects.get(slug=slug)


def test_what_an_editor_did_outlives_importing_the_same_folder_again(space_exchange: Collection) -> None:
    document = edited("nsam-129", status="draft", abstract="Mine.")
    document.identifiers.create(value="mine")
    report = import_folder(FIXTURES)
    assert (len(report.unchanged), report.remarks) == (3, [])
    document.refresh_from_db()
    assert (document.status, document.abstract) == ("draft", "Mine.")
    assert document.identifiers.filter(value="mine").exists()


def test_an_edited_document_that_the_file_changed_too_is_kept_unless_told_otherwise(
    space_exchange: Collection, tmp_path: Path
) -> None:
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "collection.yaml", "short_title: NSAM 129", "short_title: NSAM No. 129")
    imported = Document.objects.get(slug="nsam-129").text
    edited("nsam-129", text=imported.replace("energetic follow-up", "eager follow-up"))
    out = StringIO()
    call_command("import_documents", folder, stdout=out)
    assert "eager follow-up" in Document.objects.get(slug="nsam-129").text
    assert "nsam-129: edited in the archive, and kept" in out.getvalue()
    call_command("import_documents", folder, overwrite=True, stdout=out)
    document = Document.objects.get(slug="nsam-129")
    assert (document.text, document.short_title) == (imported, "NSAM No. 129")


def test_a_link_that_the_file_does_not_name_is_kept_and_said(space_exchange: Collection, tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    text = (folder / "collection.yaml").read_text(encoding="utf-8")
    without = text[: text.index("- answer: khrushchev-1962-03-20/H8")]
    (folder / "collection.yaml").write_text(without, encoding="utf-8")
    report = import_folder(folder)
    assert Link.objects.filter(answer__ident="H8").exists()
    assert any("H8" in remark and "kept" in remark for remark in report.remarks)


def test_a_proposal_that_the_file_does_not_name_is_kept_and_said(space_exchange: Collection, tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "collection.yaml", "short_title: NSAM 129", "short_title: NSAM No. 129")
    document = Document.objects.get(slug="nsam-129")
    passage = document.passages.get(ident="p1")
    Proposal.objects.create(document=document, ident="N9", title="Mine", first_passage=passage, last_passage=passage)
    report = import_folder(folder)
    assert Proposal.objects.filter(ident="N9").exists()
    assert any("N9" in remark and "kept" in remark for remark in report.remarks)


def test_a_text_of_the_folder_is_updated_and_keeps_its_addresses(space_exchange: Collection, tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    (folder / "texts").mkdir()
    (folder / "texts" / "t.md").write_text("One two three.\n\nFour five six.\n")
    extra = "\n- id: extra\n  text: texts/t.md\n  title: Extra\nlinks:\n"
    replace_in(folder / "collection.yaml", "\nlinks:\n", extra)
    assert import_folder(folder).created == ["extra"]
    (folder / "texts" / "t.md").write_text("A new first paragraph.\n\nOne two three.\n\nFour five six.\n")
    assert import_folder(folder).updated == ["extra"]
    passages = Passage.objects.filter(document__slug="extra").values_list("ident", flat=True)
    assert list(passages) == ["p3", "p1", "p2"]
    assert import_folder(folder).updated == []


def test_one_import_moves_a_proposal_and_drops_the_passage_it_stood_on(
    space_exchange: Collection, tmp_path: Path
) -> None:
    folder = copy_of_the_collection(tmp_path)
    source = folder / "sources" / "nsam-129.txt"
    text = source.read_text(encoding="utf-8")
    third = text[text.index("The President further requests") : text.index("McGeorge Bundy4")]
    source.write_text(text.replace(third, ""), encoding="utf-8")
    yaml = (folder / "collection.yaml").read_text(encoding="utf-8")
    at = yaml.index("passages: p3", yaml.index("id: N3"))
    (folder / "collection.yaml").write_text(f"{yaml[:at]}passages: p1{yaml[at + 12 :]}", encoding="utf-8")
    assert "nsam-129" in import_folder(folder).updated
    assert Proposal.objects.get(ident="N3").first_passage.ident == "p1"
    assert not Passage.objects.filter(document__slug="nsam-129", ident="p3").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: dean-rusk\n", "- id: andrei-a-gromyko\n", "stands twice"),
        ("  - id: N2\n", "  - id: n1\n", "stands twice"),
        ("  - id: N2\n", "  - id: N/2\n", "letters, digits and hyphens"),
        ("    supplied: 'yes'", "    supplied: perhaps", "supplied is yes or no"),
        ("  - frus1961-63v25/d388\n", "  - frus1961-63v25/d388\n  - taken\n", "that of “other”"),
    ],
)
def test_more_slips_are_refused(space_exchange: Collection, tmp_path: Path, old: str, new: str, message: str) -> None:
    other = Document.objects.create(collection=space_exchange, slug="other", title="Other")
    other.identifiers.create(value="taken")
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "collection.yaml", old, new)
    with pytest.raises(ImportRefused, match=message):
        import_folder(folder)


def test_a_date_in_square_brackets_is_a_supplied_one(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    replace_in(folder / "collection.yaml", "    supplied: 'yes'\n", "")
    replace_in(folder / "collection.yaml", "display: 23 February 1962", "display: '[23 February 1962]'")
    import_folder(folder)
    date = Document.objects.get(slug="nsam-129").dates.get()
    assert (date.display, date.supplied) == ("23 February 1962", True)


def test_an_archive_with_odd_corners_comes_back_whole(space_exchange: Collection, tmp_path: Path) -> None:
    for slug, name in (("one", "three.txt"), ("two", "a.txt"), ("three", "a.txt"), ("four", "A.txt")):
        draft = texts.draft(f"Text of {slug}.".encode(), name, "text", space_exchange)
        Document.objects.filter(pk=draft.pk).update(slug=slug)
    Document.objects.create(collection=space_exchange, slug="bare", title="Nothing yet")
    Person.objects.create(slug="nobody", name="Nobody")
    Topic.objects.create(slug="unused", name="Unused", position=40)
    other = Collection.objects.create(slug="another", title="Another", position=3)
    document = texts.draft(b"{paragraph #in-tro} A.\n\n{paragraph #out-ro} B.", "x.md", "archive-text", other)
    first, last = document.passages.order_by("position")
    rescue = Topic.objects.get(slug="rescue")
    Proposal.objects.create(
        document=document, ident="A-1", title="t", topic=rescue, first_passage=first, last_passage=last
    )
    export_collections(tmp_path / "first")
    for model in (Link, Proposal, Document, Collection, Person, Topic):
        model.objects.all().delete()
    import_folder(tmp_path / "first")
    assert bytes(Document.objects.get(slug="one").source) == b"Text of one."
    assert Person.objects.filter(slug="nobody").exists()
    assert Topic.objects.get(slug="unused").position == 40
    export_collections(tmp_path / "second")
    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")
    assert import_folder(tmp_path / "second").other_changes == 0


def test_two_folders_are_imported_together_or_not_at_all(tmp_path: Path) -> None:
    copy_of_the_collection(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "collection.yaml").write_text("collection:\n  slug: x\n")
    with pytest.raises(ImportRefused, match="“title” is missing"):
        import_folder(tmp_path)
    assert not Document.objects.exists()


def test_inspect_never_touches_the_database(
    django_assert_num_queries: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        call_command("inspect", SOURCES, json=True)
        call_command("inspect", SOURCES / "nsam-129.txt")
    printed = capsys.readouterr().out
    assert printed.count('"id": "') == 3
    assert "nsam-129.txt" in printed
