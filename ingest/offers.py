"""Offers documents as witnesses of one another, when they are most likely the same text. Editors accept or reject.

Two documents are looked at when their dates are at most ``DAYS`` apart and what is known of senders and recipients
agrees; where of one of them neither is known, when they are of one kind and day. They are taken for the same text when
at least ``ALIKE`` of the runs of four words of the shorter one stand in the longer one: the containment of Broder ("On
the resemblance and containment of documents", 1997), exact and not sampled, so that an excerpt is found in the whole.

A text that is like more than ``MOST_ALIKE`` others is a form, such as a receipt or a letter of thanks, and so is
whatever is like a form: neither is offered, and offers of it that are still open are withdrawn. That bounds the offers
of a document, and what finding them costs.

What is missed: documents without a date, those whose dates are further apart, translations, and texts of fewer than
``SHORTEST`` runs, in which agreement says little. An editor adds such witnesses by hand.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import models, transaction

from documents.models import Document, Participation, Passage, Witness
from editions.collation.reading import ABOVE
from editions.model import BlockKind
from ingest.witnesses import collate_witnesses, free_siglum

DAYS = 3
ALIKE = 0.5
SHORTEST = 20
RUN = 4
#: The most texts that are printings of one text; more are copies of a form.
MOST_ALIKE = 6
WORD = re.compile(r"\w+")
#: Blocks that say little of the text: two documents of a volume may have all but the same heading.
AROUND = [kind.value for kind in (*ABOVE, BlockKind.DATELINE, BlockKind.SOURCE)]
#: The most offers that are said one by one.
MOST_SAID = 10
#: How many pairs are compared with the texts that are in memory.
AT_ONCE = 500


@dataclass
class _Facts:
    """What decides whether two documents may be the same text.

    Senders and recipients are known by who they are in the archive and by the last word of the name in the document.
    """

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
    found = _Found()
    pairs = (pair for pair in _candidates(set(keys), found.forms) if frozenset(pair) not in found.decided)
    runs: dict[int, frozenset[int]] = {}
    while some := list(islice(pairs, AT_ONCE)):
        wanted = {key for pair in some for key in pair}
        runs = {key: known for key, known in runs.items() if key in wanted}
        runs |= _runs(wanted - runs.keys())
        for pair in some:
            if not found.forms.issuperset(pair):
                found.compared(pair, containment(*(runs[key] for key in pair)))
    of_forms = models.Q(document__in=found.forms) | models.Q(other__in=found.forms)
    Witness.objects.filter(of_forms, status=Witness.Status.OFFERED).delete()
    return [offered for pair, likeness in found.to_offer() if (offered := _offer(*pair, likeness))]


def said_of(offered: list[Witness]) -> list[str]:
    """Says which documents may be another text of which, for whoever imports them; of many, only how many."""
    if len(offered) > MOST_SAID:
        return [f"{len(offered):,} documents are offered as witnesses of others. Accept or reject them in the admin."]
    return [
        f"{one.document.slug}: {one.other} is offered as a witness. Accept or reject it in the admin."
        for one in offered
    ]


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set that stands in the larger one; 0 when it is too small to say anything."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= SHORTEST else 0.0


class _Found:
    """What is known of pairs: which an editor was asked about already, which are alike, and which texts are forms."""

    def __init__(self) -> None:
        rows = Witness.objects.exclude(other=None).values_list("document", "other", "status")
        self.decided = {frozenset((document, other)) for document, other, _ in rows}
        self.alike: dict[tuple[int, int], float] = {}
        self.counts = Counter(
            key for document, other, status in rows if status != Witness.Status.ACCEPTED for key in (document, other)
        )
        self.forms = {key for key, count in self.counts.items() if count > MOST_ALIKE}

    def compared(self, pair: tuple[int, int], likeness: float) -> None:
        if likeness < ALIKE:
            return
        self.alike[pair] = likeness
        self.counts.update(pair)
        if not self.forms.isdisjoint(pair) or max(self.counts[key] for key in pair) > MOST_ALIKE:
            self.forms.update(pair)

    def to_offer(self) -> list[tuple[tuple[int, int], float]]:
        """The pairs to offer, with their likeness, the most alike first."""
        offered = [(pair, likeness) for pair, likeness in self.alike.items() if self.forms.isdisjoint(pair)]
        return sorted(offered, key=lambda one: (-one[1], one[0]))


def _candidates(new: set[int], forms: set[int]) -> Iterator[tuple[int, int]]:
    """Pairs of documents that may be the same text, at least one of them new; the lower key first.

    Pairs of two forms are passed over, of those that are known when the pair is reached.
    """
    facts = _facts(new)
    days = datetime.timedelta(DAYS)
    for at, one in enumerate(facts):
        if one.key not in new:
            continue
        first = bisect_left(facts, one.date - days, key=lambda other: other.date)
        last = bisect_right(facts, one.date + days, key=lambda other: other.date)
        for place in range(first, last):
            other = facts[place]
            if other.key in forms and one.key in forms:
                continue
            if (place > at or other.key not in new) and one.may_be(other):
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
        known = {f"p{person}" if person else f"o{organization}" if organization else "", *WORD.findall(name)[-1:]}
        (found[key].senders if role == "from" else found[key].recipients).update(one.casefold() for one in known if one)
    return sorted(found.values(), key=lambda one: (one.date, one.key))


def _runs(keys: set[int]) -> dict[int, frozenset[int]]:
    """The runs of words of documents, by key."""
    texts: dict[int, list[str]] = {key: [] for key in keys}
    passages = Passage.objects.filter(document__in=keys).exclude(kind__in=AROUND).order_by("document", "position")
    for key, text in passages.values_list("document", "text"):
        texts[key].append(text)
    return {key: frozenset(_runs_in("\n".join(lines))) for key, lines in texts.items()}


def _runs_in(text: str) -> Iterator[int]:
    words = WORD.findall(text.casefold())
    return (hash(run) for run in zip(*(words[start:] for start in range(RUN)), strict=False))


@transaction.atomic
def _offer(one: int, other: int, likeness: float) -> Witness | None:
    """Offers one document as a witness of the other, on which editors have worked more; none when that was just done,
    or one of the two is gone."""
    documents = Document.objects.filter(pk__in=(one, other)).select_related("collection")
    try:
        base, witness = sorted(documents.select_for_update(of=("self",), no_key=True), key=_worked_on)
    except ValueError:
        return None
    if base.witnesses.filter(other=witness).exists():
        return None
    where = f"{witness.collection.title}, document {witness.number}" if witness.number else witness.collection.title
    offered = Witness.objects.create(
        document=base,
        other=witness,
        siglum=free_siglum(base),
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
