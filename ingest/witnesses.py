"""Collates the witnesses of documents when their texts are stored, and keeps what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, count
from string import ascii_uppercase

from django.db import models, transaction

from documents.models import Collation, Document, Witness
from editions.collation.collate import METHOD, collate
from editions.readers.archive_text import parse_archive_text

#: What is collated: an editor sees how an offered witness differs before accepting it.
COLLATED = (Witness.Status.ACCEPTED, Witness.Status.OFFERED)


class NotDecided(Exception):
    """A witness cannot be accepted or rejected; the message says why."""


@dataclass(frozen=True)
class _Sides:
    """Two texts to compare; ``base`` is none for the reading text of the document."""

    base: Witness | None
    witness: Witness
    texts: tuple[str, str]

    @property
    def digest(self) -> str:
        found = hashlib.sha256(METHOD.encode())
        for text in self.texts:
            found.update(hashlib.sha256(text.encode()).digest())
        return found.hexdigest()


def text_of(witness: Witness) -> str:
    """The archive text of a witness: its own, or that of the document of the archive that it is."""
    return witness.other.text if witness.other else witness.text


@transaction.atomic
def collate_witnesses(document: Document) -> bool:
    """Makes the collations of a document equal to its texts, and says whether any changed.

    Every witness that is accepted or offered is collated with the reading text, and accepted ones with one another.
    What was collated with the same texts and method already is left as it is.
    """
    wanted = {(sides.base.pk if sides.base else None, sides.witness.pk): sides for sides in _to_collate(document)}
    rows = {(row.base_id, row.witness_id): row for row in document.collations.defer("table", "counts")}
    gone = [row.pk for pair, row in rows.items() if pair not in wanted]
    Collation.objects.filter(pk__in=gone).delete()
    made = []
    for pair, sides in wanted.items():
        if pair not in rows or rows[pair].digest != sides.digest:
            table = collate(*(parse_archive_text(text) for text in sides.texts))
            values = {"table": table.to_json(), "counts": table.counts(), "digest": sides.digest}
            made.append(Collation(document=document, base=sides.base, witness=sides.witness, **values))
    Collation.objects.bulk_create(  # someone else may be storing the other text at the same time
        made,
        update_conflicts=True,
        unique_fields=["document", "base", "witness"],
        update_fields=["table", "counts", "digest"],
    )
    return bool(gone or made)


def _to_collate(document: Document) -> list[_Sides]:
    collated = document.witnesses.filter(status__in=COLLATED).select_related("other").order_by("position", "pk")
    witnesses = list(collated.defer("source", "other__source", "other__reading_text"))
    found = [_Sides(None, witness, (document.text, text_of(witness))) for witness in witnesses]
    accepted = [witness for witness in witnesses if witness.status == Witness.Status.ACCEPTED]
    found += [_Sides(one, other, (text_of(one), text_of(other))) for one, other in combinations(accepted, 2)]
    return found


def collate_with(document: Document) -> bool:
    """Collates anew after the text of a document changed: its witnesses, and those of documents whose witness it is.

    Says whether anything changed. A document that has no witness and is none costs one query.
    """
    concerned = Witness.objects.filter(models.Q(document=document) | models.Q(other=document))
    keys = sorted(set(concerned.filter(status__in=COLLATED).values_list("document", flat=True)))
    others = {one.pk: one for one in Document.objects.filter(pk__in=[key for key in keys if key != document.pk])}
    return sum(collate_witnesses(document if key == document.pk else others[key]) for key in keys) > 0


@transaction.atomic
def decide(witness: Witness, status: Witness.Status) -> None:
    """Accepts or rejects a witness that was offered; what is rejected is not offered again, and can be accepted still.

    Raises ``NotDecided`` when it is accepted already, or is to be rejected a second time.
    """
    stored = Witness.objects.select_for_update(of=("self",)).get(pk=witness.pk)
    if stored.status in (Witness.Status.ACCEPTED, status):
        raise NotDecided(f"“{witness}” is {stored.get_status_display().lower()} already.")
    Witness.objects.filter(pk=witness.pk).update(status=status)
    collate_witnesses(witness.document)


def free_siglum(document: Document) -> str:
    """A siglum that no witness of a document has: B, C and so on, then B2, C2; A might be taken for the document."""
    taken = {siglum.casefold() for siglum in document.witnesses.values_list("siglum", flat=True)}
    return next(siglum for siglum in _sigla() if siglum.casefold() not in taken)


def _sigla() -> Iterator[str]:
    for number in count(1):
        yield from (f"{letter}{number if number > 1 else ''}" for letter in ascii_uppercase[1:])
