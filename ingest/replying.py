"""Guesses which document a letter answers, from what its opening says and from what notes refer to.

A guess is made only where nothing speaks against it: of a document that is not later than the letter and that, unless a
note names it, was sent the other way; where several may be meant, of none. What editors confirmed or rejected stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Substr

from documents.models import Document, DocumentDate, Footnote, Letter, Passage, Reference, Reply
from editions.replies import Mention, Said, mentions, said_of
from ingest.answering import Known, Note, answered
from ingest.designated import telegrams
from ingest.envelopes import envelopes
from ingest.sync import sync_undecided

#: So many letters are looked at together, and of each so many passages and so many characters of a passage.
TOGETHER, PASSAGES, CHARACTERS = 500, 30, 1200
#: Passages that are no part of what a letter says.
BESIDE = ("number", "author", "heading", "release", "dateline", "source", "figure")
LONGEST_WORDS = 500
SPEAKING = re.compile("repl|respon|answer|acknowledg", re.IGNORECASE)
#: A letter written longer after a document than this is not looked at again when the document arrives.
LONGEST_WAIT = 200
#: Who wrote to whom in some documents, and when; then the letters among all others that went back within that time.
MAY_ANSWER = """
    WITH ends AS (
        SELECT document_id, role, coalesce('person ' || person_id, 'organization ' || organization_id, name) AS who
        FROM documents_participation WHERE role IN ('from', 'to')
    ), pairs AS (
        SELECT sender.who AS sender, recipient.who AS recipient, min(sort_date) AS first, max(sort_date) AS last
        FROM documents_document AS document
        JOIN ends AS sender ON sender.document_id = document.id AND sender.role = 'from'
        JOIN ends AS recipient ON recipient.document_id = document.id AND recipient.role = 'to'
        WHERE document.id IN (SELECT unnest(%(keys)s::bigint[])) GROUP BY 1, 2
    ), others AS MATERIALIZED (
        SELECT ends.*, sort_date FROM ends JOIN documents_document AS document ON document.id = ends.document_id
        WHERE document.id NOT IN (SELECT unnest(%(keys)s::bigint[]))
    )
    SELECT DISTINCT replying.document_id
    FROM pairs
    JOIN others AS replying ON replying.who = pairs.recipient AND replying.role = 'from'
    JOIN others AS addressed
        ON addressed.document_id = replying.document_id AND addressed.who = pairs.sender AND addressed.role = 'to'
    WHERE replying.sort_date BETWEEN pairs.first AND pairs.last + %(wait)s
