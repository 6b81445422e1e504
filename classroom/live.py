"""Readings as they are shown now: every item with what the archive has for it today.

Nothing that the public may not see gets in: a document that was withdrawn or deleted is missing, and said to be.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from classroom.content import (
    FROM_THE_ARCHIVE,
    Comparison,
    Content,
    Item,
    Level,
    Passages,
    ProposalAnswers,
    Question,
    Search,
    Span,
    Term,
    WholeDocument,
    Words,
)
from classroom.excerpts import Excerpt, Text, digest_of, excerpt
from documents import published, witnesses
from documents.collation_page import CollationPage
from documents.collation_rows import Selection
from documents.exchange import Standing
from documents.facing import Facing, facing
from documents.models import Collation, Document, Footnote, FormerAddress, Passage
from documents.queries import Block, Note

#: Words a minute, silently read: M. Brysbaert, "How many words do we read per minute?" (2019), gives 238 for adults and
#: non-fiction; pupils read more slowly, and documents of another time more slowly than both.
PACE = {Level.LOWER: 140, Level.SECONDARY: 170, Level.ANYONE: 200, Level.UNDERGRADUATE: 220, Level.GRADUATE: 230}
#: Minutes for a question, by its form.
MINUTES = {"open": 4, "choice": 1, "point": 2}
MISSING = "The document {} is not in the archive now. Take this out, or ask the editors what became of it."


@dataclass(frozen=True)
class Shown:
    """An item of a reading with what stands for it today.

    ``number`` counts the items from 1, ``question`` the questions. ``problem`` says what is missing, to the teacher;
    students are told that something is. ``digest`` is that of the text now; ``is_changed`` that it was another when the
    teacher last looked.
    """

    item: Item
    number: int
    question: int = 0
    document: Document | None = None
    excerpt: Excerpt | None = None
    standing: Standing | None = None
    facing: Facing | None = None
    collation: CollationPage | None = None
    problem: str = ""
    digest: str = ""

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def is_changed(self) -> bool:
        before = getattr(self.item, "digest", "")
        return bool(before and self.digest and before != self.digest)

    @property
    def anchor(self) -> str:
        """Its id on a page, and the prefix of the ids within it."""
        return f"item-{self.item.ident}"

    @property
    def name(self) -> str:
        """What it is called in an outline."""
        match self.item:
            case Question(prompt=prompt):
                return f"Question {self.question}: {prompt}"
            case Words(heading=heading, text=text):
                return heading or text
            case Term(term=term):
                return term
            case ProposalAnswers() if self.standing:
                return f"{self.standing.proposal.ident} {self.standing.proposal.title}"
            case Comparison() if self.facing:
                return f"{self.facing.left.name} beside {self.facing.right.name}"
            case Search(query=query):
                return f"Search for “{query}”"
        return self.document.name if self.document else "Missing document"

    @property
    def words(self) -> int:
        """How many words there are to read."""
        if self.excerpt:
            return self.excerpt.words
        if self.facing:
            return self.facing.words
        if self.standing:
            links = (*self.standing.answered, *self.standing.answers)
            return sum(len(f"{link.answer_words} {link.answered_words}".split()) for link in links) + 60
        if self.collation and self.document:
            segments = [segment for row in self.collation.table.rows for segment in row.segments]
            return sum(len(segment.base.split()) for segment in segments)
        written = (getattr(self.item, name, "") for name in ("prompt", "text", "term", "meaning"))
        return sum(len(each.split()) for each in written)


@dataclass(frozen=True)
class LiveReading:
    """A whole reading as it is shown now."""

    content: Content
    shown: tuple[Shown, ...]

    @cached_property
    def words(self) -> int:
        return sum(each.words for each in self.shown) + len(self.content.introduction.split())

    @cached_property
    def minutes(self) -> int:
        """About how long reading and answering takes."""
        answering = sum(MINUTES[question.form] for question in self.content.questions)
        return max(1, round(self.words / PACE[self.content.level] + answering))

    @property
    def changed(self) -> tuple[Shown, ...]:
        """What no longer reads as it did when the teacher last looked, or is missing."""
        return tuple(each for each in self.shown if each.is_changed or each.problem)

    @property
    def documents(self) -> list[Document]:
        """The documents that it shows, each once, in the order of the reading."""
        found = [each.document for each in self.shown if each.document]
        found += [each.facing.right for each in self.shown if each.facing]
        return list({document.pk: document for document in found}.values())

    def of(self, ident: str) -> Shown | None:
        return next((each for each in self.shown if each.item.ident == ident), None)

    def seen(self) -> Content:
        """The content, with the text of every item marked as seen now."""
        items = [
            replace(each.item, digest=each.digest) if each.digest else each.item  # type: ignore[call-arg]
            for each in self.shown
        ]
        return self.content.with_items(tuple(items))


def live(content: Content) -> LiveReading:
    """Looks up what a reading names, in some ten queries whatever the number of its items, and three more for each
    comparison."""
    found = _found(content)
    shown, questions = [], 0
    for number, item in enumerate(content.items, 1):
        questions += isinstance(item, Question)
        bare = Shown(item, number, question=questions if isinstance(item, Question) else 0)
        if isinstance(item, FROM_THE_ARCHIVE):
            bare = _shown(replace(bare, document=found.documents.get(item.document)), found)
        shown.append(bare)
    return LiveReading(content, tuple(shown))


class _Found(NamedTuple):
    """What the archive has for a reading: public documents by the addresses that the reading names them by, texts by
    their keys, and standings by key and id of proposal."""

    documents: dict[str, Document]
    texts: dict[int, Text]
    standings: dict[tuple[int, str], Standing]


def _found(content: Content) -> _Found:
    named = [item for item in content.items if isinstance(item, FROM_THE_ARCHIVE)]
    slugs = {item.document for item in named} | {item.other for item in named if isinstance(item, Comparison)}
    documents = _documents(slugs - {""})
    keys = {item: documents[item.document].pk for item in named if item.document in documents}
    texts = _texts({key for item, key in keys.items() if isinstance(item, WholeDocument | Passages)})
    return _Found(
        documents, texts, _standings({key for item, key in keys.items() if isinstance(item, ProposalAnswers)})
    )


def _shown(bare: Shown, found: _Found) -> Shown:
    item, document = bare.item, bare.document
    if document is None:
        return replace(bare, problem=MISSING.format(item.document))  # type: ignore[attr-defined]
    match item:
        case WholeDocument():
            return _excerpt(bare, excerpt(document, found.texts[document.pk], None, bare.anchor))
        case Passages(spans=spans):
            return _excerpt(bare, excerpt(document, found.texts[document.pk], spans, bare.anchor))
        case ProposalAnswers(proposal=ident):
            standing = found.standings.get((document.pk, ident.casefold()))
            if standing is None:
                return replace(bare, problem=f"{document.name} has no proposal {ident} now. Take this out.")
            standing.proposal.document = document  # this one has its parties, whom a citation names
            return replace(bare, standing=standing, digest=_digest_of(standing))
        case Comparison(other=other) if other:
            beside = found.documents.get(other)
            if beside is None or beside.pk == document.pk:
                return replace(bare, problem=MISSING.format(other))
            both = facing(document, beside, bare.anchor)
            return replace(bare, facing=both, digest=both.digest)
        case Comparison(siglum=siglum):
            try:
                collation = witnesses.find(witnesses.collations(), document.slug, "", siglum)
            except Collation.DoesNotExist:
                return replace(bare, problem=f"{document.name} has no witness {siglum} now. Take this out.")
            return replace(bare, collation=witnesses.page_of(collation, Selection()), digest=collation.digest[:16])
    return bare


def _excerpt(bare: Shown, found: Excerpt) -> Shown:
    return replace(bare, excerpt=found, digest=found.digest, problem=_lost(found.lost))


def _lost(spans: Collection[Span]) -> str:
    if not spans:
        return ""
    named = ", ".join(f"{span.first} to {span.last}" if span.first != span.last else span.first for span in spans)
    return f"The document has no passages {named} now. Choose the passages anew."


def _digest_of(standing: Standing) -> str:
    """Tells whether a proposal, and what answers it, read as they did."""
    links = [*standing.answers, *standing.answered, *standing.whole]
    said = [standing.proposal.passage_text, standing.proposal.words]
    said += [f"{link.relation}\n{link.answer_words}\n{link.answered_words}" for link in links]
    return digest_of(said)


def _documents(slugs: Collection[str]) -> dict[str, Document]:
    """Public documents by the addresses that a reading knows them by, former ones included."""
    found = {each.slug: each for each in published.documents().filter(slug__in=slugs)}
    former = dict(FormerAddress.objects.filter(slug__in=set(slugs) - found.keys()).values_list("slug", "document"))
    if former:
        by_key = published.documents().in_bulk(former.values())
        found |= {slug: by_key[key] for slug, key in former.items() if key in by_key}
    return found


def _texts(keys: Collection[int]) -> dict[int, Text]:
    texts = {key: Text([], [], {}) for key in keys}
    blocks = Passage.objects.filter(document__in=keys).order_by("document", "position")
    for key, text, *row in blocks.values_list("document", "text", *Block._fields):
        block = Block(*row)
        texts[key].blocks.append(block)
        texts[key].plain[block.ident] = text
    notes = Footnote.objects.filter(document__in=keys).order_by("document", "position")
    for key, *row in notes.values_list("document", *Note._fields):
        texts[key].notes.append(Note(*row))
    return texts


def _standings(keys: Collection[int]) -> dict[tuple[int, str], Standing]:
    """Where each proposal of these documents stands, by document and id."""
    if not keys:
        return {}
    around = published.around(keys)
    return {(each.document_id, each.ident.casefold()): around.standings[each.pk] for each in around.proposals}
