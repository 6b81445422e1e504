"""Copies of the first collection that a test may change."""

import shutil
from pathlib import Path

from tests.sources import FIXTURES


def copy_of_the_collection(where: Path) -> Path:
    """Copies fixtures/space-1962 into a folder, and returns the copy."""
    return Path(shutil.copytree(FIXTURES / "space-1962", where / "space-1962"))


def replace_in(path: Path, old: str, new: str) -> int:
    """Replaces words that stand in a file once, and returns the line that they stand on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
