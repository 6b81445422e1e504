"""What an index of Whoosh holds: the schema of a shelf, and an entry as a document of it.

A field of words has the folded forms of its words as terms, with their places, as a field of text in Whoosh has them.
There is no second field for stems: a form tells its stem. Initials that would lose an ending as a word (``N.E.W.S.``)
keep a stop as their term, ``news.``, and so their stem.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer, Token
from whoosh.codec.whoosh3 import W3Codec

from search.analysis import MOST_KNOWN, PARAGRAPH_GAP, Analyzed, stem_of_form, tokens
from search.fields import ORDERS, VALUES, WORDS, Shelf
from search.indexing.entries import Entry

#: Larger blocks than Whoosh's own choice: they are read whole here, and each costs more than what is in it.
CODEC = W3Codec(blocklimit=1024, compression=1)

#: Values of which an entry has one, and which are told of it when it is found.
TOLD = ("document", "unit")
_TEXTS = ("key", "stamp", *ORDERS.values())
_NUMBERS = ("earliest", "latest")
_NARROW_END = 1 << 16


class Places(formats.Positions):
    """Where a word stands, as plain numbers of two bytes; of four and one byte more, where a text is so long."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        if poslist[-1] < _NARROW_END:
            return array("H", poslist).tobytes()
        return array("I", poslist).tobytes() + b"\0"

    def decode_positions(self, valuestring: bytes) -> array[int]:
        if len(valuestring) % 2:
            return array("I", valuestring[:-1])
        return array("H", valuestring)

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(self.decode_positions(valuestring))


class Folding(Analyzer):
    """How Whoosh's own query parser comes to the terms of a field of words."""

    def __call__(self, value: str, positions: bool = False, **kwargs: Any) -> Iterator[Token]:
        for each in tokens(value):
            yield Token(
                positions=positions,
                text=each.form,
                pos=each.position,
                startchar=each.start,
                endchar=each.end,
                boost=1.0,
                stopped=False,
            )


class Words(fields.TEXT):
    """A field of words. It takes them analyzed."""

    def __init__(self) -> None:
        super().__init__(analyzer=Folding())
        self.format = Places()

    def index(self, value: Analyzed, **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        place = 0
        for forms, stems in zip(value.forms, value.stems, strict=True):
            for at, word in enumerate(zip(forms, stems, strict=True), place):
                found[word].append(at)
            place += len(forms) + PARAGRAPH_GAP
        encode = self.format.encode
        for word, places in found.items():
            yield _terms[word], len(places), float(len(places)), encode(places)


class Values(fields.ID):
    """A field of values, as they are."""

    def index(self, value: Sequence[str], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for each in filter(None, dict.fromkeys(value)):
            yield each.encode(), 1, 1.0, b""


def schema_of(shelf: Shelf) -> fields.Schema:
    schema = fields.Schema()
    for name in WORDS[shelf]:
        schema.add(name, Words())
        schema.add(length_of(name), fields.COLUMN(columns.NumericColumn("I")))
    for name in VALUES:
        schema.add(name, Values(sortable=name in TOLD))
    for name in _TEXTS:
        schema.add(name, fields.COLUMN(columns.VarBytesColumn()))
    for name in _NUMBERS:
        schema.add(name, fields.COLUMN(columns.NumericColumn("I")))
    return schema


def length_of(field: str) -> str:
    """The column that has how many words a field has. Whoosh's own lengths are rounded."""
    return f"{field}_length"


def as_document(entry: Entry) -> dict[str, Any]:
    """What ``add_document`` takes. Every column of texts has a text, though it may be empty."""
    found: dict[str, Any] = dict(entry.words)
    found |= {length_of(name): words_in(terms) for name, terms in entry.words.items()}
    found |= dict.fromkeys(TOLD, ("",)) | dict(entry.values)
    found |= {name: getattr(entry, name).encode() for name in _TEXTS}
    return found | {name: getattr(entry, name) for name in _NUMBERS}


def words_in(terms: Analyzed) -> int:
    return sum(map(len, terms.forms))


class _Terms(dict[tuple[str, str], bytes]):
    """The term of each form with its stem met so far; forgotten when there are too many."""

    def __missing__(self, word: tuple[str, str]) -> bytes:
        if len(self) >= MOST_KNOWN:
            self.clear()
        form, stem = word
        found = self[word] = (form if stem_of(form) == stem else f"{form}.").encode()
        return found


class _Stems(dict[str, str]):
    def __missing__(self, term: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[term] = term[:-1] if term.endswith(".") else stem_of_form(term)
        return found


_terms = _Terms()
_stems = _Stems()


def stem_of(term: str) -> str:
    return _stems[term]


def form_of(term: str) -> str:
    return term.removesuffix(".")


def terms_of_form(form: str) -> tuple[str, str]:
    """What a form may be in the index."""
    return form, f"{form}."


def beginning_of_stem(stem: str) -> str:
    """What every word of a stem begins with: the stemmer changes two letters of it at most (``dying``, ``die``)."""
    return stem[: max(1, len(stem) - 2)]
