"""What importing raises when a file cannot be taken as it is."""

import os
from pathlib import Path


def shown(path: Path) -> str:
    """A path as text that can be stored and printed: bytes of a name that are no UTF-8 are written as \\xff."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class ImportRefused(Exception):
    """A file cannot be imported: which one, on which line (0 when it is the whole file), and what to do about it."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        where = f"{shown(path)}, line {line}" if line else shown(path)
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
        self.message = message
