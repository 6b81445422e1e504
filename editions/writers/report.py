"""Writes for people what a reader understood of a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from editions.dates import HistoricalDate
from editions.model import Edition, Metadata, NoteMarker, PageBreak, Remark, note_text, walk
from editions.readers.reading import Reading
from editions.writers.plain import anchors, line_of, write_plain

SHOWN = 72
WORDS_BEFORE = 4
#: What metadata is called in a report.
NAMES = {
    "kind": "kind",
    "number": "number",
    "title": "title",
    "written": "written",
    "received": "received",
    "released": "released",
    "place": "place",
    "senders": "from",
    "recipients": "to",
    "subject": "subject",
    "source": "source",
}


def write_report(reading: Reading, name: str, about: str = "") -> str:
    """Returns a readable account of a document.

    It has what the text says of itself and what it does not, its blocks with lines and addresses, notes and page breaks
    with the words before them, and what to look at, by line, with how sure the reader was. ``about`` says what the
    source was read as ("plain text, UTF-8").
    """
    edition = reading.edition
    parts = [
        [name, "=" * len(name), ", ".join(filter(None, [about, write_counts(reading)]))],
        list(_metadata(edition.metadata)),
        ["text", "  line  address         kind        words", *_blocks(edition)],
        list(_notes(edition)),
        list(_pages(edition)),
        list(_remarks(reading.remarks)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def write_line(reading: Reading, name: str) -> str:
    """Returns an account of a document in one line, for a list of many."""
    metadata = reading.edition.metadata
    parties = " to ".join("; ".join(names) for names in (metadata.senders, metadata.recipients) if names)
    known = [metadata.written.iso if metadata.written else "", metadata.place, parties, write_counts(reading)]
    return f"{name:8} {_cut(metadata.title) or '(no title)'} | {' | '.join(filter(None, known))}"


def write_counts(reading: Reading) -> str:
    """Returns how much there is of a document: "19 blocks, 310 words, 3 notes, 1 page break, 2 remarks"."""
    edition = reading.edition
    counts = (
        (sum(1 for _ in walk(edition.blocks)), "block"),
        (len(write_plain(edition).split()), "word"),
        (len(edition.footnotes), "note"),
        (sum(isinstance(inline, PageBreak) for inline, _ in anchors(edition)), "page break"),
        (len(reading.remarks), "remark"),
    )
    return ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count)


def _metadata(metadata: Metadata) -> Iterator[str]:
    yield "what it says of itself"
    missing = []
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if value:
            yield f"  {NAMES[field.name] + ':':12}{_shown(value)}"
        else:
            missing.append(NAMES[field.name])
    if missing:
        yield f"  not found:  {', '.join(missing)}"


def _blocks(edition: Edition) -> Iterator[str]:
    for block in walk(edition.blocks):
        yield f"{block.line:6}  {block.id:14}  {block.kind.value:10}  {_cut(line_of(block))}"


def _notes(edition: Edition) -> Iterator[str]:
    if not edition.footnotes:
        return
    text = write_plain(edition)
    called = {inline.note: at for inline, at in reversed(anchors(edition)) if isinstance(inline, NoteMarker)}
    yield "notes"
    yield "  line  label  kind        called after, and what it says"
    for note in edition.footnotes:
        where = f"“…{_before(text, called[note.id])}”" if note.id in called else "nothing"
        yield f"{note.line:6}  {note.label:5}  {note.kind.value:10}  {where}: {_cut(note_text(note))}"


def _pages(edition: Edition) -> Iterator[str]:
    text = write_plain(edition)
    pages = [(inline.label, at) for inline, at in anchors(edition) if isinstance(inline, PageBreak)]
    if pages:
        yield "page breaks"
    for label, at in pages:
        yield f"  {label:>6}  " + (f"after “…{_before(text, at)}”" if at else "at the beginning")


def _remarks(remarks: tuple[Remark, ...]) -> Iterator[str]:
    yield "to look at" if remarks else "nothing doubtful"
    for remark in sorted(remarks, key=lambda remark: (remark.line, remark.confidence)):
        yield f"  line {remark.line}: {remark.message} ({remark.confidence:.0%} sure)"


def _before(text: str, at: int) -> str:
    return " ".join(text[:at].split()[-WORDS_BEFORE:])


def _shown(value: object) -> str:
    if isinstance(value, HistoricalDate):
        return f"{value.display} ({value.iso})"
    return "; ".join(value) if isinstance(value, tuple) else _cut(str(value))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
