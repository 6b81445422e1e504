"""What documents, proposals and the time between them are called in few words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from documents.models import Document, DocumentDate, Participation, Proposal
from editions.dates import HistoricalDate, Precision

#: Kinds that readers know by who wrote them; all others go by their own name.
CORRESPONDENCE = frozenset({Document.Kind.LETTER, Document.Kind.TELEGRAM})
ITEM = re.compile(r"\(?(\w{1,4})[.)]")


def short_names(documents: Iterable[Document]) -> dict[int, str]:
    """Names each document by its key, a letter by the surname of its writer as long as that tells it from the rest.

    The documents need their participations.
    """
    by_key = {document.pk: document for document in documents}
    names = {key: _surname(document) or document.name for key, document in by_key.items()}
    counted = Counter(names.values())
    return {key: name if counted[name] == 1 else by_key[key].name for key, name in names.items()}


def _surname(document: Document) -> str:
    if document.kind not in CORRESPONDENCE:
        return ""
    senders = [part for part in document.participations.all() if part.role == Participation.Role.FROM]
    return " and ".join(surname(part) for part in senders)


def surname(part: Participation) -> str:
    """What someone goes by in a sentence; of a name that nobody has identified, the name as the document has it."""
    return part.agent.sort_name.split(",")[0] if part.agent else part.name


def called(part: Participation) -> str:
    """The name in the document, where it is not just the name again."""
    if part.agent is None:
        return ""
    return "" if surname(part) in part.name or part.agent.name in part.name else part.name


def place(proposal: Proposal) -> str:
    """Where a proposal stands: "item 2" where the document numbers it, otherwise its id."""
    label = ITEM.fullmatch(proposal.first_passage.label)
    return f"item {label.group(1)}" if label and not proposal.words else proposal.ident


def written(document: Document) -> HistoricalDate | None:
    """When it was written, for a document that has its dates."""
    return next((date.value for date in document.dates.all() if date.event == DocumentDate.Event.WRITTEN), None)


def dated_name(document: Document) -> str:
    """What a document is called, with its date where the name does not tell the year: many letters have one title."""
    date = written(document)
    if date is None or str(date.earliest.year) in document.name:
        return document.name
    return f"{document.name}, [{date.display}]" if date.supplied else f"{document.name}, {date.display}"


def interval(earlier: Document, later: Document) -> str:
    """The days from one to the other, "13 days later"; nothing when one of the dates is less exact than that."""
    first, second = written(earlier), written(later)
    if not first or not second or {first.precision, second.precision} != {Precision.DAY}:
        return ""
    days = (second.earliest - first.earliest).days
    if days == 0:
        return "the same day"
    return f"{days} day{'' if days == 1 else 's'} later" if days > 0 else ""
