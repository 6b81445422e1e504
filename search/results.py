"""Results as a reader sees them: what each is, where it opens, and its best passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model, Prefetch
from django.utils.safestring import SafeString
from haystack.models import SearchResult

from documents.models import Document, DocumentDate, Footnote, Passage, Proposal
from search.asked import Asked
from search.matching import Matcher
from search.snippets import Place, Snippet, best_snippets, marked, opening
from search.voices import voice_of_note, voice_of_passage

LONG = ("source", "text", "reading_text")
SNIPPETS = 3


@dataclass(frozen=True)
class Result:
    """``address`` opens the result at its first hit; ``page`` is the document's, for the passages that are shown."""

    type: str
    label: str
    ident: str
    title: SafeString
    address: str
    document: Document
    page: str
    snippets: Sequence[Snippet] = ()
    proposal: Proposal | None = None

    @property
    def written(self) -> str:
        """The date of the document, in brackets when an editor supplied it."""
        return next((str(date) for date in self.document.dates.all() if date.event == DocumentDate.Event.WRITTEN), "")


def results_of(found: Iterable[SearchResult], asked: Asked) -> list[Result]:
    """Loads what was found, in a few queries. What is no longer public by now is left out."""
    found = list(found)
    keys = {model: [result.pk for result in found if result.model is model] for model in (Document, Proposal, Footnote)}
    rows: dict[type[Model], dict[str, Model]] = {
        Document: _by_key(_documents(keys[Document])),
        Proposal: _by_key(_proposals(keys[Proposal])),
        Footnote: _by_key(_footnotes(keys[Footnote])),
    }
    shown = _Shown(asked)
    objects = (rows[result.model].get(str(result.pk)) for result in found if result.model in rows)
    return [shown.result(obj) for obj in objects if obj is not None]


class _Shown:
    def __init__(self, asked: Asked) -> None:
        self._matcher = Matcher(asked.reading.query)
        self._hits = asked.hits

    def result(self, obj: Document | Proposal | Footnote) -> Result:
        match obj:
            case Document():
                return self._document(obj)
            case Proposal():
                return self._proposal(obj)
            case Footnote():
                return self._footnote(obj)

    def _document(self, document: Document) -> Result:
        places = _places(document)
        snippets = best_snippets(places, self._matcher, SNIPPETS)
        if not snippets and document.abstract:
            snippets = [opening(Place("", "In short", document.abstract))]
        page = document.get_absolute_url() + self._hits
        return Result(
            type="document",
            label=document.get_kind_display(),
            ident="",
            title=marked(document.name, self._matcher),
            address=f"{page}#hit-1" if self._hits and snippets and snippets[0].ident else page,
            document=document,
            page=page,
            snippets=snippets,
        )

    def _proposal(self, proposal: Proposal) -> Result:
        document = proposal.document
        voice = voice_of_passage(proposal.first_passage, document)
        words = Place(proposal.anchor, voice, words_of(proposal))
        summary = Place(proposal.anchor, "Editor’s summary", proposal.summary)
        page = document.get_absolute_url() + self._hits
        return Result(
            type="proposal",
            label="Proposal",
            ident=proposal.ident,
            title=marked(proposal.title, self._matcher),
            address=f"{page}#{proposal.anchor}",
            document=document,
            page=page,
            snippets=best_snippets([words, summary], self._matcher, 2) or [opening(words)],
            proposal=proposal,
        )

    def _footnote(self, note: Footnote) -> Result:
        document = note.document
        place = Place(note.ident, voice_of_note(note), note.text)
        page = document.get_absolute_url() + self._hits
        return Result(
            type="note",
            label=note.get_kind_display(),
            ident="",
            title=marked(f"{document.name}, note {note.label}", Matcher(None)),
            address=f"{page}#{note.ident}",
            document=document,
            page=page,
            snippets=best_snippets([place], self._matcher, 1) or [opening(place)],
        )


def _places(document: Document) -> list[Place]:
    """Every text of the document in the order of its page: each passage, then the notes that it calls."""
    notes: dict[int | None, list[Place]] = {}
    for note in document.footnotes.all():
        notes.setdefault(note.passage_id, []).append(Place(note.ident, voice_of_note(note), note.text))
    places: list[Place] = []
    for passage in document.passages.all():
        places.append(Place(passage.ident, voice_of_passage(passage, document), passage.text))
        places += notes.pop(passage.pk, [])
    return places + [place for rest in notes.values() for place in rest]


def _documents(keys: Sequence[str]) -> Iterable[Document]:
    texts = (Prefetch("passages", Passage.objects.defer("html")), Prefetch("footnotes", Footnote.objects.defer("html")))
    found = Document.objects.published().filter(pk__in=keys).select_related("collection")
    return found.defer(*LONG).prefetch_related(*texts, "dates")


def _proposals(keys: Sequence[str]) -> Iterable[Proposal]:
    public = Proposal.objects.filter(pk__in=keys, document__in=Document.objects.published())
    return public.select_related("document", "document__collection", "first_passage", "last_passage").prefetch_related(
        Prefetch("document__passages", Passage.objects.defer("html")), "document__dates"
    )


def _footnotes(keys: Sequence[str]) -> Iterable[Footnote]:
    public = Footnote.objects.filter(pk__in=keys, document__in=Document.objects.published())
    return public.select_related("document", "document__collection").prefetch_related("document__dates")


def words_of(proposal: Proposal) -> str:
    """The words of the document that are the proposal."""
    if proposal.words:
        return proposal.words
    first, last = proposal.first_passage.position, proposal.last_passage.position
    passages = proposal.document.passages.all()
    return "\n\n".join(passage.text for passage in passages if first <= passage.position <= last)


def _by_key(rows: Iterable[Model]) -> dict[str, Model]:
    return {str(row.pk): row for row in rows}
