"""The people and organizations of a volume: its list of persons, and those whom its headings name as parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from django.utils.text import slugify

from documents.models import Collection, Organization, Person
from editions.readers.tei.volume import ListEntry

SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
ARTICLE = re.compile(r"\Athe\s+", re.IGNORECASE)
TAG = re.compile(rb"<[^>]*>")
NOTE = re.compile(rb"<note\b.*?</note>", re.DOTALL)
#: In a heading: the listed person who is a party, and the words of an organization or office that is one.
PARTY_TAG = re.compile(rb"<persName\b(?=[^>]*\btype=\"(?:from|to)\")[^>]*\bcorresp=\"#([^\"]+)\"")
BODY_PARTY = re.compile(
    rb"<(gloss|orgName)\b(?=[^>]*\btype=\"(?:from|to)\")[^>]*>(.*?)</\1>",
    re.DOTALL,
)
LONGEST_NAME = 200
LONGEST_SLUG = 100


def usual_order(listed: str) -> str:
    """Turns a name as a list has it into its usual order: "Thompson, Llewellyn, Jr." is Llewellyn Thompson, Jr."""
    parts = [part.strip() for part in listed.split(",") if part.strip()]
    suffix = [part for part in parts[1:] if SUFFIX.fullmatch(part)]
    names = [part for part in parts if part not in suffix]
    name = " ".join([*names[1:], names[0]]) if names else listed
    return ", ".join([name, *suffix])


def bare(name: str) -> str:
    """Returns the name of an organization or office without its article."""
    return ARTICLE.sub("", " ".join(name.split()))


def listed_parties(document: bytes) -> set[str]:
    """Finds which entries of the list of persons write or receive a document, from its markup."""
    return {match.decode() for match in PARTY_TAG.findall(document)}


def unlisted_parties(document: bytes) -> set[str]:
    """Finds the organizations and offices that write or receive a document, from its markup."""
    found = (unescape(TAG.sub(b"", NOTE.sub(b"", words)).decode()) for _, words in BODY_PARTY.findall(document))
    return {name for words in found if (name := bare(words)) and len(name) <= LONGEST_NAME}


def people(collection: Collection, entries: Iterable[ListEntry]) -> dict[str, int]:
    """Finds or makes the persons of some entries, and returns their keys by the ident of the entry.

    Whom an entry of the collection means already, it goes on to mean. A name that is listed with a forename is one
    person throughout the archive ("Kennedy, John F."); an editor can part them. A name without one ("Hussein"), or one
    that several people of the archive have, is not enough to tell, and stays with its volume. An entry without a name
    is nobody.
    """
    settled = collection.entries.filter(person__isnull=False).values_list("ident", "person")
    found: dict[str, int] = dict(settled)
    wanted = {entry.ident: entry for entry in entries if entry.ident not in found and entry.name}
    names = [entry.name[:LONGEST_NAME] for entry in wanted.values()]
    known: dict[str, list[int]] = {}
    for sort_name, key in Person.objects.filter(sort_name__in=names).values_list("sort_name", "pk"):
        known.setdefault(sort_name, []).append(key)
    slugs = set(Person.objects.values_list("slug", flat=True))
    made: list[tuple[str, Person]] = []
    for ident, entry in wanted.items():
        name = entry.name[:LONGEST_NAME]
        if len(known.get(name, [])) == 1 and "," in name:
            found[ident] = known[name][0]
            continue
        person = Person(
            slug=_free(slugify(usual_order(name)), slugs),
            name=usual_order(name)[:LONGEST_NAME],
            sort_name=name,
            description=entry.description,
        )
        made.append((ident, person))
    for (ident, _), person in zip(made, Person.objects.bulk_create([p for _, p in made]), strict=True):
        found[ident] = person.pk
    return found


def organizations(names: Iterable[str]) -> dict[str, int]:
    """Finds or makes organizations and offices by name, and returns their keys."""
    wanted = sorted(set(names))
    found = dict(Organization.objects.filter(name__in=wanted).values_list("name", "pk"))
    slugs = set(Organization.objects.values_list("slug", flat=True))
    made = [
        Organization(slug=_free(slugify(name), slugs), name=name, sort_name=name)
        for name in wanted
        if name not in found
    ]
    return found | {row.name: row.pk for row in Organization.objects.bulk_create(made)}


def _free(wanted: str, taken: set[str]) -> str:
    """Returns an address that nobody has, and takes it."""
    base = wanted[: LONGEST_SLUG - 5].strip("-") or "unnamed"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
