"""What can be done with the items of a reading, and how a change is stored so that none is lost.

Every change of an item names it by its ident and is made to the reading as it is stored at that moment: two windows
that change different things do not disturb one another. Who changes the very same thing is told (``Changed``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from classroom.content import MOST_ITEMS, Content, ContentError, Item, Span, item_from_json, new_ident
from classroom.live import live
from classroom.models import Reading

FULL = f"A reading has at most {MOST_ITEMS} items. Take something out, or make a second reading."
#: What stands between the first and the last of some passages, as somebody types them: "3-5", "p3 to p5".
BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")

Change = Callable[[Content], Content]


class Changed(Exception):
    """What somebody changes was changed elsewhere after they began; ``stored`` is it now, none when it is gone."""

    def __init__(self, stored: Item | Content | None) -> None:
        super().__init__("This was changed in another window.")
        self.stored = stored


def stamp(of: Item | Content) -> str:
    """Tells whether an item, or what stands above the items, is what it was; the digest of a text does not count."""
    found = of.to_json()
    apart = "items" if isinstance(of, Content) else "digest"
    said = json.dumps({name: value for name, value in found.items() if name != apart}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def change(reading: Reading, by: Change) -> Content:
    """Stores what ``by`` makes of the reading as it is now, and puts it into ``reading``."""
    with transaction.atomic():
        stored = Reading.objects.select_for_update().get(pk=reading.pk)
        content = by(stored.content)
        stored.content = content
        stored.revision += 1
        stored.save()
    reading.content, reading.revision, reading.updated_at = content, stored.revision, stored.updated_at
    return content


def looked_at(items: Iterable[Item]) -> list[Item]:
    """New items that were read through, with what their texts are now; raises ``ContentError``."""
    read = tuple(item_from_json(each.to_json(), "Not saved yet") for each in items)
    shown = live(Content("New", items=read)).shown
    problem = next((each.problem for each in shown if each.problem), "")
    if problem:
        raise ContentError(problem)
    return [replace(each.item, digest=each.digest) if each.digest else each.item for each in shown]  # type: ignore[call-arg]


def added(content: Content, items: Sequence[Item], after: str = "") -> Content:
    """The content with items at its end, or behind another item; raises ``ContentError`` when they are too many."""
    if len(content.items) + len(items) > MOST_ITEMS:
        raise ContentError(FULL)
    place = _place(content, after)
    at = len(content.items) if place is None else place + 1
    return content.with_items((*content.items[:at], *items, *content.items[at:]))


def replaced(content: Content, item: Item, before: str) -> Content:
    """The content with another item of the same ident; raises ``Changed`` unless it was ``before``, a stamp.

    With an empty stamp it was deleted, and comes back at the end.
    """
    stored = content.item(item.ident)
    if stored is None and not before:
        return added(content, [item])
    if stored is None or stamp(stored) != before:
        raise Changed(stored)
    return content.with_items(tuple(item if each.ident == item.ident else each for each in content.items))


def without(content: Content, ident: str) -> Content:
    return content.with_items(tuple(each for each in content.items if each.ident != ident))


def brought_back(content: Content, item: Item, place: int) -> Content:
    """The content with an item that was taken out, where it was."""
    if content.item(item.ident):
        return content
    if len(content.items) >= MOST_ITEMS:
        raise ContentError(FULL)
    return content.with_items((*content.items[:place], item, *content.items[place:]))


def duplicated(content: Content, ident: str) -> Content:
    """The content with a second one of an item, right behind it."""
    item = content.item(ident)
    return added(content, [replace(item, ident=new_ident())], ident) if item else content


def moved(content: Content, ident: str, by: int) -> Content:
    """The content with an item so many places further down, or up; at either end it stays."""
    place = _place(content, ident)
    if place is None:
        return content
    items = list(content.items)
    item = items.pop(place)
    items.insert(max(0, place + by), item)
    return content.with_items(tuple(items))


def ordered(content: Content, idents: Sequence[str]) -> Content:
    """The content in this order. What is not named came meanwhile: it stays behind what it stood behind."""
    known = list(dict.fromkeys(ident for ident in idents if content.item(ident)))
    before = ""
    for item in content.items:
        if item.ident not in known:
            known.insert(known.index(before) + 1 if before else 0, item.ident)
        before = item.ident
    by_ident = {each.ident: each for each in content.items}
    return content.with_items(tuple(by_ident[ident] for ident in known))


def seen(content: Content, ident: str = "") -> Content:
    """The content with the text of one item, or of all, marked as seen now."""
    now = live(content).seen()
    if not ident:
        return now
    return content.with_items(
        tuple(new if new.ident == ident else old for new, old in zip(now.items, content.items, strict=True))
    )


def spans_of(chosen: Iterable[str], passages: Sequence[str]) -> tuple[Span, ...]:
    """Chosen passages as spans: those that follow one another in the document stand together."""
    places = sorted({passages.index(ident) for ident in chosen if ident in passages})
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place - 1:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return tuple(Span(passages[first], passages[last]) for first, last in spans)


def spans_typed(typed: str, numbers: Sequence[tuple[str, int | None]]) -> tuple[Span, ...]:
    """Reads passages as somebody types them, "3-5, 9"; ``numbers`` are the ids and numbers of a document's passages.

    Raises ``ContentError``, which says which part it cannot read or the document does not have.
    """
    known = {str(number): ident for ident, number in numbers if number}
    known |= {ident.casefold(): ident for ident, _ in numbers}
    parts = filter(None, (each.strip().casefold() for each in re.split(r"[,;\n]", typed)))
    spans = tuple(_span(part, known) for part in parts)
    if not spans:
        raise ContentError("Write which passages, such as 3-5, 9.")
    return spans


def _span(part: str, known: Mapping[str, str]) -> Span:
    """Reads "9" or "3-5"; an id may have a hyphen as well."""
    if part in known:
        return Span(known[part], known[part])
    for found in BETWEEN.finditer(part):
        first, last = part[: found.start()], part[found.end() :]
        if first in known and last in known:
            return Span(known[first], known[last])
    missing = next((end for end in BETWEEN.split(part) if end not in known), part)
    if not missing.isdecimal():
        raise ContentError(f"“{part}” names no passages. Write their numbers, such as 3-5, 9.")
    last = max((int(name) for name in known if name.isdecimal()), default=0)
    has = f"its passages are numbered 1 to {last}" if last else "its passages have no numbers"
    raise ContentError(f"There is no passage {missing} in this document: {has}.")


def _place(content: Content, ident: str) -> int | None:
    return next((place for place, each in enumerate(content.items) if each.ident == ident), None)
