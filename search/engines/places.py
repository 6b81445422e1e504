"""Where an engine on this machine keeps its index, and how another one is put in its place at once."""

from __future__ import annotations

import glob
import os
import shutil
from pathlib import Path

from haystack.exceptions import SearchBackendError


class Place:
    """A folder for the indexes of one version: numbered folders, and a file that says which of them answers.

    The file is replaced in one step, so that a search sees one index or the other. A folder that was left is removed
    when the next one is put in its place, so that searches that have begun in it can end.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "current"

    def current(self) -> Path | None:
        """The index that answers; None when there is none, or the file that names it is damaged."""
        try:
            name = self._pointer.read_text(errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SearchBackendError(f"The search index in {self._folder} cannot be opened: {error}") from error
        found = self._folder / name
        return found if name.isdigit() and found.is_dir() else None

    def building(self) -> Path:
        """The folder of the index that is being built beside it."""
        return self._folder / "building"

    def make(self, building: bool = False) -> Path:
        """The folder of an index, made when there is none."""
        folder = self.building() if building else self.current() or self._folder / "1"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not building and not self.current():
                self._point_to(folder.name)
        except OSError as error:
            raise SearchBackendError(f"The search index in {folder} cannot be made: {error}") from error
        return folder

    def switch(self) -> None:
        """Puts what was built in place of what answers, and removes older ones.

        One other version keeps its indexes, the one that was built last: processes of it may still be answering.
        """
        left = self.current()
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        new = self._folder / str(max(numbers, default=0) + 1)
        self.building().rename(new)
        self._point_to(new.name)
        for path in self._folder.iterdir():
            if path.is_dir() and path not in (left, new):
                shutil.rmtree(path, ignore_errors=True)
        for folder in self._other_versions()[:-1]:
            shutil.rmtree(folder, ignore_errors=True)

    def discard(self, building: bool = False) -> None:
        folder = self.building() if building else self.current()
        if not building:
            self._pointer.unlink(missing_ok=True)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def _other_versions(self) -> list[Path]:
        """The folders of the same engine's other versions, the one whose index was put in its place last at the end."""
        engine, dash, _ = self._folder.name.rpartition("-")
        found = self._folder.parent.glob(f"{glob.escape(engine)}-*/current") if dash else ()
        pointers = sorted(
            (path for path in found if path.parent != self._folder), key=lambda path: path.stat().st_mtime
        )
        return [path.parent for path in pointers]

    def _point_to(self, name: str) -> None:
        written = self._folder / f"current.{os.getpid()}"
        written.write_text(name)
        written.replace(self._pointer)
