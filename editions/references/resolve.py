"""Puts the pieces of citations together and says what they mean, knowing where the text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editions.references.context import Context
from editions.references.find import PLAIN, Kind, Piece, pieces
from editions.references.named import named
from editions.references.series import subseries_of, volume_identifier

Target = tuple[int, int, str]

_COMMA = re.compile(r"[.,]{0,2} ?\(?")
_AND = re.compile(r",?(?: (?:and|or|&))? ")
_NO_STOP = re.compile(r"(?!.*\bsee\b)[^.;:()\[\]]{0,80}(?:\bp\. )?")
#: What may stand between two pieces of one citation.
JOINTS = {
    (Kind.SERIES, Kind.VOLUME): re.compile(r"[^;:\[\]]{0,40}"),
    (Kind.SERIES, Kind.DOCUMENTS): _COMMA,
    (Kind.VOLUME, Kind.DOCUMENTS): _NO_STOP,
    (Kind.VOLUME, Kind.SUPPLEMENT): _NO_STOP,
    (Kind.VOLUME, Kind.NOTES): _COMMA,
    (Kind.SUPPLEMENT, Kind.DOCUMENTS): _NO_STOP,
    (Kind.IBID, Kind.DOCUMENTS): _COMMA,
    (Kind.IBID, Kind.VOLUME): _COMMA,
    (Kind.IBID, Kind.SUPPLEMENT): _COMMA,
    (Kind.IBID, Kind.NOTES): _COMMA,
    (Kind.DOCUMENTS, Kind.SERIES): re.compile(r",? (?:in |of )?\(?"),
    (Kind.DOCUMENTS, Kind.VOLUME): re.compile(r",? (?:and |in |of )?\(?"),
    (Kind.DOCUMENTS, Kind.SUPPLEMENT): re.compile(r",? (?:and |in |of )?(?:the )?\(?"),
    (Kind.DOCUMENTS, Kind.DOCUMENTS): _AND,
    (Kind.DOCUMENTS, Kind.NOTES): re.compile(r",?(?: and)? "),
    (Kind.DOCUMENTS, Kind.PLACE): _COMMA,
    (Kind.NOTES, Kind.DOCUMENTS): re.compile(r"[.,]?(?: respectively,)? (?:to |of |in |at )?"),
    (Kind.NOTES, Kind.NOTES): re.compile(r",?(?: and)? "),
    (Kind.NOTES, Kind.SERIES): _COMMA,
    (Kind.NOTES, Kind.VOLUME): _COMMA,
    (Kind.NOTES, Kind.IBID): _COMMA,
    (Kind.NOTES, Kind.PLACE): _COMMA,
}


class Resolver:
    """Resolves the texts of one document, in order: what "ibid." means comes from the texts before."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.own = context.volume
        self.number = int(context.number) if context.number.isdigit() else 0
        self.cited_volume = self.own
        self.cited_document = ""

    def targets(self, text: str) -> list[Target]:
        """Returns what the text points at: where the words start and end, and the identifier; in order."""
        plain = text.translate(PLAIN)
        found = [*named(plain, self.context)]
        for run in _runs(plain):
            found += self._run(run)
        return _without_overlaps(found)

    def _run(self, run: list[Piece]) -> Iterator[Target]:
        """Resolves the pieces of one citation, or of several that are joined."""
        volume, years, has_volume = self.own, "", False
        for index, piece in enumerate(run):
            match piece.kind:
                case Kind.SERIES:
                    years, has_volume = piece.words, False
                case Kind.VOLUME:
                    base = years or subseries_of(self.cited_volume if _is(run, index - 1, Kind.IBID) else self.own)
                    volume = volume_identifier(years or base, piece.words, piece.part) if base else ""
                    years, has_volume, self.cited_volume = years or base, True, volume
                case Kind.IBID:
                    volume, years, has_volume = self.cited_volume, piece.words, True
                case Kind.DOCUMENTS:
                    of = volume if has_volume else self._volume_after(run, index) or volume
                    yield from self._documents(run, index, of)
                case Kind.NOTES:
                    yield from self._notes(run, index)
                case _:
                    pass

    def _volume_after(self, run: list[Piece], index: int) -> str:
        """The volume of "Document 253, Foreign Relations, 1969-1976, volume XVII"; empty when none follows."""
        years = subseries_of(self.own)
        for piece in run[index + 1 : index + 3]:
            if piece.kind is Kind.SERIES:
                years = piece.words
            elif piece.kind is Kind.VOLUME and years:
                return volume_identifier(years, piece.words, piece.part)
            else:
                break
        return ""

    def _documents(self, run: list[Piece], index: int, volume: str) -> Iterator[Target]:
        if not volume:
            return
        piece = run[index]
        before = run[index - 1] if _is(run, index - 1, Kind.NOTES) else None
        after = run[index + 1] if _is(run, index + 1, Kind.NOTES) else None
        self.cited_volume = volume
        for place, number in enumerate(piece.numbers):
            document = f"{volume}/d{number.value}"
            self.cited_document = document
            start = piece.start if place == 0 else number.start
            if before and place == 0:
                yield from _of_notes(before, document, number.end)
            elif not (after and place == len(piece.numbers) - 1 and self._belongs(run, index + 1)):
                yield start, number.end, document
            for between in number.skipped:
                yield start, number.end, f"{volume}/d{between}"

    def _belongs(self, run: list[Piece], index: int) -> bool:
        return False

    def _notes(self, run: list[Piece], index: int) -> Iterator[Target]:
        piece = run[index]
        if _is(run, index + 1, Kind.DOCUMENTS):
            return
        place = run[index + 1] if _is(run, index + 1, Kind.PLACE) else None
        if _is(run, index - 1, Kind.DOCUMENTS) or _is(run, index + 1, Kind.IBID) or _is(run, index - 1, Kind.IBID):
            yield from _of_notes(piece, self.cited_document)
        elif self.own and self.number:
            step = {"supra": -1, "infra": 1}.get(place.words, 0) if place else 0
            yield from _of_notes(piece, f"{self.own}/d{self.number + step}", place.end if place else 0)


def _of_notes(piece: Piece, document: str, end: int = 0) -> Iterator[Target]:
    """The notes of a document: the words of the first begin with the piece, those of the last go on to ``end``."""
    if not document:
        return
    for place, number in enumerate(piece.numbers):
        start = piece.start if place == 0 else number.start
        is_last = place == len(piece.numbers) - 1
        yield start, max(end, number.end) if is_last else number.end, f"{document}#fn{number.value}"


def _is(run: list[Piece], index: int, kind: Kind) -> bool:
    return 0 <= index < len(run) and run[index].kind is kind


def _runs(text: str) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    for piece in pieces(text):
        if run:
            joint = JOINTS.get((run[-1].kind, piece.kind))
            if not joint or not joint.fullmatch(text, run[-1].end, piece.start):
                yield run
                run = []
        run.append(piece)
    if run:
        yield run


def _without_overlaps(found: list[Target]) -> list[Target]:
    kept: list[Target] = []
    for target in sorted(found, key=lambda target: target[:2]):
        if not kept or target[0] >= kept[-1][1] or target[:2] == kept[-1][:2]:
            kept.append(target)
    return kept
