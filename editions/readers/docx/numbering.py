"""The numbers and letters that Word puts before paragraphs. They are not in its text, and stand here as printed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from editions.readers.docx.package import W
from editions.readers.docx.styles import Styles, value

BULLET = "•"
PLACE = re.compile(r"%([1-9])")
LEVELS = 9
HIGHEST = 10**6
ROMAN = dict(
    zip(
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph ("3.", "(a)", "•"), and how deep in its list the paragraph is, from 0."""

    text: str
    level: int


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted."""

    styles: Styles
    lists: dict[str, Element] = field(default_factory=dict)
    definitions: dict[str, Element] = field(default_factory=dict)
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    restarted: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, parts: list[Element], styles: Styles) -> Numbering:
        lists = {row.get(f"{W}numId", ""): row for part in parts for row in part.iter(f"{W}num")}
        definitions = {row.get(f"{W}abstractNumId", ""): row for part in parts for row in part.iter(f"{W}abstractNum")}
        return cls(styles, lists, definitions)

    def label(self, properties: Element | None) -> Label | None:
        """Counts a paragraph on, and returns what stands before it; nothing when it is in no list."""
        ident, level = self._place(properties)
        number = self.lists.get(ident)
        if number is None:
            return None
        abstract = value(number, "abstractNumId")
        levels = {_number(row.get(f"{W}ilvl", ""), 0): row for row in self._definition(abstract).iter(f"{W}lvl")}
        overrides = {_number(row.get(f"{W}ilvl", ""), 0): row for row in number.iter(f"{W}lvlOverride")}
        self._count(ident, abstract, level, levels, overrides)
        text = value(levels.get(level), "lvlText")
        form = value(levels.get(level), "numFmt")
        if form == "bullet":
            return Label(BULLET, level)
        counts = self.counts[abstract]
        words = PLACE.sub(
            lambda m: shown(counts.get(int(m[1]) - 1, 1), value(levels.get(int(m[1]) - 1), "numFmt")), text
        )
        return Label(words.strip(), level)

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Returns the list and level of a paragraph: its own, or those of its style."""
        styled = [style.find(f"{W}pPr") for style in self.styles.chain(value(properties, "pStyle"))]
        for element in [properties, *styled]:
            if ident := value(element, "numPr", "numId"):
                return ident, min(_number(value(element, "numPr", "ilvl"), 0), LEVELS - 1)
        return "", 0

    def _definition(self, abstract: str) -> Element:
        """Returns the levels of a list; a list may take them from another by the name of a style."""
        found = self.definitions.get(abstract)
        link = value(found, "numStyleLink")
        others = [row for row in self.definitions.values() if link and value(row, "styleLink") == link]
        return others[0] if others else found if found is not None else Element("none")

    def _count(
        self, ident: str, abstract: str, level: int, levels: dict[int, Element], overrides: dict[int, Element]
    ) -> None:
        counts = self.counts[abstract]
        if ident not in self.restarted:
            self.restarted.add(ident)
            for number, override in overrides.items():
                if start := value(override, "startOverride"):
                    counts[number] = _number(start, 1) - 1
        first = _number(value(levels.get(level), "start"), 1)
        counts[level] = min(counts.get(level, first - 1) + 1, HIGHEST)
        for deeper in [number for number in counts if number > level]:
            del counts[deeper]


def shown(number: int, form: str) -> str:
    """Returns a number as Word shows it in a form of numbering ("lowerRoman", "upperLetter")."""
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else ""
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return _roman(number).upper() if form == "upperRoman" else _roman(number)
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "none":
            return ""
        case "chicago":
            return "*†‡§"[(number - 1) % 4] * min((number - 1) // 4 + 1, 9) if number > 0 else ""
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    letters = ""
    for letter, worth in ROMAN.items():
        letters += letter * (number // worth)
        number %= worth
    return letters


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default
