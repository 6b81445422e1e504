"""The key that signs sessions and forms: made once, kept in a file that only its owner reads."""

import os
import secrets
import tempfile
from pathlib import Path

from archive.errors import FolderUnusable, SetupError


def kept_in(folder: Path) -> str:
    """Returns the key kept in ``folder``, making the folder and the key if need be."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(errors="replace").strip()
    except OSError as error:
        raise FolderUnusable(folder, error) from error
    if len(key) < 32:
        raise SetupError(f"The file {path} holds no secret key: delete it, and a new one is made.")
    return key


def _make(path: Path) -> None:
    """Writes a new key in one step, so that of two processes starting at once both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
