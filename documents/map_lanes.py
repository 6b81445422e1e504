"""A long exchange drawn by date across and topic down: a column for each document, a lane for each topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.exchange import NEW, UNANSWERED, Exchange, Standing
from documents.map_drawing import Drawing, Lane, Mark, Node
from documents.map_legend import Entry, legend
from documents.map_lines import Curve, Port
from documents.map_routes import Route, ports, rounded, routes
from documents.map_rows import Grid, grid
from documents.map_text import Line, lines_of, width_of
from documents.models import Document, Proposal
from documents.selection import Selection


@dataclass(frozen=True)
class Frame:
    """The measures of a drawing. Boxes are as wide as ``total`` allows within ``least`` and ``most``.

    A compact drawing has nothing in its boxes but ids, and numbers for documents. ``again`` is how far apart the name
    of a lane is said again.
    """

    name: str
    font: float
    line: int
    total: int
    least: int
    most: int
    padding: int
    row_gap: int
    track: int
    gap: int
    again: int
    is_compact: bool = False
    small: float = 11.5


WIDE = Frame("wide", 12.5, 15, total=1330, least=100, most=230, padding=7, row_gap=9, track=5, gap=20, again=900)
COMPACT = Frame(
    "narrow", 12.5, 15, total=356, least=27, most=60, padding=4, row_gap=8, track=3, gap=13, again=350, is_compact=True
)
FRAMES = (WIDE, COMPACT)
HEAD = 22


@dataclass(frozen=True)
class Places:
    """Where columns, rows and gutters of a drawing lie; ``gaps`` are the left edges of the gaps between columns."""

    columns: tuple[float, ...]
    gaps: tuple[float, ...]
    rows: tuple[float, ...]
    heights: tuple[float, ...]
    gutters: tuple[float, ...]
    lanes: tuple[float, ...]
    width: float


def in_lanes(selection: Selection, key: Sequence[Entry], frame: Frame) -> Drawing:
    """Draws what is selected; ``key`` are the entries of its legend."""
    places_of = grid(selection)
    found = routes(selection.links, places_of)
    gaps = _gap_widths(found, len(selection.documents), frame)
    frame = _fitted(selection, frame, sum(gaps))
    nodes = _nodes(selection, frame)
    places = _places(places_of, nodes, found, gaps, frame)
    for node in nodes.values():
        row = places_of.rows[node.key]
        node.height = places.heights[row]
        node.move(places.columns[places_of.columns[node.key]], places.rows[row])
    lanes = tuple(
        Lane(places.lanes[at], _said_again(band.topic.name if band.topic else "Without a topic", at, places, frame))
        for at, band in enumerate(places_of.bands)
    )
    height = places.gutters[-1] + 2
    drawn = _curves(found, nodes, places, frame)
    explained = legend(key, min(places.width, frame.total), height)
    return Drawing(
        frame.name, places.width, height, tuple(nodes.values()), drawn, lanes=lanes, legend=explained, has_lanes=True
    )


def _gap_widths(found: Sequence[Route], columns: int, frame: Frame) -> list[float]:
    """As wide as the tracks in it need; after the last column there is a gap only for lines within its document."""
    tracks = [0] * columns
    for route in found:
        for gap, track in route.turns.items():
            tracks[gap] = max(tracks[gap], track + 1)
    widths = [float(frame.gap + frame.track * count) for count in tracks]
    widths[-1] = widths[-1] if tracks[-1] else 2.0
    return widths


def _fitted(selection: Selection, frame: Frame, gaps: float) -> Frame:
    """The frame with boxes as wide as fit; ids are always whole."""
    idents = max((width_of(each.ident, frame.font) * 1.15 for each in selection.shown), default=0)
    least = max(frame.least, idents + 2 * frame.padding)
    room = (frame.total - gaps) / len(selection.documents)
    return replace(frame, least=round(max(least, min(frame.most, room))))


def _nodes(selection: Selection, frame: Frame) -> dict[str, Node]:
    exchange = selection.exchange
    found = [_heading(exchange, document, place, frame) for place, document in enumerate(selection.documents, start=1)]
    found += [_box(exchange.standings[proposal.pk], proposal, frame) for proposal in selection.shown]
    return {node.key: node for node in found}


def _heading(exchange: Exchange, document: Document, place: int, frame: Frame) -> Node:
    name = exchange.name_of(document)
    if frame.is_compact:
        middle = frame.least / 2 - width_of(str(place), frame.font) / 2
        lines: tuple[Line, ...] = (Line(str(place), round(middle, 1), frame.font + 5),)
    else:
        start = (float(frame.padding), frame.font + 6)
        lines = lines_of(name, frame.least - 2 * frame.padding, frame.font * 1.05, 6, start, frame.line)
    node = Node(f"d{document.pk}", document.get_absolute_url(), name, document.side or "none", lines=lines)
    node.width, node.height = frame.least, max(24, len(lines) * frame.line + 9)
    node.whole = name if frame.is_compact or lines[-1].words.endswith("…") else ""
    return node


def _box(standing: Standing, proposal: Proposal, frame: Frame) -> Node:
    side = proposal.document.side or "none"
    node = Node(f"p{proposal.pk}", proposal.get_absolute_url(), standing.spoken, side, proposal=proposal)
    node.width = frame.least
    node.marks = _marks(standing, frame)
    if frame.is_compact:
        node.height = 24
        middle = frame.least / 2 - width_of(proposal.ident, frame.font) * 0.575
        node.ident_at = Line(proposal.ident, round(middle, 1), 16.5)
        node.whole = f"{proposal.ident} {proposal.title}"
        return node
    width = frame.least - 2 * frame.padding
    first = frame.padding + frame.font * 0.9
    node.ident_at = Line(proposal.ident, frame.padding, first)
    node.lines = lines_of(proposal.title, width, frame.font, 8, (frame.padding, first + frame.line), frame.line)
    end = first + frame.line * (len(node.lines) + 1)
    if remarks := _remarks(standing):
        node.remarks = lines_of(remarks, width, frame.small, 4, (frame.padding, end), frame.line - 1)
    node.height = end - frame.font * 0.9 + (frame.line - 1) * len(node.remarks) + frame.padding - 1
    cut = [lines[-1].words.endswith("…") for lines in (node.lines, node.remarks) if lines]
    node.whole = standing.spoken if any(cut) else ""
    return node


def _remarks(standing: Standing) -> str:
    """What the proposal does; what becomes of it is said where that is done."""
    acts = [f"{link.get_relation_display()} {link.answered.ident}" for link in standing.answers]
    acts += ["new"] if standing.is_new else []
    return ", ".join(acts + (["no explicit answer"] if standing.is_unanswered else []))


def _marks(standing: Standing, frame: Frame) -> tuple[Mark, ...]:
    """The marks of what is new and of what has no answer: beside the id, in a compact drawing on the corners."""
    kinds = [NEW] if standing.is_new else []
    kinds += [UNANSWERED] if standing.is_unanswered else []
    if frame.is_compact:
        corners = {NEW: (0.0, 0.0), UNANSWERED: (float(frame.least), 0.0)}
        return tuple(Mark(kind, *corners[kind]) for kind in kinds)
    last = frame.least - frame.padding - 5
    return tuple(Mark(kind, last - 14 * at, frame.padding + frame.font * 0.55) for at, kind in enumerate(kinds))


def _places(found: Grid, nodes: dict[str, Node], ways: Sequence[Route], gaps: Sequence[float], frame: Frame) -> Places:
    columns, edges, x = [], [], 1.0
    for gap in gaps:
        columns.append(round(x, 1))
        edges.append(round(x + frame.least, 1))
        x += frame.least + gap
    tracks = dict.fromkeys(range(found.height), 0)
    for way in ways:
        if way.in_gutter and way.via is not None:
            tracks[int(way.via)] = max(tracks[int(way.via)], way.track + 1)
    starts = {band.first for band in found.bands}
    heights = [0.0] * found.height
    for node in nodes.values():
        row = found.rows[node.key]
        heights[row] = max(heights[row], node.height)
    rows, gutters, lanes, y = [], [], [], 1.0
    for row, height in enumerate(heights):
        if row in starts:
            lanes.append(round(y, 1))
            y += HEAD
        rows.append(round(y, 1))
        y += height
        gutters.append(round(y, 1))
        y += frame.row_gap + frame.track * tracks[row]
    return Places(tuple(columns), tuple(edges), tuple(rows), tuple(heights), (*gutters, y), tuple(lanes), round(x, 1))


def _said_again(name: str, at: int, places: Places, frame: Frame) -> tuple[Line, ...]:
    """The name of a lane at its start and again wherever the start has scrolled away."""
    times = max(1, round(places.width / frame.again))
    step = places.width / times
    width = round(width_of(name, frame.font) * 1.05, 1)
    return tuple(Line(name, round(2 + step * time, 1), places.lanes[at] + 15, width) for time in range(times))


def _curves(found: Sequence[Route], nodes: dict[str, Node], places: Places, frame: Frame) -> tuple[Curve, ...]:
    meeting = ports(found)
    return tuple(_curve(route, nodes, places, frame, meeting) for route in found)


def _curve(
    route: Route, nodes: dict[str, Node], places: Places, frame: Frame, meeting: dict[tuple[int, str], float]
) -> Curve:
    left, right = nodes[route.left], nodes[route.right]
    start = Port(left.x + left.width, round(left.middle + meeting[route.link.pk, left.key] * (left.height - 6), 1))
    edge = right.x + (right.width if route.is_loop else 0)
    end = Port(edge, round(right.middle + meeting[route.link.pk, right.key] * (right.height - 6), 1))
    turn = {gap: places.gaps[gap] + frame.gap / 2 + frame.track * at for gap, at in route.turns.items()}
    column, before = route.columns[0], max(route.columns[0], route.columns[1] - 1)
    first, last = (turn.get(gap, places.gaps[gap] + frame.gap / 2) for gap in (column, before))
    passing = _passing(route, places, frame, (start.y, end.y))
    points = [(start.x, start.y), (first, start.y), (first, passing), (last, passing), (last, end.y), (end.x, end.y)]
    answers_on_left = left.key != f"p{route.link.answered_id}"
    answer, asked = (start, end) if answers_on_left else (end, start)
    back = answers_on_left or route.is_loop
    return Curve(
        route.link,
        (left.key, right.key),
        rounded(points, 6),
        (asked,),
        arrow=f"{answer.x:g},{answer.y:g} {answer.x + (7 if back else -7):g},{answer.y - 3.5:g} "
        f"{answer.x + (7 if back else -7):g},{answer.y + 3.5:g}",
    )


def _passing(route: Route, places: Places, frame: Frame, heights: tuple[float, float]) -> float:
    """The height at which it passes the columns between its ends."""
    if route.in_gutter and route.via is not None:
        return places.gutters[int(route.via)] + frame.row_gap / 2 + frame.track * route.track
    return heights[0] if route.via == route.heights[0] else heights[1]
