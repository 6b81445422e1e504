"""Writes the tree of a sheet as XHTML for a book: a function for each inline, block and item. All text is escaped here.

Notes stand after the text that calls them, so that a reader shows them where they are called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from classroom.paper.tree import Node

NAME = re.compile(r"[^A-Za-z0-9_.-]")
#: Elements of inlines that only mark words.
MARKS = {
    "italic": ("<em>", "</em>"),
    "bold": ("<strong>", "</strong>"),
    "underline": ("<u>", "</u>"),
    "smallcaps": ('<span class="small-caps">', "</span>"),
    "struck": ("<s>", "</s>"),
    "super": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "left": ("<del>", "</del>"),
    "right": ("<ins>", "</ins>"),
}


def named(ident: str) -> str:
    """An id as XML allows it."""
    return NAME.sub("-", ident)


class Writer:
    """Writes the items of one sheet."""

    def __init__(self, sheet: Node) -> None:
        self.sheet = sheet

    def item(self, item: Node) -> str:
        """One item with the teacher's remark above it; what has a heading has it as the first of its chapter."""
        return ITEMS[item["is"]](self, item)

    def write(self, nodes: Iterable[Node]) -> str:
        return "".join(
            WRITERS[node["is"]](self, node) if node["is"] not in MARKS else self.mark(node) for node in nodes
        )

    def mark(self, node: Node) -> str:
        before, after = MARKS[node["is"]]
        return f"{before}{self.write(node['of'])}{after}"

    def text(self, node: Node) -> str:
        return escape(node["text"], quote=False)

    def line_break(self, node: Node) -> str:
        return "<br/>"

    def page(self, node: Node) -> str:
        return f'<span class="page">[{escape(node["label"])}]</span>'

    def link(self, node: Node) -> str:
        return f'<a href="{escape(node["to"])}">{self.write(node["of"])}</a>'

    def note(self, node: Node) -> str:
        label, ident = escape(node["label"]), named(node["note"])
        if node["note"] not in self.sheet["notes"]:
            return f"<sup>{label}</sup>"
        back = f' id="marker-{ident}"' if node.get("called") else ""
        return f'<sup><a{back} epub:type="noteref" role="doc-noteref" href="#{ident}">{label}</a></sup>'

    def block(self, node: Node) -> str:
        number = f'<span class="number">{escape(node["number"])}</span> ' if node["number"] else ""
        label = f'<span class="label">{escape(node["label"])}</span> ' if node["label"] else ""
        ident = f' id="{named(node["ident"])}"' if node["ident"] else ""
        inside = number + label + self.write(node["of"])
        if node["kind"] == "heading":
            return f"<h2{ident}>{inside}</h2>\n"
        if node["kind"] == "omission":
            inside = f"[…] {inside}"
        classes = f"{node['kind']} deep" if node["deep"] else node["kind"]
        return f'<p class="{escape(classes)}"{ident}>{inside}</p>\n'

    def quotation(self, node: Node) -> str:
        return f"<blockquote>{self.write(node['of'])}</blockquote>\n"

    def table(self, node: Node) -> str:
        caption = f"<caption>{self.write(node['caption'])}</caption>" if node["caption"] else ""
        head = f"<thead>{self.rows(node['head'])}</thead>" if node["head"] else ""
        body = f"<tbody>{self.rows(node['body'])}</tbody>" if node["body"] else ""
        return f"<table>{caption}{head}{body}</table>\n" if head or body else f"<p>{self.write(node['caption'])}</p>\n"

    def rows(self, rows: Iterable[Node]) -> str:
        return "".join(f"<tr>{''.join(self.cells(row))}</tr>" for row in rows)

    def cells(self, row: Node) -> Iterable[str]:
        for place, cell in enumerate(row["cells"]):
            number = f'<span class="number">{escape(row["number"])}</span> ' if row["number"] and not place else ""
            element = "th" if cell["names"] else "td"
            across = f' colspan="{cell["across"]}"' if cell["across"] > 1 else ""
            yield f"<{element}{across}>{number}{self.write(cell['of'])}</{element}>"

    def cited(self, runs: Iterable[Node]) -> str:
        written = (f"<i>{escape(run['text'])}</i>" if run["italic"] else escape(run["text"]) for run in runs)
        return f'<p class="citation">{"".join(written)}</p>\n'

    def remark(self, item: Node) -> str:
        return f'<div class="remark">{self.write(item["remark"])}</div>\n' if item.get("remark") else ""

    def excerpt(self, item: Node) -> str:
        title = f'<p class="title">{escape(item["title"])}</p>\n' if item["title"] else ""
        problem = f'<p class="notice">{escape(item["problem"])}</p>\n' if item["problem"] else ""
        text = self.write(item["of"])
        notes = "".join(
            self.footnote(self.sheet["notes"][ident])
            for ident in _called([*item["head"], *item["of"]], self.sheet["notes"])
        )
        loose = "".join(self.loose(note) for note in item["loose"])
        above = f"<h1>{self.write(item['head'])}</h1>\n{title}{self.remark(item)}{problem}"
        return f"{above}{text}{notes}{loose}{self.cited(item['citation'])}"

    def footnote(self, note: Node) -> str:
        ident = named(note["ident"])
        back = f'<a href="#marker-{ident}" role="doc-backlink">{escape(note["label"])}</a>'
        return (
            f'<aside epub:type="footnote" role="doc-footnote" id="{ident}">'
            f'<p class="back">{back}</p>{self.write(note["of"])}</aside>\n'
        )

    def loose(self, note: Node) -> str:
        return f'<div class="loose"><p class="back">{escape(note["label"])}</p>{self.write(note["of"])}</div>\n'

    def facing(self, item: Node) -> str:
        summary = f"<p>{escape(item['summary'])}</p>\n" if item["summary"] else ""
        rows = "".join(self.pair(row, item["names"]) for row in item["rows"])
        cited = "".join(map(self.cited, item["citations"]))
        return f"<h1>{escape(item['heading'])}</h1>\n{self.remark(item)}{summary}{rows}{cited}"

    def pair(self, row: Node, names: list[str]) -> str:
        if "both" in row:
            return f'<div class="both">{self.write(row["both"])}</div>\n'
        sides = zip(names, (row.get("left", []), row.get("right", [])), strict=True)
        if "side" in row:
            sides = zip([names[row["side"] == "right"]], [row["of"]], strict=True)
        written = (
            f'<div class="side"><p class="who">{escape(name)}</p>{self.write(of)}</div>' for name, of in sides if of
        )
        return f'<div class="pair">{"".join(written)}</div>\n'

    def proposal(self, item: Node) -> str:
        summary = f'<p class="title">{escape(item["summary"])}</p>\n' if item["summary"] else ""
        links = "".join(map(self.answer, item["links"]))
        unanswered = ""
        if item["unanswered"]:
            said = f"{escape(item['unanswered'])} was answered, but nothing in the answer takes up this proposal."
            unanswered = f'<p class="notice"><strong>No explicit answer.</strong> {said}</p>\n'
        heading = f"<h1>{escape(item['name'])} {escape(item['title'])}</h1>\n"
        return f"{heading}{summary}{self.remark(item)}{links}{unanswered}{self.cited(item['citation'])}"

    def answer(self, link: Node) -> str:
        note = f'<p class="remark">Editor’s note. {escape(link["note"])}</p>' if link["note"] else ""
        sides = "".join(map(_quoted, (link["left"], link["right"])))
        return f'<h2>{escape(link["heading"])}</h2>\n<div class="pair">{sides}</div>\n{note}'

    def words(self, item: Node) -> str:
        heading = f"<h1>{escape(item['heading'])}</h1>\n" if item["heading"] else ""
        return heading + self.write(item["of"])

    def search(self, item: Node) -> str:
        address, query = escape(item["address"]), escape(item["query"])
        said = f'<a href="{address}">“{query}”</a>' if address.startswith("http") else f"“{query}”"
        return f"{self.remark(item)}<p>Search the archive for {said}.</p>\n"

    def glossary(self, item: Node) -> str:
        terms = (f"<dt>{escape(each['term'])}</dt><dd>{self.write(each['meaning'])}</dd>" for each in item["terms"])
        return f"<dl>{''.join(terms)}</dl>\n"

    def missing(self, item: Node) -> str:
        return f'{self.remark(item)}<p class="notice">{escape(item["said"])}</p>\n'

    def question(self, item: Node) -> str:
        inside = self.write(item["prompt"])
        correct = item.get("correct", [])
        if item["form"] == "choice":
            how = "Choose one or several." if item["several"] else "Choose one."
            choices = (
                f"<li><strong>{escape(said)}</strong> (correct)</li>"
                if place in correct
                else f"<li>{escape(said)}</li>"
                for place, said in enumerate(item["choices"])
            )
            inside += f'<p class="how">{how}</p><ul class="choices">{"".join(choices)}</ul>'
        if item["form"] == "point":
            inside += '<p class="how">Answer with the number of the passage.</p>'
        if item.get("places"):
            inside += f'<p class="answer">Shown by: {escape("; ".join(item["places"]))}.</p>'
        if item.get("model"):
            inside += f'<div class="answer"><p>Model answer:</p>{self.write(item["model"])}</div>'
        heading = f"<h2>Question {item['number']}</h2>"
        return f'<section class="question" id="question-{item["number"]}">{heading}{inside}</section>\n'


