"""The page of a student as one form, for browsers without scripts: every button of it sends everything."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from classroom import answers
from classroom.content import Content, Form, Question
from classroom.models import Answer, Highlight
from classroom.saving import Saved
from classroom.sent import ON_ITEM, Sent, SentError, read
from classroom.work_page import Draft

CONFLICT = (
    "You answered this on another device or in another window meanwhile. Both are here: what is saved, and below it "
    "what you wrote now. Save again to keep what you wrote now."
)
#: A number that a page writes into a field.
NUMBER = re.compile("[0-9]{1,16}")


def message(
    posted: QueryDict, content: Content, known: Mapping[str, Answer], highlights: Mapping[str, Highlight]
) -> tuple[Sent, dict[str, Draft]]:
    """What a form says that is not stored yet, and by item what cannot be stored, with what is wrong."""
    now = int(time.time() * 1000)
    sent, drafts = [], {}
    for each in _answers(posted, content, known, now):
        try:
            read({"answers": [each]}, content)
            sent.append(each)
        except SentError as error:
            drafts[each["item"]] = Draft(each["value"], str(error))
    notes, emptied = _notes(posted, content, highlights, now)
    deleted = [{"ident": ident, "sequence": _later(highlights.get(ident), now)} for ident in posted.getlist("delete")]
    found = {"answers": sent, "highlights": notes, "deleted": emptied + deleted, "read": posted.getlist("read")}
    return read(found, content), drafts


def _answers(posted: QueryDict, content: Content, known: Mapping[str, Answer], now: int) -> Iterator[dict[str, Any]]:
    for question in content.questions:
        if f"base-{question.ident}" not in posted:
            continue
        before = known.get(question.ident)
        value = _value(posted, question)
        if answers.stored(value) == answers.stored(before.value if before else None):
            continue
        base = [int(each) for each in posted[f"base-{question.ident}"].split(",") if NUMBER.fullmatch(each)]
        yield {"item": question.ident, "value": value, "sequence": _later(before, now), "knows": base}


def _value(posted: QueryDict, question: Question) -> dict[str, Any]:
    """The answer to a question as its form has it; a list without numbers is left to be refused."""
    given = [each for each in posted.getlist(f"answer-{question.ident}") if each]
    match question.form:
        case Form.CHOICE:
            return {"chosen": [int(each) if NUMBER.fullmatch(each) else each for each in given]}
        case Form.POINT:
            return {"places": given}
    return {"text": (given or [""])[0].replace("\r\n", "\n")}


def _notes(
    posted: QueryDict, content: Content, known: Mapping[str, Highlight], now: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The notes on whole items that changed, and those that were emptied."""
    changed, emptied = [], []
    for item in content.items:
        ident = f"{ON_ITEM}{item.ident}"
        before = known.get(ident)
        note = posted.get(ident, "").replace("\r\n", "\n")
        if ident not in posted or note == (before.note if before else ""):
            continue
        sequence = _later(before, now)
        if not note.strip():
            emptied.append({"ident": ident, "sequence": sequence})
            continue
        at = {"item": item.ident, "passage": "", "start": 0, "end": 0}
        changed.append({"ident": ident, "note": note, "sequence": sequence} | at)
    return changed, emptied


def _later(before: Answer | Highlight | None, now: int) -> int:
    return max(now, before.sequence + 1) if before else now


def conflicts(sent: Sent, saved: Saved, content: Content, known: Mapping[str, answers.Place]) -> dict[str, Draft]:
    """By item the answers that were not stored because another device had written others meanwhile."""
    found = {}
    for each in sent.answers:
        question = content.item(each.item)
        if each.item in saved.conflicts and isinstance(question, Question):
            other = answers.worded(question, saved.answers[each.item].value, known)
            found[each.item] = Draft(each.value, CONFLICT, other)
    return found
