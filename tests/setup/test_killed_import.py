"""An import that is killed leaves every document whole or absent, and the next one finishes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from archive.environment import ROOT
from tests.ingest.volumes import SmallVolume
from tests.setup.commands import bare_environment, manage

KILLS = 10
DOCUMENTS = 160


def begin_import(volume: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), "import_documents", str(volume), "--processes=2", "--no-index"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def counted(environment: dict[str, str]) -> str:
    """What the archive holds, told by its own tables."""
    code = (
        "from documents.models import *\n"
        "print(Document.objects.count(), Passage.objects.count(), Letter.objects.count(), Identifier.objects.count(),"
        " Participation.objects.count(), DocumentDate.objects.count(), Footnote.objects.count(),"
        " Reference.objects.exclude(resolved=None).count())"
    )
    return manage("shell", "--verbosity=0", "-c", code, environment=environment).stdout


def test_an_import_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    chance = random.Random(1962)
    volumes = []
    for number in range(KILLS):
        (folder := tmp_path / f"volume-{number}").mkdir()
        volumes.append(SmallVolume(ident=f"frus1961-63v{number}", number=str(number), count=DOCUMENTS).write(folder))
    clean = bare_environment(ARCHIVE_DATA=str(tmp_path / "clean"))
    assert manage("migrate", environment=clean).returncode == 0
    began = time.monotonic()
    begin_import(volumes[0], clean).wait(60)
    whole = time.monotonic() - began
    for volume in volumes[1:]:
        begin_import(volume, clean).wait(60)

    killed = bare_environment(ARCHIVE_DATA=str(tmp_path / "killed"))
    assert manage("migrate", environment=killed).returncode == 0
    in_the_middle = 0
    for number, volume in enumerate(volumes):
        running = begin_import(volume, killed)
        time.sleep(whole * chance.uniform(0.3, 1.0))
        if number % 2:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()  # its workers are left to notice it by themselves
        running.wait()
        derived = manage("derive_documents", environment=killed)
        assert derived.returncode == 0 and "Documents: 0 changed" in derived.stdout, derived.stdout + derived.stderr
        before = counted(killed)
        finished = manage("import_documents", str(volume), "--processes=2", "--no-index", environment=killed)
        assert finished.returncode == 0, finished.stderr
        in_the_middle += counted(killed) != before
    assert in_the_middle >= KILLS / 2, "most were killed before their end"
    assert counted(killed) == counted(clean)
    manage("export_documents", str(tmp_path / "from-clean"), environment=clean)
    manage("export_documents", str(tmp_path / "from-killed"), environment=killed)
    assert files_in(tmp_path / "from-clean") == files_in(tmp_path / "from-killed") != {}
