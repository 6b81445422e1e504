"""The secret key is made once and kept where only its owner reads it."""

from pathlib import Path

import pytest

from archive import secret_key
from archive.errors import SetupError


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first = secret_key.kept_in(folder)

    assert len(first) >= 50
    assert secret_key.kept_in(folder) == first
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_two_archives_have_two_keys(tmp_path: Path) -> None:
    assert secret_key.kept_in(tmp_path / "a") != secret_key.kept_in(tmp_path / "b")


def test_it_refuses_a_file_that_holds_none(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()

    with pytest.raises(SetupError, match="delete it"):
        secret_key.kept_in(tmp_path)


def test_it_says_when_the_folder_cannot_be_made() -> None:
    with pytest.raises(SetupError, match="ARCHIVE_DATA"):
        secret_key.kept_in(Path("/dev/null/archive"))