"""

#: Guesses by the keys of the letter and of what it answers, as the fields of their rows.
Guesses = dict[tuple[int, int], dict[str, Any]]


def guess_around(keys: Iterable[int]) -> int:
    """Guesses anew for documents that were stored, and for letters that may answer these; returns how many changed."""
    own = set(keys)
    citing = Reference.objects.filter(Q(document__in=own) | Q(resolved__in=own)).exclude(resolved=None).order_by()
    near = {key for pair in citing.values_list("document", "resolved") for key in pair}
    with connection.cursor() as cursor:
        cursor.execute(MAY_ANSWER, {"keys": list(own), "wait": LONGEST_WAIT})
        near |= {key for (key,) in cursor.fetchall()}
    return guess_replies(own | near)


def guess_replies(keys: Iterable[int]) -> int:
    """Guesses anew what each of these letters answers; returns how many of their guesses are new or gone."""
    letters = sorted(Letter.objects.filter(pk__in=list(keys)).order_by().values_list("pk", flat=True))
    parts = (letters[start : start + TOGETHER] for start in range(0, len(letters), TOGETHER))
    return sum(_guess(part) for part in parts)


@transaction.atomic
def _guess(letters: list[int]) -> int:
    said, telling = _mentions(letters), list(_telling(letters))
    known = _known(letters, said, {key for citing, cited, *_ in telling for key in (citing, cited)})
    guesses: Guesses = {}
    for key, found in said.items():
        for mention in found:
            for other, basis in answered(known, key, mention):
                guesses.setdefault((key, other), _row(key, other, basis, mention))
    for key, values in _told(set(letters), telling, known):
        guesses.setdefault(key, values)
    decided = set(known.decided)
    wanted = {
        pair: values
        for pair, values in guesses.items()
        if pair not in decided and pair[::-1] not in decided and pair[::-1] not in guesses
    }
    before = Reply.objects.filter(letter__in=letters, status=Reply.Status.GUESSED)
    rows = {(row.letter_id, row.answered_id) for row in before}
    sync_undecided(before, wanted, lambda row: (row.letter_id, row.answered_id))
    return len(rows ^ wanted.keys())


def _row(letter: int, answered: int, basis: Reply.Basis, mention: Mention) -> dict[str, Any]:
    return {
        "letter_id": letter,
        "answered_id": answered,
        "status": Reply.Status.GUESSED,
        "basis": basis,
        "ident": mention.ident,
        "words": mention.words[:LONGEST_WORDS],
        "sentence": mention.sentence,
        "in_answered": False,
    }


def _mentions(letters: list[int]) -> dict[int, list[Mention]]:
    """What the openings of letters say that they answer."""
    written = dict(
        DocumentDate.objects.filter(document__in=letters, event=DocumentDate.Event.WRITTEN, earliest=F("latest"))
        .order_by()
        .values_list("document", "earliest")
    )
    paragraphs: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Passage.objects.filter(document__in=letters, position__lt=PASSAGES).exclude(kind__in=BESIDE)
    rows = rows.order_by("document", "position").annotate(words=Substr("text", 1, CHARACTERS))
    for key, ident, text in rows.values_list("document", "ident", "words"):
        paragraphs[key].append((ident, text))
    return {key: found for key, of in paragraphs.items() if (found := mentions(of, written.get(key)))}


def _known(letters: list[int], said: dict[int, list[Mention]], told: set[int]) -> Known:
    """All that is needed to tell what the mentions of these letters mean, and what is told of some documents."""
    notes: dict[tuple[int, str], list[Note]] = defaultdict(list)
    called = Footnote.objects.filter(document__in=said, passage__position__lt=PASSAGES).order_by("document", "offset")
    for key, passage, offset, ident, text in called.values_list(
        "document", "passage__ident", "offset", "ident", "text"
    ):
        notes[key, passage].append(Note(offset, ident, text))
    cited: dict[tuple[int, str], list[int]] = defaultdict(list)
    resolved = Reference.objects.filter(document__in=said).exclude(resolved=None)
    resolved = resolved.filter(~Q(target__contains="#") | Q(words__regex=r"^Documents? \d+ and "))
    for key, ident, target in resolved.order_by("document", "id").values_list("document", "ident", "resolved"):
        cited[key, ident].append(target)
    days = {day for found in said.values() for mention in found for day in mention.days}
    dated = DocumentDate.objects.filter(earliest__in=days, latest=F("earliest"), document__kind__in=Letter.KINDS)
    by_day: dict[Any, list[int]] = defaultdict(list)
    for key, day in dated.order_by("document", "event").values_list("document", "earliest"):
        by_day[day].append(key)
    numbered = telegrams({number for found in said.values() for mention in found for number in mention.numbers})
    decided = dict(_decided(letters))
    wanted = {*said, *told, *(key for keys in (*cited.values(), *by_day.values(), *numbered.values()) for key in keys)}
    return Known(envelopes(wanted), notes, cited, by_day, numbered, decided)


def _decided(letters: list[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """What editors said of these letters, and of letters that may answer them."""
    rows = Reply.objects.filter(Q(letter__in=letters) | Q(answered__in=letters)).order_by()
    for letter, other, status in rows.exclude(status=Reply.Status.GUESSED).values_list("letter", "answered", "status"):
        yield (letter, other), status


def _telling(letters: list[int]) -> Iterator[tuple[int, int, str, str, str]]:
    """References between these letters and others, in sentences that speak of a reply."""
    between = Reference.objects.filter(Q(document__in=letters) | Q(resolved__in=letters)).exclude(resolved=None)
    rows = between.exclude(target__contains="#").exclude(document=F("resolved")).order_by("document", "id")
    for row in rows.values_list("document", "resolved", "ident", "words", "sentence"):
        if SPEAKING.search(row[-1]):
            yield row


def _told(
    letters: set[int], telling: Iterable[tuple[int, int, str, str, str]], known: Known
) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    """What notes tell of replies: "For Khrushchev’s reply, see Document 43"."""
    for citing, cited, ident, words, sentence in telling:
        said = said_of(words, sentence)
        letter, other = (cited, citing) if said is Said.IS_ITS_REPLY else (citing, cited)
        if said is None or letter not in letters or not known.may_answer(letter, other):
            continue
        told = {"ident": ident, "words": words, "sentence": sentence, "in_answered": said is Said.IS_ITS_REPLY}
        status = {"status": Reply.Status.GUESSED, "basis": Reply.Basis.REFERENCE}
        yield (letter, other), {"letter_id": letter, "answered_id": other, **status, **told}


def all_letters() -> list[int]:
    """The keys of all letters of the archive."""
    return list(Document.objects.filter(letter__isnull=False).order_by("pk").values_list("pk", flat=True))
