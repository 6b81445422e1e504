"""The sentence that words stand in."""

from __future__ import annotations

import re

#: A longer sentence is cut around the words, at a space.
LONGEST = 400

_STOP = re.compile(r"(?:[.?!][\"'”’)\]]*|\))\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n|\t")
#: What ends in a full stop and does not end a sentence before a capital or a number.
_ABBREVIATED = re.compile(
    r"(?:\b(?:DR|MRS?|MESSRS|GEN|AMB|NOS?|VOL"
    r"|Dr|Mrs?|Ms|Messrs|Prof|Rev|Hon|Pres|Gov|Sec|Amb|Sen|Rep|Gen|Col|Maj|Lt|Cmdr|Capt|Adm|Sgt|St|Jr|Sr|vs|cf"
    r"|pp?|[Nn]os?|[Nn]rs?|[Vv]ols?|[Dd]ocs?|[Pp]ts?|[Ff]igs?|[Ee]ds?|[Cc]h|n|fn|[Ii]bid|al|e\.g|i\.e|viz|ca|Res|Dept|Govt|Inc|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
#: After these a capital begins a sentence as often as not; only a number goes on.
_BEFORE_A_NUMBER = re.compile(r"\b(?:a\.?m|p\.?m|U\.S|U\.S\.S\.R|[Ii]bid|Jr|Sr|Inc|Co|Dept|Govt|al)\.$")


def sentence_around(text: str, start: int, end: int) -> str:
    """Returns the sentence of ``text`` that holds the characters ``start`` to ``end``, white space made one space.

    "vol. VI", "No. 129" and "U.S. policy" are within a sentence. Of one longer than ``LONGEST`` characters, what is
    nearest to the words is returned, with an ellipsis where something is left out.
    """
    first, last = _bounds(text, start, end)
    if last - first <= LONGEST:
        return " ".join(text[first:last].split())
    room = max(LONGEST - (end - start), 0)
    left = max(first, min(start - room // 2, last - LONGEST))
    right = min(last, max(end, left + LONGEST))
    if left > first:
        left = text.find(" ", left, start) + 1 or left
    if right < last:
        right = max(text.rfind(" ", end, right), end)
    words = " ".join(text[left:right].split())
    return f"{'… ' if left > first else ''}{words}{' …' if right < last else ''}"


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = max(0, start - 2 * LONGEST), min(len(text), end + 2 * LONGEST)
    for stop in _STOP.finditer(text, first, last):
        if not _ends(text, stop, first):
            continue
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end - 1:
            last = stop.end()
            break
    return first, last


def _ends(text: str, stop: re.Match[str], first: int) -> bool:
    """Whether the sentence that begins at ``first`` ends here; one in brackets needs no full stop: "(Ibid.) Then"."""
    if stop[0] in "\n\t":
        return True
    if stop[0].startswith(")"):
        return text.startswith("(", first)
    before = text[max(0, stop.start() - 12) : stop.start() + 1]
    following = text[stop.end() : stop.end() + 1]
    if _BEFORE_A_NUMBER.search(before):
        return not following.isdigit() and not before.endswith("U.S.")
    return not (stop[0].startswith(".") and _ABBREVIATED.search(before))
