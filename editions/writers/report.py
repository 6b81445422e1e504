"""Writes for people what a reader understood of a source."""

from __future__ import annotations

from editions.dates import HistoricalDate
from editions.model import PageBreak, note_text, walk
from editions.readers.sources import Reading
from editions.writers.plain import anchors, line_of

SHOWN = 72


def write_report(reading: Reading, name: str) -> str:
    """Returns a readable account: what the text says of itself, its blocks with ids and lines, notes, remarks."""
    edition = reading.edition
    lines = [name, "=" * len(name)]
    for key, value in vars(edition.metadata).items():
        if value:
            lines.append(f"{key + ':':12}{_shown(value)}")
    lines += ["", "text"]
    lines += [f"{b.line:5} {b.id:14} {b.kind.value:11} {_cut(line_of(b))}" for b in walk(edition.blocks)]
    if edition.footnotes:
        lines += ["", "notes"]
        lines += [f"{n.line:5} {n.id:14} {n.kind.value:11} {_cut(note_text(n))}" for n in edition.footnotes]
    pages = [inline.label for inline, _ in anchors(edition) if isinstance(inline, PageBreak)]
    if pages:
        lines += ["", f"page breaks: {', '.join(pages)}"]
    lines += ["", "to look at" if reading.remarks else "nothing doubtful"]
    lines += [f"line {r.line}: {r.message} (confidence {r.confidence:.1f})" for r in reading.remarks]
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if isinstance(value, HistoricalDate):
        return f"{value.display} ({value.iso})"
    return "; ".join(value) if isinstance(value, tuple) else _cut(str(value))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
