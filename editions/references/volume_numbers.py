"""What the volumes of a series are numbered: "Volume VI", "vol. 10, part 2", "Volumes X/XI/XII", "Volume E-4"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")
ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMAN = {TENS[number // 10] + ONES[number % 10]: number for number in range(1, 90)}
_NUMBER = re.compile(r"(?P<electronic>e ?-? ?)?(?P<digits>[0-9]{1,3})|(?P<roman>[ivxl]{1,8})")
_IN_TITLE = re.compile(
    r"\bvol(?:ume|umes|\.|s\.) ?(?P<numbers>(?:e ?- ?)?[0-9ivxl]{1,8}\b(?: ?[/&,-] ?[0-9ivxl]{1,8}\b){0,5})"
    r"(?:, part (?P<part>[0-9]{1,2}|[ivx]{1,4})\b)?",
)


@dataclass(frozen=True)
class Volume:
    """``numbers`` are "6" or, of a volume that is not printed, "e4"; ``written`` is how a sentence has it: "VI"."""

    numbers: frozenset[str]
    part: str = ""
    is_supplement: bool = False
    written: str = ""

    def as_supplement(self) -> Volume:
        return replace(self, is_supplement=True)

    def means(self, other: Volume) -> bool:
        """Whether this, as someone cites it, is the other. Who gives no part means any."""
        return (
            self.numbers <= other.numbers
            and self.is_supplement == other.is_supplement
            and self.part in ("", other.part)
        )

    @property
    def identifier(self) -> str:
        """How the identifiers of its documents have it: "v06", "ve04", "v10p2"."""
        numbers = sorted(self.numbers, key=lambda number: int(number.lstrip("e")))
        parts = [f"e{int(number[1:]):02}" if number.startswith("e") else f"{int(number):02}" for number in numbers]
        end = f"p{self.part}" if self.part else "mSupp" if self.is_supplement else ""
        return f"v{'-'.join(dict.fromkeys((parts[0], parts[-1])))}{end}"

    def __str__(self) -> str:
        name = "volume" if len(self.numbers) == 1 else "volumes"
        part = f", part {self.part}" if self.part else ""
        return f"{name} {self.written}{part}{', supplement' if self.is_supplement else ''}"


def volume_of(numbers: str, part: str = "") -> Volume | None:
    """Reads "VI", "6", "X/XI/XII", "VII-IX" or "E-4", dashes as hyphens; None when a part of it is no number."""
    found: list[str] = []
    for part_of_range in re.split(r" ?[/,&] ?|(?<![eE ])-", numbers.lower()):
        match = _NUMBER.fullmatch(part_of_range.strip())
        number = match and (match["digits"] or ROMAN.get(match["roman"]))
        if not match or not number:
            return None
        found.append(f"{'e' if match['electronic'] else ''}{int(number)}")
    if "-" in numbers and len(found) == 2 and all(number.isdigit() for number in found):
        found = [str(number) for number in range(int(found[0]), min(int(found[1]), int(found[0]) + 9) + 1)]
    if not found:
        return None
    return Volume(frozenset(found), str(ROMAN.get(part.lower(), part)), written=numbers.upper().replace(" ", ""))


def volume_in(title: str) -> Volume | None:
    """The number of a volume in its title, dashes as hyphens; None for a collection that is no volume of a series."""
    match = _IN_TITLE.search(title.lower())
    found = volume_of(match["numbers"].rstrip(" ,"), match["part"] or "") if match else None
    return found.as_supplement() if found and "supplement" in title.lower() else found


def roman(number: str) -> str:
    """Returns how the series writes the number of a volume: "VI" for "06", "E–4" for "e04"."""
    if number.startswith("e"):
        return f"E–{int(number[1:])}"
    value = int(number)
    return (TENS[value // 10] + ONES[value % 10]).upper() if value < 90 else str(value)
