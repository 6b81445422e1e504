"""The order of proposals in a drawing: on the second side they stand near what they are joined to.

Reckoned in rows, one for each proposal, so that every drawing of an exchange has the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from documents.models import Document, Link, Proposal


def side_of(document: Document) -> str:
    """The column of a document; without a side it stands with the first."""
    return "second" if document.side == Document.Side.SECOND else "first"


def link_start(link: Link) -> str:
    """The box that the answer comes from: of a proposal, or of a document as a whole."""
    return f"p{link.answer_id}" if link.answer_id else f"d{link.answering_document_id}"


def ordered(
    documents: Sequence[Document], proposals: Sequence[Proposal], links: Sequence[Link]
) -> dict[int, list[Proposal]]:
    """The proposals of each document, by its key, in the order in which they are drawn."""
    own = {document.pk: [each for each in proposals if each.document_id == document.pk] for document in documents}
    rows = _rows(documents, own)
    partners: dict[str, list[float]] = defaultdict(list)
    sides = {f"d{document.pk}": side_of(document) for document in documents}
    sides |= {f"p{each.pk}": side_of(document) for document in documents for each in own[document.pk]}
    for link in links:
        one, other = link_start(link), f"p{link.answered_id}"
        if sides[one] != sides[other]:
            partners[one].append(rows[other])
            partners[other].append(rows[one])
    return {
        document.pk: own[document.pk]
        if side_of(document) == "first"
        else _arranged(own[document.pk], rows, {each.pk: partners[f"p{each.pk}"] for each in own[document.pk]})
        for document in documents
    }


def _rows(documents: Sequence[Document], own: dict[int, list[Proposal]]) -> dict[str, float]:
    """The row of each box when every document keeps its own order; none above a document of an earlier date."""
    rows: dict[str, float] = {}
    free: dict[str, int] = defaultdict(int)
    latest = 0
    for document in documents:
        top = max(latest, free[side_of(document)])
        rows[f"d{document.pk}"] = top
        rows |= {f"p{each.pk}": top + 1 + place for place, each in enumerate(own[document.pk])}
        free[side_of(document)] = top + len(own[document.pk]) + 2
        latest = top
    return rows


def _arranged(own: list[Proposal], rows: dict[str, float], partners: dict[int, list[float]]) -> list[Proposal]:
    """Sorts by the middle of what each is joined to, then swaps neighbors while that untangles or shortens lines."""
    if not own:
        return []
    top = rows[f"p{own[0].pk}"]

    def middle(each: Proposal) -> float:
        joined = partners[each.pk]
        return sum(joined) / len(joined) if joined else rows[f"p{each.pk}"]

    def cost(row: float, upper: Proposal, lower: Proposal) -> tuple[int, float]:
        reach = sum(abs(row - end) for end in partners[upper.pk])
        reach += sum(abs(row + 1 - end) for end in partners[lower.pk])
        return crossings(partners[upper.pk], partners[lower.pk]), reach

    placed = sorted(own, key=middle)
    for _ in placed:
        swapped = False
        for at in range(len(placed) - 1):
            upper, lower = placed[at], placed[at + 1]
            if cost(top + at, lower, upper) < cost(top + at, upper, lower):
                placed[at], placed[at + 1] = lower, upper
                swapped = True
        if not swapped:
            break
    return placed


def crossings(upper: Sequence[float], lower: Sequence[float]) -> int:
    """How often the lines of two neighbors cross, when one stands above the other; the numbers are their far ends."""
    return sum(1 for one in upper for other in lower if one > other)
