"""What pages of a reading call its items, and the passages that a question names as "item#p3"."""

from __future__ import annotations

from django import template

from classroom.content import Form, Item, Passages, Question
from classroom.forms_items import SORTS
from classroom.live import LiveReading, Shown

register = template.Library()

KINDS = {
    "document": "Document",
    "passages": "Passages",
    "proposal": "Proposal with its answers",
    "comparison": "Comparison",
    "search": "Search",
    "text": "Your text",
    "question": "Question",
    "term": "Term",
}
#: What a teacher writes into an item.
WRITTEN = {
    "heading": "Heading",
    "text": "Text",
    "prompt": "Question",
    "model": "Answer",
    "term": "Word",
    "meaning": "Meaning",
    "query": "Search",
    "remark": "Your words above it",
}


@register.filter
def place_anchor(place: str) -> str:
    """The id of the passage on the page."""
    item, _, passage = place.partition("#")
    return f"item-{item}-{passage}"


@register.filter
def place_name(place: str, live: LiveReading) -> str:
    """ "Kennedy to Khrushchev, 7 March 1962, passage 3"; what is no longer in the reading is said to be gone."""
    item, _, passage = place.partition("#")
    shown = live.of(item)
    if shown is None or shown.excerpt is None or passage not in shown.excerpt.plain:
        return "a passage that is no longer in this reading"
    return f"{shown.name}, passage {shown.excerpt.numbered.get(passage, passage)}"


@register.filter
def item_kind(shown: Shown) -> str:
    """What an item is, above its name."""
    match shown.item:
        case Passages() if shown.excerpt and shown.excerpt.numbers:
            return f"Passages {shown.excerpt.numbers}"
        case Question(form=Form.CHOICE, choices=choices):
            return f"Question, {len(choices)} choices"
        case Question(form=Form.POINT):
            return "Question, point to a passage"
    return KINDS[shown.kind]


@register.filter
def item_values(item: Item) -> list[tuple[str, str]]:
    """What a teacher wrote into an item, by the names that its form has for the fields."""
    found = [(label, getattr(item, name, "")) for name, label in WRITTEN.items()]
    if isinstance(item, Question):
        lines = [f"{each} (correct)" if at in item.correct else each for at, each in enumerate(item.choices)]
        found += [("Choices", "\n".join(lines)), ("Passages that show it", ", ".join(item.places))]
    if isinstance(item, Passages):
        found.append(("Passages", ", ".join(f"{span.first} to {span.last}" for span in item.spans)))
    return [(label, value) for label, value in found if value]


@register.simple_tag
def item_sorts() -> dict[str, tuple[str, str]]:
    """What can be added to a reading, in the order in which it is offered."""
    return SORTS
