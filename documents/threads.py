"""The whole of a correspondence: every letter that answers another, or is answered, from one document on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.functions import Length

from documents import published
from documents.exchange import by_date
from documents.models import Document, Passage, Reply
from documents.naming import dated_name, interval
from editions.model import BODY_KINDS

#: A longer correspondence is shown as far as the letters nearest to the one it is looked at from.
LONGEST = 200
#: Of a letter without an abstract, so many words of its first paragraph of some length are shown.
WORDS, SHORTEST = 40, 60

#: The documents that hang together with one, nearest first: PostgreSQL gives the rows of a recursion step by step.
TOGETHER = """
    WITH RECURSIVE thread(id) AS (
        SELECT %(start)s::bigint
        UNION
        SELECT document.id
        FROM thread
        CROSS JOIN LATERAL (
            SELECT answered_id AS id FROM documents_reply WHERE letter_id = thread.id AND status = ANY(%(shown)s)
            UNION ALL
            SELECT letter_id FROM documents_reply WHERE answered_id = thread.id AND status = ANY(%(shown)s)
        ) AS beside
        JOIN documents_document AS document ON document.id = beside.id AND document.status = 'published'
    )
    SELECT id FROM thread LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Answer:
    """That one letter of a thread answers another: the place of that one, what it is called, and how much later.

    A guess has ``evidence``, the words from which it is guessed, and ``said``, where they stand.
    """

    place: int
    name: str
    interval: str = ""
    is_guess: bool = False
    evidence: str = ""
    said: str = ""


@dataclass
class Entry:
    """One letter of a thread: its place from 1, how it begins, what it answers, and what answers it further on.

    ``is_next`` says that it answers the entry before it, and nothing else.
    """

    place: int
    document: Document
    beginning: str
    is_here: bool
    answers: list[Answer] = field(default_factory=list)
    answered: list[Answer] = field(default_factory=list)

    @property
    def is_next(self) -> bool:
        return [answer.place for answer in self.answers] == [self.place - 1]

    @property
    def is_guess(self) -> bool:
        """Whether all that it answers is guessed."""
        return bool(self.answers) and all(answer.is_guess for answer in self.answers)


@dataclass(frozen=True)
class Thread:
    """A correspondence in order of date; ``goes_on`` says that it has more letters than are shown."""

    document: Document
    entries: tuple[Entry, ...]
    goes_on: bool
    guesses: int

    @property
    def first(self) -> Document:
        return self.entries[0].document

    @property
    def last(self) -> Document:
        return self.entries[-1].document

    @property
    def spans_collections(self) -> bool:
        return len({entry.document.collection_id for entry in self.entries}) > 1


def thread(slug: str) -> Thread:
    """The correspondence that a public document belongs to, in seven queries whatever its length.

    A document that answers nothing, and that nothing answers, is one alone. Raises ``Document.DoesNotExist``.
    """
    document = Document.objects.published().only("pk").get(slug=slug)
    keys = _together(document.pk)
    shown = keys[:LONGEST]
    found = sorted(published.documents().filter(pk__in=shown).order_by(), key=by_date)
    replies = list(Reply.objects.shown().filter(letter__in=shown, answered__in=shown).order_by())
    beginnings = _beginnings(one.pk for one in found if not one.abstract)
    entries = {
        one.pk: Entry(place, one, one.abstract or beginnings.get(one.pk, ""), one.pk == document.pk)
        for place, one in enumerate(found, 1)
    }
    for reply in replies:
        _join(reply, entries[reply.letter_id], entries[reply.answered_id])
    for entry in entries.values():
        entry.answers.sort(key=lambda answer: answer.place)
        entry.answered.sort(key=lambda answer: answer.place)
    guesses = sum(reply.is_guess for reply in replies)
    return Thread(entries[document.pk].document, tuple(entries.values()), len(keys) > LONGEST, guesses)


def _together(start: int) -> list[int]:
    """The keys of the documents that hang together with one, nearest first, and one more than are shown."""
    shown = [Reply.Status.CONFIRMED.value, Reply.Status.GUESSED.value]
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER, {"start": start, "shown": shown, "limit": LONGEST + 1})
        return [key for (key,) in cursor.fetchall()]


def _beginnings(keys: Iterable[int]) -> dict[int, str]:
    """How documents begin: the first words of the first paragraph that is more than a salutation."""
    rows = Passage.objects.filter(document__in=list(keys), kind__in=[kind.value for kind in BODY_KINDS])
    rows = rows.alias(length=Length("text")).filter(length__gte=SHORTEST)
    first = rows.order_by("document", "position").distinct("document").values_list("document", "text")
    return {key: _shortened(text) for key, text in first}


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= WORDS else " ".join(words[:WORDS]).rstrip(".,;:—") + "…"


def _join(reply: Reply, later: Entry, earlier: Entry) -> None:
    """Says on both letters that the one answers the other."""
    days = interval(earlier.document, later.document)
    where = (earlier if reply.in_answered else later).document.get_absolute_url()
    said = f"{where}#{reply.ident}" if reply.ident else ""
    evidence = (reply.is_guess, reply.words, said) if reply.is_guess else (False, "", "")
    later.answers.append(Answer(earlier.place, dated_name(earlier.document), days, *evidence))
    if later.place != earlier.place + 1:  # the next one says so itself
        earlier.answered.append(Answer(later.place, dated_name(later.document), days, *evidence))
