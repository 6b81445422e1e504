"""What letters answer: said by an editor, guessed from words and notes, and kept whatever is imported later."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.environment import ROOT
from documents.models import Collection, Document, Reply
from ingest.collection_file import record_of
from ingest.derive import derive, derive_related
from ingest.history import keep_deleted, keeping
from ingest.letters import Said, store_letter
from ingest.records import DocumentRecord
from ingest.replying import all_letters, guess_around, guess_replies
from ingest.restoring import undelete
from tests.letters import back, letter
from tests.volumes import FOLDER, needs_volumes

pytestmark = pytest.mark.django_db

ANSWER = "I have your letter of 7 March, and agree with every word of it."


def replies(status: str = "guessed") -> list[tuple[str, str]]:
    rows = Reply.objects.filter(status=status).order_by("letter__slug", "answered__slug")
    return list(rows.values_list("letter__slug", "answered__slug"))


def test_the_day_of_a_letter_says_which_it_answers() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    (guess,) = Reply.objects.all()
    assert replies() == [("answer", "asked")]
    assert (guess.basis, guess.ident, guess.words) == ("words", "p1", "your letter of 7 March")
    assert guess.sentence == ANSWER


def test_the_letter_that_is_answered_may_come_later_into_the_archive() -> None:
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == []
    letter("asked", date(1962, 3, 7), "Will you come?")
    assert replies() == [("answer", "asked")]


def test_a_letter_is_found_by_the_day_it_was_received_on() -> None:
    asked = letter("asked", date(1962, 3, 5), "Will you come?")
    asked.dates.create(event="received", display="7 March 1962", earliest=date(1962, 3, 7), latest=date(1962, 3, 7))
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == [("answer", "asked")]


def test_names_that_nobody_has_identified_are_compared_as_they_are_written() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?", identified=False)
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == [("answer", "asked")]


def test_a_name_that_nobody_has_identified_is_the_same_with_the_office_before_it() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?", sender="Adams", recipient="Bell")
    text = "I have your letter of 7 March."
    letter("answer", date(1962, 3, 20), text, sender="President Bell", recipient="Mr. Carl Adams", identified=False)
    assert replies() == [], "an office is no first name, and a first name no office"
    letter("again", date(1962, 3, 20), text, sender="President Bell", recipient="Chairman Adams", identified=False)
    assert replies() == [("again", "asked")]


@pytest.mark.parametrize(
    "asked",
    [
        {"written": date(1962, 3, 8)},
        {"sender": "Carl Cole"},
        {"recipient": "Carl Cole"},
        {"kind": "report"},
    ],
    ids=["another day", "another sender", "another recipient", "no letter"],
)
def test_what_does_not_fit_is_not_guessed(asked: dict[str, object]) -> None:
    letter("asked", **{"written": date(1962, 3, 7), "text": "Will you come?"} | asked)  # type: ignore[arg-type]
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == []


def test_of_two_letters_of_one_day_none_is_guessed() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    letter("asked-again", date(1962, 3, 7), "When will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == []


def test_of_two_letters_of_one_day_the_one_in_the_same_collection_is_meant() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    letter("elsewhere", date(1962, 3, 7), "Will you come?", collection="other")
    back("answer", date(1962, 3, 20), ANSWER)
    assert replies() == [("answer", "asked")]


def test_a_note_says_which_of_several_is_meant() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    letter("asked-again", date(1962, 3, 7), "When will you come?")
    text = "I have your letter of 7 March[^1] here.\n\n[^1]: See [Document 2](asked-again)."
    derived = back("answer", date(1962, 3, 20), text)
    assert derived.references.get().resolved is not None
    assert replies() == [("answer", "asked-again")]
    assert Reply.objects.get().basis == "reference"


def test_a_note_that_says_that_it_is_not_printed_is_believed() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), "I have your letter of 7 March[^1] here.\n\n[^1]: Not printed.")
    assert replies() == []


def test_a_note_on_what_is_answered_says_which_is_the_reply() -> None:
    answer = back("answer", date(1962, 3, 20), "You ask what I think, and I will say it.")
    text = "Will you come?[^1]\n\n[^1]: For Bell’s reply, see [Document 2](answer)."
    letter("asked", date(1962, 3, 7), text)
    (guess,) = Reply.objects.all()
    assert (guess.letter_id, guess.answered.slug, guess.in_answered) == (answer.pk, "asked", True)
    assert (guess.basis, guess.ident, guess.words) == ("reference", "fn1", "Document 2")


def test_telegrams_are_answered_by_their_number() -> None:
    ends = {"sender": "Embassy in Moscow", "recipient": "Department of State"}
    number = "452. The Foreign Minister asks when the talks shall begin.\n\nHe waits."
    letter("asked", date(1962, 3, 7), number, kind="telegram", **ends)  # type: ignore[arg-type]
    Document.objects.get(slug="asked").designations.get_or_create(value="telegram-452-1962-03-07")
    text = "698. Your 452. Tell him that the talks shall begin on Monday."
    letter(
        "answer",
        date(1962, 3, 9),
        text,
        kind="telegram",
        sender=ends["recipient"],
        recipient=ends["sender"],
    )
    assert replies() == [("answer", "asked")]


def test_a_guess_follows_the_text() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    answer = back("answer", date(1962, 3, 20), ANSWER)
    answer.text = "I have nothing of yours to answer, and write all the same."
    answer.save()
    derive(answer)
    derive_related(answer)
    assert replies() == []


@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_what_an_editor_decided_stays(status: str) -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    answer = back("answer", date(1962, 3, 20), ANSWER)
    Reply.objects.update(status=status)
    assert guess_around([answer.pk]) == 0
    assert (replies(status), replies()) == ([("answer", "asked")], [])


def test_guessing_again_changes_nothing() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), ANSWER)
    before = list(Reply.objects.values())
    assert guess_replies(all_letters()) == 0
    assert list(Reply.objects.values()) == before


def test_where_an_editor_has_said_it_another_copy_is_not_guessed() -> None:
    asked = letter("asked", date(1962, 3, 7), "Will you come?", collection="other")
    back("answer", date(1962, 3, 20), ANSWER, answers=(asked,))
    letter("copy", date(1962, 3, 7), "Will you come?")
    assert (replies("confirmed"), replies()) == ([("answer", "asked")], [])


def test_what_is_said_no_more_goes_and_is_guessed_again() -> None:
    asked = letter("asked", date(1962, 3, 7), "Will you come?")
    answer = back("answer", date(1962, 3, 20), ANSWER, answers=(asked,))
    assert store_letter(answer, Said())
    assert (replies("confirmed"), replies()) == ([], [])
    guess_around([answer.pk])
    assert replies() == [("answer", "asked")]


def test_a_rejection_stays_when_nothing_is_said_of_it() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    answer = back("answer", date(1962, 3, 20), ANSWER)
    Reply.objects.update(status=Reply.Status.REJECTED)
    assert not store_letter(answer, Said())
    assert replies("rejected") == [("answer", "asked")]


def test_a_letter_may_answer_several() -> None:
    first, second = letter("one", date(1962, 3, 7), "First."), letter("two", date(1962, 3, 8), "Second.")
    answer = back("answer", date(1962, 3, 20), "Both of yours came.", answers=(first, second))
    assert replies("confirmed") == [("answer", "one"), ("answer", "two")]
    assert not store_letter(answer, Said(answers=(second, first)))


def test_a_decision_is_a_version_of_the_letter() -> None:
    letter("asked", date(1962, 3, 7), "Will you come?")
    answer = back("answer", date(1962, 3, 20), ANSWER)
    with keeping(answer, reason="Reply confirmed"):
        Reply.objects.update(status=Reply.Status.CONFIRMED)
    assert answer.versions.get().reason == "Reply confirmed"


def test_a_folder_names_one_answer_plainly_and_several_in_a_list(tmp_path: Path, space_exchange: Collection) -> None:
    file = tmp_path / "out" / "space-1962" / "collection.yaml"
    letter_of_khrushchev = Document.objects.get(slug="khrushchev-1962-03-20")
    call_command("export_documents", tmp_path / "out", verbosity=0)
    assert "answers: kennedy-1962-03-07\n" in file.read_text()

    Reply.objects.create(letter_id=letter_of_khrushchev.pk, answered=Document.objects.get(slug="nsam-129"))
    shutil.rmtree(tmp_path / "out")
    call_command("export_documents", tmp_path / "out", verbosity=0)
    assert "answers:\n  - kennedy-1962-03-07\n  - nsam-129\n" in file.read_text()

    Reply.objects.filter(answered__slug="nsam-129").update(status=Reply.Status.REJECTED)
    shutil.rmtree(tmp_path / "out")
    call_command("export_documents", tmp_path / "out", verbosity=0)
    assert "answers: kennedy-1962-03-07\n  does_not_answer: nsam-129\n" in file.read_text()

    before = set(Reply.objects.values_list("letter__slug", "answered__slug", "status"))
    Reply.objects.all().delete()
    call_command("import_documents", tmp_path / "out", "--no-index", "--overwrite", verbosity=0)
    assert set(Reply.objects.values_list("letter__slug", "answered__slug", "status")) == before


def test_importing_again_keeps_what_an_editor_rejected(space_exchange: Collection) -> None:
    reply = Reply.objects.create(
        letter_id=Document.objects.get(slug="khrushchev-1962-03-20").pk,
        answered=Document.objects.get(slug="nsam-129"),
        status=Reply.Status.REJECTED,
    )
    folder = ROOT / "fixtures" / "space-1962"
    call_command("import_documents", folder, "--no-index", "--overwrite", verbosity=0)
    assert Reply.objects.get(pk=reply.pk).status == Reply.Status.REJECTED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("answers: kennedy-1963", "there is no document “kennedy-1963”"),
        ("answers: khrushchev-1962-03-20", "a letter does not answer itself"),
        ("answers: [kennedy-1962-03-07, nsam-129]\n  does_not_answer: nsam-129", "is answered and is not answered"),
    ],
)
def test_a_folder_that_says_nonsense_of_replies_is_refused(tmp_path: Path, db: None, line: str, said: str) -> None:
    folder = tmp_path / "space-1962"
    shutil.copytree(ROOT / "fixtures" / "space-1962", folder)
    file = folder / "collection.yaml"
    file.write_text(file.read_text().replace("answers: kennedy-1962-03-07", line))
    with pytest.raises(CommandError, match=said):
        call_command("import_documents", folder, "--no-index", verbosity=0)
    assert not Document.objects.exists()


def test_a_deleted_letter_comes_back_with_what_was_said_of_it(db: None) -> None:
    asked = letter("asked", date(1962, 3, 7), "Will you come?")
    back("answer", date(1962, 3, 20), "Yes.", answers=(asked,))
    (version,) = keep_deleted([asked])
    asked.delete()
    assert replies("confirmed") == []
    undelete(version)
    assert replies("confirmed") == [("answer", "asked")]


def test_a_version_kept_when_a_letter_answered_one_document_is_read() -> None:
    record = record_of(DocumentRecord, {"id": "answer", "title": "Answer", "answers": "asked"})
    assert record.answers == ("asked",)


@needs_volumes
def test_the_letters_of_october_1962_are_joined(db: None) -> None:
    if not (FOLDER / "frus1961-63v06.xml").exists():
        pytest.skip("frus1961-63v06.xml is not among the volumes")
    call_command("import_documents", FOLDER / "frus1961-63v06.xml", processes=1, no_index=True, verbosity=0)
    rows = Reply.objects.filter(status=Reply.Status.GUESSED).values_list("letter__number", "answered__number")
    guessed = {(int(later), int(earlier)) for later, earlier in rows}
    october = {(61, 60), (62, 61), (63, 62), (64, 63), (65, 64), (67, 65), (68, 67), (69, 68)}
    assert {pair for pair in guessed if 59 < pair[0] < 71} == october
    assert {(43, 41), (25, 23), (25, 24), (92, 87)} <= guessed
    assert (26, 24) not in guessed, "it says that this was answered before"
    assert (100, 99) not in guessed, "it says that this will be answered separately"
    assert len(guessed) >= 45


def test_where_nothing_was_stored_nothing_is_guessed(db: None) -> None:
    assert guess_around([]) == 0
