"""Which documents the index has yet to follow, kept as files so that nothing is lost between processes and restarts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4


class Pending:
    """A folder with one empty file for each change to a document: ``<document id>.<unique>``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, ids: Iterable[int]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for key in ids:
            (self.folder / f"{key}.{uuid4().hex}").touch()

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.is_dir() else []

    @staticmethod
    def ids(files: Iterable[Path]) -> set[int]:
        return {int(file.name.partition(".")[0]) for file in files if file.name.partition(".")[0].isdigit()}

    @staticmethod
    def done(files: Iterable[Path]) -> None:
        for file in files:
            file.unlink(missing_ok=True)
