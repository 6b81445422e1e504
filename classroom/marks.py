"""Marks, on the scale that a teacher chose for a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

#: The most points of a scale, the most marks of a list, and the longest of them.
MOST_POINTS, MOST_NAMES, LONGEST_NAME = 1000, 30, 30
HALF = Decimal("0.5")


class MarkError(ValueError):
    """What was typed is no scale, or no mark on it; the message says what would be."""


@dataclass(frozen=True)
class Scale:
    """Points from 0 up to ``most``, by halves; or one of ``names``. Without either there are no marks."""

    most: Decimal | None = None
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.most is not None or bool(self.names)

    @property
    def in_words(self) -> str:
        if self.most is not None:
            return f"points up to {self.most}"
        return ", ".join(self.names) if self.names else "no marks"

    def read(self, typed: str) -> str:
        """A mark as it is stored, "" when there is none; raises ``MarkError``."""
        mark = " ".join(typed.split())
        if not mark:
            return ""
        if self.most is not None:
            return _points(mark, self.most)
        known = {name.casefold(): name for name in self.names}
        if mark.casefold() not in known:
            raise MarkError(f"Give one of these marks: {', '.join(self.names)}." if known else "There are no marks.")
        return known[mark.casefold()]

    def average(self, marks: Iterable[str]) -> Decimal | None:
        """The mean of marks that are numbers, to a tenth; none where the marks of the scale are names."""
        found = self.numbers(marks)
        return (sum(found, Decimal()) / len(found)).quantize(Decimal("0.1")) if found else None

    def total(self, marks: Iterable[str]) -> Decimal | None:
        """The sum of points; none where the marks are of a list, or nothing is marked."""
        found = self.numbers(marks) if self.most is not None else []
        return sum(found, Decimal()) if found else None

    def numbers(self, marks: Iterable[str]) -> list[Decimal]:
        """The marks as numbers, where every mark of the scale is one; others that were given before are left out."""
        if self.names and not all(_is_number(name) for name in self.names):
            return []
        return [Decimal(mark) for mark in marks if self._has(mark) and _is_number(mark)]

    def _has(self, mark: str) -> bool:
        try:
            return bool(self.read(mark))
        except MarkError:
            return False


def read_scale(typed: str) -> Scale:
    """The scale that a teacher typed: nothing, a number, or marks with commas between; raises ``MarkError``."""
    names = [" ".join(name.split()) for name in typed.split(",")]
    names = [name for name in names if name]
    if not names:
        return Scale()
    if len(names) == 1:
        return Scale(most=_most(names[0]))
    if len(names) > MOST_NAMES or max(map(len, names)) > LONGEST_NAME:
        raise MarkError(f"Write at most {MOST_NAMES} marks of at most {LONGEST_NAME} characters each.")
    if len({name.casefold() for name in names}) < len(names):
        raise MarkError("Write each mark once.")
    return Scale(names=tuple(names))


def _most(typed: str) -> Decimal:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_POINTS:
        raise MarkError(
            f"Write a whole number up to {MOST_POINTS}, such as 20, or at least two marks with commas between: A, B, C."
        )
    return Decimal(int(typed))


def _points(typed: str, most: Decimal) -> str:
    """Points as they are stored: "7" or "7.5"."""
    try:
        points = Decimal(typed.replace(",", ".", 1))
    except InvalidOperation:
        points = Decimal(-1)
    if not (points.is_finite() and 0 <= points <= most and points % HALF == 0):
        raise MarkError(f"Give a number from 0 to {most}; half points are allowed.")
    return f"{abs(points).normalize():f}"


def _is_number(mark: str) -> bool:
    try:
        return Decimal(mark).is_finite()
    except InvalidOperation:
        return False
