"""Chromium, driven by Playwright, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

#: The shell is Chromium without windows and menus: it opens a page with a quarter of the work.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
AS_IT_STANDS = {"preload": False, "resultTypes": ["violations"]}
#: The rules of axe that ask for colors. All others say the same of a page in the light and in the dark.
OF_COLORS = ("color-contrast", "link-in-text-block")
#: Widths and color schemes that a page is looked at in.
SCREENS = ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"))


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


def violations(page: Page, rules: Sequence[str] = ()) -> str:
    """Returns what axe finds wrong with the page as it stands, empty when nothing is; by all rules or by these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {**AS_IT_STANDS, "runOnly": list(rules)} if rules else AS_IT_STANDS
    found: list[dict[str, Any]] = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    lines = []
    for violation in found:
        lines.append(f"{violation['id']}: {violation['help']}")
        lines += [f"    {node['html'][:200]}  {node.get('failureSummary', '')}" for node in violation["nodes"][:5]]
    return "\n".join(lines)


def fits(page: Page) -> bool:
    """Says that nothing of the page is beside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def show_on(page: Page, width: int, scheme: str) -> None:
    """Shows the page on another screen, and ends what fades from the colors of the one before."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("""() => {
        const fading = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
        for (let all = fading(); all.length; all = fading()) all.forEach((each) => each.finish());
    }""")
