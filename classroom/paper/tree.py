"""What the archive shows as HTML, as a small tree that JSON can hold and any page can be written from.

A node is an object whose ``is`` says what it is; one function below reads each element. Blocks are ``block`` (with
``kind``, ``number``, ``ident``, ``label`` and ``of``), ``quotation`` and ``table``; inlines are ``text``, the marks of
``MARKS``, ``link``, ``break``, ``page`` and ``note``. An element that is not known leaves its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urljoin

from lxml.html import HtmlElement, fragment_fromstring

Node = dict[str, Any]

#: Elements that only mark words, and what the mark is called.
MARKS = {
    "em": "italic",
    "i": "italic",
    "strong": "bold",
    "b": "bold",
    "u": "underline",
    "s": "struck",
    "sup": "super",
    "sub": "sub",
    "del": "left",
    "ins": "right",
}
WHITE = re.compile(r"[ \t\r\n\f]+")
#: What no font can show and no XML may hold.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "blockquote", "table", "div", "ul", "ol", "li", "aside"})


class Reader:
    """Reads HTML of the archive; addresses in it become full ones by ``base``, or are left out where that is empty."""

    def __init__(self, base: str = "") -> None:
        self.base = base

    def blocks(self, html: str) -> list[Node]:
        """The blocks of some HTML; words that stand in none are a block of their own."""
        return list(self._blocks(_parsed(html)))

    def inlines(self, html: str) -> list[Node]:
        """The words of some HTML that holds no blocks."""
        return _trimmed(self._inlines(_parsed(html)))

    def _blocks(self, parent: HtmlElement) -> Iterator[Node]:
        loose: list[Node] = [_text(parent.text)] if parent.text else []
        for child in parent:
            if child.tag in BLOCKS:
                yield from _loose(loose)
                loose = []
                yield from self._block(child)
            else:
                loose += self._inline(child)
            if child.tail:
                loose.append(_text(child.tail))
        yield from _loose(loose)

    def _block(self, element: HtmlElement) -> Iterator[Node]:
        match element.tag:
            case "p":
                yield self._paragraph(element, element.get("class") or "paragraph")
            case "h1" | "h2" | "h3" | "h4":
                yield self._paragraph(element, "heading")
            case "blockquote":
                yield {"is": "quotation", "of": list(self._blocks(element))}
            case "table":
                yield self._table(element)
            case _:
                yield from self._blocks(element)

    def _paragraph(self, element: HtmlElement, kind: str) -> Node:
        label = ""
        for found in element.find_class("label")[:1]:
            label = _words(found)
            _drop(found)
        of = _trimmed(self._inlines(element))
        return block(kind_of(kind.split()[0], of), of, label=label)

    def _table(self, table: HtmlElement) -> Node:
        caption = table.find("caption")
        return {
            "is": "table",
            "caption": [] if caption is None else _trimmed(self._inlines(caption)),
            "head": [self._row(row) for row in table.iterfind("thead/tr")],
            "body": [self._row(row) for row in table.iter("tr") if row.getparent().tag != "thead"],
        }

    def _row(self, row: HtmlElement) -> Node:
        cells = [cell for cell in row if "row-number" not in cell.get("class", "")]
        number = row.find_class("passage-number")
        return {
            "number": _words(number[0]) if number else "",
            "ident": row.get("id", ""),
            "cells": [
                {
                    "of": _trimmed(self._inlines(cell)),
                    "across": int(cell.get("colspan", "1")),
                    "names": cell.tag == "th",
                }
                for cell in cells
            ],
        }

    def _inlines(self, parent: HtmlElement) -> list[Node]:
        found = [_text(parent.text)] if parent.text else []
        for child in parent:
            found += self._inline(child)
            if child.tail:
                found.append(_text(child.tail))
        return found

    def _inline(self, element: HtmlElement) -> list[Node]:
        if not isinstance(element.tag, str):
            return []
        for name in (*element.get("class", "").split(), element.tag):
            if name in READERS:
                return READERS[name](self, element)
        if element.tag in MARKS:
            return [{"is": MARKS[element.tag], "of": self._inlines(element)}]
        return self._inlines(element)

    def small_capitals(self, element: HtmlElement) -> list[Node]:
        return [{"is": "smallcaps", "of": self._inlines(element)}]

    def line_break(self, element: HtmlElement) -> list[Node]:
        return [{"is": "break"}]

    def page_break(self, element: HtmlElement) -> list[Node]:
        return [{"is": "page", "label": _words(element).strip("[]")}]

    def marker(self, element: HtmlElement) -> list[Node]:
        link = element.find("a")
        href = "" if link is None else link.get("href", "")
        ident = unquote(href.removeprefix("#")) if href.startswith("#") else ""
        return [{"is": "note", "note": ident, "label": _words(element)}]

    def lacking(self, element: HtmlElement) -> list[Node]:
        return [_text("[ ]")]

    def number_of_difference(self, element: HtmlElement) -> list[Node]:
        return [{"is": "super", "of": [_text(_words(element))]}]

    def nothing(self, element: HtmlElement) -> list[Node]:
        return []

    def link(self, element: HtmlElement) -> list[Node]:
        """Only addresses that lead out of the reading are kept; one within it is words."""
        address, words = element.get("href", ""), self._inlines(element)
        address = urljoin(f"{self.base}/", address) if self.base and not address.startswith("#") else ""
        return [{"is": "link", "to": address, "of": words}] if address.startswith(("http:", "https:")) else words

    def words(self, element: HtmlElement) -> list[Node]:
        return self._inlines(element)


#: What reads an element, by one of its classes or its name; a class comes first.
READERS: dict[str, Callable[[Reader, HtmlElement], list[Node]]] = {
    "small-caps": Reader.small_capitals,
    "br": Reader.line_break,
    "page-break": Reader.page_break,
    "note-marker": Reader.marker,
    "is-lacking": Reader.lacking,
    "variant-number": Reader.number_of_difference,
    "visually-hidden": Reader.nothing,
    "passage-number": Reader.nothing,
    "correction": Reader.words,
    "sic": Reader.words,
    "a": Reader.link,
}


def block(kind: str, of: list[Node], **values: Any) -> Node:
    """A paragraph of some kind; those of the archive are named as ``editions.model.BlockKind`` has them."""
    return {"is": "block", "kind": kind, "number": "", "ident": "", "label": "", "deep": False} | values | {"of": of}


def plain(text: str) -> list[Node]:
    """Paragraphs of somebody's own words, with empty lines between them; a single line feed begins a new line."""
    found = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        of: list[Node] = []
        for line in paragraph.split("\n"):
            of += [{"is": "break"}, _text(line)] if of else [_text(line)]
        if paragraph.strip():
            found.append(block("own", of))
    return found


