"""The model of a text: an ``Edition`` is a value, made of blocks, inlines and footnotes.

The vocabulary follows the TEI Guidelines P5 (chapters 3, 4 and 12) where TEI has a word for the thing:
a dateline is ``<dateline>``, a correction ``<choice><sic/><corr/></choice>``, a page break ``<pb/>``, a mention
``<name ref="">``.
Nothing here reads or writes anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from editions.dates import HistoricalDate


class BlockKind(StrEnum):
    """What a block of text is. The value is the word that archive text uses for it."""

    NUMBER = "number"  # a document number that stands on a line of its own
    AUTHOR = "author"  # the name of the author above a title
    HEADING = "heading"
    RELEASE = "release"  # "[Released March 18, 1962. Dated March 7, 1962]"
    DATELINE = "dateline"
    MEMO = "memo"  # a memorandum heading such as TO or SUBJECT; what it says are its child blocks
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # numbered, lettered or bulleted; its label is as printed, its children continue it
    QUOTATION = "quotation"
    CENTERED = "centered"
    RIGHT = "right"
    TABLE = "table"  # its content is the caption, its children are the rows
    TABLE_COLUMNS = "columns"  # the row of a table that names its columns
    TABLE_ROW = "row"
    FIGURE = "figure"  # its content is the caption, with a reference to the picture
    CLOSER = "closer"
    SIGNATURE = "signature"
    POSTSCRIPT = "postscript"
    ADDRESS = "address"
    SOURCE = "source"  # a line in the text that says where it comes from


#: Blocks that carry the body of a text; their passages are numbered p1, p2, ... All others are named by kind.
BODY_KINDS = frozenset(
    {
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.QUOTATION,
        BlockKind.CENTERED,
        BlockKind.RIGHT,
        BlockKind.TABLE_COLUMNS,
        BlockKind.TABLE_ROW,
        BlockKind.POSTSCRIPT,
    }
)
#: Blocks whose content is cells, with a ``CellBreak`` between one and the next.
ROW_KINDS = frozenset({BlockKind.TABLE_COLUMNS, BlockKind.TABLE_ROW})


class EmphasisKind(StrEnum):
    ITALIC = "italic"
    BOLD = "bold"
    SMALL_CAPS = "smallcaps"
    UNDERLINE = "underline"
    STRUCK = "struck"  # struck out in the original


class MentionKind(StrEnum):
    """What sort of thing words name. The value is the word that archive text uses for it."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    TERM = "term"


class NoteKind(StrEnum):
    """Who a footnote speaks for: its author, the editors, or the archive that holds the document."""

    SOURCE = "source"
    EDITORIAL = "editorial"
    AUTHORIAL = "authorial"


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Emphasis:
    kind: EmphasisKind
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class NoteMarker:
    """Where a footnote is called; ``note`` is the id of a ``Footnote`` of the same edition."""

    note: str


@dataclass(frozen=True)
class PageBreak:
    """The page ``label`` of the printed source begins here; ``facsimile`` names its picture."""

    label: str
    facsimile: str = ""


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class CellBreak:
    """The next cell of a row begins here; it stands in the content of rows only, never within other inlines."""


@dataclass(frozen=True)
class Correction:
    """``printed`` is what the source has, ``corrected`` what the reading text has, ``reason`` why."""

    printed: str
    corrected: str
    reason: str


@dataclass(frozen=True)
class Gap:
    """Something of the original is not in the source; ``reason`` says what and why."""

    reason: str


@dataclass(frozen=True)
class Reference:
    """Words that point at another document; ``target`` is a canonical identifier ("frus1961-63v06/d35")."""

    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Mention:
    """Words that name someone or something; ``target`` is an entry of the edition's own lists ("p_KJF2")."""

    kind: MentionKind
    target: str
    content: tuple[Inline, ...]


#: Inlines that hold inlines.
Span = Emphasis | Reference | Mention
Inline = Text | NoteMarker | PageBreak | LineBreak | CellBreak | Correction | Gap | Emphasis | Reference | Mention
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Block:
    """One block of text.

    ``id`` is its lasting address within the document ("p12", "signature"), empty until ``identify`` names it;
    ``label`` is the printed number or bullet of an item or heading, with its punctuation ("3.", "•");
    ``blocks`` continue an item or fill a memorandum heading; ``line`` is the line of the source, from 1.
    """

    kind: BlockKind
    content: Inlines = ()
    label: str = ""
    blocks: tuple[Block, ...] = ()
    id: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Footnote:
    """A note: ``id`` is unique in the edition, ``label`` is what is printed, ``blocks`` what it says."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    kind: NoteKind = NoteKind.EDITORIAL
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Metadata:
    """What a text says of itself. Names stand as the text has them."""

    number: str = ""
    title: str = ""
    kind: str = ""
    written: HistoricalDate | None = None
    received: HistoricalDate | None = None
    released: HistoricalDate | None = None
    place: str = ""
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    subject: str = ""
    source: str = ""


@dataclass(frozen=True)
class Edition:
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A judgement a reader made: where (line, from 1), what it decided, and how sure it is (0 to 1)."""

    line: int
    message: str
    confidence: float = 1.0


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yields every block in reading order, each before its children."""
    for block in blocks:
        yield block
        yield from walk(block.blocks)


def inlines(content: Inlines) -> Iterator[Inline]:
    """Yields every inline in reading order, going into emphasis, references and mentions."""
    for inline in content:
        yield inline
        if isinstance(inline, Span):
            yield from inlines(inline.content)


def reading_text(content: Inlines) -> str:
    """Returns the words of a run of inlines as read: corrected, without markers and page breaks."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(value):
                parts.append(value)
            case Correction(_, corrected, _):
                parts.append(corrected)
            case Emphasis(_, content) | Reference(_, content) | Mention(_, _, content):
                parts.append(reading_text(content))
            case LineBreak():
                parts.append("\n")
            case CellBreak():
                parts.append("\t")
    return "".join(parts)


def note_text(note: Footnote) -> str:
    """Returns the words of a footnote, one line for each of its blocks."""
    return "\n".join(block_text(block) for block in walk(note.blocks))


def block_text(block: Block) -> str:
    """Returns the words of one block, without its children, its printed label in front (bullets left out)."""
    text = reading_text(block.content)
    return f"{block.label} {text}" if block.label and block.label not in BULLETS else text


BULLETS = frozenset("•‣◦▪–-*")
