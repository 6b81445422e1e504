"""Decides which documents the words of a letter mean, among those that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from documents.models import Document, Letter, Reply
from editions.replies import Mention, only_names
from ingest.envelopes import Envelope

#: A note that names the document is believed where the days are as near as this: letters are dated when they are
#: written, sent or delivered.
NEAR = 7
#: A note that says more is on a message only where it is called so near to the words.
BESIDE = 15
#: A telegram is answered by its number within this time.
LONGEST_WAIT = timedelta(days=60)
#: What a note says of a message that its volume does not print.
ABSENT = re.compile(r"\bnot\s(?:printed|found|attached|identified|further\sidentified)\b", re.IGNORECASE)
#: What telegrams are called by those who answer them; a "letter" within one is another's, which it carries.
WIRED = frozenset({"telegram", "cable", "cablegram", "wire", "airgram", "dispatch", "despatch"})


#: A telegram by the office that sent it: "Deptel 838", "Embassy telegram 756".
OWN = re.compile(r"(Dep|Emb)")


class Note(NamedTuple):
    """A footnote of a letter, called so many characters into a passage."""

    offset: int
    ident: str
    text: str


@dataclass(frozen=True)
class Known:
    """What the database knows of some letters and of what they may answer.

    ``notes`` stand by letter and passage, ``cited`` are the documents that a note refers to, by letter and note;
    ``by_day`` and ``numbered`` are documents by their dates and by the number of the telegram; ``decided`` is what
    editors said, by letter and document.
    """

    envelopes: dict[int, Envelope]
    notes: dict[tuple[int, str], list[Note]]
    cited: dict[tuple[int, str], list[int]]
    by_day: dict[date, list[int]]
    numbered: dict[str, list[int]]
    decided: dict[tuple[int, int], str]

    def may_answer(self, letter: int, other: int) -> bool:
        """Whether a letter goes back to those from whom a document came, and not before it."""
        one, two = self.envelopes.get(letter), self.envelopes.get(other)
        return bool(one and two and letter != other and two.kind in Letter.KINDS and one.is_after(two)) and bool(
            one and two and one.returns(two)
        )


def answered(known: Known, letter: int, mention: Mention) -> Iterator[tuple[int, Reply.Basis]]:
    """The documents that the words mean, each with what speaks for it; none where it is not sure."""
    one = known.envelopes[letter]
    if not (one.senders and one.recipients) or _is_own(one, mention):
        return
    note = _note_on(known, letter, mention)
    if note is not None:
        named = [key for key in dict.fromkeys(known.cited.get((letter, note.ident), ())) if key != letter]
        kept = [key for key in named if _is_named(known, letter, key, mention, note)]
        if kept and (len(kept) == 1 or mention.several):
            yield from ((key, Reply.Basis.REFERENCE) for key in kept)
            return
        if kept or only_names(note.text) or ABSENT.search(note.text):
            return
    for found in _by_words(known, letter, mention):
        if (one := _only(known, letter, found)) is not None:
            yield one, Reply.Basis.WORDS


def _is_own(one: Envelope, mention: Mention) -> bool:
    """Whether the words name a telegram of the office that sends this one: a department's "Deptel", an embassy's."""
    office = OWN.match(mention.words)
    names = one.senders.known_names | one.senders.other_names
    return office is not None and any(name.startswith(office[1].casefold()) for name in names)


def _note_on(known: Known, letter: int, mention: Mention) -> Note | None:
    """The first note that is called within the words or after them, in the same sentence."""
    called = known.notes.get((letter, mention.ident), [])
    within = (note for note in called if mention.start < note.offset <= mention.after)
    note = next(within, None)
    if note is None or only_names(note.text) or note.offset <= mention.end + BESIDE:
        return note
    return None


def _is_named(known: Known, letter: int, key: int, mention: Mention, note: Note) -> bool:
    """Whether a document that a note cites may be the one that the words mean."""
    one, other = known.envelopes[letter], known.envelopes.get(key)
    if other is None or other.kind not in Letter.KINDS or not one.is_after(other) or one.follows(other):
        return False
    is_bare = only_names(note.text)
    if mention.days and other.days and not any(other.is_of(day, NEAR if is_bare else 0) for day in mention.days):
        return False
    carries = Document.Kind.TELEGRAM in (one.kind, other.kind) or not (other.senders and other.recipients)
    return one.returns(other) or (is_bare and carries)


def _by_words(known: Known, letter: int, mention: Mention) -> Iterator[list[int]]:
    """The documents that each day or number of the words may mean."""
    one = known.envelopes[letter]
    for day in mention.days:
        found = dict.fromkeys(known.by_day.get(day, ()))
        yield [key for key in found if known.may_answer(letter, key) and _is_called(known, letter, key, mention.noun)]
    for number in mention.numbers:
        found = dict.fromkeys(known.numbered.get(number, ()))
        yield [key for key in found if known.may_answer(letter, key) and _is_recent(known.envelopes[key], one)]


def _is_called(known: Known, letter: int, key: int, noun: str) -> bool:
    """Whether a document may be called so: between two telegrams, a "letter" or "message" is one that they carry."""
    kinds = {known.envelopes[letter].kind, known.envelopes[key].kind}
    return noun in WIRED or kinds != {Document.Kind.TELEGRAM} or bool(_people(known.envelopes[letter]))


def _people(one: Envelope) -> bool:
    """Whether it goes from a person to a person."""
    return all(any(kind == "person" for kind, _ in party.known) for party in (one.senders, one.recipients))


def _is_recent(other: Envelope, one: Envelope) -> bool:
    return bool(other.written and one.written and one.written - other.written <= LONGEST_WAIT)


def _only(known: Known, letter: int, found: list[int]) -> int | None:
    """The one document that is meant: of several the one in the letter's own collection, if there is one only.

    None where an editor has said already which of them it is.
    """
    if any(known.decided.get((letter, key)) == Reply.Status.CONFIRMED for key in found):
        return None
    if len(found) > 1:
        home = known.envelopes[letter].collection
        found = [key for key in found if known.envelopes[key].collection == home]
    return found[0] if len(found) == 1 else None
