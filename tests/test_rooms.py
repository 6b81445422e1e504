"""The rooms of the house stay apart: imports run one way, stand at the top of a module, and name what they take."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.environment import ROOT

#: What each room may import, next to itself.
ROOMS = {
    "editions": set(),
    "documents": {"editions"},
    "ingest": {"editions", "documents"},
    "interchange": {"editions", "documents"},
    "search": {"editions", "documents", "interchange"},
    "classroom": {"editions", "documents", "interchange"},
    "archive": {"documents", "ingest", "search", "interchange", "classroom"},
}


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]


def objections(path: Path, code: str) -> Iterator[str]:
    """Yields what the module at ``path`` (from the project's folder) imports against the rules."""
    tree = ast.parse(code)
    at_top = {id(node) for node in _outside_functions(tree)}
    for node in ast.walk(tree):
        for imported in _imported(node, path):
            found = _objection(path.parts[0], imported, id(node) in at_top)
            if found:
                yield f"{path}:{node.lineno} {found}"
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
            yield f"{path}:{node.lineno} imports everything (*) from {node.module}; name what it takes"


def _objection(room: str, imported: str, at_top: bool) -> str:
    package = imported.partition(".")[0]
    if package in ROOMS and package != room and package not in ROOMS[room]:
        return f"{room} may not import {imported}"
    if package in ROOMS and not at_top:
        return f"imports {imported} inside a function"
    if room == "editions" and package in ("django", "haystack"):
        return f"editions is pure Python, and imports {imported}"
    if package in ("haystack", "whoosh") and room != "search":
        return f"only search knows Haystack, and {room} imports {imported}"
    return ""


def _imported(node: ast.AST, path: Path) -> list[str]:
    """Returns the full names of the modules that a statement imports, relative ones and ``import_module`` included."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module, level=0):
            return [module or ""]
        case ast.ImportFrom(module=module, level=level):
            return [".".join([*path.parts[: len(path.parts) - level], module or ""]).rstrip(".")]
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
            return [str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant)]
    return []


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


def test_every_package_of_the_project_is_a_room() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert packages - {"tests", "benchmarks"} == set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_it_imports_only_what_its_room_may(path: Path) -> None:
    assert not list(objections(path.relative_to(ROOT), path.read_text()))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("documents/views.py", "from search.query import Query"),
        ("documents/views.py", "import ingest.store"),
        ("editions/model.py", "from documents.models import Document"),
        ("editions/model.py", "from django.utils import timezone"),
        ("interchange/feeds.py", "from search import finding"),
        ("ingest/store.py", "from search import signals"),
        ("ingest/store.py", "from archive import settings"),
        ("interchange/citations.py", "from haystack.query import SearchQuerySet"),
        ("documents/views/__init__.py", "from ...search import query"),
        ("documents/views.py", "def view():\n    from documents.models import Document"),
        ("documents/views.py", "class View:\n    def get(self):\n        import editions.model"),
        ("documents/views.py", "from documents.models import *"),
        ("documents/views.py", "import importlib\nimportlib.import_module('search.query')"),
    ],
)
def test_it_objects(path: str, code: str) -> None:
    assert list(objections(Path(path), code))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("documents/views.py", "from editions.model import Edition"),
        ("documents/views/pages.py", "from .document import document"),
        ("ingest/store.py", "from documents.models import Document\nfrom editions.model import Edition"),
        ("archive/urls.py", "from search import urls"),
        ("search/engines/whoosh.py", "from haystack.backends import whoosh_backend"),
    ],
)
def test_it_has_no_objection(path: str, code: str) -> None:
    assert not list(objections(Path(path), code))
