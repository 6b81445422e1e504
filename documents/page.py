"""What a document page shows: rows of text with their notes and marks, and what stands around them.

Everything is worked out here from loaded objects, so that the template only writes it down.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import strip_tags

from documents.exchange import answer_address, answered_address, done
from documents.models import (
    Division,
    Document,
    Link,
    Participation,
    Proposal,
    Quotation,
    Reference,
)
from documents.naming import called, dated_name, interval, place, short_names
from documents.queries import Answering, Block, Loaded
from documents.references import cited
from documents.rows import Chip, CitedNote, Mark, rows_of

WORDS_A_MINUTE = 230
#: A name or an abbreviation that a list of the volume explains.
GLOSSED = re.compile(r'class="(?:mention|term)"')


@dataclass(frozen=True)
class Tie:
    """How the document as a whole hangs together with another: "Answered by", the other, "13 days later".

    A guess has ``evidence``, the words from which it is guessed, and ``said``, where they stand.
    """

    words: str
    document: Document
    interval: str = ""
    beside: str = ""
    place: str = ""
    address: str = ""
    evidence: str = ""
    said: str = ""
    name: str = ""


class DocumentPage:
    """One public document, ready to be written down."""

    def __init__(self, loaded: Loaded) -> None:
        self.document = loaded.document
        self.previous, self.following = loaded.previous, loaded.following
        self._names = short_names([self.document, *loaded.exchange.documents])
        self._standings = loaded.exchange.standings
        self.proposals = [p for p in loaded.exchange.proposals if p.document_id == self.document.pk]
        self._whole = [link for link in loaded.exchange.links if link.answering_document_id == self.document.pk]
        self.cited_by = loaded.cited_by
        cited_notes = self._cited_notes(loaded)
        self.rows, self.loose_notes = rows_of(loaded.blocks, loaded.notes, self._marks(loaded.blocks), cited_notes)
        self.notes = loaded.notes
        self.is_glossed = any(GLOSSED.search(piece.html) for piece in (*loaded.blocks, *loaded.notes))
        self._blocks = {block.ident: block for block in loaded.blocks}
        self.corrections = [(self.name_of(row.ident), row) for row in loaded.corrections]
        self.references = cited(self._in_order(loaded), self.name_of)
        self.ties = self._ties(loaded)
        self.witnesses = loaded.witnesses
        self.has_thread = len(loaded.replies) > 1 or any(each.goes_on for each in loaded.replies)
        headings = [unescape(strip_tags(block.html)) for block in loaded.blocks if block.kind == "heading"]
        self.has_heading = any(self.document.title in heading for heading in headings)
        words = len(self.document.reading_text.split())
        self.words = f"{words:,}"
        self.minutes = max(1, round(words / WORDS_A_MINUTE))

    @property
    def side_name(self) -> str:
        """Whose document it is, where the collection names its sides."""
        sides = {"first": self.document.collection.first_side, "second": self.document.collection.second_side}
        return sides.get(self.document.side, "")

    @property
    def divisions(self) -> list[Division]:
        """The divisions of the volume that it stands in, the outermost first; of very deep ones the inner three."""
        inner = self.document.division
        middle = inner.parent if inner else None
        outer = middle.parent if middle else None
        return [division for division in (outer, middle, inner) if division]

    @property
    def roles(self) -> dict[str, list[Participation]]:
        """Those who have a part in the document, by role."""
        roles: dict[str, list[Participation]] = defaultdict(list)
        for part in self.document.participations.all():
            roles[part.role].append(part)
        return roles

    @property
    def parties(self) -> list[tuple[str, list[tuple[Participation, str]]]]:
        """From, to and copies: the role in words, and each with the name in the document where it says more."""
        wanted = (Participation.Role.FROM, Participation.Role.TO, Participation.Role.COPY)
        roles = self.roles
        return [(role.label, [(part, called(part)) for part in roles[role]]) for role in wanted if role in roles]

    def name_of(self, ident: str) -> str:
        """What a passage or note is called in a sentence: "passage 3", "note 2", "the heading"."""
        block = self._blocks.get(ident)
        if block is None:
            note = next((note for note in self.notes if note.ident == ident), None)
            return f"note {note.label}" if note else ident
        return f"passage {block.number}" if block.number else f"the {block.kind}"

    def _marks(self, blocks: list[Block]) -> dict[str, list[Mark]]:
        marks: dict[str, list[Mark]] = defaultdict(list)
        idents = {block.pk: block.ident for block in blocks}
        for proposal in self.proposals:
            marks[idents[proposal.first_passage_id]].append(self._mark(proposal))
        for link in self._whole:
            chip = Chip(self._answers(link), answered_address(link), link.answered.document.side)
            marks[link.answer_place].insert(0, Mark((chip,), words=f"{link.anchor}-answer"))
        return marks

    def _mark(self, proposal: Proposal) -> Mark:
        standing = self._standings[proposal.pk]
        chips = [
            Chip(self._answers(link), answered_address(link), link.answered.document.side) for link in standing.answers
        ]
        chips += [
            Chip(self._answered(link), answer_address(link), link.later_document.side) for link in standing.answered
        ]
        chips += [Chip("New")] if standing.is_new else []
        chips += [Chip("No explicit answer")] if standing.is_unanswered else []
        is_exact = proposal.quotation == Quotation.EXACT
        anchor, words = ("", proposal.anchor) if proposal.words and is_exact else (proposal.anchor, "")
        return Mark(tuple(chips), proposal, anchor, words, proposal.get_absolute_url(), not is_exact)

    def _answers(self, link: Link) -> str:
        name = self._names[link.answered.document_id]
        return f"{link.get_relation_display().capitalize()} {name}, {place(link.answered)}"

    def _answered(self, link: Link) -> str:
        name = self._names[link.later_document.pk]
        where = f"{name}, {place(link.answer)}" if link.answer else link.later_document.name
        return f"{done(link).capitalize()} — {where}"

    def _ties(self, loaded: Loaded) -> list[Tie]:
        ties = [self._replying(each) for each in loaded.replies]
        ties += [self._given(link) for link in self._whole]
        received = [link for link in loaded.exchange.links if link.answered.document_id == self.document.pk]
        return ties + [self._received(link) for link in received if link.answer_id is None]

    def _replying(self, each: Answering) -> Tie:
        """This document answers another as a letter, or is answered by it."""
        earlier, later = (self.document, each.other) if each.answers else (each.other, self.document)
        words = "Answered by" if each.answers else "Answers"
        days, beside = interval(earlier, later), _beside(earlier, later)
        if not each.is_guess:
            return Tie(words, each.other, days, beside, name=dated_name(each.other))
        place = earlier if each.in_answered else later
        said = f"{place.get_absolute_url()}#{each.ident}" if each.ident else ""
        guessed = {"evidence": each.words, "said": said}
        return Tie(f"Probably {words.lower()}", each.other, days, beside, name=dated_name(each.other), **guessed)

    def _given(self, link: Link) -> Tie:
        """This document as a whole answers a proposal of another."""
        other, words = link.answered.document, link.get_relation_display().capitalize()
        days, beside = interval(other, self.document), _beside(other, self.document)
        return Tie(words, other, days, beside, place(link.answered), answered_address(link))

    def _received(self, link: Link) -> Tie:
        """Another document as a whole answers a proposal of this one."""
        other, words = link.later_document, f"{done(link).capitalize()} by"
        days, beside = interval(self.document, other), _beside(self.document, other)
        return Tie(words, other, days, beside, address=answer_address(link))

    def _in_order(self, loaded: Loaded) -> list[Reference]:
        """Its references as they stand in the text, those of a note with the passage that calls it."""
        places = {block.ident: (place, 0) for place, block in enumerate(loaded.blocks)}
        called = {block.pk: place for place, block in enumerate(loaded.blocks)}
        end = len(loaded.blocks)
        places |= {note.ident: (called.get(note.passage, end), n) for n, note in enumerate(loaded.notes, 1)}
        return sorted(loaded.references, key=lambda each: places.get(each.ident, (end, 0)))

    def _cited_notes(self, loaded: Loaded) -> dict[str, CitedNote]:
        """The notes that other documents cite, by their ids; a note is meant by its id or else by its label."""
        by_label = {f"fn{note.label}": note.ident for note in reversed(loaded.notes)}
        names = by_label | {note.ident: note.ident for note in loaded.notes}
        return {
            names[name]: CitedNote(count, self._citing_note(name))
            for name, count in loaded.cited_by.notes.items()
            if name in names
        }

    def _citing_note(self, name: str) -> str:
        """Where the documents that cite a note are listed: on this page, as long as all fit."""
        if self.cited_by.is_all:
            return "#cited-by"
        return f"{reverse('cited_by', args=[self.document.slug])}?{urlencode({'note': name})}"


def _beside(earlier: Document, later: Document) -> str:
    return reverse("beside", args=[earlier.slug, later.slug])
