"""Tells what each passage of a pasted text is: a title, a dateline, a numbered item, a signature.

The passages are read in order with a little state: the opening of a text ends at its salutation or its first
paragraph; after a closer come signature and address. A label counts as the number of an item only where it begins or
continues a sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from editions.model import BULLETS, BlockKind
from editions.readers.pasted.drafts import Draft
from editions.readers.pasted.opening import (
    LAST_LINE_OF_OPENING,
    LONGEST_NAME,
    LONGEST_TITLE,
    PERSON,
    RELEASE,
    SALUTATION,
    SALUTATION_ANYWHERE,
    SENTENCE_END,
    dateline_place,
    document_number,
    is_letterhead,
    is_named_title,
    is_title,
    memo_heading,
    numbered_title,
)
from editions.readers.pasted.passages import Passage

ITEM = re.compile(
    r"(?P<label>\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[A-Z]|[ivx]{1,5})\)|[a-z][.)]|[A-H]\.|[ivx]{1,5}\.|[IVX]{1,5}\.)\s+(?=\S)"
)
BULLET = re.compile(rf"(?P<label>[{re.escape(''.join(sorted(BULLETS - set('–-*'))))}])\s*(?=\S)")
DASH = re.compile(r"(?P<label>[–*-])\s+(?=\S)")
CLOSER = re.compile(
    r"(?:Very |Most |Ever )?(?:Sincerely|Respectfully|Faithfully|Cordially|Truly|Yours)\b.{0,60}"
    r"|(?:With|Please accept|Accept)\b.{0,100}\b(?:regards|respect|wishes|esteem|consideration|sincerely)\b.{0,40}",
    re.IGNORECASE,
)
SHORT_CLOSER = re.compile(
    r"(?:(?:Very|Most|Yours) )?(?:[Ss]incerely|[Rr]espectfully|[Ff]aithfully|[Cc]ordially|[Tt]ruly)(?: yours)?,"
)
BRACKETED = re.compile(r"\[.*\]", re.DOTALL)
SOURCE = re.compile(r"(?:.*\.\s)?Sources?:\s.+", re.DOTALL)
POSTSCRIPT = re.compile(r"(?:P\.?\s?(?:P\.?\s?)?S\.?|Postscript)[\s:.]")
CAPITALS = re.compile(r"[A-Z][A-Z.'’ -]+[A-Z](?:,? (?:JR|SR|II|III)\.?)?")
ADDRESSEE = re.compile(r"(?:His|Her|Your) (?:Excellency|Majesty|Royal|Holiness)|The (?:Right )?Honou?rable\b")
TELEGRAM = re.compile(r"(?:\w+ )?(?:Telegram|Airgram|Message)\b", re.I)
SURNAME = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?")
FORMULA = re.compile(r"(?:Begin|End)(?: of)? (?:text|message)\b", re.I)
ENCLOSURE = re.compile(
    r"\[?(?:Enclosures?|Attachments?|Annex(?:es)?|Appendix|Tab|Addendum|Subattachment)(?:\s+(?:[A-Z]|\d{1,2}|[IVX]+))?(?:\s*[—–:-]\s*.{1,80})?\]?"
)
WORD, NO_WORD = re.compile(r"\w+"), re.compile(r"\W")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
#: Memorandum headings below which a list of names stands.
LISTING = re.compile(r"PARTICIPANTS|PRESENT|ALSO PRESENT|ATTENDEES", re.I)


@dataclass
class _State:
    """Where the reading is; ``sequence`` holds the last item of each sort of label."""

    passages: list[Passage]
    drafts: list[Draft] = field(default_factory=list)
    opening: bool = True
    closing: bool = False
    memo: Draft | None = None
    sequence: dict[str, Draft] = field(default_factory=dict)
    seen: set[BlockKind] = field(default_factory=set)

    @property
    def telegram(self) -> bool:
        return any(draft.kind is BlockKind.HEADING and TELEGRAM.search(draft.passage.text) for draft in self.drafts[:3])

    def text(self, index: int) -> str:
        return self.passages[index].text if 0 <= index < len(self.passages) else ""


def read_blocks(passages: list[Passage]) -> list[Draft]:
    """Returns a draft for each passage, in order, what continues an item below that item."""
    state = _State(passages)
    for index in range(len(passages)):
        draft = _opening(state, index) if state.opening else None
        _put(state, draft or _anywhere(state, index))
    return state.drafts


def _opening(state: _State, index: int) -> Draft | None:
    passage, text = state.passages[index], state.text(index)
    draft = document_number(state.passages, index) or numbered_title(state.passages, index) or memo_heading(passage)
    if draft:
        return draft
    if SALUTATION.fullmatch(text):
        return Draft(passage, BlockKind.SALUTATION)
    if RELEASE.fullmatch(text):
        return Draft(passage, BlockKind.RELEASE)
    if dateline_place(text) is not None:
        return Draft(passage, BlockKind.DATELINE)
    following = dateline_place(state.text(index + 1))
    if index == 0 and PERSON.fullmatch(text) and following is not None:
        remark = f"“{text}” is read as the author, for a date follows. If it is a title, write {{heading}}."
        return Draft(passage, BlockKind.AUTHOR, confidence=0.9, remark=remark)
    if BlockKind.HEADING not in state.seen and is_letterhead(state.passages, index):
        return Draft(passage, BlockKind.ADDRESS)
    if BlockKind.HEADING not in state.seen and state.memo is None and is_title(state.passages, index):
        sure = BlockKind.NUMBER in state.seen or is_named_title(text)
        remark = "" if sure else f"“{text[:60]}” is read as the title. If it is not, take the {{heading}} away."
        return Draft(passage, BlockKind.HEADING, confidence=1.0 if sure else 0.8, remark=remark)
    return None


def _anywhere(state: _State, index: int) -> Draft:
    passage, text = state.passages[index], state.text(index)
    if bullet := _bullet(state, index):
        return Draft(passage, BlockKind.ITEM, bullet)
    left = len(state.passages) - index
    if SHORT_CLOSER.fullmatch(text) or (left <= 8 and CLOSER.fullmatch(text)):
        return Draft(passage, BlockKind.CLOSER)
    if SALUTATION_ANYWHERE.fullmatch(text):
        return Draft(passage, BlockKind.SALUTATION)
    if state.closing and (
        BRACKETED.fullmatch(text)
        or ADDRESSEE.match(text)
        or (state.drafts[-1].kind is BlockKind.ADDRESS and not passage.after_blank)
    ):
        return Draft(passage, BlockKind.ADDRESS)
    if index and ENCLOSURE.fullmatch(text):
        return Draft(passage, BlockKind.HEADING)
    if left == 1 and index and SOURCE.fullmatch(text):
        return Draft(passage, BlockKind.SOURCE)
    if POSTSCRIPT.match(text):
        return Draft(passage, BlockKind.POSTSCRIPT)
    if signature := _signature(state, index, left):
        return signature
    if (item := ITEM.match(text)) and _continues(state, item["label"]):
        return Draft(passage, BlockKind.ITEM, item["label"])
    return Draft(passage, BlockKind.PARAGRAPH)


def _bullet(state: _State, index: int) -> str:
    """A bullet, or a dash or star where the passage before or after begins with the same."""
    text = state.text(index)
    if bullet := BULLET.match(text):
        return bullet["label"]
    if (dash := DASH.match(text)) and any(
        state.text(near).startswith(f"{dash['label']} ") for near in (index - 1, index + 1)
    ):
        return dash["label"]
    return ""


def _signature(state: _State, index: int, left: int) -> Draft | None:
    passage, text = state.passages[index], state.text(index)
    if len(text) > LONGEST_NAME or SENTENCE_END.search(text.rstrip(".")) or FORMULA.match(text):
        return None
    if state.opening and state.memo:
        return None
    if state.closing:
        return Draft(passage, BlockKind.SIGNATURE)
    surname = left == 1 and index > 2 and SURNAME.fullmatch(text) and SENTENCE_END.search(state.text(index - 1))
    if left <= 4 and index and (surname or CAPITALS.fullmatch(text) or PERSON.fullmatch(text)):
        if surname and state.telegram:
            return Draft(passage, BlockKind.SIGNATURE)
        remark = f"“{text}” is read as a signature. If it is a line of the text, take the {{signature}} away."
        return Draft(passage, BlockKind.SIGNATURE, confidence=0.8, remark=remark)
    return None


def _continues(state: _State, label: str) -> bool:
    """A label begins a sequence with 1, a or i, or goes on from the label of its own sort before it."""
    before = state.sequence.get(_sort(label))
    return _rank(label) == 1 or (before is not None and _follows(before.label, label))


def _follows(before: str, label: str) -> bool:
    return any(_rank(label, roman) == _rank(before, roman) + 1 for roman in (True, False))


@lru_cache(maxsize=1024)
def _sort(label: str) -> str:
    """The sort of a label: its punctuation, and whether it is a number, a small or a capital letter."""
    word = NO_WORD.sub("", label)
    return ("1" if word.isdigit() else "a" if word.islower() else "A") + WORD.sub("_", label)


@lru_cache(maxsize=1024)
def _rank(label: str, roman: bool = True) -> int:
    word = NO_WORD.sub("", label).casefold()
    if word.isdigit():
        return int(word)
    if roman and word in ROMAN:
        return ROMAN[word]
    return ord(word) - ord("a") + 1 if len(word) == 1 else 0


def _put(state: _State, draft: Draft) -> None:
    """Puts a draft where it belongs and moves the state on."""
    above = _below_memo(state, draft) or _below_item(state, draft)
    if above is not None:
        above.children.append(draft)
    else:
        state.drafts.append(draft)
        _move_on(state, draft)
    if draft.kind is BlockKind.ITEM:
        state.sequence[_sort(draft.label)] = draft


def _move_on(state: _State, draft: Draft) -> None:
    state.seen.add(draft.kind)
    match draft.kind:
        case BlockKind.MEMO:
            state.memo = draft
        case BlockKind.CLOSER | BlockKind.SIGNATURE:
            state.closing = True
        case BlockKind.HEADING if len(state.drafts) > 1 and state.closing:
            state.opening, state.closing = True, False
        case BlockKind.SALUTATION | BlockKind.ITEM | BlockKind.POSTSCRIPT:
            state.opening, state.memo = False, None
        case BlockKind.PARAGRAPH:
            text = draft.passage.text
            long = len(text) > 100 or bool(SENTENCE_END.search(text)) or len(state.drafts) > LAST_LINE_OF_OPENING
            state.opening = state.opening and not long
            state.memo = None
            state.closing = state.closing and not long


def _below_memo(state: _State, draft: Draft) -> Draft | None:
    """What a memorandum heading says: one line, lines right below it, or a list of names or bullets."""
    memo = state.memo
    if memo is None or draft.passage is memo.passage:
        return None
    if draft.kind is BlockKind.ITEM and draft.label in BULLETS:
        return memo
    if draft.kind is not BlockKind.PARAGRAPH or len(draft.passage.text) > LONGEST_TITLE:
        return None
    if not memo.children:
        return memo
    short = len(draft.passage.text) < 90 and not SENTENCE_END.search(draft.passage.text)
    listing = bool(LISTING.match(memo.passage.text)) or not draft.passage.after_blank
    return memo if short and listing and draft.passage.text[:1].isupper() else None


def _below_item(state: _State, draft: Draft) -> Draft | None:
    """An indented paragraph goes on with the item above it, and items of another sort are within it."""
    above = state.drafts[-1] if state.drafts else None
    if above is None or above.kind is not BlockKind.ITEM:
        return None
    if draft.kind is BlockKind.PARAGRAPH:
        deeper = draft.passage.indent >= max(2, above.passage.indent + 1)
        return above if deeper and not draft.passage.after_blank else None
    if draft.kind is not BlockKind.ITEM or _sort(draft.label) == _sort(above.label):
        return None
    last = above.children[-1] if above.children and above.children[-1].kind is BlockKind.ITEM else None
    if last is None:
        begins = draft.label in BULLETS or _rank(draft.label) == 1
        return above if begins and above.label not in BULLETS else None
    same = _sort(last.label) == _sort(draft.label)
    return above if same and (draft.label in BULLETS or _follows(last.label, draft.label)) else None
