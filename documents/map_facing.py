"""A short exchange drawn as two columns that face each other, one for each side, with the words on the lines.

Each side has a column, its documents in order of date, never above a document of an earlier date. Proposals of the
first side keep the order of their document; those of the second stand as near as they can to what they answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from documents.exchange import Exchange
from documents.map_drawing import Drawing, Node
from documents.map_legend import Entry, legend
from documents.map_lines import Port, Stub, arcs, beside, curves
from documents.map_order import link_start, ordered, side_of
from documents.map_text import Line, lines_of
from documents.models import Document, Proposal
from documents.selection import Selection


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
FRAMES = (WIDE, NARROW)


@dataclass
class Block:
    """A document in its column: its heading and its proposals, top down."""

    document: Document
    side: str
    heading: Node
    nodes: list[Node]

    @property
    def bottom(self) -> float:
        last = self.nodes[-1] if self.nodes else self.heading
        return last.y + last.height


def facing(selection: Selection, key: Sequence[Entry], frame: Frame) -> Drawing:
    """Draws what is selected; ``key`` are the entries of its legend."""
    documents = selection.documents
    order = ordered(documents, selection.shown, selection.links)
    blocks = [_block(document, order[document.pk], selection, frame) for document in documents]
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
        node.move(gutter[0] if is_single else columns[node.side], node.y)
    stubs = tuple(_stubs(nodes, selection.exchange, frame))
    drawn = curves(across, stubs, frame.font)
    placed = beside([*left, *right], frame.font)
    width = columns["second"] + frame.column + gutter[1]
    height = max(node.y + node.height for node in nodes) + 2
    lines = (*drawn, *placed)
    return Drawing(frame.name, width, height, tuple(nodes), lines, stubs, legend=legend(key, width, height))


def _block(document: Document, own: Sequence[Proposal], selection: Selection, frame: Frame) -> Block:
    side = side_of(document)
    width = frame.column - 2 * frame.padding
    name = selection.exchange.name_of(document)
    lines = lines_of(name, width, frame.font * 1.05, 3, (frame.padding, frame.font), frame.line)
    heading = Node(f"d{document.pk}", document.get_absolute_url(), name, side, lines=lines, width=frame.column)
    heading.height = len(lines) * frame.line + frame.space
    return Block(document, side, heading, [_node(proposal, side, selection.exchange, frame) for proposal in own])


def _node(proposal: Proposal, side: str, exchange: Exchange, frame: Frame) -> Node:
    width = frame.column - 2 * frame.padding - frame.indent
    first = frame.padding + frame.font * 0.95 + (0 if frame.indent else frame.line)
    start = (frame.padding + frame.indent, first)
    lines = lines_of(proposal.title, width, frame.font, 3 if frame.indent else 4, start, frame.line)
    height = len(lines) * frame.line + 2 * frame.padding + (0 if frame.indent else frame.line)
    return Node(
        f"p{proposal.pk}",
        proposal.get_absolute_url(),
        exchange.standings[proposal.pk].spoken,
        side,
        Line(proposal.ident, frame.padding, frame.padding + frame.font * 0.95),
        lines,
        width=frame.column,
        height=height,
        proposal=proposal,
        whole=proposal.title if lines[-1].words.endswith("…") else "",
    )


def _settle(block: Block, top: float, frame: Frame) -> None:
    """Gives the boxes of a block their heights, one under the other from ``top``."""
    block.heading.y = top
    y = top + block.heading.height
    for node in block.nodes:
        node.y = y
        y += node.height + frame.space


def _stack(blocks: Sequence[Block], frame: Frame) -> None:
    """Sets the blocks of each side one under the other, none above a block of an earlier date."""
    bottoms: dict[str, float] = defaultdict(float)
    latest = 0.0
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
