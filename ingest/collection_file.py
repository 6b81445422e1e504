"""Reads and writes ``collection.yaml``, the human-edited file of a collection folder. Every scalar in it is text."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from ingest.errors import ImportRefused
from ingest.records import FolderRecord, Record

FILE_NAME = "collection.yaml"
WIDTH = 110
#: Characters that YAML can spell and no database keeps: NUL, and halves of others.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

SomeRecord = TypeVar("SomeRecord", bound=Record)


def read_collection_file(path: Path) -> FolderRecord:
    """Reads the file; raises ``ImportRefused`` with file and line for anything that the format does not know."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ImportRefused(path, 0, "this file is missing. A collection folder has a collection.yaml.") from error
    except OSError as error:
        raise ImportRefused(path, 0, f"this file cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ImportRefused(path, 0, f"byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ImportRefused(path, line, f"this is not YAML: {error.problem}. Check indentation and quotes.") from error
    except yaml.YAMLError as error:
        raise ImportRefused(path, 0, f"this is not YAML: {error}.") from error
    except RecursionError as error:
        raise ImportRefused(path, 0, "this is no collection file: it has lists within lists within lists.") from error
    if node is None:
        raise ImportRefused(path, 0, "this file is empty. It begins with “collection:”.")
    return _Reader(path).record(FolderRecord, node)


def write_collection_file(record: FolderRecord) -> str:
    """Returns the file in its canonical form: reading it and writing it again gives the same text."""
    return yaml.safe_dump(plain(record), sort_keys=False, allow_unicode=True, width=WIDTH)


def _keys(record: type[Record]) -> dict[str, str]:
    """Maps each key of the file to the field that holds it."""
    return {name: field.name for field in fields(record) if (name := field.metadata.get("key", field.name)) is not None}


def _plain(record: type[Record]) -> set[str]:
    """The fields whose single value is written without a list."""
    return {field.name for field in fields(record) if field.metadata.get("plain")}


def _empty(record: type[Record]) -> set[str]:
    """The fields that are written even where they are empty."""
    return {field.name for field in fields(record) if field.metadata.get("empty")}


def plain(value: Any) -> Any:
    """Returns records as the dictionaries and lists that the file has, empty values left out where they say nothing."""
    if isinstance(value, Record):
        items = {name: getattr(value, field) for name, field in _keys(type(value)).items()}
        single = {name for name in items.keys() & _plain(type(value)) if len(items[name]) == 1}
        items |= {name: items[name][0] for name in single}
        kept = _empty(type(value))
        return {name: plain(item) for name, item in items.items() if name in kept or item not in ("", None, ())}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def record_of(kind: type[SomeRecord], values: Mapping[str, Any]) -> SomeRecord:
    """Returns the record of which ``plain`` gave these values; raises ``KeyError`` for a key that it does not have."""
    known, hints = _keys(kind), typing.get_type_hints(kind)
    return kind(**{known[key]: _filled(hints[known[key]], value) for key, value in values.items()})


def _filled(hint: Any, value: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        return tuple(_filled(typing.get_args(hint)[0], item) for item in ([value] if isinstance(value, str) else value))
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = typing.get_args(hint)[0]
    return record_of(hint, value) if issubclass(hint, Record) else value


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path

    def refused(self, node: yaml.Node, message: str) -> ImportRefused:
        return ImportRefused(self.path, node.start_mark.line + 1, message)

    def record(self, kind: type[SomeRecord], node: yaml.Node) -> SomeRecord:
        if not isinstance(node, yaml.MappingNode):
            raise self.refused(node, f"expected lines of the form “key: value” with {', '.join(_keys(kind))}.")
        known, hints = _keys(kind), typing.get_type_hints(kind)
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            name = known.get(str(key_node.value))
            if name is None:
                raise self.refused(key_node, f"“{key_node.value}” is not known here. Use: {', '.join(known)}.")
            if name in values:
                raise self.refused(key_node, f"“{key_node.value}” stands twice. Keep one of the two.")
            if name in _plain(kind) and isinstance(value_node, yaml.ScalarNode):
                values[name] = tuple(filter(None, [self.value(str, value_node)]))
            else:
                values[name] = self.value(hints[name], value_node)
            lines[name] = key_node.start_mark.line + 1
        for field in fields(kind):
            required = field.default is MISSING and field.default_factory is MISSING
            nothing = (None,) if field.name in _empty(kind) else (None, "")
            if required and values.get(field.name) in nothing:
                raise self.refused(node, f"“{field.metadata.get('key', field.name)}” is missing. Add it.")
        return kind(**values, line=node.start_mark.line + 1, lines=lines)

    def value(self, hint: Any, node: yaml.Node) -> Any:
        if typing.get_origin(hint) is tuple:
            if not isinstance(node, yaml.SequenceNode):
                raise self.refused(node, "expected a list: lines that begin with “- ”.")
            return tuple(self.value(typing.get_args(hint)[0], item) for item in node.value)
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            hint = typing.get_args(hint)[0]
        if issubclass(hint, Record):
            return self.record(hint, node)
        if not isinstance(node, yaml.ScalarNode):
            raise self.refused(node, "expected one line of text.")
        text = str(node.value)
        if found := UNSTORABLE.search(text):
            raise self.refused(node, f"this has the character U+{ord(found[0]):04X}, which is no text. Take it out.")
        return text
