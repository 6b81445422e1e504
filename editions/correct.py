"""Corrections: a slip of the printed text, put right by an editor, with both readings and the reason kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from editions.model import Block, Correction, Edition, Inline, Inlines, Span, Text, inlines, walk


class CorrectionError(ValueError):
    """The printed words do not stand, or stand more than once, where the correction says."""


@dataclass(frozen=True)
class Placed:
    """A correction and the id of the block or note it stands in."""

    place: str
    correction: Correction


def correct(edition: Edition, place: str, correction: Correction) -> Edition:
    """Returns the edition with the printed words replaced by the correction, in the block or note with this id.

    Raises ``CorrectionError`` unless the printed words stand there exactly once.
    """
    blocks = tuple(_in_block(block, correction, only=place) for block in edition.blocks)
    notes = tuple(
        replace(note, blocks=tuple(_in_block(block, correction) for block in note.blocks)) if note.id == place else note
        for note in edition.footnotes
    )
    changed = replace(edition, blocks=blocks, footnotes=notes)
    times = sum(p.correction == correction and p.place == place for p in corrections(changed))
    times -= sum(p.correction == correction and p.place == place for p in corrections(edition))
    if times != 1:
        where = "does not stand" if times == 0 else f"stands {times} times"
        raise CorrectionError(f"“{correction.printed}” {where} in {place}. Give words that stand there exactly once.")
    return changed


def corrections(edition: Edition) -> Iterator[Placed]:
    """Yields the corrections of an edition in reading order, those in the text before those in notes."""
    for block in walk(edition.blocks):
        yield from (Placed(block.id, i) for i in inlines(block.content) if isinstance(i, Correction))
    for note in edition.footnotes:
        for block in walk(note.blocks):
            yield from (Placed(note.id, i) for i in inlines(block.content) if isinstance(i, Correction))


def _in_block(block: Block, correction: Correction, only: str | None = None) -> Block:
    content = _in_content(block.content, correction) if only in (None, block.id) else block.content
    return replace(block, content=content, blocks=tuple(_in_block(child, correction, only) for child in block.blocks))


def _in_content(content: Inlines, correction: Correction) -> Inlines:
    changed: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and correction.printed in inline.value:
            first, *others = inline.value.split(correction.printed)
            changed += [Text(first)] if first else []
            for other in others:
                changed += [correction, Text(other)] if other else [correction]
        elif isinstance(inline, Span):
            changed.append(replace(inline, content=_in_content(inline.content, correction)))
        else:
            changed.append(inline)
    return tuple(changed)
