"""What others may call a document, read from its title and its first words: "nsam-129", "nie-11-8-62"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from editions.model import BODY_KINDS, Block, BlockKind, Edition, block_text
from editions.references.context import Context
from editions.references.find import may_name, plain
from editions.references.named import named
from editions.references.telegrams import telegram

#: How many blocks of a text may come before the line that says what it is.
_BEGINNING = 12
_NUMBER = re.compile(r" *(?:No\. ?)?(?P<number>\d{1,6})\.(?= |$)")


def designations(edition: Edition, kind: str, title: str, written: date | None) -> frozenset[str]:
    """Returns the identifiers that a document of this kind and title, written that day, may be cited by.

    A title that begins with a name ("National Security Action Memorandum No. 129") has it, and so has a line near the
    beginning that is nothing else ("NIE 11-8-62"). Of a telegram, the number is what its first paragraph begins with.
    """
    context = Context(written=written)
    blocks = list(islice(_outside_headings(edition.blocks), _BEGINNING))
    found = {target for start, _, target in _named(plain(title), context) if start == 0}
    for block in blocks:
        words = plain(block_text(block)).strip(" .")
        if len(words) < 60:
            found |= {target for start, end, target in _named(words, context) if (start, end) == (0, len(words))}
    if written and kind == "telegram" and not title.startswith("Circular"):
        first = next((block for block in blocks if block.kind in BODY_KINDS), None)
        number = _NUMBER.match(block_text(first)) if first else None
        found |= {telegram(number["number"], written)} if number else set()
    return frozenset(found)


def _outside_headings(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block but those that say what a memorandum is about: its subject may be another paper."""
    for block in blocks:
        if block.kind is not BlockKind.MEMO:
            yield block
            yield from _outside_headings(block.blocks)


def _named(text: str, context: Context) -> Iterator[tuple[int, int, str]]:
    if may_name(text):
        yield from named(text, context)
