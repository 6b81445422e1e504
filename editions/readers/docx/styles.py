"""What the styles of a Word document are called, and how words in them look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from editions.model import EmphasisKind
from editions.readers.docx.package import W

#: Properties of a run that are emphasis.
TOGGLES = {
    f"{W}i": EmphasisKind.ITALIC,
    f"{W}b": EmphasisKind.BOLD,
    f"{W}smallCaps": EmphasisKind.SMALL_CAPS,
    f"{W}u": EmphasisKind.UNDERLINE,
    f"{W}strike": EmphasisKind.STRUCK,
    f"{W}dstrike": EmphasisKind.STRUCK,
}
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Look:
    """How a character looks: its emphasis, where it is linked to, and whether Word hides it."""

    emphasis: frozenset[EmphasisKind] = frozenset()
    target: str = ""
    hidden: bool = False


@dataclass
class Styles:
    """The styles by id. A style looks like the one it is based on, but for its own properties."""

    elements: dict[str, Element] = field(default_factory=dict)

    @classmethod
    def read(cls, parts: list[Element]) -> Styles:
        rows = [row for part in parts for row in part.iter(f"{W}style")]
        return cls({row.get(f"{W}styleId", ""): row for row in rows})

    def name(self, ident: str) -> str:
        """Returns the name of a style in lower case ("heading 1"), which is the same in every language of Word."""
        element = self.elements.get(ident)
        return value(element, "name").casefold() if element is not None else ident.casefold()

    def names(self, ident: str) -> tuple[str, ...]:
        """Returns the name of a style and of those it is based on."""
        return tuple(value(style, "name").casefold() for style in self.chain(ident)) or (ident.casefold(),)

    def chain(self, ident: str) -> list[Element]:
        """Returns a style and those it is based on, the nearest first."""
        found: list[Element] = []
        while (element := self.elements.get(ident)) is not None and element not in found:
            found.append(element)
            ident = value(element, "basedOn")
        return found

    def look(self, properties: Element | None, look: Look) -> Look:
        """Returns the look of a run with these properties, within words of another look."""
        if properties is None:
            return look
        styled = [style.find(f"{W}rPr") for style in reversed(self.chain(value(properties, "rStyle")))]
        for element in [*styled, properties]:
            look = _with_toggles(element, look)
        return look


def _with_toggles(properties: Element | None, look: Look) -> Look:
    for row in properties if properties is not None else ():
        on = row.get(f"{W}val", "1") not in OFF
        if kind := TOGGLES.get(row.tag):
            look = replace(look, emphasis=look.emphasis | {kind} if on else look.emphasis - {kind})
        elif row.tag == f"{W}vanish":
            look = replace(look, hidden=on)
    return look


def value(element: Element | None, *path: str) -> str:
    """Returns the w:val of an element below another, or "" when it is not there."""
    for step in path:
        element = element.find(f"{W}{step}") if element is not None else None
    return element.get(f"{W}val", "") if element is not None else ""