def words(text: str) -> list[Node]:
    """Inlines that say no more than a text."""
    return [_text(text)] if text else []


def clean(text: str) -> str:
    """A text without the characters that no font shows."""
    return CONTROL.sub("", text)


def kind_of(kind: str, of: list[Node]) -> str:
    """What a block of this kind is set as: a heading without words is none."""
    return "centered" if kind == "heading" and not said(of).strip() else kind


def said(nodes: list[Node]) -> str:
    """The words of some inlines and nothing else."""
    return "".join(node["text"] if node["is"] == "text" else said(node.get("of", [])) for node in nodes)


def _parsed(html: str) -> HtmlElement:
    return fragment_fromstring(CONTROL.sub("", html), create_parent="div")


def _text(value: str) -> Node:
    return {"is": "text", "text": WHITE.sub(" ", clean(value))}


def _words(element: HtmlElement) -> str:
    return WHITE.sub(" ", element.text_content()).strip()


def _drop(element: HtmlElement) -> None:
    """Takes an element out and leaves what follows it, without the space between."""
    element.tail = (element.tail or "").lstrip()
    element.drop_tree()


def _loose(nodes: list[Node]) -> Iterator[Node]:
    trimmed = _trimmed(nodes)
    if trimmed:
        yield block("paragraph", trimmed)


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Inlines without white space at their ends."""
    nodes = list(nodes)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while nodes and nodes[place]["is"] == "text":
            stripped = strip(nodes[place]["text"])
            if stripped:
                nodes[place] = {"is": "text", "text": stripped}
                break
            nodes.pop(place)
    return nodes
