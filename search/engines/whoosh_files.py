"""Reads the files of a segment that Whoosh wrote, in the format of its third codec, many postings at once.

Whoosh's matchers take a call and more for each posting, and its files copy themselves into memory when they are opened.
Here a segment is mapped, the terms of a field are read in one go, and so are the postings of a term, block by block.
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from haystack.exceptions import SearchBackendError
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.columns import Column
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import StructFile

#: Before a term and what is known of it: how long each is, and the number of the field.
_LENGTHS = struct.Struct("!ii")
_FIELD = struct.Struct("!H")
#: What is known of a term (``W3TermInfo``): how many entries have it, and where its postings are.
_INFO = struct.Struct("!5xI14xqi")
_BLOCK_LENGTH = struct.Struct("!i")


class SegmentFiles(CompoundStorage):
    """The files of a segment, mapped from the one file in which they are. It may be deleted meanwhile."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        super().__init__(FileStorage(str(folder)).open_file(segment.make_filename(segment.COMPOUND_EXT)))

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> MappedFile:
        offset, length = self.range(name)
        return MappedFile(memoryview(self._source)[offset : offset + length], name)


class MappedFile(StructFile):
    """Reads at a place without moving to it, so that threads can share it."""

    def __init__(self, content: memoryview, name: str) -> None:
        super().__init__(io.BufferedReader(_Raw(content)), name=name)
        self.is_real = False
        self.content = content

    def get(self, position: int, length: int) -> bytes:
        return bytes(self.content[position : position + length])

    def get_array(self, position: int, typecode: str, length: int) -> array[int]:
        found = array(typecode)
        found.frombytes(self.content[position : position + length * found.itemsize])
        if sys.byteorder == "little":
            found.byteswap()
        return found


class _Raw(io.RawIOBase):
    def __init__(self, content: memoryview) -> None:
        self._content, self._at = content, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, len(self._content))[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        found = self._content[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


class Terms:
    """The terms of a field in order; of each, how many entries have it, and where its postings are."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.numbers_with = array("I")
        self.starts = array("Q")


class Postings:
    """The entries that have a term, in order, how often each has it, and what is kept of each: its places."""

    def __init__(self) -> None:
        self.entries = array("I")
        self.frequencies = array("f")
        self.places: list[bytes] = []


class Reader:
    """A segment as the codec wrote it. Raises ``SearchBackendError`` for postings that cannot be its work."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._folder = folder
        self._segment = segment
        self._files = SegmentFiles(folder, segment)
        self._columns = segment.codec().per_document_reader(self._files, segment)
        name = segment.make_filename(W3Codec.TERMS_EXT)
        self._terms_file = self._files.open_file(name)
        self._terms = OrderedHashReader(self._terms_file, self._files.file_length(name))
        self._postings = self._files.open_file(segment.make_filename(W3Codec.POSTS_EXT)).content

    def terms(self, field: str) -> Terms:
        found = Terms()
        number = self._terms.extras["fieldmap"].get(field)
        at = None if number is None else self._terms.closest_key_pos(_FIELD.pack(number))
        if at is None:
            return found
        # The terms of a field lie next to each other.
        key, content = _FIELD.pack(number), self._terms_file.content
        texts: list[bytes] = []
        while at < self._terms.endofdata:
            key_length, info_length = _LENGTHS.unpack_from(content, at)
            start, end = at + _LENGTHS.size, at + _LENGTHS.size + key_length
            if content[start : start + len(key)] != key:
                break
            texts.append(bytes(content[start + len(key) : end]))
            number_with, posted, _ = _INFO.unpack_from(content, end)
            found.numbers_with.append(number_with)
            found.starts.append(posted)
            at = end + info_length
        found.texts = [text.decode() for text in texts]
        return found

    def entries(self, start: int) -> array[int]:
        """The entries of a term, of which nothing else is asked."""
        found = array("I")
        for _, (deltas, _, _) in self._blocks(start):
            found.extend(accumulate(deltas))
        return found

    def postings(self, start: int, places: bool = False) -> Postings:
        found = Postings()
        for count, (deltas, weights, kept) in self._blocks(start):
            found.entries.extend(accumulate(deltas))
            found.frequencies.extend(weights if isinstance(weights, tuple) else [weights or 1.0] * count)
            if places and kept:
                found.places += kept
        return found

    def _blocks(self, start: int) -> Iterator[tuple[int, tuple[Any, Any, Any]]]:
        """Of each block, how many postings it has, and these: differences of numbers, weights, what else is kept."""
        try:
            yield from self._read_blocks(start)
        except Exception as error:  # whatever damaged bytes make of themselves
            raise SearchBackendError(f"The search index in {self._folder} is damaged: {error}") from error

    def _read_blocks(self, start: int) -> Iterator[tuple[int, tuple[Any, Any, Any]]]:
        content = self._postings
        if content[start : start + len(WHOOSH3_HEADER_MAGIC)] != WHOOSH3_HEADER_MAGIC:
            raise ValueError("there are no postings where a term should have them.")
        at = start + len(WHOOSH3_HEADER_MAGIC)
        is_last = False
        while not is_last:
            (length,) = _BLOCK_LENGTH.unpack_from(content, at)
            is_last = length < 0
            at += _BLOCK_LENGTH.size
            block = io.BytesIO(content[at : at + abs(length)])
            count, _, _, is_compressed, _, _ = pickle.load(block)
            kept = block.read()
            yield count, pickle.loads(zlib.decompress(kept) if is_compressed else kept)
            at += abs(length)

    def column(self, name: str, column: Column) -> Callable[[int], Any] | None:
        """Reads what a column has of an entry; None when no entry has anything of it."""
        return self._columns.column_reader(name, column).__getitem__ if self._columns.has_column(name) else None

    def numbers(self, name: str, size: int) -> array[int]:
        """A column of numbers as a list."""
        file_name = W3Codec.column_filename(self._segment, name)
        if not self._files.file_exists(file_name):
            return array("I", bytes(4 * size))
        found = self._files.open_file(file_name).get_array(0, "I", self._files.file_length(file_name) // 4)
        found.extend([0] * (size - len(found)))
        return found
