"""Offers documents as witnesses of one another, when they are most likely the same text. Editors accept or reject.

Two documents are looked at when their dates are at most ``DAYS`` apart and what is known of senders and recipients
agrees; where of one of them neither is known, when they are of one kind and day. They are taken for the same text when
at least ``ALIKE`` of the runs of four words of the shorter one stand in the longer one: the containment of Broder ("On
the resemblance and containment of documents", 1997), exact and not sampled, so that an excerpt is found in the whole.

What is missed: documents without a date, those whose dates are further apart, translations, and texts of fewer than
``SHORTEST`` runs, in which agreement says little. An editor adds such witnesses by hand.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_uppercase

from django.db import models, transaction

from documents.models import Document, Participation, Witness
from ingest.witnesses import collate_witnesses

DAYS = 3
ALIKE = 0.5
SHORTEST = 20
RUN = 4
WORD = re.compile(r"\w+")
#: How many texts are kept in memory while neighbours are compared.
KEPT = 2_000


@dataclass
class _Facts:
    """What decides whether two documents may be the same text."""

    key: int
    date: datetime.date
    kind: str
    senders: set[str] = field(default_factory=set)
    recipients: set[str] = field(default_factory=set)

    def may_be(self, other: _Facts) -> bool:
        """Whether nothing speaks against it; where no party is known of both, day and kind have to be the same."""
        known = [
            (mine, theirs)
            for mine, theirs in ((self.senders, other.senders), (self.recipients, other.recipients))
            if mine and theirs
        ]
        if not known:
            return self.date == other.date and self.kind == other.kind
        return all(mine & theirs for mine, theirs in known)


def offer_witnesses(keys: Iterable[int]) -> list[Witness]:
    """Looks for other texts of documents, by key, and returns the witnesses that are offered now.

    A pair that was offered, accepted or rejected before is left alone. Each is collated, so that an editor sees how it
    differs.
    """
    new = set(keys)
    decided = {frozenset(pair) for pair in Witness.objects.exclude(other=None).values_list("document", "other")}
    runs = _Runs()
    pairs = ((a, b) for a, b in _candidates(new) if frozenset((a, b)) not in decided)
    alike = [(a, b, likeness) for a, b in pairs if (likeness := containment(runs(a), runs(b))) >= ALIKE]
    return [_offer(a, b, likeness) for a, b, likeness in sorted(alike, key=lambda one: (-one[2], one[:2]))]


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set that stands in the larger one; 0 when it is too small to say anything."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= SHORTEST else 0.0


def _candidates(new: set[int]) -> Iterator[tuple[int, int]]:
    """Pairs of documents that may be the same text, at least one of them new; the lower key first."""
    facts = _facts(new)
    for at, one in enumerate(facts):
        for other in facts[at + 1 :]:
            if (other.date - one.date).days > DAYS:
                break
            if (one.key in new or other.key in new) and one.may_be(other):
                yield min(one.key, other.key), max(one.key, other.key)


def _facts(new: set[int]) -> list[_Facts]:
    """The facts of these documents and of those of about the same time, in order of date."""
    dated = Document.objects.exclude(sort_date=None).exclude(text="")
    span = dated.filter(pk__in=new).aggregate(first=models.Min("sort_date"), last=models.Max("sort_date"))
    if span["first"] is None:
        return []
    days = datetime.timedelta(DAYS)
    rows = dated.filter(sort_date__range=(span["first"] - days, span["last"] + days))
    found = {key: _Facts(key, *rest) for key, *rest in rows.values_list("pk", "sort_date", "kind")}
    parties = Participation.objects.filter(document__in=rows.values("pk"), role__in=("from", "to"))
    for key, role, person, organization, name in parties.values_list(
        "document", "role", "person", "organization", "name"
    ):
        known = f"p{person}" if person else f"o{organization}" if organization else name.casefold()
        (found[key].senders if role == "from" else found[key].recipients).add(known)
    return sorted(found.values(), key=lambda one: (one.date, one.key))


class _Runs:
    """The runs of words of documents, by key; those looked at last are kept."""

    def __init__(self) -> None:
        self.kept = lru_cache(maxsize=KEPT)(self.read)

    def __call__(self, key: int) -> frozenset[int]:
        return self.kept(key)

    def read(self, key: int) -> frozenset[int]:
        text = Document.objects.values_list("reading_text", flat=True).get(pk=key)
        words = WORD.findall(text.casefold())
        return frozenset(hash(run) for run in zip(*(words[start:] for start in range(RUN)), strict=False))


@transaction.atomic
def _offer(one: int, other: int, likeness: float) -> Witness:
    """Offers one document as a witness of the other, on which editors have worked more."""
    documents = Document.objects.filter(pk__in=(one, other)).select_related("collection")
    base, witness = sorted(documents, key=_worked_on)
    taken = set(base.witnesses.values_list("siglum", flat=True))
    where = f"{witness.collection.title}, document {witness.number}" if witness.number else witness.collection.title
    offered = Witness.objects.create(
        document=base,
        other=witness,
        siglum=next(siglum for siglum in _sigla() if siglum not in taken),
        title=f"The text in {where}"[:300],
        status=Witness.Status.OFFERED,
        position=base.witnesses.count() + 1,
        likeness=round(likeness, 3),
    )
    collate_witnesses(base)
    return offered


def _worked_on(document: Document) -> tuple[bool, bool, bool, int]:
    """Sorts what editors have worked on first: proposals, corrections, or a document that is no part of a volume."""
    return (
        not document.proposals.exists(),
        not document.corrections.exists(),
        document.division_id is not None,
        document.pk,
    )


def _sigla() -> Iterator[str]:
    """B, C and so on, then B2, C2: A would be taken for the reading text."""
    yield from ascii_uppercase[1:]
    number = 2
    while True:
        yield from (f"{letter}{number}" for letter in ascii_uppercase[1:])
        number += 1
