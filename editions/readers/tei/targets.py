"""What references and names point at, in one form whatever the markup: "frus1961-63v06/d36#fn2", "p_KJF2"."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: "d36fn2": a note is named after its document.
OF_NOTE = re.compile(r"(?P<document>.+?)(?P<note>fn[\w-]+)")


def canonical(target: str, volume: str) -> str:
    """Returns the target of a reference made in a volume: volume, part and note, or a web address as it is.

    "#d36" is a document of the same volume, "#d36fn2" a note of it, "frus1961-63v05#d8" one of another volume.
    """
    target = " ".join(target.split())
    if ADDRESS.match(target):
        return target
    book, mark, part = target.partition("#")
    book = book or volume
    if not mark or not part:
        return book
    if not book:
        return target
    note = OF_NOTE.fullmatch(part)
    return f"{book}/{note['document']}#{note['note']}" if note else f"{book}/{part}"


def entry(target: str) -> str:
    """Returns the entry of a list that a name points at: the first pointer, without its #."""
    words = target.split()
    return words[0].removeprefix("#") if words else ""
