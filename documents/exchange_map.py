"""The exchange map: where each proposal stands in the drawing, and how the lines between them run.

Each side has a column, its documents in order of date, never above a document of an earlier date. Proposals of the
first side keep the order of their document; those of the second stand as near as they can to what they answer.
The drawing is data; ``templates/exchange/_map.html`` writes it as SVG.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.exchange import Exchange, Selection
from documents.map_lines import Curve, Port, Stub, arcs, beside, curves
from documents.map_order import link_start, ordered, side_of
from documents.map_text import Line, lines_of
from documents.models import Collection, Document, Link, Proposal


@dataclass(frozen=True)
class Frame:
    """The measures of a drawing, in units of the drawing. With no ``indent`` the id stands above the title."""

    name: str
    column: int
    gap: int
    lane: int
    font: float
    line: int
    padding: int
    space: int
    indent: int = 0
    no_answer: str = "no explicit answer"


WIDE = Frame("wide", column=330, gap=252, lane=26, font=15, line=19, padding=10, space=9, indent=36)
NARROW = Frame("narrow", column=122, gap=82, lane=17, font=12.5, line=16, padding=7, space=7, no_answer="no answer")


@dataclass
class Node:
    """A box: a proposal, or the heading of a document. ``name`` is what a screen reader says of the link."""

    key: str
    address: str
    name: str
    side: str
    ident_at: Line = field(default_factory=lambda: Line("", 0, 0))
    lines: tuple[Line, ...] = ()
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    proposal: Proposal | None = None

    @property
    def is_heading(self) -> bool:
        return self.proposal is None

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass
class Block:
    """A document in its column: its heading and its proposals, top down."""

    document: Document
    side: str
    heading: Node
    nodes: list[Node]

    @property
    def bottom(self) -> int:
        last = self.nodes[-1] if self.nodes else self.heading
        return last.y + last.height


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, ready to be written."""

    frame: Frame
    width: int
    height: int
    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    stubs: tuple[Stub, ...]


@dataclass(frozen=True)
class ExchangeMap:
    """The map of a collection, drawn for wide and for narrow screens, with the words that describe it."""

    title: str
    description: str
    first_side: str
    second_side: str
    drawings: tuple[Drawing, ...]


def draw(collection: Collection, selection: Selection) -> ExchangeMap | None:
    """Draws what is selected of an exchange; nothing to draw without a proposal."""
    if not selection.shown:
        return None
    counted = Counter(str(link.relation) for link in selection.links)
    return ExchangeMap(
        title=f"How the proposals meet: {collection.title}",
        description=_description(collection, selection, counted),
        first_side=collection.first_side,
        second_side=collection.second_side,
        drawings=tuple(_draw(selection, frame) for frame in (WIDE, NARROW)),
    )


def _description(collection: Collection, selection: Selection, counted: Counter[str]) -> str:
    documents = _documents(selection)
    sentences = []
    for side, place in (("first", "On the left"), ("second", "On the right")):
        names = ", ".join(document.name for document in documents if side_of(document) == side)
        name = collection.first_side if side == "first" else collection.second_side
        if names:
            sentences.append(f"{place}{f' ({name})' if name else ''}: {names}.")
    answers = ", ".join(f"{relation.label} {counted[relation]}" for relation in Link.Relation if counted[relation])
    sentences.append(f"Lines between the proposals: {answers}." if answers else "No line joins them.")
    return " ".join([*sentences, "Each proposal is a link; the negotiation table says the same in words."])


def _documents(selection: Selection) -> list[Document]:
    """The documents that have something to show, in order of date."""
    keys = {proposal.document_id for proposal in selection.shown}
    keys |= {link.later_document.pk for link in selection.links}
    return [document for document in selection.exchange.documents if document.pk in keys]


