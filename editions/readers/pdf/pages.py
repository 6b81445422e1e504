"""The lines of each page of a PDF, with where they stand and how large they are set."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pypdf

from editions.errors import ReadError

MOST_PAGES = 1000
MOST_OPERATIONS = 3_000_000
MOST_CHARACTERS = 5_000_000
#: How large one compressed stream of a page may become, and all of them.
LARGEST_STREAM = 8 * 1024 * 1024
ALL_STREAMS = 64 * 1024 * 1024
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": LARGEST_STREAM,
    "lzw_maximum_output_length": LARGEST_STREAM,
    "run_length_maximum_output_length": LARGEST_STREAM,
    "brotli_maximum_output_length": LARGEST_STREAM,
    "array_based_stream_maximum_output_length": LARGEST_STREAM,
    "stream_parsing_work_maximum_count": 1_000_000,
    "jbig2dec_binary": None,
}
#: What is set this much smaller than its line, and higher, is a superscript.
SMALLER = 0.88
RAISED = 0.1
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARK = re.compile(r"\d{1,3}")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
MOST_UNREADABLE = 0.2
TOO_LARGE = "Split it into documents, or copy the text and paste it."
TOO_MUCH = f"this PDF has more on its pages than one document has. {TOO_LARGE}"
DAMAGED = "It may have been cut off on its way: get it again, or open it, print it to a new PDF and choose that."


@dataclass(frozen=True)
class Fragment:
    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Line:
    """A line as printed: its words, the place of its first character from below left, and the size of its type."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Page:
    """A page: its number in the file from 1, the label that the file gives it ("" when it gives none), its lines."""

    number: int
    label: str
    lines: tuple[Line, ...]


@dataclass
class _Budget:
    """What may still be spent on a file; a PDF can make much work of few bytes."""

    operations: int = MOST_OPERATIONS
    characters: int = MOST_CHARACTERS
    bytes: int = ALL_STREAMS

    def check(self) -> None:
        if min(self.operations, self.characters, self.bytes) < 0:
            raise ReadError(TOO_MUCH)


def read_pages(source: bytes) -> list[Page]:
    """Returns the pages of a PDF.

    Raises ``ReadError`` for a file that is damaged, encrypted, too large, has no text or none that can be read.
    """
    if b"%PDF-" not in source[:1024]:
        raise ReadError("this is no PDF, although its name says so. Choose the format that it has.")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of slips in a file is of no use to an editor
    try:
        with pypdf.apply_configuration(**LIMITS):
            pages = list(_pages(source))
    except ReadError:
        raise
    except pypdf.errors.LimitReachedError as error:
        raise ReadError(TOO_MUCH) from error
    except Exception as error:  # pypdf has no common error for all that can be wrong with a file
        raise ReadError(f"this PDF is damaged and cannot be read. {DAMAGED}") from error
    _check(pages)
    return pages


def _pages(source: bytes) -> Iterator[Page]:
    reader = pypdf.PdfReader(BytesIO(source))
    if reader.is_encrypted:
        _open(reader)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise ReadError(f"this PDF has {count} pages, and one document has at most {MOST_PAGES}. {TOO_LARGE}")
    labels = reader.page_labels if "/PageLabels" in reader.root_object else [""] * count
    budget = _Budget()
    for number, (page, label) in enumerate(zip(reader.pages, labels, strict=True), 1):
        yield Page(number, label, tuple(_lines(page, budget)))


def _open(reader: pypdf.PdfReader) -> None:
    """A PDF that only forbids printing or copying has an empty password; any other stays closed."""
    try:
        opened = reader.decrypt("")
    except (pypdf.errors.DependencyError, NotImplementedError):
        opened = pypdf.PasswordType.NOT_DECRYPTED
    if opened is pypdf.PasswordType.NOT_DECRYPTED:
        raise ReadError(
            "this PDF is encrypted. Open it with its password, print it to a new PDF or copy its text, and try again."
        )


def _check(pages: list[Page]) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    if not pages:
        raise ReadError(f"this PDF has no pages. {DAMAGED}")
    if not text.strip():
        raise ReadError(
            "this PDF holds pictures of pages and no text. Have the text recognized (OCR), or transcribe it, and try "
            "again."
        )
    if len(CONTROL.findall(text)) > MOST_UNREADABLE * len(text):
        raise ReadError(
            "the letters of this PDF cannot be told: its fonts do not say what they are. Have the text recognized "
            "(OCR), or transcribe it."
        )


@dataclass
class _Collector:
    """Takes what pypdf finds on a page. pypdf swallows errors within forms, so the budget is checked at every step."""

    budget: _Budget
    lines: list[list[Fragment]] = field(default_factory=lambda: [[]])

    def operation(self, operator: Any, operands: Any, cm: Any, tm: Any) -> None:
        self.budget.operations -= 1
        self.budget.check()

    def text(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        self.budget.characters -= len(text)
        self.budget.check()
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        for index, part in enumerate(text.split("\n")):
            if index and self.lines[-1]:
                self.lines.append([])
            if part:
                self.lines[-1].append(Fragment(part, float(x), float(y), float(size) * scale))


def _lines(page: pypdf.PageObject, budget: _Budget) -> Iterator[Line]:
    contents = page.get_contents()
    if contents is None:
        return
    budget.bytes -= len(contents.get_data())
    budget.check()
    collector = _Collector(budget)
    page.extract_text(visitor_operand_before=collector.operation, visitor_text=collector.text)
    budget.check()
    for fragments in collector.lines:
        line = _line([f for f in fragments if f.text.strip() or f is not fragments[0]])
        if line.text:
            yield line


def _line(fragments: list[Fragment]) -> Line:
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[round(fragment.size, 1)] += len(fragment.text.strip())
    size = max(sizes, key=lambda s: (sizes[s], s), default=0.0)
    base = next((f.y for f in fragments if round(f.size, 1) == size), 0.0)
    text = "".join(_shown(fragment, size, base) for fragment in fragments)
    text = CONTROL.sub("\ufffd", text.translate(LIGATURES))
    return Line(" ".join(text.split()), fragments[0].x if fragments else 0.0, base, size)


def _shown(fragment: Fragment, size: float, base: float) -> str:
    """Returns the words of a fragment; small raised digits, which are note markers, as superscripts."""
    raised = fragment.size < SMALLER * size and fragment.y > base + RAISED * size
    if raised and MARK.fullmatch(fragment.text.strip()):
        return fragment.text.translate(SUPERSCRIPT)
    return fragment.text
