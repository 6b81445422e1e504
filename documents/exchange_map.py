"""The exchange map: where each proposal stands in the drawing, and how the lines between them run.

Each side has a column, its documents in order of date, never above a document of an earlier date. Proposals of the
first side keep the order of their document; those of the second stand as near as they can to what they answer.
The drawing is data; ``templates/exchange/_map.html`` writes it as SVG.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.exchange import STATES, Exchange, Selection
from documents.map_lines import Curve, Port, Stub, arcs, crossings, curves
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
    ident: str = ""
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
    def height(self) -> int:
        return self.nodes[-1].y + self.nodes[-1].height - self.heading.y if self.nodes else self.heading.height


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, ready to be written."""

    frame: Frame
    width: int
    height: int
    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    stubs: tuple[Stub, ...]

    @property
    def arcs(self) -> tuple[Curve, ...]:
        return tuple(curve for curve in self.curves if curve.is_arc)


@dataclass(frozen=True)
class ExchangeMap:
    """The map of a collection, drawn for wide and for narrow screens, with the words that describe it."""

    title: str
    description: str
    first_side: str
    second_side: str
    relations: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...] = ()
    drawings: tuple[Drawing, ...] = field(default=())


def draw(collection: Collection, selection: Selection) -> ExchangeMap | None:
    """Draws what is selected of an exchange; nothing to draw without a proposal."""
    if not selection.shown:
        return None
    counted = Counter(str(link.relation) for link in selection.links)
    states = {state for each in selection.shown for state in selection.exchange.standings[each.pk].states}
    return ExchangeMap(
        title=f"How the proposals meet: {collection.title}",
        description=_description(collection, selection, counted),
        first_side=collection.first_side or "First side",
        second_side=collection.second_side or "Second side",
        relations=tuple((str(each), str(each.label)) for each in Link.Relation if counted[each]),
        states=tuple((state, STATES[state]) for state in ("new", "unanswered") if state in states),
        drawings=tuple(_draw(selection, frame) for frame in (WIDE, NARROW)),
    )


def _description(collection: Collection, selection: Selection, counted: Counter[str]) -> str:
    documents = _documents(selection)
    sentences = []
    for side, place in (("first", "On the left"), ("second", "On the right")):
        names = ", ".join(document.name for document in documents if _side(document) == side)
        name = collection.first_side if side == "first" else collection.second_side
        if names:
            sentences.append(f"{place}{f' ({name})' if name else ''}: {names}.")
    answers = ", ".join(f"{relation.label} {counted[relation]}" for relation in Link.Relation if counted[relation])
    sentences.append(f"Lines between the proposals: {answers}." if answers else "No line joins them.")
    return " ".join([*sentences, "Each proposal is a link; the negotiation table says the same in words."])


def _side(document: Document) -> str:
    return "second" if document.side == Document.Side.SECOND else "first"


def _documents(selection: Selection) -> list[Document]:
    """The documents that have something to show, in order of date."""
    keys = {proposal.document_id for proposal in selection.shown}
    keys |= {link.later_document.pk for link in selection.links}
    return [document for document in selection.exchange.documents if document.pk in keys]


def _draw(selection: Selection, frame: Frame) -> Drawing:
    blocks = [_block(document, selection, frame) for document in _documents(selection)]
    for block in blocks:
        _settle(block, block.heading.y, frame)
    _stack(blocks, frame)
    ports = {node.key: node for block in blocks for node in (block.heading, *block.nodes)}
    ends = [(link, ports[_start(link)], ports[f"p{link.answered_id}"]) for link in selection.links]
    for block in blocks:
        if block.side == "second":
            _order(block, ends, frame)
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
    stubs = tuple(_stubs(nodes, selection.exchange, frame))
    drawn = curves(across, stubs, frame.font)
    placed = [
        curve.beside(curve.node.x if curve.side < 0 else curve.node.x + frame.column) for curve in (*left, *right)
    ]
    width = columns["second"] + frame.column + gutter[1]
    height = max(node.y + node.height for node in nodes) + 2
    return Drawing(frame, width, height, tuple(nodes), (*drawn, *placed), stubs)


def _start(link: Link) -> str:
    return f"p{link.answer_id}" if link.answer_id else f"d{link.answering_document_id}"


def _block(document: Document, selection: Selection, frame: Frame) -> Block:
    side = _side(document)
    width = frame.column - 2 * frame.padding
    lines = lines_of(document.name, width, frame.font * 1.05, 3, (0, frame.font), frame.line)
    heading = Node(f"d{document.pk}", document.get_absolute_url(), document.name, side, lines=lines, width=frame.column)
    heading.height = len(lines) * frame.line + frame.space
    own = [proposal for proposal in selection.shown if proposal.document_id == document.pk]
    return Block(document, side, heading, [_node(proposal, side, selection.exchange, frame) for proposal in own])


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
        proposal.ident,
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
        bottoms[block.side] = top + block.height + 3 * frame.space
        latest = top


def _order(block: Block, ends: Sequence[tuple[Link, Node, Node]], frame: Frame) -> None:
    """Moves each proposal near what it is joined to, then swaps neighbors while that untangles their lines."""
    partners: dict[str, list[float]] = defaultdict(list)
    for _, one, other in ends:
        if one.side != other.side:
            partners[one.key].append(other.middle)
            partners[other.key].append(one.middle)
    places = {
        node.key: sum(partners[node.key]) / len(partners[node.key]) if partners[node.key] else node.middle
        for node in block.nodes
    }
    block.nodes.sort(key=lambda node: places[node.key])
    swapped, rounds = True, 0
    while swapped and rounds < len(block.nodes):
        swapped, rounds = False, rounds + 1
        for at in range(len(block.nodes) - 1):
            upper, lower = partners[block.nodes[at].key], partners[block.nodes[at + 1].key]
            if crossings(upper, lower) > crossings(lower, upper):
                block.nodes[at : at + 2] = block.nodes[at + 1], block.nodes[at]
                swapped = True
    _settle(block, block.heading.y, frame)


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
