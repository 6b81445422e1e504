"""Results as a reader sees them: what each is, where it opens, and its best passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from haystack.models import SearchResult

from documents.models import Footnote
from search.fields import NOTE, SOURCE, TEXT
from search.finding import pieces_of
from search.matching import Matcher
from search.page import result_rows
from search.page.asked import Asked
from search.page.result_rows import AgentRow, DocumentRow, NoteRow, PassageRow, ProposalRow
from search.page.snippets import Place, Snippet, best_of_each, best_snippets, marked, opening
from search.paths import path_of
from search.query import Query
from search.voices import SOURCE_KINDS, voice_of_note, voice_of_passage

#: So many passages of a document are shown, and so many when it is the only one that is searched.
SNIPPETS, SNIPPETS_WITHIN = 3, 12


@dataclass(frozen=True)
class Result:
    """``address`` opens the result at its first hit; ``page`` is the document's, for the passages that are shown.

    ``key`` names its row, ``document.12``. ``document`` is where it stands; people and organizations have none.
    ``further`` is a page about a proposal.
    """

    key: str
    type: str
    label: str
    title: SafeString
    address: str
    snippets: Sequence[Snippet] = ()
    ident: str = ""
    page: str = ""
    document: DocumentRow | None = None
    further: str = ""

    @property
    def written(self) -> str:
        """The date of the document, in brackets when an editor supplied it."""
        date = self.document and self.document.written
        return "" if date is None else f"[{date.display}]" if date.supplied else date.display


def results_of(found: Iterable[SearchResult], asked: Asked, query: Query | None = None) -> list[Result]:
    """Loads what was found, in a few queries. What is no longer public by now is left out.

    ``query`` is what was run, where that is not what was asked for. Raises ``SearchUnavailable``.
    """
    found = list(found)
    keys: dict[str, list[int]] = defaultdict(list)
    for result in found:
        keys[result.model_name].append(int(result.pk))
    shown = _Shown(asked, query or asked.reading.query, keys)
    results = (shown.result(result.model_name, int(result.pk)) for result in found)
    return [result for result in results if result is not None]


class _Shown:
    """Loads what results show, all at once, and makes each of them."""

    def __init__(self, asked: Asked, query: Query | None, keys: dict[str, list[int]]) -> None:
        self._matcher = Matcher(query)
        self._hits = asked.hits
        self._limit = SNIPPETS_WITHIN if asked.document else SNIPPETS
        self._pieces = self._best_pieces(query, keys["document"])
        quoted = [key for pieces in self._pieces.values() for key in pieces]
        note_keys = [int(key.rpartition(".")[2]) for key in quoted if key.startswith("documents.footnote.")]
        self._notes = result_rows.notes([*keys["footnote"], *note_keys])
        self._proposals = result_rows.proposals(keys["proposal"])
        parents = [row.document for row in (*self._notes.values(), *self._proposals.values())]
        self._documents = result_rows.documents([*keys["document"], *parents])
        stretches = [stretch for key in quoted if (stretch := _stretch(key))]
        stretches += [(row.document, row.first, row.last) for row in self._proposals.values() if not row.words]
        self._passages = result_rows.passages(stretches)
        self._agents = {kind: result_rows.agents(kind, keys[kind]) for kind in result_rows.AGENTS}

    def _best_pieces(self, query: Query | None, documents: Sequence[int]) -> dict[int, list[str]]:
        if query is None or not documents:
            return {}
        pieces = pieces_of(query, [str(key) for key in documents])
        return {int(key): found[: self._limit] for key, found in pieces.items()}

    def result(self, kind: str, key: int) -> Result | None:
        if kind in self._agents:
            agent = self._agents[kind].get(key)
            return self._agent(kind, agent) if agent else None
        note, proposal = (
            rows.get(key) if name == kind else None
            for name, rows in (("footnote", self._notes), ("proposal", self._proposals))
        )
        row = note or proposal
        document = self._documents.get(row.document if row else key if kind == "document" else 0)
        if document is None:
            return None
        page = document.get_absolute_url() + self._hits
        if note:
            return self._note(note, document, page)
        return self._proposal(proposal, document, page) if proposal else self._document(document, page)

    def _document(self, document: DocumentRow, page: str) -> Result:
        groups = [self._places(key, document) for key in self._pieces.get(document.pk, ())]
        snippets = best_of_each(groups, self._matcher)
        if not snippets and document.abstract:
            snippets = [opening(Place("", "In short", document.abstract))]
        return Result(
            key=f"document.{document.pk}",
            type="document",
            label=document.kind_name,
            title=marked(document.name, self._matcher),
            address=f"{page}#hit-1" if self._hits and snippets and snippets[0].ident else page,
            snippets=snippets,
            document=document,
            page=page,
        )

    def _proposal(self, proposal: ProposalRow, document: DocumentRow, page: str) -> Result:
        between = range(proposal.first, proposal.last + 1)
        loaded = self._passages[document.pk]
        said = proposal.words or "\n\n".join(loaded[place].text for place in between if place in loaded)
        words = Place(proposal.anchor, voice_of_passage(proposal.kind, document.kind), said)
        summary = Place(proposal.anchor, "Editor’s summary", proposal.summary, NOTE)
        return Result(
            key=f"proposal.{proposal.pk}",
            type="proposal",
            label="Proposal",
            ident=proposal.ident,
            title=marked(proposal.title, self._matcher),
            address=f"{page}#{proposal.anchor}",
            snippets=best_snippets([words, summary], self._matcher, 2) or [opening(words)],
            further=path_of("proposal", document.slug, proposal.ident.lower()),
            document=document,
            page=page,
        )

    def _note(self, note: NoteRow, document: DocumentRow, page: str) -> Result:
        place = _place_of_note(note)
        called = "source note" if note.kind == SOURCE else f"note {note.label}"
        return Result(
            key=f"footnote.{note.pk}",
            type="note",
            label=str(Footnote.Kind(note.kind).label),
            title=mark_safe(escape(f"{document.name}, {called}")),
            address=f"{page}#{note.ident}",
            snippets=best_snippets([place], self._matcher, 1) or [opening(place)],
            document=document,
            page=page,
        )

    def _agent(self, kind: str, agent: AgentRow) -> Result:
        place = Place("", "", agent.description)
        return Result(
            key=f"{kind}.{agent.pk}",
            type=kind,
            label=kind.capitalize(),
            title=marked(agent.name, self._matcher),
            address=path_of(kind, agent.slug),
            snippets=(best_snippets([place], self._matcher, 1) or [opening(place)]) if agent.description else (),
        )

    def _places(self, key: str, document: DocumentRow) -> tuple[int, list[Place]]:
        """What a piece is made of, and where in the document it begins."""
        if stretch := _stretch(key):
            loaded = self._passages[document.pk]
            rows = [loaded[place] for place in range(stretch[1], stretch[2] + 1) if place in loaded]
            return stretch[1], [_place_of_passage(row, document) for row in rows]
        note = self._notes.get(int(key.rpartition(".")[2]))
        if note is None:
            return 0, []
        return note.position or 0, [_place_of_note(note)]


def _stretch(key: str) -> tuple[int, int, int] | None:
    """The document of a piece and its first and last position; None for the piece that is a note."""
    kind, document, places = key.split(".")
    if kind != "passage":
        return None
    first, _, last = places.partition("-")
    return int(document), int(first), int(last)


def _place_of_passage(row: PassageRow, document: DocumentRow) -> Place:
    field = SOURCE if row.kind in SOURCE_KINDS else TEXT
    return Place(row.ident, voice_of_passage(row.kind, document.kind), row.text, field)


def _place_of_note(note: NoteRow) -> Place:
    return Place(note.ident, voice_of_note(note.kind, note.label), note.text, SOURCE if note.kind == SOURCE else NOTE)
