"""A query said back in plain words, so that a reader sees what was understood."""

from __future__ import annotations

from datetime import date, timedelta

from search import fields
from search.language.kinds import NAMES
from search.query import (
    And,
    Choice,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)

#: What is said after words that were asked for in a voice or the title.
_PLACES = {
    fields.ALL: "",
    fields.TEXT: " in the text",
    fields.NOTE: " in the editor’s notes",
    fields.SOURCE: " in the source note",
    fields.TITLE: " in the title",
}
#: What is said before words that are a name.
_NAMED = {
    fields.SENDER: "from someone",
    fields.RECIPIENT: "to someone",
    fields.PERSON: "involving someone",
    fields.SUBJECT: "on a topic",
    fields.VOLUME: "in a collection",
}
#: More parts than these of one search are only counted.
MOST_SAID = 12
_DAY = timedelta(days=1)


def explain(query: Query) -> str:
    """What a result has, e.g. ``any form of “weather” and the phrase “heavenly matters”, but not written in 1962``."""
    match query:
        case Leaf():
            return _leaf(query)
        case Dates():
            return _dates(query)
        case Choice():
            return _choice(query)
        case Not(Dates(None, None, False)):
            return "without a date"
        case Not(part):
            return f"anything {_lacking(part)}"
        case Or(parts):
            return _listed([_inner(part) for part in parts], "or") or "nothing"
        case And(parts):
            return _all_of(parts)
        case Everything():
            return "anything"
    raise TypeError(f"not a query: {query!r}")


def attributes(query: Query) -> str:
    """What is said of results after their number: ``written in 1962, with any form of “weather”, but without …``."""
    match query:
        case And(parts):
            return _attributes(parts)
        case Or(parts) if not _is_told(query):
            return f"with {_listed([_inner(part) for part in sorted(parts, key=_is_told)], 'or') or 'nothing'}"
        case Not(part) if not _is_told(query):
            return _lacking(part)
    return explain(query) if _is_told(query) else f"with {explain(query)}"


def _attributes(parts: tuple[Query, ...]) -> str:
    told = [part for part in parts if _is_told(part)]
    lacking = [part for part in parts if isinstance(part, Not) and part not in told]
    has = [part for part in parts if part not in told and part not in lacking]
    said = [
        _listed([_inner(part) for part in told], "and"),
        "with " + _listed([_inner(part) for part in has], "and") if has else "",
        ("but " if told or has else "") + _listed([_lacking(part.part) for part in lacking], "and") if lacking else "",
    ]
    return ", ".join(filter(None, said))


def has_or_is(query: Query) -> str:
    """What a result does that has it: ``has any form of “weather”``, ``is from someone named “Kennedy”``."""
    return f"{'is' if _is_told(query) else 'has'} {explain(query)}"


def _leaf(leaf: Leaf) -> str:
    field = getattr(leaf, "field", fields.ALL)
    if field not in _NAMED:
        return _asked(leaf) + _PLACES[field]
    match leaf:
        case Word(text) | Exact(text):
            return f"{_NAMED[field]} named “{text}”"
        case Phrase(words, slop=0):
            return f"{_NAMED[field]} named “{' '.join(words)}”"
    return f"{_NAMED[field]} whose name has {_asked(leaf)}"


def _asked(leaf: Leaf) -> str:
    match leaf:
        case Word(text):
            # A number has no forms.
            return f"“{text}”" if text.isdecimal() else f"any form of “{text}”"
        case Exact(text):
            return f"exactly “{text}”"
        case Prefix(text):
            return f"a word beginning with “{text}”"
        case Wildcard(pattern):
            return f"a word like “{pattern}”, where {_wildcards(pattern)}"
        case Fuzzy(text, _, distance):
            letters = "one letter" if distance == 1 else f"{distance} letters"
            return f"“{text}” or a word that differs by {letters} at most"
        case Phrase():
            return _phrase(leaf)
    raise TypeError(f"not words: {leaf!r}")


def _wildcards(pattern: str) -> str:
    signs = (("?", "? is any letter"), ("*", "* is any letters or none"))
    return " and ".join(meaning for sign, meaning in signs if sign in pattern)


def _phrase(phrase: Phrase) -> str:
    exactly = "exactly " if phrase.exact else ""
    if not phrase.slop:
        return f"{exactly}the phrase “{' '.join(phrase.words)}”"
    words = [f"“{word}”" for word in phrase.words]
    named = f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{exactly}the words {named} at most {phrase.slop} {'word' if phrase.slop == 1 else 'words'} apart"


def _choice(choice: Choice) -> str:
    names = [NAMES[value][0] if choice.field == "kind" and value in NAMES else value for value in choice.values]
    said = " or ".join(f"“{name}”" for name in names)
    return f"of the kind {said}" if choice.field == "kind" else f"with the {choice.field} {said}"


def _dates(dates: Dates) -> str:
    or_undated = ", or without a date" if dates.undated else ""
    if dates.first and dates.last:
        return f"written {_between(dates.first, dates.last)}{or_undated}"
    if dates.first:
        return f"written on or after {_day(dates.first)}{or_undated}"
    if dates.last:
        return f"written on or before {_day(dates.last)}{or_undated}"
    return f"with a date{or_undated}"


def _between(first: date, last: date) -> str:
    if first == last:
        return f"on {_day(first)}"
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return f"in {first.year}" if first.year == last.year else f"between {first.year} and {last.year}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last):
        return f"in {first:%B} {first.year}"
    return f"between {_day(first)} and {_day(last)}"


def _ends_month(day: date) -> bool:
    return day == date.max or (day + _DAY).day == 1


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _all_of(parts: tuple[Query, ...]) -> str:
    lacking = [part for part in parts if isinstance(part, Not) and part.part != Dates()]
    has = [_inner(part) for part in parts if part not in lacking]
    said = _listed(has, "and") or "anything"
    if not lacking:
        return said
    return said + (", but " if has else " ") + _listed([_lacking(part.part) for part in lacking], "and")


def _listed(said: list[str], joint: str) -> str:
    more = len(said) - MOST_SAID
    shown = [*said[:MOST_SAID], f"{more} more"] if more > 1 else said
    return f" {joint} ".join(shown)


def _inner(query: Query) -> str:
    if isinstance(query, Or):
        return f"(either {explain(query)})"
    return f"({explain(query)})" if isinstance(query, And) else explain(query)


def _lacking(query: Query) -> str:
    """What a result is said not to have, or not to be."""
    if _is_told(query):
        return f"not {_inner(query)}"
    return f"without ({explain(query)})" if isinstance(query, And | Or | Not) else f"without {explain(query)}"


def _is_told(query: Query) -> bool:
    """Whether it says what a result is, and not what words it has."""
    if isinstance(query, Or):
        return all(map(_is_told, query.parts))
    return isinstance(query, Dates | Choice) or getattr(query, "field", "") in _NAMED or query == Not(Dates())
