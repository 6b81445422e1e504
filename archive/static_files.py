"""The style sheets, scripts and fonts that browsers fetch: gathered, compressed and named by content once."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather() -> bool:
    """Gathers the static files anew if any has changed since the last time; says whether it did."""
    kept = Path(settings.DATA_DIR) / "static.fingerprint"
    fingerprint = _fingerprint()
    if kept.exists() and kept.read_text() == fingerprint and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return False
    call_command("collectstatic", interactive=False, clear=settings.STATIC_ROOT.exists(), verbosity=0)
    kept.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Returns a digest of the names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
