"""Texts are brought in, looked at, corrected, and published, kept or dropped: all, some or none of them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, DocumentDate, Person
from ingest.models import Rehearsal, RehearsedDocument
from tests.editions.pdf_files import pdf_file
from tests.editions.word import paragraph, word_file
from tests.ingest.rehearsing import LETTER, account, bring, editor, last_item, press, publisher, values_of
from tests.sources import source

pytestmark = pytest.mark.django_db

TEI = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc><profileDesc><correspDesc>
<correspAction type="sent"><persName>Ada Example</persName><date when="1962-03-07"/></correspAction>
</correspDesc></profileDesc></teiHeader><text><body><p>About the moon.</p></body></text></TEI>"""
SECOND = LETTER.replace("May 3", "May 9").replace("It is far", "It is not far")


def item_named(name: str) -> RehearsedDocument:
    return RehearsedDocument.objects.get(name=name)


def press_list(client: Client, rehearsal: Rehearsal, button: str, items: list[RehearsedDocument]) -> str:
    values = {button: "1", "chosen": [item.pk for item in items]}
    return client.post(rehearsal.get_absolute_url(), values, follow=True).content.decode()


def test_a_pasted_text_is_read_and_not_stored_yet(space_exchange: Collection) -> None:
    before = Document.objects.count()
    page = bring(editor(), space_exchange, LETTER)
    assert "New document" in page
    assert 'value="May 3, 1962"' in page
    assert '<li id="source-line-7">I write about the moon.1 It is far.2</li>' in page
    assert "“Dr. Ada Example” is read as the sender" in page
    assert 'id="marker-fn3"' in page
    assert Document.objects.count() == before


def test_remarks_lead_to_the_line_of_the_source_and_back(space_exchange: Collection) -> None:
    page = bring(editor(), Collection.objects.create(slug="other", title="Other"), source("nsam-129"))
    item = last_item()
    lines = [line for line, _, _ in item.remarks if line]
    assert lines
    numbers = [page.index(f'<a href="#source-line-{line}">') for line in sorted(set(lines))]
    assert numbers == sorted(numbers)
    for line in lines:
        assert f'id="source-line-{line}" class="remarked"' in page
    assert 'href="#remark-1"' in page or not item.remarks[0][0]
    assert any(words in page for words in ("(almost certain)", "(likely)", "(uncertain)", "(a guess)"))


@pytest.mark.parametrize(
    ("pasted", "message"),
    [("", "Paste a text or choose files"), ("   \n ", "Paste a text or choose files"), ("a\0b", "Null characters")],
)
def test_what_cannot_come_in_is_refused_with_a_sentence(space_exchange: Collection, pasted: str, message: str) -> None:
    assert message in bring(editor(), space_exchange, pasted)
    assert not Rehearsal.objects.exists()


def test_a_text_and_a_file_at_once_are_refused(space_exchange: Collection) -> None:
    assert "one of the two" in bring(editor(), space_exchange, LETTER, {"a.txt": b"A text."})


