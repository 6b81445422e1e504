"""A run of inlines in the making: white space as a reader of the page sees it.

White space collapses, and none is left at the edges of a block, a line or a cell. A note is called right after the word
before it, so a space before its marker moves behind it. A page break takes no space of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from editions.model import CellBreak, Inline, Inlines, LineBreak, NoteMarker, PageBreak, Text

#: White space of XML; a no-break space is a character of the text.
SPACES = re.compile(r"[ \t\r\n]+")
#: What a space that moved from before a note marker to behind it may not stand before.
CLOSING = frozenset(".,;:!?)]}”’…")

Wrap = Callable[[Inlines], Inline]
CLOSE = object()


class Run:
    """Collects text and marks in order; ``content`` gives the inlines. ``preserve`` keeps white space as it is."""

    def __init__(self, preserve: bool = False) -> None:
        self.preserve = preserve
        self._tokens: list[object] = []
        self._last = -1
        self._space = True
        self._owed = False
        self._visible = False
        self._in_line = False

    def text(self, words: str | None) -> None:
        if not words:
            return
        if self.preserve:
            self._tokens.append(words)
            self._visible = self._in_line = True
            return
        words = SPACES.sub(" ", words)
        if self._space:
            words = words.lstrip(" ")
            if not words:
                return
        elif self._owed:
            self._owed = False
            if words[0] != " " and words[0] not in CLOSING:
                words = " " + words
        self._tokens.append(words)
        self._last = len(self._tokens) - 1
        self._space = words[-1] == " "
        if words != " ":
            self._visible = self._in_line = True

    def open(self, wrap: Wrap) -> None:
        self._tokens.append(wrap)

    def close(self) -> None:
        self._tokens.append(CLOSE)

    def atom(self, inline: Inline) -> None:
        """Adds something that stands in the text like a word."""
        self._tokens.append(inline)
        self._space, self._owed, self._visible, self._in_line = False, False, True, True
        self._last = -1

    def note(self, ident: str) -> None:
        if self._strip():
            self._space, self._owed = False, True
        self._tokens.append(NoteMarker(ident))
        self._visible = self._in_line = True

    def page(self, label: str, facsimile: str) -> None:
        self._tokens.append(PageBreak(label, facsimile))
        self._visible = True

    def line_break(self) -> None:
        self._break(LineBreak())

    def cell(self) -> None:
        self._break(CellBreak())
        self._visible = True

    def _break(self, inline: Inline) -> None:
        self._strip()
        self._tokens.append(inline)
        self._space, self._owed, self._last, self._in_line = True, False, -1, False

    def _strip(self) -> bool:
        """Takes the space off the end of what was written last, and says whether there was one."""
        if self.preserve or self._last < 0 or not self._space:
            return False
        words = self._tokens[self._last]
        assert isinstance(words, str)
        self._tokens[self._last] = words.rstrip(" ")
        return True

    @property
    def is_empty(self) -> bool:
        """Whether nothing but white space and line breaks was added."""
        return not self._visible

    @property
    def in_line(self) -> bool:
        """Whether words stand in the line or cell that is being written."""
        return self._in_line

    def content(self) -> Inlines:
        """Returns the inlines; line breaks at either end and spans without content are left out."""
        self._strip()
        levels: list[tuple[Wrap | None, list[Inline]]] = [(None, [])]
        for token in self._tokens:
            found = levels[-1][1]
            if isinstance(token, str):
                if found and isinstance(found[-1], Text):
                    found[-1] = Text(found[-1].value + token)
                elif token:
                    found.append(Text(token))
            elif token is CLOSE:
                wrap, inside = levels.pop()
                assert wrap is not None
                if inside or self.preserve:
                    levels[-1][1].append(wrap(tuple(inside)))
            elif callable(token):
                levels.append((token, []))
            else:
                found.append(token)  # type: ignore[arg-type]
        return tuple(levels[0][1] if self.preserve else _without_edge_breaks(levels[0][1]))


def joined(first: Inlines, second: Inlines) -> Inlines:
    """Returns one run of inlines after another, words next to words as one text."""
    if first and second and isinstance(first[-1], Text) and isinstance(second[0], Text):
        return (*first[:-1], Text(first[-1].value + second[0].value), *second[1:])
    return (*first, *second)


def _without_edge_breaks(content: list[Inline]) -> list[Inline]:
    first, last = 0, len(content)
    while first < last and isinstance(content[first], LineBreak):
        first += 1
    while last > first and isinstance(content[last - 1], LineBreak):
        last -= 1
    return content[first:last]
