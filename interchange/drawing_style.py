"""The style sheet of a drawing that leaves the site: that of the page, with its light colors written out.

Programs that draw do not know custom properties, so each is replaced by its value, and a rule that is colored by its
side is written once for each side.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

#: A token of tokens.css; of a color that has two, the light one.
TOKEN = re.compile(r"--(?P<name>[a-z-]+):\s*(?:light-dark\((?P<light>#[0-9a-f]{3,8}),[^)]*\)|(?P<value>[^;]+));")
RULE = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
USED = re.compile(r"var\(--(?P<name>[a-z-]+)\)")
#: What a side gives its color to.
SIDED = re.compile(r"\.map-(?:heading|node|sample)\b")
SIDES = {
    "first": {"side": "first", "side-wash": "first-wash"},
    "second": {"side": "second", "side-wash": "second-wash"},
    "none": {"side": "soft", "side-wash": "sunk"},
}


@cache
def drawing_style() -> str:
    """The rules for what is drawn. Raises KeyError for a color that tokens.css does not have."""
    tokens = {
        found["name"]: found["light"] or found["value"].strip()
        for found in reversed(list(TOKEN.finditer(_screen(_read("css/tokens.css")))))
    }
    rules = RULE.finditer(COMMENT.sub("", _read("css/drawing.css")))
    written = [f".map text {{ font-family: {tokens['sans']}; }}"]
    for rule in rules:
        selector, body = rule["selector"].strip(), rule["body"].strip()
        if "var(--side" not in body:
            written.append(f"{selector} {{ {_resolved(body, tokens)} }}")
            continue
        for side, names in SIDES.items():
            sided = SIDED.sub(lambda found, side=side: f"{found[0]}.side-{side}", selector)
            values = tokens | {name: tokens[value] for name, value in names.items()}
            written.append(f"{sided} {{ {_resolved(body, values)} }}")
    return "\n".join(written)


def _read(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), f"{name} is part of the project"
    return Path(found).read_text(encoding="utf-8")


def _screen(sheet: str) -> str:
    """The tokens as screens have them: without what is said of paper."""
    return sheet.partition("@media")[0]


def _resolved(body: str, values: dict[str, str]) -> str:
    return USED.sub(lambda found: values[found["name"]], body)
