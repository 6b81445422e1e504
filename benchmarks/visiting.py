"""How many bytes a first visit transfers, asked of Chromium with nothing in its cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests import browsing


@dataclass(frozen=True)
class Visit:
    path: str
    kilobytes: float
    requests: int
    elsewhere: list[str]


def measure(address: str, paths: list[str]) -> list[Visit]:
    """Returns what a first visit to each of the pages costs; nothing where there is no Chromium."""
    program = browsing.chromium()
    if program is None:
        return []
    with browsing.launched(program) as browser:
        return [_visit(browser, address, path) for path in paths]


def _visit(browser: Any, address: str, path: str) -> Visit:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes: list[float] = []
    asked: list[str] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.send("Network.enable")
    page.goto(address + path, wait_until="networkidle")
    context.close()
    return Visit(path, sum(sizes) / 1000, len(asked), [url for url in asked if not url.startswith(("data:", address))])
