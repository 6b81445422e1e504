"""A segment of an index in one file: named lists of numbers and of texts, read from where they lie in the file.

The numbers are as this machine has them in memory, and as narrow as they can be. At the end of the file stands where
each list is, and after it how long that table is.
"""

from __future__ import annotations

import json
import mmap
import struct
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path

#: Stands between the texts of a list. No text has it: PostgreSQL does not take it.
SEPARATOR = "\0"
_TABLE_LENGTH = struct.Struct("<Q")
_NO_NUMBERS = memoryview(b"")


def narrow(numbers: array[int]) -> array[int]:
    """The same numbers in one, two or four bytes each."""
    most = max(numbers, default=0)
    code = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
    return numbers if code == numbers.typecode else array(code, numbers)


def joined(texts: Iterable[str]) -> bytes:
    """A list of texts, as ``File.texts`` reads it."""
    return "".join([text + SEPARATOR for text in texts]).encode()


def write(path: Path, lists: Mapping[str, array[int] | bytes]) -> None:
    table = {}
    with path.open("wb") as file:
        for name, content in lists.items():
            start = file.tell()
            if isinstance(content, array):
                content.tofile(file)
            else:
                file.write(content)
            table[name] = (content.typecode if isinstance(content, array) else "B", start, file.tell())
        written = json.dumps(table).encode()
        file.write(written)
        file.write(_TABLE_LENGTH.pack(len(written)))


class File:
    """Reads what ``write`` wrote. A list that was not written is empty. The file may be deleted meanwhile.

    Raises ``OSError`` or ``ValueError`` for a file that is not there or not whole.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        end = len(self._content) - _TABLE_LENGTH.size
        if end < 0:
            raise ValueError(f"{path} is not whole.")
        (length,) = _TABLE_LENGTH.unpack(self._content[end:])
        if length > end:
            raise ValueError(f"{path} is not whole.")
        self._table = json.loads(bytes(self._content[end - length : end]))

    @property
    def names(self) -> Iterable[str]:
        return self._table.keys()

    def numbers(self, name: str) -> memoryview:
        if name not in self._table:
            return _NO_NUMBERS
        code, start, end = self._table[name]
        return self._content[start:end].cast(code)

    def texts(self, name: str) -> list[str]:
        return bytes(self.numbers(name)).decode().split(SEPARATOR)[:-1]
