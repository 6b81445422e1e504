"""Takes printed labels out of the words of a heading or of the items of a list."""

from __future__ import annotations

import re
from dataclasses import replace

from editions.model import Block, Inlines, PageBreak, Text

NUMBER = re.compile(r"(?P<label>\d{1,5}[a-z]?\.)(?:\s+|(?=[^\W\d_]))")
#: The label of an item that the source has among its words.
LABEL = re.compile(r"(?P<label>\((?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})\)|\d{1,3}[.)]|[a-z][.)]|[A-H]\.)\s+(?=\S)")
BULLET = "•"


def labelled(items: list[Block]) -> list[Block]:
    """Takes the labels out of the words of items, where all of them have one."""
    found = [_label(block) if block.label == BULLET else None for block in items]
    if not items or None in found:
        return items
    return [
        replace(block, label=match["label"], content=_without(block.content, match.end()))
        for block, match in zip(items, found, strict=True)
        if match
    ]


def _label(block: Block) -> re.Match[str] | None:
    first = next((inline for inline in block.content if not isinstance(inline, PageBreak)), None)
    return LABEL.match(first.value) if isinstance(first, Text) else None


def _without(content: Inlines, length: int) -> Inlines:
    """Returns the content without the first characters of its first words."""
    at = next(n for n, inline in enumerate(content) if isinstance(inline, Text))
    words = content[at]
    assert isinstance(words, Text)
    rest = (Text(words.value[length:]),) if words.value[length:] else ()
    return (*content[:at], *rest, *content[at + 1 :])


def number_of(block: Block) -> Block:
    """Returns a heading with the number that its words begin with as its label."""
    first = next((inline for inline in block.content if not isinstance(inline, PageBreak)), None)
    match = NUMBER.match(first.value) if isinstance(first, Text) else None
    if block.label or not match:
        return block
    return replace(block, label=match["label"], content=_without(block.content, match.end()))
