"""The words by which each kind of document can be typed after ``kind:``."""

from __future__ import annotations

from collections.abc import Mapping

#: The value of each ``Document.Kind``, with what it is called: the singular first, which explanations use.
NAMES: Mapping[str, tuple[str, ...]] = {
    "letter": ("letter", "letters"),
    "memorandum": ("memorandum", "memorandums", "memoranda", "memo", "memos"),
    "telegram": ("telegram", "telegrams", "cable", "cables"),
    "report": ("report", "reports"),
    "minutes": ("minutes",),
    "conversation": (
        "memorandum of conversation",
        "memorandums of conversation",
        "memoranda of conversation",
        "conversation",
        "conversations",
        "memcon",
        "memcons",
    ),
    "note": ("note", "notes"),
    "speech": ("speech or statement", "speech", "speeches", "statement", "statements"),
    "treaty": ("agreement or treaty", "agreement", "agreements", "treaty", "treaties"),
    "editorial-note": ("editorial note", "editorial notes"),
    "other": ("other document", "other documents"),
}


def kinds_called(name: str) -> tuple[str, ...]:
    """The kinds that a folded name means: those it names in full, or else those with a name that begins like this."""
    exact = tuple(kind for kind, names in NAMES.items() if name in (kind, *names))
    return exact or tuple(kind for kind, names in NAMES.items() if any(each.startswith(name) for each in names))
