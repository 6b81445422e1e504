"""The Nu HTML checker, the one validator.w3.org uses. ``VNU_JAR`` says where it is."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


def checker() -> str | None:
    """Returns the path of the checker, where it and Java are there."""
    jar = os.environ.get("VNU_JAR", "")
    return jar if shutil.which("java") and Path(jar).is_file() else None


def errors(jar: str, pages: Mapping[str, str]) -> list[str]:
    """Returns what is wrong with the pages, given by name, each error with its page, line and words."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html)
            names[path.as_uri()] = name
        command = ["java", "-jar", jar, "--format", "json", "--errors-only", "--exit-zero-always", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{names.get(found.get('url', '').replace('file:/', 'file:///', 1), found.get('url'))}, "
        f"line {found.get('lastLine', '?')}: {found['message']} … {found.get('extract', '').strip()}"
        for found in json.loads(done.stderr)["messages"]
    ]
