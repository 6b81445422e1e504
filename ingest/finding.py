"""Finds what there is to import at some paths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from editions.readers.sources import SUFFIXES
from ingest.collection_file import FILE_NAME
from ingest.errors import ImportRefused

VOLUME = re.compile(rb"<div\b[^>]*\btype\s*=\s*[\"']document[\"']")
XML = frozenset({".xml", ".tei"})
#: The largest volume that is read at all, in bytes: many times the size of any printed one.
LARGEST_VOLUME = 100 * 1024 * 1024


@dataclass(frozen=True)
class Found:
    """``folders`` hold collection folders, at or below them; ``volumes`` many documents each, ``files`` one."""

    folders: list[Path] = field(default_factory=list)
    volumes: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def find(paths: Iterable[Path]) -> Found:
    """Finds collection folders, volumes and files with one document; raises ``ImportRefused`` where there are none.

    Of a folder, all files are taken whose names end as those of a known format do.
    """
    found = Found()
    for path in paths:
        if path.is_dir():
            _in_folder(path, found)
        elif path.name == FILE_NAME:
            found.folders.append(path.parent)
        elif path.is_file():
            _file(path, found)
        else:
            raise ImportRefused(path, 0, "there is no such file or folder.")
    return found


def _in_folder(folder: Path, found: Found) -> None:
    collections = [file.parent for file in folder.rglob(FILE_NAME)]
    others = [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and file.suffix.lower() in {*SUFFIXES, ".xml"}
        and not any(file.is_relative_to(collection) for collection in collections)
    ]
    if collections:
        found.folders.append(folder)
    elif not others:
        raise ImportRefused(
            folder,
            0,
            f"there is no {FILE_NAME} in this folder or below it, and no file to import ({', '.join(SUFFIXES)}). "
            "See docs/collection-folder.md.",
        )
    for file in others:
        _file(file, found)


def _file(path: Path, found: Found) -> None:
    """Sorts a file; one that cannot be read, or is too large, is like any other, and refused when its turn comes."""
    try:
        may_be = path.suffix.lower() in XML and path.stat().st_size <= LARGEST_VOLUME
        is_volume = may_be and VOLUME.search(path.read_bytes())
    except OSError:
        is_volume = None
    (found.volumes if is_volume else found.files).append(path)
