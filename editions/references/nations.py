"""Resolutions of the United Nations: "Resolutions 1472 (XIV) and 1721 (XVI)", "Security Council Resolution 186 (1964)".

Until 1975 those of the General Assembly are known by number and session, those of the Security Council by number and
year; the identifiers follow that: "un-ga-res/1721-xvi", "un-sc-res/186-1964" (https://research.un.org/en/docs).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from editions.references.context import Target

_SESSION = r"(?:E?S-)?(?:[IVXL]{1,7}|[1-9]{1,2})"
_LETTERS = r"\ [A-Z](?:(?:,|,?\ and|\ ?-)\ [A-Z]){0,4}"
_ADOPTED = rf"\d{{1,4}}(?:{_LETTERS})?\ ?\({_SESSION}\)"
_RESOLUTIONS = re.compile(
    rf"""(?:[Rr]es(?:olutions?|\.)\ (?:[Nn]os?\.\ ?)?|A/RES/)
    (?: (?P<assembly>{_ADOPTED}(?:(?:,?\ and\ |,\ ){_ADOPTED}){{0,20}})
      | (?P<council>\d{{1,4}}\b(?:\ ?\(\d{{4}}\))?(?:(?:,?\ and\ |,\ )\d{{1,4}}\b\ ?\(\d{{4}}\)){{0,20}})
    )""",
    re.VERBOSE,
)
_EACH_OF_ASSEMBLY = re.compile(rf"(?P<number>\d{{1,4}})(?:{_LETTERS})?\ ?\((?P<session>{_SESSION})\)", re.VERBOSE)
_EACH_OF_COUNCIL = re.compile(r"(?P<number>\d{1,4})\b(?:\ ?\((?P<year>\d{4})\))?")
#: Whose resolution it is: these words belong to the citation; other bodies have other resolutions.
_OF_ASSEMBLY = re.compile(r"\b(?:(?:U\.?N\.?|United Nations|UNGA|GA|General Assembly) ){1,3}$")
_OF_COUNCIL = re.compile(r"\b(?:(?:U\.?N\.?|United Nations) )?(?:Security Council|UNSC|SC)(?:['’]s)? $")
_OF_ANOTHER = re.compile(
    r"\b(?:ECOSOC|Social Council|Trusteeship Council|UNESCO|WHO|WMO|FAO|IAEA|OAS|OAU|UNCTAD|Committee|Commission"
    r"|Senate|House|Joint|Concurrent|J\.|S\.|Con\.|H\.)(?:['’]s)? (?:draft )?$"
)
#: The last resolution of the Security Council in each year from 1946.
_LAST = (
    15, 37, 66, 78, 89, 96, 98, 103, 104, 110, 121, 126, 131, 132, 160, 170, 176, 185, 199, 219, 232, 245, 262, 275,
    291, 307, 324, 344, 366, 384, 402, 421, 443, 461, 484, 499, 529, 545, 559, 580, 593, 606, 626, 646, 683,
)  # fmt: skip


def resolutions(text: str) -> Iterator[Target]:
    """Yields the resolutions that a text names; those of the General Assembly with their session only."""
    for match in _RESOLUTIONS.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if not _OF_ANOTHER.search(before):
            yield from (_of_assembly if match["assembly"] else _of_council)(match, before)


def _of_assembly(match: re.Match[str], before: str) -> Iterator[Target]:
    body = _OF_ASSEMBLY.search(before)
    for start, each in _each(match, "assembly", _EACH_OF_ASSEMBLY, body):
        yield start, each.end(), f"un-ga-res/{each['number']}-{_roman(each['session'])}"


def _of_council(match: re.Match[str], before: str) -> Iterator[Target]:
    """Without the name of the Council, the year in brackets tells whose resolution it is."""
    body = _OF_COUNCIL.search(before)
    for start, each in _each(match, "council", _EACH_OF_COUNCIL, body):
        if year := each["year"] or (_year_of(int(each["number"])) if body else ""):
            yield start, each.end(), f"un-sc-res/{each['number']}-{year}"


def _each(
    match: re.Match[str], name: str, item: re.Pattern[str], body: re.Match[str] | None
) -> Iterator[tuple[int, re.Match[str]]]:
    """Each of a list with the start of its words; those of the first begin with the body whose resolution it is."""
    first = match.start() - (len(body[0]) if body else 0)
    for each in item.finditer(match.string, match.start(name), match.end(name)):
        yield first if each.start() == match.start(name) else each.start(), each


def _year_of(number: int) -> str:
    """The year in which the Security Council adopted a resolution; empty when it is not one of the first 683."""
    return str(1946 + bisect_left(_LAST, number)) if 1 <= number <= _LAST[-1] else ""


def _roman(session: str) -> str:
    """ "ES-1" is also written with a roman number, as the United Nations do."""
    prefix, _, number = session.rpartition("-")
    ones = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    number = ones[int(number) - 1] if number.isdigit() and int(number) <= len(ones) else number.lower()
    return f"{prefix.lower()}-{number}" if prefix else number
