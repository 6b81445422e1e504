"""How long a reading of 40 pages takes to print, and how many more pages a handout has than plain text.

Plain text has the same words in the same face and size between the same margins, one paragraph on the next, its notes
at the end, and the same room for answers. The last page counts as far down as there is text on it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO

import typst
from pypdf import PdfReader

from benchmarks import long_document
from classroom.content import Content
from classroom.live import LiveReading, live
from classroom.paper.sheet import sheet
from classroom.paper.tree import Node, said
from classroom.paper.typeset import handout

#: So many passages of the long document, and a question, fill 40 pages.
PASSAGES = 195
#: What is left free above and below, in points.
MARGIN = 25 / 25.4 * 72
SHIPPED = ("kennedy-1962-03-07", "khrushchev-1962-03-20", "nsam-129")
PLAIN = b"""
#set page(paper: "a4", margin: (x: 32mm, top: 25mm, bottom: 25mm))
#set text(lang: "en", font: "Libertinus Serif", size: 11pt)
#set par(justify: true, leading: 0.58em, spacing: 0.58em)
#for line in read("words.txt").split("\\n") { if line == "" { block(height: 8mm, spacing: 0pt) } else { par(line) } }
"""


@dataclass(frozen=True)
class Printed:
    """How a reading was printed."""

    name: str
    pages: int
    filled: float
    plain: float
    seconds: float

    @property
    def more(self) -> float:
        """How many more pages than plain text, of a hundred."""
        return 100 * (self.filled / self.plain - 1)


def measure() -> list[Printed]:
    """Prints the documents that ship, and a long reading. Django must be set up, both collections be imported."""
    question = {"kind": "question", "ident": "ques", "prompt": "What would you have answered?", "lines": 12}
    span = {"first": "p1", "last": f"p{PASSAGES}"}
    long = {"kind": "passages", "ident": "long", "document": long_document.SLUG, "spans": [span]}
    return [documents_that_ship(), _printed("a long reading", live(_content([long, question])))]


def documents_that_ship() -> Printed:
    """Prints them, one after another."""
    items = [{"kind": "document", "ident": f"doc{n}", "document": slug} for n, slug in enumerate(SHIPPED)]
    return _printed("the documents that ship", live(_content(items)))


def _content(items: list[Node]) -> Content:
    return Content.from_json({"title": "A reading", "items": items})


def _printed(name: str, reading: LiveReading) -> Printed:
    began = time.perf_counter()
    written = handout(reading)
    seconds = time.perf_counter() - began
    files = {"main.typ": PLAIN, "words.txt": "\n".join(words(sheet(reading))).encode()}
    plain = typst.compile(files, ignore_system_fonts=True)
    return Printed(name, len(PdfReader(BytesIO(written)).pages), _filled(written), _filled(plain), seconds)


def _filled(written: bytes) -> float:
    """How many pages of a PDF are filled."""
    pages = PdfReader(BytesIO(written)).pages
    heights: list[float] = []

    def see(text: str, page: list[float], line: list[float], *more: object) -> None:
        if text.strip():
            heights.append(line[4] * page[1] + line[5] * page[3] + page[5])

    pages[-1].extract_text(visitor_text=see)
    top, bottom = float(pages[-1].mediabox.height) - MARGIN, MARGIN
    lowest = min((height for height in heights if height >= bottom), default=top)
    return len(pages) - 1 + (top - lowest) / (top - bottom)


def words(written: Node) -> list[str]:
    """The words of a sheet as lines of plain text, the notes at the end."""
    lines = [written["title"], *_blocks(written["introduction"])]
    for item in written["items"]:
        lines += [item[name] for name in ("heading", "name", "title", "summary", "query", "address") if item.get(name)]
        for blocks in ("remark", "of", "prompt"):
            lines += _blocks(item.get(blocks, []))
        lines += [*item.get("choices", []), *[""] * item.get("lines", 0)]
        for term in item.get("terms", []):
            lines += [term["term"], *_blocks(term["meaning"])]
        for link in item.get("links", []):
            lines += [link["heading"], link["left"]["words"], link["right"]["words"], link["note"]]
        for row in item.get("rows", []):
            lines += [line for side in ("left", "right", "both", "of") for line in _blocks(row.get(side, []))]
        for citation in (*item.get("citations", []), item.get("citation", [])):
            lines.append("".join(run["text"] for run in citation))
    for note in written["notes"].values():
        first, *more = _blocks(note["of"]) or [""]
        lines += [f"{note['label']} {first}", *more]
    return lines


def _blocks(nodes: list[Node]) -> list[str]:
    lines = []
    for node in nodes:
        if node["is"] == "quotation":
            lines += _blocks(node["of"])
        elif node["is"] == "table":
            lines += [" ".join(said(cell["of"]) for cell in row["cells"]) for row in (*node["head"], *node["body"])]
        else:
            lines.append(f"{node['label']} {said(node['of'])}".strip())
    return lines
