"""What stands in the way of starting, told to a person."""

from pathlib import Path


class SetupError(Exception):
    """Something a person has to put right before the archive can run: one sentence that says what to do."""


class FolderUnusable(SetupError):
    """The data folder cannot be made, read or written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        reason = error.strerror or "it does not answer"
        super().__init__(
            f"The folder {folder} cannot be used ({reason}): make it writable, or set ARCHIVE_DATA to one that is."
        )
