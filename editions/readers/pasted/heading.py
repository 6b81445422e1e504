"""What a text says of itself: number, title, kind, dates, place, senders, recipients, subject, source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from editions.dates import HistoricalDate, find_dates
from editions.model import Block, BlockKind, Edition, Metadata, NoteKind, note_text, reading_text
from editions.readers.pasted.opening import dateline_place
from editions.readers.pasted.parties import read_parties

#: Words of a title that tell the kind of a document, the more telling first; the values are ``Document.Kind``'s.
KINDS = (
    ("editorial note", "editorial-note"),
    ("memorandum of conversation", "conversation"),
    ("memorandum", "memorandum"),
    ("telegram", "telegram"),
    ("airgram", "telegram"),
    ("minutes", "minutes"),
    ("report", "report"),
    ("letter", "letter"),
    ("message", "letter"),
    ("treaty", "treaty"),
    ("agreement", "treaty"),
    ("statement", "speech"),
    ("address", "speech"),
    ("remarks", "speech"),
    ("note", "note"),
)
SPLIT_SOURCE = re.compile(
    r"(?P<title>[^.]+(?:\.\s(?=[A-Z]\.?\s))?[^.]*)\.\s+(?P<date>.+?)\.?\s+Source:\s+(?P<source>.+)"
)
RELEASED, DATED, RECEIVED = (re.compile(rf"\b{word}\b", re.IGNORECASE) for word in ("released", "dated", "received"))


def read_metadata(edition: Edition) -> Metadata:
    """Gathers from the blocks of a text what it says of itself; what it does not say stays empty."""
    blocks = {kind: [b for b in edition.blocks if b.kind is kind] for kind in BlockKind}
    heading = next((b for b in _opening(edition) if b.kind is BlockKind.HEADING), None)
    source_line = _words(blocks[BlockKind.SOURCE])
    parts = SPLIT_SOURCE.fullmatch(source_line)
    title = reading_text(heading.content).strip() if heading else parts["title"] if parts else ""
    memo = {reading_text(b.content).rstrip(": ").upper(): _children(b) for b in blocks[BlockKind.MEMO]}
    place, dated = _dateline(blocks[BlockKind.DATELINE], title)
    release = _release(_words(blocks[BlockKind.RELEASE]))
    senders, recipients = _parties(title, memo, blocks)
    said = _first_date(" ".join((*memo.get("DATE", ()), *memo.get("DATE AND TIME", ()))))
    return Metadata(
        number=_number(heading, blocks[BlockKind.NUMBER]),
        title=title,
        kind=_kind(title, blocks[BlockKind.SALUTATION]),
        written=release.get("dated") or dated or said or (_first_date(parts["date"]) if parts else None),
        received=release.get("received"),
        released=release.get("released"),
        place=place or " ".join(memo.get("PLACE", ())),
        senders=senders,
        recipients=recipients,
        subject=" ".join(memo.get("SUBJECT", ()) or memo.get("RE", ())),
        source=_source(edition) or (parts["source"] if parts else source_line),
    )


def _number(heading: Block | None, numbers: list[Block]) -> str:
    if heading and heading.label:
        return heading.label.rstrip(".")
    found = re.search(r"\d+", _words(numbers[:1]))
    return found[0] if found else ""


def _opening(edition: Edition) -> Iterator[Block]:
    """The blocks before the salutation or the signature; a heading behind these is that of an enclosure."""
    ends = (BlockKind.SALUTATION, BlockKind.CLOSER, BlockKind.SIGNATURE)
    return takewhile(lambda block: block.kind not in ends, edition.blocks)


def _words(blocks: Iterable[Block]) -> str:
    return " ".join(reading_text(block.content).strip() for block in blocks)


def _children(block: Block) -> tuple[str, ...]:
    return tuple(reading_text(child.content).strip() for child in block.blocks)


def _kind(title: str, salutations: list[Block]) -> str:
    lowered = title.casefold()
    for words, kind in KINDS:
        if words in lowered:
            return kind
    return "letter" if salutations else ""


def _first_date(text: str) -> HistoricalDate | None:
    dates = find_dates(text)
    return dates[0][2] if dates else None


def _dateline(blocks: list[Block], title: str) -> tuple[str, HistoricalDate | None]:
    """Returns the first place and the first date of the datelines, or those at the end of the title."""
    texts = [reading_text(block.content).strip() for block in blocks]
    if not texts and (dates := find_dates(title)):
        return "", dates[-1][2]
    places = [place for text in texts if (place := dateline_place(text))]
    dates = [date for text in texts for date in find_dates(text)]
    return (places[0] if places else ""), (dates[0][2] if dates else None)


def _release(text: str) -> dict[str, HistoricalDate]:
    """Reads "[Released March 18, 1962. Dated March 7, 1962]": each date goes with the word before it."""
    found: dict[str, HistoricalDate] = {}
    at = 0
    for start, end, value in find_dates(text):
        before = text[at:start]
        for name, pattern in (("released", RELEASED), ("dated", DATED), ("received", RECEIVED)):
            if pattern.search(before):
                found[name] = value
        at = end
    return found


def _parties(
    title: str, memo: dict[str, tuple[str, ...]], blocks: dict[BlockKind, list[Block]]
) -> tuple[tuple[str, ...], ...]:
    senders, recipients = read_parties(title)
    senders = senders or memo.get("FROM", ())
    recipients = recipients or memo.get("TO", ()) or memo.get("MEMORANDUM FOR", ()) or memo.get("MEMORANDUM TO", ())
    author = _words(blocks[BlockKind.AUTHOR]) or _words(blocks[BlockKind.SIGNATURE][:1])
    return senders or ((author,) if author else ()), recipients


def _source(edition: Edition) -> str:
    note = next((n for n in edition.footnotes if n.kind is NoteKind.SOURCE), None)
    return note_text(note).removeprefix("Source:").strip() if note else ""
