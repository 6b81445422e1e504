"""What is cited by its own name and number, in whatever volume: resolutions, memoranda, estimates, telegrams, items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editions.references.context import Context

_RESOLUTION = re.compile(r"(?P<number>\d{1,4})(?: [A-Z])? ?\((?P<session>(?:E?S-)?[IVXL]{1,7})\)")
_BEFORE = re.compile(r"(?:General Assembly |U\.?N\.? )*[Rr]esolutions? (?:Nos?\. )?$")


def named(text: str, context: Context) -> Iterator[tuple[int, int, str]]:
    """Yields what a text names: where the words start and end, and the identifier."""
    if "esolution" in text:
        for match in _RESOLUTION.finditer(text):
            before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
            start = before.start() if before else match.start()
            yield start, match.end(), f"un-ga-res/{match['number']}-{match['session'].lower()}"
    if "NSAM" in text:
        for match in re.finditer(r"\bNSAMs? (?:Nos?\. )?(\d{1,3})\b", text):
            yield *match.span(), f"nsam-{match[1]}"
