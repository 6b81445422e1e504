"""Packs files into one; the same files always give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The first moment that a ZIP file can name.
MOMENT = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o100644 << 16


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file of files by their names, in their order."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, written in files.items():
            entry = ZipInfo(name, MOMENT)
            entry.create_system, entry.external_attr, entry.compress_type = UNIX, READABLE, ZIP_DEFLATED
            archive.writestr(entry, written)
    return made.getvalue()
