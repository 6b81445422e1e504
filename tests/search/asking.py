"""Searching as a reader does, over HTTP, and what the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import reverse

_RESULT = re.compile(
    r"""<li class="result result-(?P<type>\w+) .*?<h3><a href="(?P<address>[^"]*)">(?P<title>.*?)</a>""", re.DOTALL
)
_VALUE = re.compile(
    r"""<a.class="value".href="(?P<address>[^"]*)".*?
        value-label">(?P<label>.*?)</span>.<span.class="value-count">(?P<count>[\d,]+)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Answer:
    status: int
    html: str

    @property
    def addresses(self) -> list[str]:
        """Where the results open, without the query."""
        return [re.sub(r"\?[^#]*", "", unescape(match["address"])) for match in _RESULT.finditer(self.html)]

    @property
    def links(self) -> list[str]:
        return [unescape(match["address"]) for match in _RESULT.finditer(self.html)]

    @property
    def total(self) -> int:
        match = re.search(r"<strong>([\d,]+) results?</strong>", self.html)
        return int(match[1].replace(",", "")) if match else 0

    @property
    def words(self) -> str:
        """The page without its tags, its spaces as one."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    def counts(self, name: str) -> dict[str, int]:
        """The values of a filter with their counts."""
        return {label: int(match["count"].replace(",", "")) for label, match in self._values(name)}

    def address_of(self, name: str, label: str) -> str:
        return next(unescape(match["address"]) for found, match in self._values(name) if found == label)

    def _values(self, name: str) -> list[tuple[str, re.Match[str]]]:
        part = re.search(rf'<h3 id="filter-{name}">(.*?)(<h3 |</section>)', self.html, re.DOTALL)
        return [(unescape(match["label"]), match) for match in _VALUE.finditer(part[1])] if part else []


def ask(client: Client, typed: str = "", **parameters: object) -> Answer:
    return follow(client, reverse("search"), {"q": typed, **parameters})


def follow(client: Client, address: str, parameters: dict[str, object] | None = None) -> Answer:
    response = client.get(address, parameters or parse_qs(urlsplit(address).query))
    return Answer(response.status_code, response.content.decode())
