"""Chromium, driven by Playwright, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
#: Without these, Chromium looks for updates and for Google's hosts at every start.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

#: Without this, axe puts style sheets that import others into the page once more, which the page's own policy refuses.
AS_IT_STANDS = {"preload": False}


def chromium() -> str | None:
    """Returns the path of an installed Chromium, if there is one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Runs a headless Chromium. Root cannot use its sandbox."""
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def violations(page: Page) -> str:
    """Returns what axe finds wrong with the page as it stands, empty when nothing is."""
    found: list[dict[str, Any]] = Axe().run(page, options=AS_IT_STANDS).response["violations"]
    lines = []
    for violation in found:
        lines.append(f"{violation['id']}: {violation['help']}")
        lines += [f"    {node['html'][:200]}  {node.get('failureSummary', '')}" for node in violation["nodes"][:5]]
    return "\n".join(lines)