def test_too_many_files_are_refused_before_they_are_read(
    space_exchange: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.admin.bringing.MOST_FILES", 1)
    page = bring(editor(), space_exchange, files={"a.txt": b"A text.", "b.txt": b"B text."})
    assert "at most 1 files" in page
    assert not Rehearsal.objects.exists()


def test_a_refused_file_says_why_and_stops_no_other(space_exchange: Collection) -> None:
    files = {
        "good.txt": LETTER.encode(),
        "bad.md": b"A text with a marker[^1] and no note.",
        "empty.txt": b"  \n",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "twin.txt": LETTER.encode(),
        "second.txt": SECOND.encode(),
    }
    page = bring(editor(), space_exchange, files=files)
    states = dict(RehearsedDocument.objects.values_list("name", "state"))
    assert states == {
        "good.txt": "waiting",
        "bad.md": "refused",
        "empty.txt": "refused",
        "picture.png": "refused",
        "twin.txt": "refused",
        "second.txt": "waiting",
    }
    assert "line 1: the marker [^1] has no note" in page
    assert "there is no text in it" in page
    assert "the same, byte for byte, as good.txt" in page
    assert page.count("New document") == 2
    refused = editor("eve").get(item_named("bad.md").get_absolute_url()).content.decode()
    assert "has no note" in refused
    assert '<li id="source-line-1" class="remarked">A text with a marker[^1] and no note.' in refused
    picture = editor("ed").get(item_named("picture.png").get_absolute_url()).content.decode()
    assert "This source cannot be shown" in picture


def test_some_are_published_some_kept_some_dropped(space_exchange: Collection) -> None:
    paula = publisher()
    texts = {f"{n}.txt": LETTER.replace("May 3", f"May {n}").encode() for n in range(1, 5)}
    bring(paula, space_exchange, files=texts)
    first, second, third, fourth = RehearsedDocument.objects.order_by("position")
    rehearsal = first.rehearsal
    assert "1 text published" in press_list(paula, rehearsal, "_publish", [first])
    assert "1 text kept as a draft." in press_list(paula, rehearsal, "_draft", [second])
    assert "1 text dropped" in press_list(paula, rehearsal, "_drop", [third])
    states = list(RehearsedDocument.objects.order_by("position").values_list("state", flat=True))
    assert states == ["published", "drafted", "dropped", "waiting"]
    stored = {d.source_name: d.status for d in Document.objects.filter(source_name__in=texts)}
    assert stored == {"1.txt": "published", "2.txt": "draft"}
    assert "Nothing is chosen" in press_list(paula, rehearsal, "_publish", [])
    assert fourth.document is None


def test_every_format_comes_in_and_is_shown_beside_its_source(space_exchange: Collection) -> None:
    edith = editor()
    files = {
        "pasted.txt": b"Words about the moon.",
        "notation.md": b"Words about the *moon*.",
        "letter.xml": TEI,
        "letter.docx": word_file(paragraph("Of the moon.")),
        "letter.pdf": pdf_file("50 700 12 | Near the moon."),
    }
    bring(edith, space_exchange, files=files)
    items = RehearsedDocument.objects.order_by("position")
    assert [(item.source_format, item.message) for item in items] == [
        (format, "") for format in ("text", "archive-text", "tei", "docx", "pdf")
    ]
    for item in items:
        page = edith.get(item.get_absolute_url()).content.decode()
        source, text = page.split('class="text-pane"')
        assert "moon" in source.split('id="source-title"')[1]
        assert "moon" in text.split('id="preview"')[1]
        press(edith, item, "_draft")
        assert item.document.source_format == item.source_format
    letter = items.get(name="letter.xml").document
    assert (str(letter.written), letter.participations.get(role="from").name) == ("[March 7, 1962]", "Ada Example")


def test_a_long_text_can_be_pasted(space_exchange: Collection) -> None:
    long = ("words of a long text " * 9_000 + "\n\n") * 16
    assert len(long) > 2.5 * 2**20, "more than Django takes by itself"
    assert "New document" in bring(editor(), space_exchange, long)


def test_two_texts_of_one_day_get_two_addresses(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, files={"a.txt": LETTER.encode(), "b.txt": LETTER.replace("far", "near").encode()})
    items = list(RehearsedDocument.objects.all())
    assert "2 texts published" in press_list(paula, items[0].rehearsal, "_publish", items)
    assert Document.objects.filter(slug__startswith="example-1962-05-03").count() == 2


def test_one_that_fails_leaves_nothing_half_stored_and_stops_no_other(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, files={"a.txt": LETTER.encode(), "b.txt": SECOND.encode()})
    first, second = RehearsedDocument.objects.order_by("position")
    first.record["parties"] = [{"role": "from", "person": "nobody-at-all", "name": "N. N."}]
    first.save()
    page = press_list(paula, first.rehearsal, "_publish", [first, second])
    assert "stays as it is: There is no “nobody-at-all”" in page
    assert "1 text published" in page
    first.refresh_from_db()
    assert first.state == "waiting"
    assert not Document.objects.filter(source_name="a.txt").exists()
    assert not DocumentDate.objects.filter(document__source_name="a.txt").exists()


def test_corrected_facts_and_text_are_what_is_published(space_exchange: Collection) -> None:
    paula = publisher()
    Person.objects.create(slug="ada-example", name="Ada Example")
    bring(paula, space_exchange, LETTER)
    item = last_item()
    page = press(
        paula,
        item,
        "_publish",
        title="On the moon",
        short_title="Ada on the moon",
        senders="Ada Example\nA second sender",
        written="[May 1962]",
        written_reason="From the register.",
        slug="ada-on-the-moon",
        text=item.text.replace("It is far", "It is *very* far"),
    )
    assert "“Ada on the moon” is published" in page
    document = Document.objects.get(slug="ada-on-the-moon")
    assert document.is_published
    assert [(p.name, str(p.agent or "")) for p in document.participations.filter(role="from")] == [
        ("Ada Example", "Ada Example"),
        ("A second sender", ""),
    ]
    assert str(document.written) == "[May 1962]"
    public = Client().get(document.get_absolute_url()).content.decode()
    assert "<em>very</em>" in public
    assert bytes(document.source).decode() == LETTER


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"written": "some day"}, "date"),
        ({"written": "[May 1962]", "written_reason": ""}, "say how you know"),
        ({"slug": "nsam-129"}, "Another document has this address"),
        ({"slug": "no address"}, "letters, digits and hyphens"),
        ({"title": ""}, "required"),
        ({"text": "Some [words"}, "line 1"),
        ({"version_of": "nothing-here"}, "There is no document with the address"),
        ({"senders": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    space_exchange: Collection, change: dict[str, str], message: str
) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    page = press(paula, last_item(), "_publish", **change)
    assert message in page
    assert "This is not stored yet" in page
    assert not Document.objects.filter(title__contains="Ada Example").exists()
    for name, written in change.items():
        if written and name != "senders":
            assert written in page, "what the editor wrote is still in the form"


def test_a_text_saved_for_later_is_there_later(space_exchange: Collection) -> None:
    edith = editor()
    bring(edith, space_exchange, LETTER)
    press(edith, last_item(), "_save", title="A better title")
    assert "A better title" in edith.get(last_item().get_absolute_url()).content.decode()
    assert not Document.objects.filter(title="A better title").exists()
    listing = edith.get(reverse("admin:ingest_rehearsal_changelist")).content.decode()
    assert "A better title" in listing


def test_a_new_version_shows_what_changes_word_by_word(space_exchange: Collection) -> None:
    paula = publisher()
    document = Document.objects.get(slug="khrushchev-1962-03-20")
    changed = source("khrushchev-to-kennedy").replace("cooperate in this field", "work together in this field", 1)
    page = bring(paula, space_exchange, files={document.source_name: changed.encode()})
    assert "Changes 1 passage " in page
    assert "<ins>" in page
    assert "<del>" in page
    before = document.text
    assert last_item().document == document
    press(paula, last_item(), "_publish", anyway="on")
    document.refresh_from_db()
    assert "work together in this field" in document.text
    assert document.text != before
    assert document.proposals.exists()


def test_the_same_again_is_said_to_be_unchanged(space_exchange: Collection) -> None:
    name = Document.objects.get(slug="nsam-129").source_name
    page = bring(publisher(), space_exchange, files={name: source("nsam-129").encode(), "b.txt": SECOND.encode()})
    assert "Unchanged: the same as" in page


def test_an_editor_says_of_which_document_a_text_is_a_new_version(space_exchange: Collection) -> None:
    edith = editor()
    bring(edith, space_exchange, LETTER)
    item = last_item()
    candidates = reverse("admin:ingest_rehearseddocument_candidates", args=[item.pk])
    found = edith.get(candidates, {"q": "129"}).json()["documents"]
    assert [one["address"] for one in found] == ["nsam-129"]
    page = press(edith, item, "_save", version_of="nsam-129")
    assert "read anew" in page
    item.refresh_from_db()
    assert (item.document.slug, item.record["id"]) == ("nsam-129", "nsam-129")
    press(edith, item, "_save", version_of="")
    item.refresh_from_db()
    assert (item.document, item.record["id"]) == (None, "example-1962-05-03")


def test_a_new_version_leaves_a_document_in_its_collection(space_exchange: Collection) -> None:
    paula, document = publisher(), Document.objects.get(slug="nsam-129")
    document.proposals.all().delete()
    bring(paula, Collection.objects.create(slug="other", title="Other"), LETTER)
    press(paula, last_item(), "_save", version_of="nsam-129")
    assert "is published" in press(paula, last_item(), "_publish", anyway="on")
    document.refresh_from_db()
    assert (document.collection, document.position) == (space_exchange, 1)
    assert "about the moon" in document.text


def test_readers_do_not_lose_quotations_unless_a_publisher_says_so(space_exchange: Collection) -> None:
    paula = publisher()
    document = Document.objects.get(slug="khrushchev-1962-03-20")
    paula.post(reverse("admin:documents_document_propose", args=[document.pk]))
    item = last_item()
    changed = item.text.replace("Let us also cooperate in this field.", "Let us cooperate in this field too.")
    page = press(paula, item, "_publish", text=changed)
    assert "no longer stand" in page
    assert "Nothing is stored yet" in page
    document.refresh_from_db()
    assert "in this field too" not in document.text
    press(paula, item, "_publish", text=changed, anyway="on")
    document.refresh_from_db()
    assert "in this field too" in document.text


def test_a_passage_under_a_proposal_stays(space_exchange: Collection) -> None:
    paula, document = publisher(), Document.objects.get(slug="nsam-129")
    paula.post(reverse("admin:documents_document_propose", args=[document.pk]))
    page = press(paula, last_item(), "_publish", text="Other words.", anyway="on")
    assert "N1" in page
    document.refresh_from_db()
    assert "Other words" not in document.text


def test_an_editor_proposes_a_change_to_what_is_live_and_a_publisher_publishes_it(space_exchange: Collection) -> None:
    edith, paula = editor(), publisher()
    document = Document.objects.get(slug="nsam-129")
    page = edith.post(reverse("admin:documents_document_propose", args=[document.pk]), follow=True).content.decode()
    assert "Keep as draft" not in page, "it would take the document from its readers"
    item = last_item()
    press(edith, item, "_save", text=item.text.replace("prompt and energetic", "prompt and *energetic*"))
    assert "readers do not" not in press(edith, item, "_draft")
    document.refresh_from_db()
    assert document.is_published
    assert "<em>energetic</em>" not in Client().get(document.get_absolute_url()).content.decode()
    values = {**values_of(edith, item), "_publish": "1"}
    assert edith.post(item.get_absolute_url(), values).status_code == 403
    assert "is published" in press(paula, item, "_publish")
    assert "<em>energetic</em>" in Client().get(document.get_absolute_url()).content.decode()


def test_who_may_not_publish_cannot(space_exchange: Collection) -> None:
    edith = editor()
    page = bring(edith, space_exchange, files={"a.txt": LETTER.encode(), "b.txt": SECOND.encode()})
    assert "Publish" not in page.split('id="content-main"')[1]
    item = last_item()
    assert 'name="_publish"' not in edith.get(item.get_absolute_url()).content.decode()
    assert edith.post(item.get_absolute_url(), {**values_of(edith, item), "_publish": "1"}).status_code == 403
    listed = {"_publish": "1", "chosen": [item.pk]}
    assert edith.post(item.rehearsal.get_absolute_url(), listed).status_code == 403
    item.refresh_from_db()
    assert item.state == "waiting"
    assert not Document.objects.filter(source_name="b.txt").exists()


def test_who_may_only_look_changes_nothing(space_exchange: Collection) -> None:
    bring(editor(), space_exchange, LETTER)
    viewer, item = account("vera", "view_document"), last_item()
    page = viewer.get(item.get_absolute_url()).content.decode()
    assert "I write about the moon" in page
    assert "submit-row" not in page
    for button in ("_save", "_draft", "_drop", "_publish", "_preview", "_go_on"):
        assert viewer.post(item.get_absolute_url(), {button: "1"}).status_code == 403
    assert viewer.post(item.rehearsal.get_absolute_url(), {"_drop": "1", "chosen": [item.pk]}).status_code == 403
    assert viewer.get(reverse("admin:ingest_rehearsal_add")).status_code == 403
    preview = reverse("admin:ingest_rehearseddocument_preview", args=[item.pk])
    assert viewer.post(preview, {"text": "x"}).status_code == 403
    propose = reverse("admin:documents_document_propose", args=[Document.objects.first().pk])
    assert viewer.post(propose).status_code == 403
    assert account("nobody").get(item.get_absolute_url()).status_code == 403
    assert Client().get(item.get_absolute_url()).status_code == 302


def test_the_second_of_two_editors_of_a_text_is_told(space_exchange: Collection) -> None:
    edith, eve = editor(), editor("eve")
    bring(edith, space_exchange, LETTER)
    item = last_item()
    opened = values_of(eve, item)
    press(edith, item, "_save", title="The first")
    page = eve.post(item.get_absolute_url(), {**opened, "_save": "1", "title": "The second"}).content.decode()
    assert "Someone else has changed this text" in page
    item.refresh_from_db()
    assert item.record["title"] == "The first"


def test_a_document_that_changed_meanwhile_is_not_written_over(space_exchange: Collection) -> None:
    paula, document = publisher(), Document.objects.get(slug="nsam-129")
    paula.post(reverse("admin:documents_document_propose", args=[document.pk]))
    item = last_item()
    Document.objects.get(pk=document.pk).save()
    mine = item.text.replace("prompt and energetic", "prompt")
    page = press(paula, item, "_publish", text=mine)
    assert "Someone has changed this document since its rehearsal began" in page
    assert "<del>" in page, "the difference is shown"
    document.refresh_from_db()
    assert "prompt and energetic" in document.text
    press(paula, item, "_go_on")
    assert "is published" in press(paula, item, "_publish", anyway="on")
    document.refresh_from_db()
    assert "prompt and energetic" not in document.text


def test_a_settled_text_is_not_stored_twice(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    item = last_item()
    values = values_of(paula, item)
    press(paula, item, "_publish")
    before = Document.objects.count()
    page = paula.post(item.get_absolute_url(), {**values, "_publish": "1"}, follow=True).content.decode()
    assert "settled already" in page
    assert Document.objects.count() == before


def test_nothing_of_a_text_that_waits_is_public(space_exchange: Collection) -> None:
    edith = editor()
    bring(edith, space_exchange, LETTER)
    press(edith, last_item(), "_draft")
    document = Document.objects.latest("pk")
    assert document.status == "draft"
    reader = Client()
    assert reader.get(document.get_absolute_url()).status_code == 404
    for address in ("/", "/documents/", space_exchange.get_absolute_url(), "/people/"):
        assert "Ada Example" not in reader.get(address, follow=True).content.decode()


def test_without_a_collection_its_title_is_asked_for(db: None) -> None:
    User.objects.create_superuser("root", password="a long password")
    client = Client()
    client.force_login(User.objects.get())
    page = client.get(reverse("admin:ingest_rehearsal_add")).content.decode()
    assert "Title of the collection" in page
    client.post(reverse("admin:ingest_rehearsal_add"), {"new_collection": "Letters about the moon", "pasted": LETTER})
    assert last_item().rehearsal.collection.slug == "letters-about-the-moon"


def test_who_may_not_add_a_collection_is_told_whom_to_ask(db: None) -> None:
    page = editor().get(reverse("admin:ingest_rehearsal_add")).content.decode()
    assert "Ask someone who may publish" in page
    editor("eve").post(reverse("admin:ingest_rehearsal_add"), {"new_collection": "Mine", "pasted": LETTER})
    assert not Collection.objects.exists()


def test_the_collection_used_last_is_chosen_already(space_exchange: Collection) -> None:
    other = Collection.objects.create(slug="other", title="Other", position=9)
    edith = editor()
    assert (
        f'<option value="{space_exchange.pk}" selected>'
        in edith.get(reverse("admin:ingest_rehearsal_add")).content.decode()
    )
    bring(edith, other, LETTER)
    assert f'<option value="{other.pk}" selected>' in edith.get(reverse("admin:ingest_rehearsal_add")).content.decode()


def test_the_preview_reads_the_text_and_not_the_source(space_exchange: Collection) -> None:
    edith = editor()
    bring(edith, space_exchange, LETTER)
    item = last_item()
    RehearsedDocument.objects.filter(pk=item.pk).update(source=b"\xff\xfe\x00 nothing that could be read")
    preview = reverse("admin:ingest_rehearseddocument_preview", args=[item.pk])
    assert "<strong>new</strong>" in edith.post(preview, {"text": "[new]{bold} words"}).json()["html"]
    assert "line 1" in edith.post(preview, {"text": "[new"}).json()["html"]
    assert "[new]" not in RehearsedDocument.objects.get(pk=item.pk).text


def test_the_preview_button_shows_the_text_without_a_script(space_exchange: Collection) -> None:
    edith = editor()
    bring(edith, space_exchange, LETTER)
    page = press(edith, last_item(), "_preview", text="[bold words]{bold}")
    assert "<strong>bold words</strong>" in page
    assert "bold words" not in last_item().text


def test_open_rehearsals_stand_before_settled_ones(space_exchange: Collection) -> None:
    paula = publisher()
    bring(paula, space_exchange, LETTER)
    bring(paula, space_exchange, SECOND)
    press(paula, last_item(), "_drop")
    first, second = paula.get(reverse("admin:ingest_rehearsal_changelist")).context["cl"].result_list
    assert (first.waiting_count, second.waiting_count) == (1, 0)
    mine = reverse("admin:ingest_rehearsal_changelist") + "?whose=mine"
    assert not editor().get(mine).context["cl"].result_list
    assert paula.get(mine).context["cl"].result_list


def test_a_collection_goes_with_its_rehearsals_and_not_by_an_editor(space_exchange: Collection) -> None:
    other = Collection.objects.create(slug="other", title="Other")
    bring(editor(), other, LETTER)
    address = reverse("admin:documents_collection_delete", args=[other.pk])
    rehearsal = reverse("admin:ingest_rehearsal_delete", args=[Rehearsal.objects.get().pk])
    assert editor("eve").post(rehearsal, {"post": "yes"}).status_code == 403
    keeper = account("karl", "view_collection", "delete_collection", "view_document", "add_document")
    assert "Letter From Dr. Ada Example" in keeper.get(address).content.decode(), "what goes along is shown"
    keeper.post(address, {"post": "yes"})
    assert not Collection.objects.filter(slug="other").exists()
    assert not RehearsedDocument.objects.exists()
