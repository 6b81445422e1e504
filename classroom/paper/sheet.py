"""A reading as it is written on paper or into a book: one tree that JSON can hold, with all that is to be seen.

What is for the teacher alone is in it only when it is made for the teacher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from classroom.citing import citation_of
from classroom.content import Question, Search, Term, Words
from classroom.excerpts import Excerpt
from classroom.live import LiveReading, Shown
from classroom.paper.columns import collation_rows, facing_rows, link_of
from classroom.paper.tree import Node, Reader, block, clean, kind_of, plain, said, words
from documents.models import Document
from documents.rows import Piece, Row
from interchange.addresses import base_url

IDENT = re.compile(r'\sid="([^"]*)"')
NUMBER = re.compile(r'class="passage-number"[^>]*>(\d+)<')
KIND = re.compile(r'class="passage is-([a-z]+)')
LABEL = re.compile(r'class="note-label"[^>]*>([^<]*)<')
#: What students are told of something that the archive does not have now; teachers are told what.
UNAVAILABLE = "A part of this reading is not available now."


def sheet(live: LiveReading, request: HttpRequest | None = None, *, for_teacher: bool = False) -> Node:
    """The whole reading; addresses in it are full where the request or the settings say where the archive is."""
    return _Sheet(live, request, for_teacher).written()


@dataclass
class _Sheet:
    live: LiveReading
    request: HttpRequest | None
    for_teacher: bool
    notes: dict[str, Node] = field(default_factory=dict)
    #: The numbers of the passages shown, by their ids on the sheet.
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = base_url(self.request)
        self.base = base if base.startswith("http") else ""
        self.reader = Reader(self.base)

    def written(self) -> Node:
        content = self.live.content
        items = list(self._items())
        self._call_notes([node for item in items for node in (*item.get("head", []), *item.get("of", []))], set())
        return {
            "title": clean(content.title),
            "level": content.level.label,
            "minutes": self.live.minutes,
            "introduction": plain(content.introduction),
            "archive": clean(settings.SITE_NAME),
            "for_teacher": self.for_teacher,
            "has_questions": bool(content.questions),
            "items": items,
            "notes": self.notes,
        }

    def _items(self) -> Iterator[Node]:
        """The items in order, terms that follow one another as one glossary."""
        written = list(self.live.shown)
        texts = {each.item.ident: self._item(each) for each in written if not isinstance(each.item, Question | Term)}
        for is_term, group in groupby(written, key=lambda each: isinstance(each.item, Term)):
            if is_term:
                yield _glossary(group)
                continue
            for each in group:
                yield self._question(each) if isinstance(each.item, Question) else texts[each.item.ident]

    def _item(self, shown: Shown) -> Node:
        item = shown.item
        remark = plain(getattr(item, "remark", ""))
        if shown.problem and not shown.excerpt:
            what = shown.problem if self.for_teacher else UNAVAILABLE
            return {"is": "missing", "ident": item.ident, "remark": remark, "said": clean(what)}
        match item:
            case Words(heading=heading, text=text):
                return {"is": "words", "ident": item.ident, "heading": clean(heading), "of": plain(text)}
            case Search(query=query):
                address = f"{reverse('search')}?{urlencode({'q': query})}"
                found = {"is": "search", "query": clean(query), "address": self.base + address}
            case _:
                found = self._from_the_archive(shown)
        return found | {"ident": item.ident, "remark": remark}

    def _from_the_archive(self, shown: Shown) -> Node:
        if shown.excerpt:
            return self._excerpt(shown.excerpt, shown.problem if self.for_teacher else "")
        if shown.standing:
            proposal = shown.standing.proposal
            links = [
                *((link, False) for link in shown.standing.answered),
                *((link, True) for link in shown.standing.answers),
            ]
            return {
                "is": "proposal",
                "name": proposal.ident,
                "title": clean(proposal.title),
                "summary": clean(proposal.summary),
                "links": [link_of(link, as_answer) for link, as_answer in links],
                "unanswered": clean(proposal.document.name) if shown.standing.is_unanswered else "",
                "citation": self._cited(proposal.document),
            }
        if shown.facing:
            left, right = shown.facing.left, shown.facing.right
            return {
                "is": "facing",
                "heading": clean(shown.name),
                "names": [clean(left.name), clean(right.name)],
                "summary": "",
                "rows": list(facing_rows(shown.facing, self.reader)),
                "citations": [self._cited(left), self._cited(right)],
            }
        assert shown.collation is not None
        page = shown.collation
        return {
            "is": "facing",
            "heading": clean(f"{page.base.reading.name}: {page.base.name} beside {page.witness.name}"),
            "names": [clean(page.base.heading), clean(page.witness.heading)],
            "summary": clean(page.summary),
            "rows": list(collation_rows(page, self.reader)),
            "citations": [self._cited(page.base.reading)],
        }

    def _excerpt(self, excerpt: Excerpt, problem: str) -> Node:
        document = excerpt.document
        blocks: list[Node] = []
        for portion in excerpt.portions:
            blocks += _omission(portion.omitted)
            for row in portion.rows:
                blocks += self._row(row)
        loose = [self._note(note) for note in excerpt.loose_notes]
        own = next((each for each in blocks[:4] if _names(each, document)), None)
        return {
            "is": "excerpt",
            "heading": clean(document.name),
            "head": own["of"] if own else words(document.name),
            "title": "" if _has_title(document, blocks) else clean(document.title),
            "of": [*(each for each in blocks if each is not own), *_omission(excerpt.omitted)],
            "loose": [self.notes.pop(ident) for ident in loose],
            "problem": clean(problem),
            "citation": self._cited(document, excerpt),
        }

    def _row(self, row: Row) -> list[Node]:
        for note in row.notes:
            self._note(note)
        if row.table:
            rows = "".join(f"{each.opening}{each.html}</tr>" for each in row.table.body)
            head = "".join(f"{each.opening}{each.html}</tr>" for each in row.table.head)
            html = f"<table><caption>{row.table.caption}</caption><thead>{head}</thead>{rows}</table>"
            blocks = self.reader.blocks(html)
            for each in (each for table in blocks for each in (*table["head"], *table["body"])):
                self.numbers[each["ident"]] = each["number"]
            return blocks
        opening = str(row.passage.opening)
        kind, number = _first(KIND, opening) or "paragraph", _first(NUMBER, opening)
        ident = _first(IDENT, opening)
        self.numbers[ident] = number
        blocks = self.reader.blocks(str(row.passage.html))
        for place, each in enumerate(blocks):
            at_first = {"number": number, "ident": ident} if place == 0 else {}
            each |= at_first | {"kind": kind_of(kind, each["of"]), "deep": "is-deep" in opening}
        return blocks

    def _note(self, note: Piece) -> str:
        """Keeps a note by its id, and returns that."""
        opening = str(note.opening)
        ident = _first(IDENT, opening)
        self.notes[ident] = {"label": _first(LABEL, opening), "ident": ident, "of": self.reader.blocks(str(note.html))}
        return ident

    def _call_notes(self, nodes: list[Node], seen: set[str]) -> None:
        """Marks where each note is called first: there it stands, and later markers only name it."""
        for node in nodes:
            if node.get("is") == "note":
                node["called"] = node["note"] in self.notes and node["note"] not in seen
                seen.add(node["note"])
            for inner in ("caption", "head", "body", "cells", "of"):
                self._call_notes(node.get(inner, []), seen)

    def _cited(self, document: Document, excerpt: Excerpt | None = None) -> list[Node]:
        runs = citation_of(document, self.request, excerpt).runs
        return [{"text": clean(run.text), "italic": run.is_italic} for run in runs]

    def _question(self, shown: Shown) -> Node:
        question = shown.item
        assert isinstance(question, Question)
        found: Node = {
            "is": "question",
            "ident": question.ident,
            "form": str(question.form),
            "number": shown.question,
            "prompt": plain(question.prompt),
            "choices": [clean(choice) for choice in question.choices],
            "several": question.several,
            "lines": question.lines,
            "asks_document": len(self.live.documents) > 1,
        }
        if self.for_teacher:
            found |= {
                "correct": list(question.correct),
                "places": self._places(question.places),
                "model": plain(question.model),
            }
        return found

    def _places(self, places: Iterable[str]) -> list[str]:
        """Where the passages stand that a question asks for, in words, by document."""
        found: dict[str, list[str]] = {}
        for place in places:
            item, _, ident = place.partition("#")
            shown = self.live.of(item)
            name = shown.document.name if shown and shown.document else item
            found.setdefault(name, []).append(self.numbers.get(f"item-{item}-{ident}") or ident)
        return [clean(f"{name}, passage{'s' * (len(each) > 1)} {', '.join(each)}") for name, each in found.items()]


def _names(block: Node, document: Document) -> bool:
    """Whether a block is a heading that says the name of its document."""
    return block.get("kind") == "heading" and said(block["of"]).casefold() == document.name.casefold()


def _has_title(document: Document, blocks: list[Node]) -> bool:
    """Whether the words shown, or the name above them, say the title already."""
    headings = {said(each["of"]).casefold() for each in blocks if each.get("kind") == "heading"}
    return document.title == document.name or document.title.casefold() in headings


def _glossary(group: Iterable[Shown]) -> Node:
    terms = [each.item for each in group if isinstance(each.item, Term)]
    return {
        "is": "glossary",
        "ident": terms[0].ident,
        "terms": [{"term": clean(each.term), "meaning": plain(each.meaning)} for each in terms],
    }


def _omission(count: int) -> list[Node]:
    return [block("omission", words(f"{count} passage{'' if count == 1 else 's'} left out"))] if count else []


def _first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return found[1] if found else ""
