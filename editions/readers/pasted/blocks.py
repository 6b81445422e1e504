"""Tells what each line of a pasted text is: a title, a dateline, a numbered item, a signature.

The lines are read in order with a little state: the opening of a text ends at its salutation, its memorandum headings
or its first paragraph; after a closer come signature and address. A label counts as the number of an item only where
it begins or continues a sequence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from editions.dates import find_dates
from editions.model import BULLETS, BlockKind
from editions.readers.pasted.ledger import Line

NUMBERED_TITLE = re.compile(r"(?P<label>\d{1,4}\.)\s+(?=[A-Z“\"])")
ITEM = re.compile(r"(?P<label>\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|[a-z][.)]|[A-H]\.|[IVX]{1,5}\.)\s+(?=\S)")
BULLET = re.compile(rf"(?P<label>[{re.escape(''.join(sorted(BULLETS - set('–-*'))))}])\s*(?=\S)")
MEMO = re.compile(
    r"(?P<words>TO|FROM|SUBJECTS?|RE|REF|REFERENCE|THROUGH|THRU|VIA|CC|COPIES TO|COPY TO|INFO|PARTICIPANTS|DATE|PLACE)"
    r"\s*(?::\s*(?P<rest>.*))?"
)
SALUTATION = re.compile(
    r"(?:(?:My )?(?:[Dd]ear|DEAR)\b.{0,80}|(?:Your )?Excellency|Sirs?|Gentlemen"
    r"|(?:Esteemed|Respected) .{0,60}|Mr\. [A-Z].{0,40})[:,]"
)
CLOSER = re.compile(
    r"(?:Very |Most )?(?:Sincerely|Respectfully|Faithfully|Cordially|Truly|Yours)\b.{0,60}"
    r"|(?:With|Please accept|Accept)\b.{0,100}\b(?:regards|respect|wishes|esteem|consideration|sincerely)\b.{0,40}",
    re.IGNORECASE,
)
RELEASE = re.compile(r"\[[^\]]*\b(?:[Rr]eleased|[Dd]ated|[Rr]eceived)\b[^\]]*\]")
BRACKETED = re.compile(r"\[.*\]")
SOURCE = re.compile(r"(?:.*\.\s)?Sources?:\s.+")
POSTSCRIPT = re.compile(r"(?:P\.?\s?S\.?|Postscript)[\s:.]")
CAPITALS = re.compile(r"[A-Z][A-Z.'’ -]+[A-Z](?:,? (?:JR|SR|II|III)\.?)?")
PERSON = re.compile(r"(?:[A-Z][\w'’.-]*\.?|de|von|van|du|la)(?: (?:[A-Z][\w'’.-]*|de|von|van|du|la)){1,4}")
SENTENCE_END = re.compile(r"[.!?;,][”\"’)]*$")
NAMED_TITLE = re.compile(r"(?:Letter|Telegram|Airgram|Message|Memorandum|Note|Despatch) (?:[Ff]rom|[Tt]o|[Oo]f) [A-Zt]")
FORMULA = re.compile(r"(?:Begin|End)(?: of)? (?:text|message)\b", re.I)
LONGEST_TITLE = 300
LONGEST_NAME = 60


@dataclass
class Draft:
    """A block as far as it is known: its line, its kind, its label as printed and where its words begin in the line."""

    line: Line
    kind: BlockKind
    label: str = ""
    label_end: int = 0
    children: list[Draft] = field(default_factory=list)
    confidence: float = 1.0
    words_end: int | None = None


@dataclass
class _State:
    """Where the reading is. ``plain`` gives the words of a line without note markers and page breaks."""

    plain: Callable[[Line], str]
    lines: list[Line]
    drafts: list[Draft] = field(default_factory=list)
    opening: bool = True
    closing: bool = False
    memo: Draft | None = None
    sequence: list[Draft] = field(default_factory=list)


def read_blocks(lines: list[Line], plain: Callable[[Line], str]) -> list[Draft]:
    """Returns a draft for each line, in order, what continues an item below that item."""
    state = _State(plain, lines)
    for index, line in enumerate(lines):
        text = plain(line)
        draft = _opening(state, index, line, text) if state.opening else None
        draft = draft or _anywhere(state, index, line, text)
        _place(state, draft)
    return state.drafts


def _opening(state: _State, index: int, line: Line, text: str) -> Draft | None:
    following = state.plain(state.lines[index + 1]) if index + 1 < len(state.lines) else ""
    seen = {draft.kind for draft in state.drafts}
    if (
        index == 0
        and (number := NUMBERED_TITLE.match(text))
        and not following.startswith("2.")
        and len(text) < LONGEST_TITLE
        and not SENTENCE_END.search(text)
    ):
        return Draft(line, BlockKind.HEADING, number["label"], number.end())
    if memo := MEMO.fullmatch(text):
        return _memo(line, text, memo)
    if SALUTATION.fullmatch(text):
        return Draft(line, BlockKind.SALUTATION)
    if RELEASE.fullmatch(text):
        return Draft(line, BlockKind.RELEASE)
    if _is_dateline(text):
        return Draft(line, BlockKind.DATELINE)
    if index == 0 and PERSON.fullmatch(text) and _is_dateline(following):
        return Draft(line, BlockKind.AUTHOR, confidence=0.9)
    if (
        BlockKind.HEADING not in seen
        and state.memo is None
        and len(text) < LONGEST_TITLE
        and _is_title(text, state, index)
    ):
        return Draft(line, BlockKind.HEADING, confidence=0.8)
    return None


def _is_title(text: str, state: _State, index: int) -> bool:
    """A short first line without a full stop is a title when anything but more of the same follows it."""
    if SENTENCE_END.search(text) or not text[:1].isupper() or ITEM.match(text):
        return False
    if NAMED_TITLE.match(text):
        return True
    rest = [state.plain(line) for line in state.lines[index + 1 : index + 4]]
    return bool(rest) and any(
        len(other) > len(text) or SALUTATION.fullmatch(other) or MEMO.fullmatch(other) for other in rest
    )


def _is_dateline(text: str) -> bool:
    """A line that is a date, or a place and a date, with little else."""
    dates = find_dates(text)
    if not dates or len(text) > 120:
        return False
    start, end, _ = dates[0]
    before, after = text[:start].strip(" ,[("), text[end:].strip(" ,.])")
    return (
        (not before or (len(before) <= 60 and before[:1].isupper() and not SENTENCE_END.search(before)))
        and len(after) <= 30
        and not re.search(r"\b(?:to|from|of|on|the|wrote|dated)\b", before)
    )


def _memo(line: Line, text: str, memo: re.Match[str]) -> Draft:
    if not memo["rest"]:
        return Draft(line, BlockKind.MEMO)
    start = memo.start("rest")
    child = Draft(line, BlockKind.PARAGRAPH, label_end=start)
    return Draft(line, BlockKind.MEMO, children=[child], words_end=start)


def _anywhere(state: _State, index: int, line: Line, text: str) -> Draft:
    last = len(state.lines) - index <= 4
    if bullet := BULLET.match(text):
        return Draft(line, BlockKind.ITEM, bullet["label"], bullet.end())
    if CLOSER.fullmatch(text) and len(state.lines) - index <= 8:
        return Draft(line, BlockKind.CLOSER)
    if state.closing and BRACKETED.fullmatch(text):
        return Draft(line, BlockKind.ADDRESS)
    if SOURCE.fullmatch(text) and index == len(state.lines) - 1 and index:
        return Draft(line, BlockKind.SOURCE)
    if POSTSCRIPT.match(text):
        return Draft(line, BlockKind.POSTSCRIPT)
    short = last and len(text) <= LONGEST_NAME and not SENTENCE_END.search(text.rstrip(".")) and not FORMULA.match(text)
    if short and (state.closing or CAPITALS.fullmatch(text) or PERSON.fullmatch(text)):
        return Draft(line, BlockKind.SIGNATURE, confidence=1.0 if state.closing else 0.8)
    if (item := ITEM.match(text)) and _continues(state, item["label"]):
        return Draft(line, BlockKind.ITEM, item["label"], item.end())
    return Draft(line, BlockKind.PARAGRAPH)


def _continues(state: _State, label: str) -> bool:
    """A label begins a sequence with 1, a or i, or goes on from the label of its own sort before it."""
    if _rank(label) == 1:
        return True
    shape = re.sub(r"\w+", "", label)
    return any(re.sub(r"\w+", "", d.label) == shape and _rank(label) == _rank(d.label) + 1 for d in state.sequence)


ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def _rank(label: str) -> int:
    word = re.sub(r"\W", "", label)
    if word.isdigit():
        return int(word)
    if word.casefold() in ROMAN and (len(word) > 1 or word.casefold() == "i" or word.isupper()):
        return ROMAN[word.casefold()]
    return ord(word.casefold()) - ord("a") + 1 if len(word) == 1 else 0


def _place(state: _State, draft: Draft) -> None:
    """Puts a draft where it belongs and moves the state on."""
    match draft.kind:
        case BlockKind.MEMO:
            state.memo = draft
        case BlockKind.ITEM if state.memo and draft.label in BULLETS:
            state.memo.children.append(draft)
            return
        case BlockKind.PARAGRAPH if state.memo and not state.memo.children and len(draft.line.text) <= LONGEST_TITLE:
            state.memo.children.append(draft)
            return
        case BlockKind.PARAGRAPH if _goes_on(state, draft):
            state.drafts[-1].children.append(draft)
            return
        case BlockKind.CLOSER | BlockKind.SIGNATURE:
            state.closing = True
    if draft.kind in (BlockKind.SALUTATION, BlockKind.PARAGRAPH, BlockKind.ITEM):
        state.opening, state.memo = False, None
    if draft.kind is BlockKind.ITEM:
        state.sequence = [d for d in state.sequence if d.label[-1:] != draft.label[-1:]] + [draft]
    state.drafts.append(draft)


def _goes_on(state: _State, draft: Draft) -> bool:
    """An indented paragraph below an item goes on with the item."""
    above = state.drafts[-1] if state.drafts else None
    return bool(
        above
        and above.kind is BlockKind.ITEM
        and not draft.line.after_blank
        and draft.line.indent > above.line.indent
        and draft.line.indent >= 2
    )
