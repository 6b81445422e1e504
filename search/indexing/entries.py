"""What an index holds of one document, person or organization: entries, as every engine takes them.

A unit is what is indexed as a whole, under one stamp: ``document.12`` with its passages, notes and proposals,
``person.5``, ``organization.3``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from search import fields
from search.analysis import Analyzed, analyzed, joined
from search.fields import Shelf
from search.indexing.loaded import LoadedAgent, LoadedDocument, LoadedNote, LoadedPassage, LoadedProposal
from search.voices import SOURCE_KINDS

#: Raised whenever what is indexed changes, so that an index made before is rebuilt.
VERSION = 3

#: Passages are joined until they have so many words, or there are none left.
PIECE_WORDS = 200

#: Sorts what has no date after all dates, whichever way they run.
UNDATED = "~"


@dataclass(frozen=True)
class Entry:
    """One entry of the index.

    ``key`` names it: ``documents.document.12`` as Haystack names rows, ``passage.12.3-7`` for a piece of document 12,
    from position 3 to 7. ``words`` has the fields of words that are not empty; ``values`` the fields of values that are
    not. ``earliest`` and ``latest`` are days as numbers (19620307), 0 when nobody knows. ``stamp`` is set on the entry
    that stands for its unit. The three orders are texts to sort by.
    """

    shelf: Shelf
    key: str
    words: Mapping[str, Analyzed]
    values: Mapping[str, Sequence[str]]
    earliest: int = 0
    latest: int = 0
    place: str = ""
    oldest: str = ""
    newest: str = ""
    stamp: str = ""

    @property
    def unit(self) -> str:
        return self.values["unit"][0]


def entries_of_document(document: LoadedDocument, stamp: str) -> Iterator[Entry]:
    """The document, its notes and proposals, and its passages by the piece."""
    made = _OfDocument(document)
    yield made.document(stamp)
    yield from map(made.proposal, document.proposals)
    yield from map(made.note, document.notes)
    yield from made.pieces()


def entry_of_agent(agent: LoadedAgent, stamp: str) -> Entry:
    """A person or an organization."""
    names = analyzed(agent.name, *agent.other_names)
    return Entry(
        shelf=Shelf.PIECES,
        key=f"documents.{agent.unit}",
        words=_filled({fields.ALL: joined([names, analyzed(agent.description)]), fields.PERSON: names}),
        values={"type": (agent.unit.partition(".")[0],), "unit": (agent.unit,), "agent": (agent.slug,)},
        place=f"~ {agent.sort_name.casefold()} {agent.slug}",
        oldest=f"{UNDATED} {agent.sort_name.casefold()} {agent.slug}",
        newest=f"{UNDATED} {agent.sort_name.casefold()} {agent.slug}",
        stamp=stamp,
    )


class _OfDocument:
    """Makes the entries of one document; what they share is worked out once."""

    def __init__(self, document: LoadedDocument) -> None:
        self._document = document
        self._shared_words = _filled(
            {
                fields.SENDER: analyzed(*document.names["from"]),
                fields.RECIPIENT: analyzed(*document.names["to"]),
                fields.PERSON: analyzed(*document.all_names),
                fields.VOLUME: analyzed(document.collection_title),
            }
        )
        self._shared_values = {
            "kind": (document.kind,),
            "from": document.slugs["from"],
            "to": document.slugs["to"],
            "agent": document.all_slugs,
            "year": document.years,
            "collection": (document.collection,),
            "document": (str(document.pk),),
            "unit": (document.unit,),
            "span": (f"{document.earliest}/{document.latest}",) if document.earliest else (),
        }
        self._texts = {passage.position: analyzed(passage.text) for passage in document.passages}

    def document(self, stamp: str) -> Entry:
        document = self._document
        title = analyzed(*dict.fromkeys(filter(None, (document.title, document.short_title))))
        text = joined(self._texts[each.position] for each in document.passages if each.kind not in SOURCE_KINDS)
        sources = [self._texts[each.position] for each in document.passages if each.kind in SOURCE_KINDS]
        source = joined([*sources, *(_of_note(note) for note in document.notes if note.kind == "source")])
        note = joined(_of_note(note) for note in document.notes if note.kind != "source")
        names = analyzed(*document.names["from"], *document.names["to"], *document.names["copy"])
        topics = list(dict.fromkeys(each.topic_name for each in document.proposals if each.topic_name))
        words = {
            fields.ALL: joined([title, names, text, source, note]),
            fields.TEXT: text,
            fields.NOTE: note,
            fields.SOURCE: source,
            fields.TITLE: title,
            fields.SUBJECT: analyzed(*topics),
        }
        slugs = tuple(sorted({each.topic for each in document.proposals if each.topic}))
        entry = self._entry(Shelf.DOCUMENTS, document.unit, fields.DOCUMENT, words, 0, 0, topic=slugs)
        return replace(entry, stamp=stamp)

    def proposal(self, proposal: LoadedProposal) -> Entry:
        title = analyzed(proposal.title)
        said = analyzed(proposal.words) if proposal.words else self._between(proposal.first, proposal.last)
        words = {
            fields.ALL: joined([title, analyzed(proposal.ident), said, analyzed(proposal.summary)]),
            fields.TITLE: title,
            fields.SUBJECT: analyzed(proposal.topic_name or ""),
        }
        key, topic = f"proposal.{proposal.pk}", (proposal.topic,) if proposal.topic else ()
        return self._entry(
            Shelf.PIECES, key, fields.PROPOSAL, words, 1, proposal.position, topic=topic, voice=(fields.TEXT,)
        )

    def note(self, note: LoadedNote) -> Entry:
        voice = fields.SOURCE if note.kind == "source" else fields.NOTE
        words = {fields.ALL: _of_note(note)}
        return self._entry(
            Shelf.PIECES, f"footnote.{note.pk}", fields.NOTE_TYPE, words, 2, note.position, voice=(voice,)
        )

    def pieces(self) -> Iterator[Entry]:
        """Passages joined until they have enough words; a source note among them stands by itself."""
        for _, passages in groupby(self._document.passages, lambda passage: passage.kind in SOURCE_KINDS):
            yield from map(self._piece, self._runs(passages))

    def _runs(self, passages: Iterable[LoadedPassage]) -> Iterable[Sequence[LoadedPassage]]:
        """A rest of less than half the words joins the run before it."""
        runs: list[list[LoadedPassage]] = [[]]
        length = 0
        for passage in passages:
            if length >= PIECE_WORDS:
                runs.append([])
                length = 0
            runs[-1].append(passage)
            length += sum(map(len, self._texts[passage.position].stems))
        if len(runs) > 1 and length < PIECE_WORDS / 2:
            runs[-2:] = [runs[-2] + runs[-1]]
        return runs

    def _piece(self, run: Sequence[LoadedPassage]) -> Entry:
        document, first, last = self._document, run[0].position, run[-1].position
        voice = fields.SOURCE if run[0].kind in SOURCE_KINDS else fields.TEXT
        return Entry(
            shelf=Shelf.PIECES,
            key=f"passage.{document.pk}.{first}-{last}",
            words=_filled({fields.ALL: joined(self._texts[passage.position] for passage in run)}),
            values={
                "type": (fields.PASSAGE,),
                "voice": (voice,),
                "document": (str(document.pk),),
                "unit": (document.unit,),
            },
        )

    def _between(self, first: int, last: int) -> Analyzed:
        return joined(terms for position, terms in self._texts.items() if first <= position <= last)

    def _entry(
        self,
        shelf: Shelf,
        key: str,
        result: str,
        words: Mapping[str, Analyzed],
        level: int,
        position: int,
        **values: Sequence[str],
    ) -> Entry:
        document = self._document
        values = {**self._shared_values, "type": (result,), **values}
        place = f"{document.place} {level} {position:06}"
        day = document.sort_date.isoformat() if document.sort_date else UNDATED
        return Entry(
            shelf=shelf,
            key=f"documents.{key}",
            words=_filled({**self._shared_words, **words}),
            values={name: found for name, found in values.items() if found},
            earliest=_number(document.earliest),
            latest=_number(document.latest),
            place=place,
            oldest=f"{day} {place}",
            newest=f"{_backwards(day)} {place}",
        )


def _of_note(note: LoadedNote) -> Analyzed:
    return analyzed(*note.text.split("\n"))


def _filled(words: Mapping[str, Analyzed]) -> dict[str, Analyzed]:
    return {name: terms for name, terms in words.items() if terms}


def _number(day: date | None) -> int:
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def _backwards(day: str) -> str:
    """A date that sorts the other way round; what is undated stays last."""
    return day.translate(str.maketrans("0123456789", "9876543210"))
