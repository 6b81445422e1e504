"""Words with the look of every character, and the notes, gaps and breaks that stand between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from editions.model import Inline
from editions.readers.docx.styles import Look

PLAIN = Look()


@dataclass
class RichText:
    """Characters with the look of each, and inlines that stand between them, each with the offset it stands at."""

    text: str = ""
    looks: list[Look] = field(default_factory=list)
    anchors: list[tuple[int, Inline]] = field(default_factory=list)
    said: list[tuple[str, float]] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        self.text += text
        self.looks += [look] * len(text)

    def anchor(self, inline: Inline) -> None:
        self.anchors.append((len(self.text), inline))

    def part(self, start: int, end: int) -> RichText:
        """Returns the characters from start to end, and the anchors between and beside them."""
        anchors = [(at - start, inline) for at, inline in self.anchors if start <= at <= end]
        return RichText(self.text[start:end], self.looks[start:end], anchors)


def joined(one: RichText, other: RichText) -> RichText:
    """Returns two rich texts as one, with a space between."""
    at = len(one.text) + 1
    return RichText(
        f"{one.text} {other.text}",
        [*one.looks, PLAIN, *other.looks],
        [*one.anchors, *((at + offset, inline) for offset, inline in other.anchors)],
        [*one.said, *other.said],
    )
