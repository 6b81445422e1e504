"""Reads a page as a person would check it: its words, its ids, and where its links lead."""

import re
from html.parser import HTMLParser

#: Elements whose content is no part of the words of a page.
SILENT = {"script", "style", "title", "desc"}


class Page(HTMLParser):
    """``links`` are addresses by the words of the link, the first of each; a label only for screen readers counts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.links: dict[str, str] = {}
        self._words: list[str] = []
        self._link: tuple[str, int] | None = None
        self._silent = 0
        self.feed(html)
        self.text = _one_line(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self._silent += tag in SILENT
        if tag == "a" and "href" in attributes:
            self.hrefs.append(attributes["href"])
            self._link = (attributes["href"], len(self._words))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        if tag == "a" and self._link:
            href, start = self._link
            self.links.setdefault(_one_line(self._words[start:]), href)
            self._link = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def around(self, words: str, reach: int = 120) -> str:
        """Returns what follows these words in the main part of the page, where they stand last."""
        start = self.text.rindex(words)
        return self.text[start : start + len(words) + reach]


def _one_line(words: list[str]) -> str:
    return re.sub(r"\s+([,.;])", r"\1", " ".join(" ".join(words).split()))
