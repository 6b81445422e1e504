"""What students send is stored: newer over older, nothing twice, and all of one message or nothing of it.

Whoever calls ``save`` holds the row of the student locked, so that two devices write one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from classroom.answers import stored
from classroom.marking_up import characters, passage_texts
from classroom.models import Answer, Assignment, Highlight, Student
from classroom.sent import Sent, SentAnswer, SentError, SentHighlight

#: The most highlights of a student in one class, and with those that were deleted.
MOST_HIGHLIGHTS, MOST_EVER = 500, 5_000
#: That a student is there is written down at most so often.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Saved:
    """What is stored now of all that was sent, by idents; ``conflicts`` are answers that another device wrote and this
    one has not shown, which were left as they are."""

    answers: Mapping[str, Answer]
    conflicts: frozenset[str]
    highlights: Mapping[str, Highlight]
    read: list[str]

    def to_json(self) -> dict[str, Any]:
        return {
            "answers": {item: self._answer(item, answer) for item, answer in self.answers.items()},
            "highlights": {
                ident: {"sequence": each.sequence} | ({"deleted": True} if each.is_deleted else {})
                for ident, each in self.highlights.items()
            },
            "read": self.read,
            "saved": timezone.now().isoformat(timespec="seconds"),
        }

    def _answer(self, item: str, answer: Answer) -> dict[str, Any]:
        found = {"sequence": answer.sequence, "saved": answer.saved_at.isoformat(timespec="seconds")}
        return found | ({"value": answer.value} if item in self.conflicts else {})


def refusal(assignment: Assignment, student: Student) -> str:
    """Why nothing is taken from a student now, in a sentence; "" while it is."""
    if not assignment.has_opened:
        return "This class has not opened yet."
    if not assignment.takes_answers:
        return "This was due, and no more is taken. You can read what you wrote."
    if student.submitted_at:
        return "You have handed this in. Take it back to change it."
    return ""


def save(student: Student, sent: Sent) -> Saved:
    """Stores what a student sent; raises ``SentError`` and stores nothing when a part of it cannot be stored."""
    known, conflicts = _save_answers(student, sent.answers)
    highlights = _save_highlights(student, sent.highlights, sent.deleted or {})
    read = [*student.read, *sorted(sent.read - set(student.read))]
    now = timezone.now()
    if read != student.read or now - student.seen_at > SEEN_EVERY:
        student.read, student.seen_at = read, now
        student.save(update_fields=["read", "seen_at"])
    return Saved(known, conflicts, highlights, read)


def see(student: Student) -> None:
    """Writes down that a student is there, unless that was done a moment ago."""
    now = timezone.now()
    if now - student.seen_at > SEEN_EVERY:
        Student.objects.filter(pk=student.pk).update(seen_at=now)


def _save_answers(student: Student, sent: tuple[SentAnswer, ...]) -> tuple[dict[str, Answer], frozenset[str]]:
    if not sent:
        return {}, frozenset()
    items = {each.item for each in sent}
    known = {each.item: each for each in Answer.objects.filter(student=student, item__in=items)}
    changed, conflicts = {}, set()
    for each in sent:
        before = known.get(each.item)
        if before is None or _writes(each, before):
            row = Answer(student=student, item=each.item, value=each.value, sequence=each.sequence)
            known[each.item] = changed[each.item] = row
        elif before.sequence != each.sequence and stored(before.value) != stored(each.value):
            conflicts.add(each.item)
    if changed:
        Answer.objects.bulk_create(
            changed.values(),
            update_conflicts=True,
            unique_fields=["student", "item"],
            update_fields=["value", "sequence", "saved_at"],
        )
    return known, frozenset(conflicts)


def _writes(sent: SentAnswer, before: Answer) -> bool:
    """Whether an answer is newer than the one stored, and came from one who knew of that."""
    return before.sequence < sent.sequence and (sent.knows is None or before.sequence in sent.knows)


def _save_highlights(
    student: Student, sent: tuple[SentHighlight, ...], deleted: Mapping[str, int]
) -> dict[str, Highlight]:
    if not sent and not deleted:
        return {}
    known = {each.ident: each for each in Highlight.with_deleted.filter(student=student)}
    newer = [each for each in sent if each.ident not in known or known[each.ident].sequence < each.sequence]
    newer.sort(key=lambda each: each.sequence)
    texts = passage_texts((each.document, each.passage) for each in newer if each.passage)
    changed = {each.ident: _highlight(student, each, texts, known.get(each.ident)) for each in newer}
    for ident, sequence in deleted.items():
        before = changed.get(ident) or known.get(ident)
        if before is None or before.sequence < sequence:
            changed[ident] = _deleted(student, ident, sequence)
    now = known | changed
    if sent and sum(not each.is_deleted for each in now.values()) > MOST_HIGHLIGHTS:
        raise SentError(f"You have {MOST_HIGHLIGHTS} marks in this reading already: delete some.", sent[-1].ident)
    if len(now) > max(MOST_EVER, len(known)):
        raise SentError(f"You have made and deleted {MOST_EVER:,} marks in this reading: no more are kept.")
    if changed:
        _store_highlights(changed.values())
    return {ident: now[ident] for ident in {*(each.ident for each in sent), *deleted}}


def _store_highlights(changed: Iterable[Highlight]) -> None:
    Highlight.with_deleted.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["student", "ident"],
        update_fields=["item", "document", "passage", "start", "end", "words", "note", "sequence", "is_deleted"],
    )


def _highlight(
    student: Student, sent: SentHighlight, texts: Mapping[tuple[str, str], str], before: Highlight | None
) -> Highlight:
    """What is stored of words that were marked; those that were before stay as they are, only their note changes."""
    start = end = 0
    words = ""
    if before is not None and before.passage == sent.passage and before.words:
        start, end, words = before.start, before.end, before.words
    elif sent.passage:
        text = texts.get((sent.document, sent.passage), "")
        found = characters(text, sent.first, sent.end)
        if found is None:
            raise SentError("The words that were marked are not in this passage now.", sent.ident)
        start, end = found
        words = text[start:end]
    return Highlight(
        student=student,
        ident=sent.ident,
        item=sent.item,
        document=sent.document,
        passage=sent.passage,
        start=start,
        end=end,
        words=words,
        note=sent.note,
        sequence=sent.sequence,
    )


def _deleted(student: Student, ident: str, sequence: int) -> Highlight:
    """What stays of a highlight that was deleted."""
    return Highlight(
        student=student, ident=ident, item="", passage="", start=0, end=0, sequence=sequence, is_deleted=True
    )
