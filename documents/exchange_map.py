"""The exchange map: every proposal of an exchange as a box, joined by lines to what answers it.

A short exchange is drawn as two columns that face each other; a longer one by date across and topic down, where lines
run from letter to letter and those of one topic stay together. The drawing is data; ``templates/exchange/_map.html``
writes it as SVG.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from documents import map_facing, map_lanes
from documents.chain import Chain
from documents.exchange import NEW, UNANSWERED
from documents.map_drawing import Drawing
from documents.map_legend import Entry
from documents.map_order import side_of
from documents.models import Collection, Link
from documents.selection import Selection

#: Two documents can always face each other; up to so many documents can while no more links than this cross.
FACING_DOCUMENTS, FACING_LINKS = 4, 40
#: A map with more proposals than this is no longer read.
MOST = 150


@dataclass(frozen=True)
class ExchangeMap:
    """The map of a collection, drawn for wide and for narrow screens, with the words that describe it."""

    title: str
    description: str
    first_side: str
    second_side: str
    drawings: tuple[Drawing, ...]
    has_lanes: bool
    documents: tuple[str, ...]
    chain: Chain | None = None


def draw(collection: Collection, selection: Selection, chain: Chain | None = None) -> ExchangeMap | None:
    """Draws what is selected of an exchange, and brings out a chain.

    There is nothing to draw without a proposal, and no use in drawing more than ``MOST`` of them; of so many the chain
    alone is drawn, if one is asked for.
    """
    if chain and len(selection.shown) > MOST:
        selection = Selection(selection.exchange, chain.proposals, chain.links)
    if not 0 < len(selection.shown) <= MOST:
        return None
    has_lanes = not _can_face(selection)
    key = _legend(collection, selection, has_lanes)
    if has_lanes:
        drawings = tuple(map_lanes.in_lanes(selection, key, frame) for frame in map_lanes.FRAMES)
    else:
        drawings = tuple(map_facing.facing(selection, key, frame) for frame in map_facing.FRAMES)
    return ExchangeMap(
        title=f"How the proposals meet: {collection.title}",
        description=_description(collection, selection, has_lanes),
        first_side=collection.first_side,
        second_side=collection.second_side,
        drawings=drawings,
        has_lanes=has_lanes,
        documents=tuple(selection.exchange.name_of(document) for document in selection.documents),
        chain=chain,
    )


def _can_face(selection: Selection) -> bool:
    documents = selection.documents
    if len(documents) <= 2:
        return True
    is_short = len(documents) <= FACING_DOCUMENTS and len(selection.links) <= FACING_LINKS
    return is_short and {side_of(document) for document in documents} == {"first", "second"}


def _legend(collection: Collection, selection: Selection, has_lanes: bool) -> tuple[Entry, ...]:
    """What needs a word of explanation; where words stand on the lines, only the sides do."""
    sides = {document.side for document in selection.documents}
    names = {"first": collection.first_side, "second": collection.second_side}
    entries = [Entry("side", side, name) for side, name in names.items() if name and side in sides]
    if not has_lanes:
        return tuple(entries)
    relations = {str(link.relation) for link in selection.links}
    entries += [Entry("line", str(each), each.label) for each in Link.Relation if str(each) in relations]
    standings = [selection.exchange.standings[each.pk] for each in selection.shown]
    entries += [Entry("mark", NEW, "new")] if any(each.is_new for each in standings) else []
    unanswered = any(each.is_unanswered for each in standings)
    return tuple(entries + ([Entry("mark", UNANSWERED, "no explicit answer")] if unanswered else []))


def _description(collection: Collection, selection: Selection, has_lanes: bool) -> str:
    sentences = _across(selection) if has_lanes else _sides(collection, selection)
    counted = Counter(str(link.relation) for link in selection.links)
    answers = ", ".join(f"{relation.label} {counted[relation]}" for relation in Link.Relation if counted[relation])
    sentences.append(f"Lines between the proposals: {answers}." if answers else "No line joins them.")
    return " ".join([*sentences, "Each proposal is a link; the negotiation table says the same in words."])


def _across(selection: Selection) -> list[str]:
    names = "; ".join(selection.exchange.name_of(document) for document in selection.documents)
    return [f"From left to right, by date: {names}.", "From top to bottom: their topics."]


def _sides(collection: Collection, selection: Selection) -> list[str]:
    sentences = []
    for side, place in (("first", "On the left"), ("second", "On the right")):
        on_it = [document for document in selection.documents if side_of(document) == side]
        names = ", ".join(selection.exchange.name_of(document) for document in on_it)
        name = collection.first_side if side == "first" else collection.second_side
        if names:
            sentences.append(f"{place}{f' ({name})' if name else ''}: {names}.")
    return sentences
