"""Values of attributes, and names of elements, that reading within a block understands."""

from __future__ import annotations

from editions.model import MentionKind

#: How words are rendered, by the value of ``rend``. Raised and lowered letters are only words here.
REND = {
    "italic": "italic",
    "italics": "italic",
    "i": "italic",
    "bold": "bold",
    "strong": "bold",
    "b": "bold",
    "underline": "underline",
    "underlined": "underline",
    "u": "underline",
    "smallcaps": "smallcaps",
    "small-caps": "smallcaps",
    "sc": "smallcaps",
    "strikethrough": "struck",
    "struck": "struck",
    "superscript": "",
    "sup": "",
    "subscript": "",
    "sub": "",
    "roman": "",
    "normal": "",
}
NAMES = {
    "persName": MentionKind.PERSON,
    "orgName": MentionKind.ORGANIZATION,
    "placeName": MentionKind.PLACE,
    "gloss": MentionKind.TERM,
    "term": MentionKind.TERM,
}
NAME_TYPES = {
    "person": "person",
    "organization": "organization",
    "org": "organization",
    "place": "place",
    "term": "term",
}
REASONS = {
    "corr": "Corrected in the edition.",
    "reg": "Spelling made regular in the edition.",
    "expan": "Abbreviation written out in the edition.",
    "supplied": "Supplied by the edition.",
}
#: Elements that a reading may have in it and still be only words.
WORDS = frozenset(
    [
        "hi",
        "abbr",
        "expan",
        "ex",
        "am",
        "orig",
        "reg",
        "sic",
        "corr",
        "unclear",
        "add",
        "seg",
        "c",
        "g",
        "w",
        *NAMES,
        "name",
    ]
)
