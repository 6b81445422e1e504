"""A source says what it is; a new version of it keeps what editors know; storing it again changes nothing."""

import pytest

from documents.models import Collection, Document, FormerAddress, Participation, Person
from editions.model import block_text
from editions.readers.archive_text import parse_archive_text
from ingest.matching import find_document
from ingest.models import Outcome
from ingest.prepare import NotStored, Prepared, prepare, revised, store_prepared
from tests.sources import source

pytestmark = pytest.mark.django_db

LETTER = """41. Letter From Dr. Ada Example to Chairman Khrushchev

Geneva, May 3, 1962

Dear Mr. Chairman:

I write about the moon.1 It is far.

Let us meet soon and speak about it in peace.

Sincerely,

ADA EXAMPLE

1. See Item 60."""


def prepared(text: str, name: str = "", document: Document | None = None, format: str = "text") -> Prepared:
    return prepare(text.encode(), name, format, document)


def stored(text: str, collection: Collection, name: str = "", document: Document | None = None) -> Document:
    return store_prepared(
        prepared(text, name, document), text.encode(), collection, "published", document=document
    ).document


def test_a_source_says_its_facts_and_names_that_nobody_has_identified(space_exchange: Collection) -> None:
    record = prepared(LETTER, "example.txt").record
    assert (record.id, record.kind, record.number) == ("example-1962-05-03", "letter", "41")
    assert (record.place, record.written and record.written.display) == ("Geneva", "May 3, 1962")
    assert [(one.role, one.name, one.person) for one in record.parties] == [
        ("from", "Dr. Ada Example", ""),
        ("to", "Chairman Khrushchev", "nikita-s-khrushchev"),
    ]


def test_a_name_that_nobody_has_identified_is_stored_and_remarked_on(space_exchange: Collection) -> None:
    assert any("Dr. Ada Example" in remark.message for remark in prepared(LETTER).remarks)
    document = stored(LETTER, space_exchange)
    sender = document.participations.get(role="from")
    assert (sender.name, sender.agent) == ("Dr. Ada Example", None)


def test_front_matter_of_archive_text_counts(space_exchange: Collection) -> None:
    text = "---\ntitle: On the Moon\nkind: memorandum\nwritten: '[March 1961]'\nsenders: Dean Rusk\n---\n\nA word.\n"
    record = prepared(text, format="archive-text").record
    assert (record.title, record.kind) == ("On the Moon", "memorandum")
    assert record.written and (record.written.supplied, bool(record.written.reason)) == ("yes", True)


def test_the_same_again_changes_nothing(space_exchange: Collection) -> None:
    document = stored(LETTER, space_exchange, "example.txt")
    before = Document.objects.filter(pk=document.pk).values().get()
    again = store_prepared(
        prepared(LETTER, "example.txt", document), LETTER.encode(), space_exchange, "published", document=document
    )
    assert again.outcome is Outcome.UNCHANGED
    assert Document.objects.filter(pk=document.pk).values().get() == before


def test_a_new_version_keeps_addresses_corrections_and_what_editors_know(space_exchange: Collection) -> None:
    document = stored(LETTER, space_exchange, "example.txt")
    ada = Person.objects.create(slug="ada-example", name="Ada Example")
    Participation.objects.filter(document=document, role="from").update(person=ada)
    text = document.text.replace("in peace", "in {~~peace~>quiet~~}{>>For the test.<<}")
    Document.objects.filter(pk=document.pk).update(short_title="Ada on the moon", place="Geneva, at home", text=text)
    document.refresh_from_db()

    changed = LETTER.replace("May 3", "May 4").replace("I write about", "A new start.\n\nI write about")
    new = prepared(changed, "example.txt", document)
    assert new.record.written and new.record.written.display == "May 4, 1962", "what the source says anew counts"
    assert (new.record.short_title, new.record.place) == ("Ada on the moon", "Geneva, at home")
    assert new.record.parties[0].person == "ada-example"
    assert new.record.id == document.slug
    assert "{~~peace~>quiet~~}" in new.text
    blocks = {block.id: block for block in parse_archive_text(new.text).blocks}
    assert "p3" in blocks, "the paragraph that came in has a number never used before"
    assert block_text(blocks["p3"]) == "A new start."

    gone = prepared(LETTER.replace("in peace", "at last"), "example.txt", document)
    assert any("“peace” to “quiet”" in remark.message for remark in gone.remarks)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LETTER, "another-name.txt"),
        ("Something else entirely.", "example.txt"),
        (LETTER.replace("41. ", ""), ""),
        (LETTER.replace("May 3, 1962", "May 1962"), ""),
    ],
    ids=["the same source", "the same file name", "the same date and sender", "the same number and title"],
)
def test_the_document_of_a_new_version_is_found(space_exchange: Collection, text: str, name: str) -> None:
    document = stored(LETTER, space_exchange, "example.txt")
    assert find_document(prepared(text, name), text.encode(), space_exchange) == document


def test_in_doubt_no_document_is_found(space_exchange: Collection) -> None:
    stored(LETTER, space_exchange)
    second = LETTER.replace("It is far.", "It is very far.")
    store_prepared(prepared(second), second.encode(), space_exchange, "draft")
    third = LETTER.replace("It is far.", "It is near.")
    assert find_document(prepared(third), third.encode(), space_exchange) is None
    nsam = source("nsam-129").replace("388", "389")
    assert find_document(prepared(nsam), nsam.encode(), Collection.objects.create(slug="x", title="X")) is None


def test_a_new_document_gets_an_address_that_never_led_anywhere_else(space_exchange: Collection) -> None:
    document = stored(LETTER, space_exchange)
    FormerAddress.objects.create(slug="example-1962-05-03-2", document=document)
    assert prepared(LETTER).record.id == "example-1962-05-03-3"
    assert prepare(LETTER.encode(), "", "text", taken={"example-1962-05-03-3"}).record.id == "example-1962-05-03-4"


def test_an_address_that_is_taken_is_refused(space_exchange: Collection) -> None:
    first = prepared(LETTER)
    store_prepared(first, LETTER.encode(), space_exchange, "draft")
    with pytest.raises(NotStored, match="has the address"):
        store_prepared(first, LETTER.encode(), space_exchange, "draft")
    assert Document.objects.filter(slug="example-1962-05-03").count() == 1


def test_a_text_that_loses_a_passage_under_a_proposal_is_not_stored(space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    other = Prepared(prepared("Other words.", document=document).record, "Other words.\n", parse_archive_text("x"))
    with pytest.raises(NotStored, match="N1"):
        store_prepared(other, b"Other words.", space_exchange, "published", document=document)
    document.refresh_from_db()
    assert "Other words" not in document.text


def test_numbers_given_by_hand_are_not_given_again(space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    changed = revised(document, "{paragraph #p4} Quite other words.\n\nAnd more of them, as new as these.")
    assert [block.id for block in parse_archive_text(changed).blocks] == ["p4", "p5"]
    assert revised(document, changed) == changed


def test_what_is_too_long_is_cut_and_said(space_exchange: Collection) -> None:
    long = "x" * 5000
    text = f"---\ntitle: {long}\nplace: {long}\nsenders: {long}\nwritten: 3 May 1962\n---\n\nText.\n"
    found = prepared(text, format="archive-text")
    said = " ".join(remark.message for remark in found.remarks)
    for name in ("title", "place", "name of a sender"):
        assert f"The {name} has more than" in said
    assert store_prepared(found, text.encode(), space_exchange, "draft").outcome is Outcome.CREATED
