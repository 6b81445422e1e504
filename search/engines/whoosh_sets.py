"""Sets of small numbers as the bits of one number: what is in both, in either, or how many, costs next to nothing."""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress

_ZERO_ONE = bytes.maketrans(b"01", b"\0\1")
#: Where less than one in so many is in a set, its members are looked for one by one.
_SPARSE = 8
#: So many numbers are put together one by one.
_FEW = 40


def bits(numbers: Collection[int], size: int) -> int:
    """The set of these numbers, which are below ``size``."""
    if len(numbers) < _FEW:
        found = 0
        for number in numbers:
            found |= 1 << number
        return found
    digits = bytearray(b"0") * size
    for number in numbers:
        digits[number] = 49
    digits.reverse()
    return int(digits, 2)


def members(whole: int) -> list[int]:
    """The numbers in a set, in order."""
    digits = bin(whole)[:1:-1]
    if whole.bit_count() * _SPARSE > len(digits):
        return list(compress(range(len(digits)), digits.encode().translate(_ZERO_ONE)))
    found = []
    at = digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def mask(whole: int, size: int) -> bytes:
    """For each number below ``size``, whether it is in the set: 1 or 0."""
    return bin(whole)[:1:-1].encode().translate(_ZERO_ONE).ljust(size, b"\0")
