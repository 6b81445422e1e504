"""Lines in a drawing: curves between the columns, arcs beside one column, loose ends, and where their words go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from documents.map_text import width_of
from documents.models import Link

#: Where on a curve its words are tried, the middle first.
TRIES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
PORT = 9


class Box(Protocol):
    """What a line ends at."""

    key: str
    side: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float: ...


End = tuple[Link, Box, Box]


@dataclass(frozen=True)
class Port:
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """Words on a line, in the middle of a box that keeps the line out of them."""

    words: str
    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.height / 2, 1)

    def touches(self, other: Label) -> bool:
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + 2
            and abs(self.y - other.y) < (self.height + other.height) / 2 + 1
        )


@dataclass(frozen=True)
class Curve:
    """One link. An arc has a side, and knows its lane there and the box it starts from.

    ``arrow`` are the points of its head, where one is drawn.
    """

    link: Link
    ends: tuple[str, str]
    path: str = ""
    dots: tuple[Port, ...] = ()
    label: Label | None = None
    arrow: str = ""
    node: Box = field(default=None, repr=False)  # type: ignore[assignment]
    heights: tuple[float, float] = (0, 0)
    lane: int = 0
    side: int = 0
    step: int = 0

    @property
    def is_arc(self) -> bool:
        return self.side != 0


@dataclass(frozen=True)
class Stub:
    """A loose end beside a proposal: a short line, a mark and words."""

    path: str
    mark: Port
    words: str
    x: float
    y: float
    anchor: str
    is_new: bool
    label: Label

    @property
    def diamond(self) -> str:
        """The mark of what is new, as points."""
        x, y = self.mark.x, self.mark.y
        return f"{x - 5:g},{y:g} {x:g},{y - 5:g} {x + 5:g},{y:g} {x:g},{y + 5:g}"

    @classmethod
    def at(cls, edge: Port, direction: int, words: str, is_new: bool, font: float) -> Stub:
        reach = font * 1.1
        mark = Port(edge.x + direction * reach, edge.y)
        x = mark.x + direction * (font * 0.65)
        width = width_of(words, font * 0.9)
        return cls(
            path=f"M{edge.x:.1f} {edge.y:.1f}H{mark.x - direction * 4:.1f}",
            mark=Port(round(mark.x, 1), round(mark.y, 1)),
            words=words,
            x=round(x, 1),
            y=round(edge.y + font * 0.31, 1),
            anchor="start" if direction > 0 else "end",
            is_new=is_new,
            label=Label(words, x + direction * width / 2, edge.y, width, font * 1.3),
        )


def ports(ends: Sequence[End]) -> dict[tuple[int, str], float]:
    """Where each line meets each of its boxes: spread over the edge in the order of the far ends."""
    meeting: dict[str, list[tuple[float, int, Box]]] = defaultdict(list)
    for link, one, other in ends:
        meeting[one.key].append((other.middle, link.pk, one))
        meeting[other.key].append((one.middle, link.pk, other))
    found: dict[tuple[int, str], float] = {}
    for key, lines in meeting.items():
        lines.sort(key=lambda line: line[:2])
        step = min(PORT, (lines[0][2].height - 8) / len(lines))
        for place, (_, link, box) in enumerate(lines):
            found[link, key] = box.middle + (place - (len(lines) - 1) / 2) * step
    return found


def curves(ends: Sequence[End], stubs: Sequence[Stub], font: float) -> list[Curve]:
    """The lines across the gap, with their words set where they touch no other words and, if possible, no line."""
    meeting = ports(ends)
    spans = []
    for link, one, other in ends:
        left, right = (one, other) if one.side == "first" else (other, one)
        start = Port(left.x + left.width, meeting[link.pk, left.key])
        spans.append((start, Port(right.x, meeting[link.pk, right.key])))
    taken = [stub.label for stub in stubs]
    found = []
    for (link, one, other), (start, end) in zip(ends, spans, strict=True):
        label = _label(link.get_relation_display(), (start, end), spans, taken, font)
        taken.append(label)
        half = (end.x - start.x) / 2
        path = (
            f"M{start.x:.1f} {start.y:.1f}C{start.x + half:.1f} {start.y:.1f} "
            f"{end.x - half:.1f} {end.y:.1f} {end.x:.1f} {end.y:.1f}"
        )
        found.append(Curve(link, (one.key, other.key), path, (start, end), label))
    return found


def _height(span: tuple[Port, Port], at: float) -> float:
    """How far down a curve is, ``at`` of the way from its left end to its right."""
    start, end = span
    return start.y + (end.y - start.y) * at * at * (3 - 2 * at)


def _label(
    words: str, span: tuple[Port, Port], spans: Sequence[tuple[Port, Port]], taken: Sequence[Label], font: float
) -> Label:
    """The words of a link at the place on its curve where they touch least, of several the nearest to the middle."""
    start, end = span
    width, height = round(width_of(words, font * 0.9) + 8, 1), round(font * 1.25, 1)
    best: tuple[int, Label] | None = None
    for at in TRIES:
        x = start.x + (end.x - start.x) * (1.5 * at * (1 - at) + at**3)
        label = Label(words, round(x, 1), round(_height(span, at), 1), width, height)
        if at != TRIES[0] and not start.x + width / 2 < x < end.x - width / 2:
            continue
        touched = sum(
            1
            for other in spans
            if other != span
            and any(abs(_height(other, near) - label.y) < height * 0.6 for near in (at - 0.08, at, at + 0.08))
        )
        touched += 10 * sum(1 for other in taken if label.touches(other))
        if best is None or touched < best[0]:
            best = (touched, label)
    assert best is not None, "the middle is always tried"
    return best[1]


def arcs(ends: Sequence[End], side: int, step: int) -> list[Curve]:
    """The lines beside one column, the shorter nearer to it, none in the lane of another that it would lie on."""
    meeting = ports(ends)
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for link, one, other in sorted(ends, key=lambda end: (abs(end[1].middle - end[2].middle), end[0].pk)):
        heights = (meeting[link.pk, one.key], meeting[link.pk, other.key])
        upper, lower = sorted(heights)
        free = [
            number
            for number, lane in enumerate(lanes)
            if all(lower + 4 < start or end + 4 < upper for start, end in lane)
        ]
        lane = free[0] if free else len(lanes)
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((upper, lower))
        curve = Curve(link, (one.key, other.key), node=one, heights=heights, lane=lane, side=side, step=step)
        found.append(curve)
    return found


def beside(found: Sequence[Curve], font: float) -> list[Curve]:
    """Draws arcs on the outer edge of their column, the words of each where no other arc passes."""
    drawn = []
    for curve in found:
        edge = curve.node.x + (curve.node.width if curve.side > 0 else 0)
        upper, lower = sorted(curve.heights)
        out = edge + curve.side * (curve.lane + 0.72) * curve.step
        turn = min(9, (lower - upper) / 2)
        bend = out - curve.side * turn
        path = (
            f"M{edge:.1f} {upper:.1f}H{bend:.1f}Q{out:.1f} {upper:.1f} {out:.1f} {upper + turn:.1f}"
            f"V{lower - turn:.1f}Q{out:.1f} {lower:.1f} {bend:.1f} {lower:.1f}H{edge:.1f}"
        )
        passing = [y for other in found if other.side == curve.side and other.lane > curve.lane for y in other.heights]
        words = curve.link.get_relation_display()
        room = width_of(words, font * 0.9) / 2 + 6
        tries = [upper + (lower - upper) * at for at in TRIES]
        free = [y for y in tries if all(abs(y - other) > room for other in passing)]
        label = Label(words, round(out, 1), round((free or tries)[0], 1), 0, 0)
        drawn.append(replace(curve, path=path, label=label, dots=(Port(edge, upper), Port(edge, lower))))
    return drawn
