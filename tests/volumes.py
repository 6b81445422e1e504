"""The volumes of Foreign Relations of the United States that some tests read. They are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

#: Beside the checkout, unless FRUS_VOLUMES names another folder.
FOLDER = Path(os.environ.get("FRUS_VOLUMES") or Path(__file__).parents[2] / "shared" / "frus")
#: The oddest ones: identifiers that stand twice, stray elements, tables, supplements on microfiche, misspelt marks.
SAMPLE = ("frus1961-63v06", "frus1961-63v07-09mSupp", "frus1961-63v08", "frus1958-60v12", "frus1969-76ve04")


def volumes() -> list[Path]:
    """Returns the volumes to read: all with ALL_VOLUMES=1, else those of the sample that are there."""
    found = sorted(FOLDER.glob("frus*.xml"))
    return found if os.environ.get("ALL_VOLUMES") == "1" else [path for path in found if path.stem in SAMPLE]


needs_volumes = pytest.mark.skipif(
    not volumes(), reason=f"there are no volumes in {FOLDER}; FRUS_VOLUMES names a folder that has some"
)
