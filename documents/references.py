"""What a document cites, once for each document or volume that is meant, with the places that cite it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from documents.models import Quotation, Reference
from editions.references.identifiers import authority, describe

WEB = re.compile(r"https?://\S+")
NOTE = re.compile(r"fn(\w+)")


@dataclass(frozen=True)
class Place:
    """Where a document cites another, and which note of the other is meant, if it is one."""

    ident: str
    name: str
    part: str = ""
    address: str = ""


@dataclass(frozen=True)
class Cited:
    """A document, a volume or a page of the web that a document cites.

    ``address`` is empty while it is wanted; ``outside`` is where it can be read meanwhile. ``meta`` tells documents of
    one title apart: the number and the date.
    """

    title: str
    meta: str
    address: str
    outside: str
    places: tuple[Place, ...]

    @property
    def host(self) -> str:
        """The name of the site that it leads to; empty when that is this one."""
        return host_of(self.outside or self.address)


def cited(references: Iterable[Reference], name_of: Callable[[str], str]) -> list[Cited]:
    """What the references of a document lead to, in the order in which it is first cited.

    Each needs the ``volume`` that it means as a whole, if any, and ``resolved_written``, the date of the document that
    it means. What the document says of itself is left out.
    """
    grouped: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.resolved_id != reference.document_id:
            grouped[_meant(reference)].append(reference)
    return [_cited(rows, name_of) for rows in grouped.values()]


def title_of(target: str, title: str, words: str) -> str:
    """What an identifier means: as an editor says, else in plain words; of an unknown form, the words that cite it."""
    told = title or describe(target)
    return told if told != target else words or target


def host_of(address: str) -> str:
    """The name of the site that an address leads to: "history.state.gov"."""
    return urlsplit(address).netloc.removeprefix("www.")


def split(target: str) -> tuple[str, str]:
    """The identifier of a document, and the note or passage of it that is meant; the address of a page as it is."""
    name, _, fragment = (target, "", "") if WEB.fullmatch(target) else target.partition("#")
    return name, fragment


def part_of(fragment: str) -> str:
    """A note or passage of another document in words: "note 2" of "fn2"."""
    note = NOTE.fullmatch(fragment)
    return f"note {note[1]}" if note else fragment


def _meant(reference: Reference) -> str:
    """The same for all references to one document, whatever they call it and whichever note of it they mean."""
    other = reference.resolved
    return other.slug if other and other.is_published else split(reference.target)[0]


def _cited(rows: list[Reference], name_of: Callable[[str], str]) -> Cited:
    first = rows[0]
    name, _ = split(first.target)
    told = next((row.title for row in rows if row.title), "")
    title, meta, address = (told or first.words, "", name) if WEB.fullmatch(name) else _in_the_archive(first)
    places = tuple(dict.fromkeys(_place(row, address, name_of) for row in rows))
    if address:
        return Cited(title, meta, address, "", places)
    return Cited(title_of(name, told, first.words), "", "", authority(name), places)


def _in_the_archive(reference: Reference) -> tuple[str, str, str]:
    """The title, the number with the date, and the address of what is meant; all empty while it is wanted."""
    other = reference.resolved
    if other and other.is_published:
        number = f"document {other.number}" if other.number else ""
        meta = " · ".join(filter(None, (number, reference.resolved_written)))  # type: ignore[attr-defined]
        return str(other), meta, other.get_absolute_url()
    volume = reference.volume  # type: ignore[attr-defined]
    return (volume["title"], "", reverse("collection", args=[volume["slug"]])) if volume else ("", "", "")


def _place(reference: Reference, address: str, name_of: Callable[[str], str]) -> Place:
    name = name_of(reference.ident)
    if reference.quotation != Quotation.EXACT:
        name = f"{name} (its words have changed since)"
    _, fragment = split(reference.target)
    if not fragment:
        return Place(reference.ident, name)
    return Place(reference.ident, name, part_of(fragment), f"{address}#{fragment}" if address else "")
