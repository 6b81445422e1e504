"""What an index holds, whatever the engine: fields of words, fields of values, and the orders that results can have.

There are two shelves, because a word weighs differently in a long text and in a short one, and engines reckon the
average length of a text by shelf. ``DOCUMENTS`` holds each document as a whole. ``PIECES`` holds what is short:
footnotes, proposals, people and organizations, each a result in its own right; and passages, stretches of a document,
which are never results but say where a document speaks most of what was asked for.
"""

from __future__ import annotations

from enum import StrEnum


class Shelf(StrEnum):
    DOCUMENTS = "documents"
    PIECES = "pieces"


#: Fields of words. Each is indexed twice, with positions: as stems under its name, and as folded forms (see ``forms``).
ALL = "all"
TEXT = "text"
NOTE = "note"
SOURCE = "source"
TITLE = "title"
SENDER = "sender"
RECIPIENT = "recipient"
PERSON = "person"
SUBJECT = "subject"
VOLUME = "volume"

#: A document's words, all and by voice, its title and names, and the names of its topics and of its collection.
WORDS = {
    Shelf.DOCUMENTS: (ALL, TEXT, NOTE, SOURCE, TITLE, SENDER, RECIPIENT, PERSON, SUBJECT, VOLUME),
    # What voice a piece speaks in is one of its values: its words are all in one field.
    Shelf.PIECES: (ALL, TITLE, SENDER, RECIPIENT, PERSON, SUBJECT, VOLUME),
}

#: The voices that a query can ask for. In a piece, words of a voice are its words when that is its voice.
VOICES = (TEXT, NOTE, SOURCE)

#: Fields of values: exact, not taken apart, each with any number of values. The first ones are the reader's filters.
FILTERS = ("type", "kind", "from", "to", "topic", "year", "collection")
#: ``document``: the document's key; ``agent``: addresses of everyone who has a part; ``voice``: one of ``VOICES``;
#: ``span``: ``1962-02-21/1962-02-23``, the first and the last day on which a document may have been written;
#: ``unit``: what is indexed as a whole, ``document.12`` or ``person.5``.
VALUES = (*FILTERS, "document", "agent", "voice", "span", "unit")

#: Types of results, and the type of the pieces that are none.
DOCUMENT, PROPOSAL, NOTE_TYPE = "document", "proposal", "note"
AGENTS = ("person", "organization")
PASSAGE = "passage"
RESULTS_IN_PIECES = (PROPOSAL, NOTE_TYPE, *AGENTS)

#: Orders of results but the first, and the text that every entry has for each of them, by which it is sorted.
BEST = ""
ORDERS = {"place": "place", "date": "oldest", "-date": "newest"}


def forms(field: str) -> str:
    """The name of the field that has the folded, unstemmed forms of a field of words."""
    return f"{field}_forms"
