"""Readings that come as files: the YAML of a reading's value, one file for each, named as the file is.

They belong to no teacher and everybody may read them. Loading the same files again changes nothing; a file that has
changed changes its reading, and no class that was given it before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from classroom.content import FROM_THE_ARCHIVE, Comparison, Content, ContentError, Item, Question
from classroom.live import LiveReading, Shown, live
from classroom.models import Reading

SUFFIX = ".yaml"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 60
#: The end of a line within a paragraph.
LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


class ReadingRefused(Exception):
    """A file is no reading that can be shown: the message says which file and item, and what to do."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")


@dataclass(frozen=True)
class Shipped:
    """A reading as its file has it; ``name`` is that of the file."""

    path: Path
    name: str
    content: Content


@dataclass
class Loaded:
    """What loading did, by the names of the readings; ``left_out`` tells why, in sentences."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        return f"Readings: {', '.join(f'{len(each)} {word}' for word, each in counts.items() if each) or 'none'}."


def load(paths: Sequence[Path]) -> Loaded:
    """Stores the readings that lie at some paths: all of them, or none.

    One whose documents are not all in the archive is left out. Raises ``ReadingRefused`` for the first file that is
    not as it has to be, or names passages, proposals or witnesses that its documents do not have.
    """
    found = [read(file) for path in paths for file in files(path)]
    loaded = Loaded()
    with transaction.atomic():
        for shipped in found:
            shown = live(shipped.content)
            if missing := _missing(shown):
                loaded.left_out.append(f"{shipped.path} is left out: the archive has no document {missing} to show.")
            else:
                _check(shipped, shown)
                _store(shipped, shown.seen(), loaded)
    return loaded


def files(path: Path) -> list[Path]:
    """A file, or the files with readings of a folder, by name; raises ``ReadingRefused`` where there are none."""
    found = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    if not found:
        raise ReadingRefused(path, f"there is no reading in this folder. Its files end in {SUFFIX}.")
    return found


def read(path: Path) -> Shipped:
    """Reads one file; raises ``ReadingRefused``."""
    name = path.name.removesuffix(SUFFIX)
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME or name == path.name:
        rule = f"small letters, digits and hyphens, at most {LONGEST_NAME}, and {SUFFIX}"
        raise ReadingRefused(path, f"the name of the file is {rule}. Rename it.")
    try:
        written = _joined(yaml.safe_load(path.read_text(encoding="utf-8")))
        content = Content.from_json(written)
    except OSError as error:
        raise ReadingRefused(path, f"this file cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ReadingRefused(path, f"byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    except yaml.YAMLError as error:
        raise ReadingRefused(path, f"this is not YAML. {_where(error)}Check indentation and quotes.") from error
    except ContentError as error:
        raise ReadingRefused(path, str(error)) from error
    for place, item in enumerate(written.get("items", []), 1):
        if not item.get("ident"):
            raise ReadingRefused(path, f"Item {place} needs an ident of its own, by which answers find it: ident: ...")
    return Shipped(path, name, content)


def _joined(written: Any) -> Any:
    """What a file has, with the lines of each paragraph joined: only an empty line ends one."""
    if isinstance(written, dict):
        return {key: _joined(value) for key, value in written.items()}
    if isinstance(written, list):
        return [_joined(value) for value in written]
    return LINE_END.sub(" ", written.strip()) if isinstance(written, str) else written


def _where(error: yaml.YAMLError) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f"Line {mark.line + 1}: {error.problem}. " if mark else ""  # type: ignore[attr-defined]


def _missing(found: LiveReading) -> str:
    """The addresses of the documents that a reading names and the archive does not have."""
    return ", ".join(dict.fromkeys(name for shown in found.shown for name in _not_there(shown)))


def _not_there(shown: Shown) -> Iterable[str]:
    item = shown.item
    if isinstance(item, FROM_THE_ARCHIVE) and shown.document is None:
        yield item.document
    elif isinstance(item, Comparison) and item.other and shown.facing is None:
        yield item.other


def _check(shipped: Shipped, found: LiveReading) -> None:
    """Refuses items that have nothing to show, and places that the reading does not show."""
    for shown in found.shown:
        problem = shown.problem or _wrong_place(shown.item, found)
        if problem:
            raise ReadingRefused(shipped.path, f"Item {shown.number} ({shown.item.ident}): {problem}")


def _wrong_place(item: Item, found: LiveReading) -> str:
    for place in item.places if isinstance(item, Question) else ():
        ident, _, passage = place.partition("#")
        there = found.of(ident)
        if there is None or there.excerpt is None or passage not in there.excerpt.plain:
            return f"{place} is no passage that this reading shows. Write the ident of an item, # and a passage."
    return ""


def _store(shipped: Shipped, content: Content, loaded: Loaded) -> None:
    reading = Reading.objects.select_for_update().filter(shipped=shipped.name).first()
    if reading is None:
        reading = Reading(shipped=shipped.name, owner=None, visibility=Reading.Visibility.PUBLIC)
        loaded.created.append(shipped.name)
    elif _bare(reading.content) == _bare(content):
        loaded.unchanged.append(shipped.name)
        return
    else:
        reading.revision += 1
        loaded.updated.append(shipped.name)
    reading.content = content
    reading.save()


def _bare(content: Content) -> Content:
    """The content as a file has it, which does not know how the texts read."""
    items = [replace(each, digest="") if isinstance(each, FROM_THE_ARCHIVE) else each for each in content.items]
    return content.with_items(tuple(items))
