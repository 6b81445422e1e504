"""The volumes of Foreign Relations of the United States, as history.state.gov identifies them: "frus1961-63v06"."""

from __future__ import annotations

import re

from editions.references.volume_numbers import volume_of

#: The years that volumes share since 1952, first and last.
SUBSERIES = (
    (1952, 1954), (1955, 1957), (1958, 1960), (1961, 1963), (1964, 1968), (1969, 1976), (1977, 1980), (1981, 1988),
    (1989, 1992),
)  # fmt: skip

IDENTIFIER = re.compile(r"frus(?P<years>\d{4}(?:-\d{2})?)(?P<rest>.*)")


def volume_identifier(years: str, numbers: str, part: str = "", is_supplement: bool = False) -> str:
    """Returns the identifier of volume "VI" of "1961-1963"; empty when the number is none."""
    volume = volume_of(numbers, part)
    if not volume:
        return ""
    return f"frus{_years(years)}{(volume.as_supplement() if is_supplement else volume).identifier}"


def subseries_of(volume: str) -> str:
    """Returns the years of a volume as its identifier has them ("1961-63"); empty for what is no volume."""
    match = IDENTIFIER.fullmatch(volume)
    return match["years"] if match else ""


def _years(written: str) -> str:
    first = int(written[:4])
    for start, end in SUBSERIES:
        if start <= first <= end:
            return f"{start}-{end % 100:02}"
    return f"{first}-{written[-2:]}" if "-" in written else written