def _draw(selection: Selection, frame: Frame) -> Drawing:
    documents = _documents(selection)
    order = ordered(documents, selection.shown, selection.links)
    blocks = [_block(document, order[document.pk], selection.exchange, frame) for document in documents]
    _stack(blocks, frame)
    ports = {node.key: node for block in blocks for node in (block.heading, *block.nodes)}
    ends = [(link, ports[link_start(link)], ports[f"p{link.answered_id}"]) for link in selection.links]
    within = [end for end in ends if end[1].side == end[2].side]
    across = [end for end in ends if end[1].side != end[2].side]
    left = arcs([end for end in within if end[1].side == "first"], -1, frame.lane)
    right = arcs([end for end in within if end[1].side == "second"], 1, frame.lane)
    gutter = [max((curve.lane + 1 for curve in side), default=0) * frame.lane + 2 for side in (left, right)]
    columns = {"first": gutter[0], "second": gutter[0] + frame.column + frame.gap}
    is_single = len({block.side for block in blocks}) == 1 and not across
    nodes = [node for block in blocks for node in (block.heading, *block.nodes)]
    for node in nodes:
        node.x = gutter[0] if is_single else columns[node.side]
        node.lines = tuple(line.moved(node.x, node.y) for line in node.lines)
        node.ident_at = node.ident_at.moved(node.x, node.y)
    stubs = tuple(_stubs(nodes, selection.exchange, frame))
    drawn = curves(across, stubs, frame.font)
    placed = beside([*left, *right], frame.font)
    width = columns["second"] + frame.column + gutter[1]
    height = max(node.y + node.height for node in nodes) + 2
    return Drawing(frame, width, height, tuple(nodes), (*drawn, *placed), stubs)


def _block(document: Document, own: Sequence[Proposal], exchange: Exchange, frame: Frame) -> Block:
    side = side_of(document)
    width = frame.column - 2 * frame.padding
    lines = lines_of(document.name, width, frame.font * 1.05, 3, (frame.padding, frame.font), frame.line)
    heading = Node(f"d{document.pk}", document.get_absolute_url(), document.name, side, lines=lines, width=frame.column)
    heading.height = len(lines) * frame.line + frame.space
    return Block(document, side, heading, [_node(proposal, side, exchange, frame) for proposal in own])


def _node(proposal: Proposal, side: str, exchange: Exchange, frame: Frame) -> Node:
    width = frame.column - 2 * frame.padding - frame.indent
    first = frame.padding + frame.font * 0.95 + (0 if frame.indent else frame.line)
    start = (frame.padding + frame.indent, first)
    lines = lines_of(proposal.title, width, frame.font, 2 if frame.indent else 4, start, frame.line)
    summary = exchange.standings[proposal.pk].summary
    name = f"{proposal.ident} {proposal.title}{f' ({summary})' if summary else ''}"
    height = len(lines) * frame.line + 2 * frame.padding + (0 if frame.indent else frame.line)
    return Node(
        f"p{proposal.pk}",
        proposal.get_absolute_url(),
        name,
        side,
        Line(proposal.ident, frame.padding, frame.padding + frame.font * 0.95),
        lines,
        width=frame.column,
        height=height,
        proposal=proposal,
    )


def _settle(block: Block, top: int, frame: Frame) -> None:
    """Gives the boxes of a block their heights, one under the other from ``top``."""
    block.heading.y = top
    y = top + block.heading.height
    for node in block.nodes:
        node.y = y
        y += node.height + frame.space


def _stack(blocks: Sequence[Block], frame: Frame) -> None:
    """Sets the blocks of each side one under the other, none above a block of an earlier date."""
    bottoms: dict[str, int] = defaultdict(int)
    latest = 0
    for block in blocks:
        top = max(latest, bottoms[block.side])
        _settle(block, top, frame)
        bottoms[block.side] = block.bottom + 3 * frame.space
        latest = top


def _stubs(nodes: Sequence[Node], exchange: Exchange, frame: Frame) -> list[Stub]:
    """The loose ends: what is new, and what has no explicit answer."""
    found = []
    for node in nodes:
        if node.proposal is None:
            continue
        standing = exchange.standings[node.proposal.pk]
        words = ["new"] if standing.is_new else []
        words += [frame.no_answer] if standing.is_unanswered else []
        if words:
            edge = Port(node.x + (frame.column if node.side == "first" else 0), node.middle)
            direction = 1 if node.side == "first" else -1
            found.append(Stub.at(edge, direction, ", ".join(words), standing.is_new, frame.font))
    return found
