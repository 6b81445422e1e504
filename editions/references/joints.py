"""Whether two pieces belong to one citation: what may stand between them."""

from __future__ import annotations

import re

from editions.references.find import Kind, Piece

_COMMA = re.compile(r"[.,]{0,2} ?\(?")
_AND = re.compile(r",?(?: (?:and|or|&))?(?: in| to)? ")
_WORDS = re.compile(r"(?!.*\bsee\b)[^.;:()\[\]]{0,80}(?:\bp\. )?")
_IN = re.compile(r",? ?(?:and )?(?:in |of )?(?:the )?(?:ibid\., )?\(?")
_JOINTS = {
    (Kind.SERIES, Kind.VOLUME): re.compile(r"[^;:\[\]]{0,40}"),
    (Kind.SERIES, Kind.SUPPLEMENT): _WORDS,
    (Kind.SERIES, Kind.DOCUMENTS): _COMMA,
    (Kind.VOLUME, Kind.DOCUMENTS): _WORDS,
    (Kind.VOLUME, Kind.SUPPLEMENT): _WORDS,
    (Kind.VOLUME, Kind.NOTES): _COMMA,
    (Kind.SUPPLEMENT, Kind.DOCUMENTS): _WORDS,
    (Kind.IBID, Kind.DOCUMENTS): _WORDS,
    (Kind.IBID, Kind.VOLUME): _COMMA,
    (Kind.IBID, Kind.SUPPLEMENT): _COMMA,
    (Kind.IBID, Kind.NOTES): _COMMA,
    (Kind.DOCUMENTS, Kind.SERIES): _IN,
    (Kind.DOCUMENTS, Kind.VOLUME): _IN,
    (Kind.DOCUMENTS, Kind.SUPPLEMENT): _IN,
    (Kind.DOCUMENTS, Kind.DOCUMENTS): _AND,
    (Kind.DOCUMENTS, Kind.NOTES): re.compile(r",?(?: and)? "),
    (Kind.DOCUMENTS, Kind.PLACE): _COMMA,
    (Kind.NOTES, Kind.DOCUMENTS): re.compile(r"[.,]?(?: respectively,)? (?:to |of |in |at )?"),
    (Kind.NOTES, Kind.NOTES): re.compile(r",?(?: and)? "),
    (Kind.NOTES, Kind.SERIES): _COMMA,
    (Kind.NOTES, Kind.VOLUME): _COMMA,
    (Kind.NOTES, Kind.IBID): _COMMA,
    (Kind.NOTES, Kind.PLACE): _COMMA,
}


def are_joined(text: str, first: Piece, second: Piece) -> bool:
    """Whether the second piece, which follows the first in the text, goes on with the citation."""
    joint = _JOINTS.get((first.kind, second.kind))
    return bool(joint and joint.fullmatch(text, first.end, second.start))
