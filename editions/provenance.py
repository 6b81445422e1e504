"""Where the original of a text is kept, as its source note says it first: "Kennedy Library, Box 334. Secret."."""

from __future__ import annotations

import re

STOP = re.compile(r"\.\s+")
#: What can only begin another sentence: how secret the text was, who drafted it.
AFTER = re.compile(
    r"(?:Top Secret|Secret|Confidential|Restricted|Official Use|Limited|Unclassified|No classification|Personal"
    r"|Eyes Only|Drafted|Sent|Copy)\b"
)
ABBREVIATED = re.compile(
    r"\b(?:Dr|Mrs?|pp?|Gen|Col|Maj|Lt|Capt|Adm|Amb|Sen|Rep|St|Nos?|[Vv]ol|Doc|Dept|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)$"
)
#: The "F" of "John F. Kennedy", and no "S" of a file that is called "ORG 7 S".
INITIAL = re.compile(r"(?:[A-Z][a-z]+|\b[A-Z]\.)\s?[A-Z]$")


def repository_of(source_note: str) -> str:
    """Returns the first sentence of a source note, without its full stop."""
    note = source_note.strip()
    return next((note[: stop.start()] for stop in STOP.finditer(note) if _is_end(note, stop)), note.removesuffix("."))


def _is_end(note: str, stop: re.Match[str]) -> bool:
    before = note[: stop.start()]
    return bool(AFTER.match(note, stop.end()) or not (ABBREVIATED.search(before) or INITIAL.search(before)))
