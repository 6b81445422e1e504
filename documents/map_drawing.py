"""What a drawing of an exchange is made of. ``templates/exchange/_drawing.svg`` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from documents.map_legend import Legend
from documents.map_lines import Curve, Stub
from documents.map_text import Line
from documents.models import Proposal

#: As wide is the text of a page at most.
BROAD = 1200


@dataclass(frozen=True)
class Mark:
    """The mark of a state (``NEW`` or ``UNANSWERED``) in a box or on its corner."""

    kind: str
    x: float
    y: float

    @property
    def diamond(self) -> str:
        """The mark of what is new, as points."""
        x, y = self.x, self.y
        return f"{x - 5:g},{y:g} {x:g},{y - 5:g} {x + 5:g},{y:g} {x:g},{y + 5:g}"


@dataclass
class Node:
    """A box: a proposal, or the heading of a document. ``name`` is what a screen reader says of the link.

    ``whole`` is its title where that was cut to fit, ``remarks`` are the lines that say what became of it.
    """

    key: str
    address: str
    name: str
    side: str
    ident_at: Line = field(default_factory=lambda: Line("", 0, 0))
    lines: tuple[Line, ...] = ()
    remarks: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    proposal: Proposal | None = None
    whole: str = ""

    @property
    def is_heading(self) -> bool:
        return self.proposal is None

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def corner(self) -> int:
        """How round its corners are: the second side is told by more than its color."""
        return 9 if self.side == "second" else 2

    def move(self, x: float, y: float) -> None:
        """Puts the box, whose words are measured from its own corner, where it stands."""
        self.x, self.y = round(x, 1), round(y, 1)
        self.ident_at = self.ident_at.moved(self.x, self.y)
        self.lines = tuple(line.moved(self.x, self.y) for line in self.lines)
        self.remarks = tuple(line.moved(self.x, self.y) for line in self.remarks)
        self.marks = tuple(replace(mark, x=mark.x + self.x, y=mark.y + self.y) for mark in self.marks)


@dataclass(frozen=True)
class Lane:
    """A band across the drawing that belongs to a topic; its name is said again where one would have scrolled."""

    y: float
    names: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, ready to be written. ``height`` is without the legend."""

    name: str
    width: float
    height: float
    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    stubs: tuple[Stub, ...] = ()
    lanes: tuple[Lane, ...] = ()
    legend: Legend = field(default_factory=Legend)
    has_lanes: bool = False

    @property
    def full_height(self) -> float:
        """The height with the legend."""
        return self.height + self.legend.height

    @property
    def is_broad(self) -> bool:
        """Whether it is wider than the text of a page."""
        return self.width > BROAD

    @property
    def page_width(self) -> float:
        """The width of a file that has the drawing, its heading and a margin."""
        return round(max(self.width, 420) + 48, 1)

    @property
    def page_height(self) -> float:
        return round(self.full_height + 88, 1)

    @property
    def page(self) -> str:
        """The part of the plane that such a file shows."""
        return f"-24 -64 {self.page_width:g} {self.page_height:g}"
