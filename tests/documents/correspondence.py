"""A correspondence of any length, for drawing: nothing of it is in a database."""

from __future__ import annotations

from datetime import date

from documents.exchange import Exchange
from documents.models import Collection, Document, Link, Passage, Proposal

SPACE = Collection(slug="space", title="Space", first_side="United States", second_side="Soviet Union")
RELATIONS = list(Link.Relation)


def an_exchange(documents: int, each: int, step: int = 3) -> Exchange:
    """Letters that go back and forth, every proposal answered by one of the next letter, out of order."""
    letters = [
        Document(
            pk=key,
            slug=f"letter-{key}",
            title=f"Letter {key} of a long correspondence",
            side="first" if key % 2 else "second",
            sort_date=date(1962, 1, key),
        )
        for key in range(1, documents + 1)
    ]
    proposals = [
        Proposal(
            pk=letter.pk * 100 + number,
            document=letter,
            ident=f"{chr(64 + letter.pk)}{number}",
            title=f"A proposal about something that takes a while to say, number {number}",
            position=number,
            first_passage=Passage(document=letter, ident="p1", position=1, text="Words."),
        )
        for letter in letters
        for number in range(each)
    ]
    links = [
        Link(
            pk=place,
            answer=proposals[(letter + 1) * each + (number * step) % each],
            answered=proposals[letter * each + number],
            relation=RELATIONS[place % len(RELATIONS)],
        )
        for place, (letter, number) in enumerate((a, b) for a in range(documents - 1) for b in range(each))
    ]
    return Exchange(letters, proposals, links)
