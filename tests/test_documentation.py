"""What the guides point at is there: files, headings, folders, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from archive.environment import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "static" / "fonts" / "README.md"]
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#\s]*)(?:#(?P<heading>[^)\s]+))?\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
#: A file or folder of the project, written in code: "search/choice.py", "tests/pages/".
NAMED = re.compile(r"`((?:[a-z_]+/)+(?:[\w.-]+\.(?:py|md|css|html|yaml))?)`")
#: The commands of the project that people run themselves, each under its own name or by make.
RUN_BY_MAKE = {"serve": "make run", "create_administrator": "make admin"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def headings(page: Path) -> set[str]:
    """The anchors that a page has, as the usual renderers of Markdown make them."""
    lines = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.finditer(text):
        target = (page.parent / link["path"]).resolve() if link["path"] else page
        assert target.exists(), link[0]
        assert not link["heading"] or link["heading"] in headings(target), link[0]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    for path in NAMED.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists() or (page.parent / path).exists() or path in ("sources/", "texts/"), path


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    ours = [command for command, app in get_commands().items() if str(app) in rooms]
    assert ours
    for command in ours:
        assert RUN_BY_MAKE.get(command, f"manage.py {command}") in readme, command
