"""What importing raises when a file cannot be taken as it is."""

from pathlib import Path


class ImportRefused(Exception):
    """A file cannot be imported: which one, on which line (0 when it is the whole file), and what to do about it."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
        self.message = message
