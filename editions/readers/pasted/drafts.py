"""What is known of a block before its words are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from editions.model import BlockKind
from editions.readers.pasted.passages import Passage


@dataclass(slots=True)
class Draft:
    """A block as far as it is known: its passage and kind, and its label as printed.

    The label, or else the words, begin at ``start`` of the passage's text and end at ``end`` (None is its end). What
    was a judgement has a ``remark`` and a ``confidence`` below 1.
    """

    passage: Passage
    kind: BlockKind
    label: str = ""
    start: int = 0
    end: int | None = None
    children: list[Draft] = field(default_factory=list)
    confidence: float = 1.0
    remark: str = ""
