"""Puts the pieces of citations together and says what they mean, knowing where the text stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from editions.references.context import Context, Target
from editions.references.find import Kind, Piece, may_cite, may_name, pieces, plain
from editions.references.joints import are_joined
from editions.references.named import named
from editions.references.series import subseries_of, supplement_of, volume_identifier

_ON_A_PAGE = re.compile(r",? (?:on )?p(?:p?\. ?|ages? )\d")
_AFTER_A_PAGE = re.compile(r"\bp(?:p?\. ?|ages? )[\d-]+(?: ?ff?\.)?, (?:see )?$")
_OF_ANOTHER = re.compile(r" (?:to|of|on|in) (?!th(?:is|e present) )")
#: "paragraph 3, supra" is a place within the same document.
_OF_A_PLACE = re.compile(
    r"(?:\b(?:para(?:graph)?s?|sections?|pages?|pp?|item|point|annex|table|chart)\.? [\w-]+,? )\(?$"
)
_WHOLE_IBID = re.compile(r" *(?:See )?([Ii]bid)\.? *")
_STEPS = {"supra": -1, "infra": 1}


@dataclass
class _Chain:
    """What is known while the pieces of one citation are read: its volume, and where the words for it begin.

    ``notes`` are those of the document that follows.
    """

    volume: str
    years: str = ""
    has_volume: bool = False
    start: int = -1
    notes: Piece | None = None

    def opened(self, piece: Piece) -> int:
        return piece.start if self.start < 0 else self.start


class Resolver:
    """Resolves the texts of one document, in order: what "ibid." means comes from the texts before.

    ``notes`` are the labels of the document's own notes.
    """

    def __init__(self, context: Context, notes: Collection[str] = ()) -> None:
        self.context = context
        self.notes = notes
        self.own = context.volume
        self.number = int(context.number) if context.number.isdigit() else 0
        self.cited_volume = self.own
        self.cited_document = ""
        self.ended_with = ""

    def targets(self, text: str) -> list[Target]:
        """Returns what the text points at: where the words start and end, and the identifier; in order."""
        found: list[Target] = []
        cites, names = may_cite(text), may_name(text)
        if cites or names:
            text = plain(text)
        if cites:
            for run in _runs(text):
                found += self._run(text, run)
            found += self._whole_ibid(text)
        if names:
            found += named(text, self.context)
        found = _without_overlaps(found)
        self.ended_with = ""
        if found and not text[found[-1][1] :].strip(" .)"):
            self.ended_with = next(target for start, end, target in found if end == found[-1][1])
        return found

    def _whole_ibid(self, text: str) -> Iterator[Target]:
        """A note that says nothing but "Ibid." means what the note before it ended with."""
        match = _WHOLE_IBID.fullmatch(text)
        if match and self.ended_with:
            yield match.start(1), match.end(1), self.ended_with

    def _run(self, text: str, run: list[Piece]) -> Iterator[Target]:
        """Resolves the pieces of one citation, or of several that are joined."""
        chain = _Chain(self.own)
        for index, piece in enumerate(run):
            match piece.kind:
                case Kind.SERIES:
                    chain.years, chain.has_volume, chain.start = piece.words, False, piece.start
                case Kind.VOLUME | Kind.IBID | Kind.SUPPLEMENT:
                    chain.start = chain.opened(piece)
                    self._enter(text, chain, piece)
                case Kind.DOCUMENTS:
                    yield from self._documents(text, run, index, chain)
                    chain.notes, chain.start = None, -1
                case Kind.NOTES if _leads_to_documents(run, index):
                    chain.notes, chain.start = piece, piece.start
                case Kind.NOTES:
                    yield from self._notes(text, run, index)
                case Kind.PLACE if len(run) == 1 and piece.words in _STEPS:
                    yield from self._neighbour(text, piece)
                case _:
                    pass

    def _enter(self, text: str, chain: _Chain, piece: Piece) -> None:
        """The volume of what follows is said; "Country File, Vol. 2" is one of a file."""
        if piece.kind is Kind.IBID:
            chain.volume, chain.years = self.cited_volume, piece.words or subseries_of(self.cited_volume)
        elif piece.kind is Kind.SUPPLEMENT:
            chain.volume = supplement_of(chain.volume)
        else:
            is_of_file = text.startswith("Vol.", piece.start) and text.endswith(", ", 0, piece.start)
            own_years = "" if is_of_file else subseries_of(self.own)
            chain.years = chain.years or own_years
            chain.volume = volume_identifier(chain.years, piece.words, piece.part) if chain.years else ""
        chain.has_volume = True
        self.cited_volume = chain.volume or self.cited_volume

    def _documents(self, text: str, run: list[Piece], index: int, chain: _Chain) -> Iterator[Target]:
        piece = run[index]
        volume, end = ("", 0) if chain.has_volume else self._volume_after(text, run, index)
        volume = volume or chain.volume
        if not volume or (piece.loose and not (chain.has_volume or end)) or _is_printed(text, volume, piece):
            return
        self.cited_volume = volume
        own_notes = _notes_after(text, run, index)
        for place, number in enumerate(piece.numbers):
            start = number.start if place else chain.opened(piece)
            until = max(number.end, end) if number is piece.numbers[-1] else number.end
            document = self.cited_document = f"{volume}/d{number.value}"
            if chain.notes and not place:
                yield from _of_notes(chain.notes, document, until)
            elif own_notes and number is piece.numbers[-1]:
                yield from _of_notes(own_notes, document, start=start)
            else:
                yield start, until, document
            for between in number.skipped:
                yield start, until, f"{volume}/d{between}"

    def _volume_after(self, text: str, run: list[Piece], index: int) -> tuple[str, int]:
        """The volume of "Document 253, Foreign Relations, 1969-1976, volume XVII", and where its words end."""
        chain, end = _Chain(self.own), 0
        following = run[index + 1 : index + 4]
        if not following or " and " in text[run[index].end : following[0].start]:
            return "", 0
        if run[index].loose and following[0].kind is not Kind.SERIES:
            return "", 0
        for piece in following:
            if piece.kind is Kind.SERIES:
                chain.years = piece.words
            elif piece.kind in (Kind.VOLUME, Kind.SUPPLEMENT):
                self._enter(text, chain, piece)
                end = piece.end
            elif piece.kind is Kind.DOCUMENTS:
                return "", 0
            else:
                break
        return (chain.volume, end) if end else ("", 0)

    def _notes(self, text: str, run: list[Piece], index: int) -> Iterator[Target]:
        piece = run[index]
        if _is(run, index - 1, Kind.DOCUMENTS) and _notes_after(text, run, index - 1):
            return
        if _ON_A_PAGE.match(text, piece.end) or _AFTER_A_PAGE.search(text[max(0, piece.start - 30) : piece.start]):
            return
        place = run[index + 1] if _is(run, index + 1, Kind.PLACE) else None
        end = place.end if place else piece.end
        if (place and place.words == "thereto") or any(
            _is(run, near, kind) for near in (index - 1, index + 1) for kind in (Kind.DOCUMENTS, Kind.IBID)
        ):
            yield from _of_notes(piece, self.cited_document, end)
        elif place and place.words in _STEPS:
            yield from _of_notes(piece, self._beside(place.words), end)
        elif self._means_own(text, run, index, bool(place)):
            yield from _of_notes(piece, f"{self.own}/d{self.number}", end)

    def _means_own(self, text: str, run: list[Piece], index: int, has_place: bool) -> bool:
        """Whether notes that are said to be of no other document are notes of this one."""
        piece = run[index]
        if not (self.own and self.number) or (not has_place and (piece.loose or _OF_ANOTHER.match(text, piece.end))):
            return False
        if _is(run, index - 1, Kind.VOLUME) or _is(run, index - 1, Kind.SERIES):
            return False
        return all(str(number.value) in self.notes for number in piece.numbers)

    def _neighbour(self, text: str, piece: Piece) -> Iterator[Target]:
        before = text[max(0, piece.start - 30) : piece.start]
        if not _OF_A_PLACE.search(before) and (document := self._beside(piece.words)):
            yield piece.start, piece.end, document

    def _beside(self, words: str) -> str:
        """ "Supra" is the document before, "infra" the one after; empty when there is none."""
        number = self.number + _STEPS[words]
        if not (self.own and self.number and number):
            return ""
        self.cited_document = f"{self.own}/d{number}"
        return self.cited_document


def _of_notes(piece: Piece, document: str, end: int = 0, start: int = -1) -> Iterator[Target]:
    """The notes of a document. The words of the first begin at ``start``, those of the last go on to ``end``."""
    if not document:
        return
    for place, number in enumerate(piece.numbers):
        first = number.start if place else start if start >= 0 else piece.start
        last = max(end, number.end) if number is piece.numbers[-1] else number.end
        yield first, last, f"{document}#fn{number.value}"
        for between in number.skipped:
            yield first, last, f"{document}#fn{between}"


def _leads_to_documents(run: list[Piece], index: int) -> bool:
    """Whether the notes are those of a document that is named after them."""
    for piece in run[index + 1 :]:
        if piece.kind not in (Kind.SERIES, Kind.VOLUME, Kind.SUPPLEMENT, Kind.IBID):
            return piece.kind is Kind.DOCUMENTS
    return False


def _notes_after(text: str, run: list[Piece], index: int) -> Piece | None:
    """The notes of "Document 42, footnote 2", which is one reference; "and footnote 2 thereto" is another."""
    if not _is(run, index + 1, Kind.NOTES) or _leads_to_documents(run, index + 1):
        return None
    return run[index + 1] if text[run[index].end : run[index + 1].start] in (", ", " ") else None


def _is_printed(text: str, volume: str, piece: Piece) -> bool:
    """Whether a supplement means a document of one of the volumes to which it belongs, and does not say which."""
    return volume.endswith("mSupp") and text.endswith("printed ", 0, piece.start)


def _is(run: list[Piece], index: int, kind: Kind) -> bool:
    return 0 <= index < len(run) and run[index].kind is kind


def _runs(text: str) -> Iterator[list[Piece]]:
    """Yields the pieces of the text, those together that make one citation or several that are joined."""
    run: list[Piece] = []
    for piece in pieces(text):
        if run and not are_joined(text, run[-1], piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _without_overlaps(found: list[Target]) -> list[Target]:
    """In order; of two that overlap the first, but for documents of a range, which share their words."""
    kept: list[Target] = []
    for target in sorted(found, key=lambda target: (target[0], -target[1])):
        if not kept or target[0] >= kept[-1][1] or target[:2] == kept[-1][:2]:
            kept.append(target)
    return kept
