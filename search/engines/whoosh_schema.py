"""What a Whoosh index of the archive looks like: its fields, made from Haystack's, and the version they give it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import whoosh
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.fields import SearchField
from whoosh.analysis import Analyzer, Token
from whoosh.columns import VarBytesColumn
from whoosh.fields import ID as Exact
from whoosh.fields import KEYWORD, TEXT, FieldType, Schema

from search import analysis, search_indexes
from search.analysis import tokens

#: The folded, unstemmed words of every searched field of a result, once each: what prefixes are looked up in.
FORMS = "forms"


class Stems(Analyzer):
    """The archive's own analysis, as Whoosh wants it."""

    def __call__(self, value: str, **kwargs: object) -> Iterator[Token]:
        token = Token(positions=True, boost=1.0)
        for found in tokens(value):
            token.text, token.pos = found.stem, found.position
            yield token


class Values(Analyzer):
    """The items of a list as they are, whatever characters they have."""

    def __call__(self, value: Iterable[str] | str, **kwargs: object) -> Iterator[Token]:
        token = Token(boost=1.0)
        for item in [value] if isinstance(value, str) else value:
            token.text = item
            yield token


def schema_of(fields: Mapping[str, SearchField]) -> Schema:
    """Makes the schema from the fields of all search indexes."""
    found: dict[str, FieldType] = {
        ID: Exact(stored=True, unique=True),
        DJANGO_CT: Exact(stored=True),
        DJANGO_ID: Exact(stored=True),
        FORMS: _values(scorable=True),
    }
    for name, field in fields.items():
        if field.is_multivalued:
            found[name] = _values(scorable=False)
        elif field.field_type == "integer":
            found[name] = Exact(stored=True)
        elif field.indexed:
            found[name] = TEXT(analyzer=Stems())
        else:
            found[name] = Exact(stored=True, sortable=VarBytesColumn())
    return Schema(**found)


def _values(scorable: bool) -> KEYWORD:
    field = KEYWORD(scorable=scorable)
    field.analyzer = Values()
    return field


def is_searched(field: SearchField) -> bool:
    """Whether the words of a field are found by a query."""
    return bool(field.indexed and not field.is_multivalued and field.field_type == "string")


def version_of(schema: Schema) -> str:
    """Names everything an index depends on: an index with another version must be rebuilt."""
    fields = [f"{name} {type(field).__name__} {field!r}" for name, field in sorted(schema.items())]
    parts = [str(analysis.VERSION), str(search_indexes.VERSION), repr(whoosh.__version__), *fields]
    return "whoosh-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
