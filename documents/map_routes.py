"""The ways that lines take between the boxes of a grid: along rows that are free, else along the gutters between rows,
and from one height to another in the gaps between columns, each in a track of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from documents.map_order import link_start
from documents.map_rows import Grid
from documents.models import Link

#: A stretch of a gap or of a gutter, and the tracks that are taken in it.
Span = tuple[float, float]


@dataclass
class Route:
    """One link between two boxes, from the left to the right, or both in one column.

    ``via`` is the height at which it passes the columns between: a row, or half a row more for the gutter under one.
    ``turns`` are the gaps in which it changes its height (gap 2 is right of column 2) with the track it has there.
    """

    link: Link
    left: str
    right: str
    columns: tuple[int, int]
    heights: tuple[int, int]
    via: float | None = None
    turns: dict[int, int] = field(default_factory=dict)
    track: int = 0

    @property
    def is_loop(self) -> bool:
        return self.columns[0] == self.columns[1]

    @property
    def is_straight(self) -> bool:
        return not self.is_loop and {*self.heights, self.via} <= {self.heights[0], None}

    @property
    def in_gutter(self) -> bool:
        return self.via is not None and self.via != int(self.via)

    @property
    def climbs(self) -> dict[int, Span]:
        """What it climbs or falls in each gap that it turns in."""
        (start, end), (upper, lower) = self.columns, self.heights
        if self.via is None:
            return {start: (upper, lower)}
        climbs = {start: (upper, self.via), end - 1: (self.via, lower)}
        return {gap: span for gap, span in climbs.items() if span[0] != span[1]}


def routes(links: Sequence[Link], grid: Grid) -> list[Route]:
    """The way of every link."""
    found = [_route(link, grid) for link in links]
    _turn(found)
    _share_gutters(found)
    return found


def _route(link: Link, grid: Grid) -> Route:
    ends = [f"p{link.answered_id}", link_start(link)]
    if grid.columns[ends[1]] < grid.columns[ends[0]]:
        ends.reverse()
    left, right = ends
    start, end = grid.columns[left], grid.columns[right]
    route = Route(link, left, right, (start, end), (grid.rows[left], grid.rows[right]))
    if end - start > 1:
        route.via = _via(grid, start, end, *route.heights)
    return route


def _via(grid: Grid, start: int, end: int, leaving: int, arriving: int) -> float:
    """Where to pass the columns between: straight where nothing stands, else in the gutter beside where it arrives."""
    if grid.is_free(arriving, start, end):
        return arriving
    if grid.is_free(leaving, start, end):
        return leaving
    return arriving - 0.5 if leaving < arriving else arriving + 0.5


def _turn(found: list[Route]) -> None:
    """Gives each change of height in a gap a track in which no other passes."""
    gaps: dict[int, list[tuple[Span, Route]]] = defaultdict(list)
    for route in found:
        for gap, (one, other) in route.climbs.items():
            gaps[gap].append(((min(one, other), max(one, other)), route))
    for gap, climbs in gaps.items():
        for track, (_, route) in _tracks(climbs, lambda route: route.link.pk):
            route.turns[gap] = track


def _share_gutters(found: list[Route]) -> None:
    gutters: dict[float, list[tuple[Span, Route]]] = defaultdict(list)
    for route in found:
        if route.in_gutter:
            assert route.via is not None, "a gutter is a height"
            gutters[route.via].append(((float(route.columns[0]), float(route.columns[1])), route))
    for stretches in gutters.values():
        for track, (_, route) in _tracks(stretches, lambda route: route.link.pk):
            route.track = track


def _tracks(stretches: list[tuple[Span, Route]], key: Callable[[Route], int]) -> list[tuple[int, tuple[Span, Route]]]:
    """The lowest track for each stretch in which it meets none that is placed already; the short ones first.

    The left-edge algorithm of channel routing (Hashimoto and Stevens 1971), by length instead of by left edge.
    """
    tracks: list[list[Span]] = []
    placed = []
    for span, route in sorted(stretches, key=lambda each: (each[0][1] - each[0][0], each[0], key(each[1]))):
        free = (at for at, track in enumerate(tracks) if all(span[1] < low or high < span[0] for low, high in track))
        track = next(free, len(tracks))
        if track == len(tracks):
            tracks.append([])
        tracks[track].append(span)
        placed.append((track, (span, route)))
    return placed


def ports(found: Sequence[Route]) -> dict[tuple[int, str], float]:
    """Where on its edge each line meets each box, from -0.5 to 0.5: a straight one in the middle, the others above and
    below it in the order of where they go.
    """
    meeting: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for route in found:
        (upper, lower), via = route.heights, route.via
        meeting[route.left, "right"].append(((lower if via is None else via) - upper, route.link.pk))
        edge = "right" if route.is_loop else "left"
        meeting[route.right, edge].append(((upper if via is None else via) - lower, route.link.pk))
    straight = {route.link.pk for route in found if route.is_straight}
    places: dict[tuple[int, str], float] = {}
    for (key, _), lines in meeting.items():
        for sign in (-1, 1):
            part = sorted(line for line in lines if line[1] not in straight and (line[0] < 0) == (sign < 0))
            for place, (_, link) in enumerate(part if sign > 0 else reversed(part)):
                places[link, key] = sign * 0.5 * (place + 1) / (len(part) + 1)
        places |= {(link, key): 0.0 for _, link in lines if link in straight or len(lines) == 1}
    return places


def rounded(points: Sequence[tuple[float, float]], radius: float) -> str:
    """A path through points that lie above or beside each other, its corners round."""
    kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    path = [f"M{kept[0][0]:.1f} {kept[0][1]:.1f}"]
    for before, here, after in zip(kept, kept[1:], kept[2:], strict=False):
        reach = min(radius, *(_distance(here, other) / 2 for other in (before, after)))
        enter, leave = _towards(here, before, reach), _towards(here, after, reach)
        path.append(f"L{enter[0]:.1f} {enter[1]:.1f}Q{here[0]:.1f} {here[1]:.1f} {leave[0]:.1f} {leave[1]:.1f}")
    return "".join([*path, f"L{kept[-1][0]:.1f} {kept[-1][1]:.1f}"])


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(here: tuple[float, float], other: tuple[float, float], reach: float) -> tuple[float, float]:
    far = _distance(here, other) or 1
    return here[0] + (other[0] - here[0]) * reach / far, here[1] + (other[1] - here[1]) * reach / far
