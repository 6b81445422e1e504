"""The volumes of Foreign Relations of the United States, as history.state.gov identifies them: "frus1961-63v06"."""

from __future__ import annotations

import re

from editions.references.volume_numbers import volume_of

#: The years that volumes share since 1952, first and last.
SUBSERIES = (
    (1952, 1954), (1955, 1957), (1958, 1960), (1961, 1963), (1964, 1968), (1969, 1976), (1977, 1980), (1981, 1988),
    (1989, 1992),
)  # fmt: skip

#: Volumes of a subseries that share a supplement on microfiche, and what it is called.
SUPPLEMENTS: dict[str, dict[str, tuple[int, ...]]] = {
    "1958-60": {"v17-18mSupp": (17, 18)},
    "1961-63": {
        "v07-09mSupp": (7, 8, 9),
        "v10-12mSupp": (10, 11, 12),
        "v13-15mSupp": (13, 14, 15),
        "v17-21mSupp": (17, 18, 20, 21),
        "v22-24mSupp": (22, 23, 24),
    },
}
IDENTIFIER = re.compile(r"frus(?P<years>\d{4}(?:-\d{2})?)(?P<rest>.*)")


def volume_identifier(years: str, numbers: str, part: str = "") -> str:
    """Returns the identifier of volume "VI" of "1961-1963"; empty when the number is none."""
    volume = volume_of(numbers, part)
    if not volume:
        return ""
    return f"frus{_years(years)}{volume.identifier}"


def supplement_of(volume: str) -> str:
    """Returns the identifier of the supplement to a volume; a supplement is its own."""
    match = IDENTIFIER.fullmatch(volume)
    number = re.match(r"v(\d{2})", match["rest"]) if match else None
    if not match or not number or volume.endswith("mSupp"):
        return volume
    shared = SUPPLEMENTS.get(match["years"], {})
    name = next((name for name, numbers in shared.items() if int(number[1]) in numbers), f"{number[0]}mSupp")
    return f"frus{match['years']}{name}"


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
