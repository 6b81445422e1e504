"""Words in a drawing: SVG breaks no lines, so they are measured and broken here."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: Widths in ems, a little generous, so that a fallback face fits too.
NARROW, WIDE, CAPITAL, OTHER = 0.29, 0.84, 0.64, 0.53


@dataclass(frozen=True)
class Line:
    """Words where they stand; ``width`` is as wide as they were reckoned, for what is drawn without our own face."""

    words: str
    x: float
    y: float
    width: float = 0

    def moved(self, x: float, y: float) -> Line:
        return replace(self, x=round(self.x + x, 1), y=round(self.y + y, 1))


def width_of(words: str, font: float) -> float:
    """How wide these words are in the sans face, to a few per cent."""
    return font * sum(_em(letter) for letter in words)


def _em(letter: str) -> float:
    if letter in "iljtfrI.,;:'’|()[] ":
        return NARROW
    if letter in "mwMW—":
        return WIDE
    return CAPITAL if letter.isupper() else OTHER


def lines_of(
    words: str, width: float, font: float, most: int, start: tuple[float, float], step: float
) -> tuple[Line, ...]:
    """Breaks words into at most so many lines, the first at ``start``; what does not fit ends in an ellipsis."""
    broken = [""]
    for word in words.split():
        longer = f"{broken[-1]} {word}".strip()
        if broken[-1] and width_of(longer, font) > width:
            broken.append(word)
        else:
            broken[-1] = longer
    kept = [_cut(line, width, font) for line in broken[:most]]
    if len(broken) > most:
        kept[-1] = _cut(f"{kept[-1]} …", width, font)
    x, y = start
    return tuple(Line(line, x, y + number * step, round(width_of(line, font), 1)) for number, line in enumerate(kept))


def _cut(line: str, width: float, font: float) -> str:
    """The line itself when it fits, otherwise as much of it as does."""
    if width_of(line, font) <= width:
        return line
    line = line.removesuffix("…").rstrip()
    while line and width_of(f"{line}…", font) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
