"""What the session of a teacher remembers while they work: where to add, what was added, and what was deleted last."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from classroom.content import Item, item_from_json
from classroom.models import Assignment, Reading

TARGET, ADDED, ITEM, READING = (f"classroom_{name}" for name in ("target", "added", "deleted_item", "deleted_reading"))
#: The columns of a reading that come back with it.
KEPT = ("ident", "title", "introduction", "level", "items", "visibility", "revision", "copied_from_id")


def keep_target(request: HttpRequest, reading: Reading) -> None:
    """Has the next thing be added to this reading."""
    if target(request) != reading.ident:
        request.session[TARGET] = reading.ident


def target(request: HttpRequest) -> str:
    """The address of the reading to which somebody added last; may be gone."""
    return str(request.session.get(TARGET, ""))


def keep_added(request: HttpRequest, reading: Reading, item: Item, name: str) -> None:
    request.session[ADDED] = {"reading": reading.ident, "title": reading.title, "item": item.ident, "name": name}


def take_added(request: HttpRequest) -> dict[str, str] | None:
    """What was added just before, told once."""
    found = request.session.get(ADDED)
    if found:
        del request.session[ADDED]
    return found


def keep_item(request: HttpRequest, reading: Reading, item: Item, name: str) -> None:
    """Remembers an item before it is deleted."""
    place = reading.content.items.index(item)
    request.session[ITEM] = {"reading": reading.ident, "item": item.to_json(), "place": place, "name": name}


def deleted_item(request: HttpRequest, reading: Reading) -> tuple[Item, int, str] | None:
    """The item of this reading that was deleted last, with its place and name."""
    found = request.session.get(ITEM)
    if not found or found["reading"] != reading.ident:
        return None
    return item_from_json(found["item"], "The item"), found["place"], found["name"]


def forget_item(request: HttpRequest) -> None:
    request.session.pop(ITEM, None)


def delete(request: HttpRequest, reading: Reading) -> None:
    """Deletes a reading and remembers it, with the classes and copies that came from it: all of them stay."""
    kept: dict[str, Any] = {name: getattr(reading, name) for name in KEPT}
    kept["assignments"] = list(reading.assignments.values_list("pk", flat=True))
    kept["copies"] = list(reading.copies.values_list("pk", flat=True))
    reading.delete()
    request.session[READING] = kept


def deleted_reading(request: HttpRequest) -> str:
    """The title of the reading that was deleted last; empty when there is none."""
    return str(request.session.get(READING, {}).get("title", ""))


def bring_back(request: HttpRequest, owner: User) -> Reading | None:
    """Makes the reading that was deleted last anew, at its old address."""
    kept = request.session.pop(READING, None)
    if not kept or Reading.objects.filter(ident=kept["ident"]).exists():
        return None
    if not Reading.objects.filter(pk=kept["copied_from_id"]).exists():
        kept["copied_from_id"] = None
    with transaction.atomic():
        reading = Reading.objects.create(owner=owner, **{name: kept[name] for name in KEPT})
        Assignment.objects.filter(pk__in=kept["assignments"], teacher=owner, reading=None).update(reading=reading)
        Reading.objects.filter(pk__in=kept["copies"], copied_from=None).update(copied_from=reading)
    return reading