Writing = Callable[[Writer, Node], str]
WRITERS: dict[str, Writing] = {
    "text": Writer.text,
    "break": Writer.line_break,
    "page": Writer.page,
    "link": Writer.link,
    "note": Writer.note,
    "block": Writer.block,
    "quotation": Writer.quotation,
    "table": Writer.table,
}
ITEMS: dict[str, Writing] = {
    "excerpt": Writer.excerpt,
    "facing": Writer.facing,
    "proposal": Writer.proposal,
    "words": Writer.words,
    "search": Writer.search,
    "glossary": Writer.glossary,
    "missing": Writer.missing,
    "question": Writer.question,
}


def _called(nodes: Iterable[Node], notes: dict[str, Any]) -> list[str]:
    """The notes that some nodes call, each once and in order."""
    found: dict[str, None] = {}
    for node in nodes:
        if node.get("is") == "note" and node["note"] in notes:
            found[node["note"]] = None
        for inner in ("caption", "head", "body", "cells", "of"):
            found |= dict.fromkeys(_called(node.get(inner, []), notes))
    return list(found)


def _quoted(side: Node) -> str:
    changed = f'<p class="remark">{escape(side["changed"])}</p>' if side["changed"] else ""
    words = f"<blockquote><p>“{escape(side['words'])}”</p></blockquote>"
    return f'<div class="side"><p class="who">{escape(side["document"])}</p>{words}{changed}</div>'
