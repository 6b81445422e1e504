"""Reads words and phrases as they are typed: plain, exact, the beginning of a word, with wildcards, or fuzzy."""

from __future__ import annotations

import re
from collections.abc import Callable

from search.analysis import fold, stem, tokens
from search.language.lexing import FIELDS, QUOTES
from search.language.typed_values import Say
from search.query import MAX_SLOP, And, Exact, Fuzzy, Phrase, Prefix, Query, Wildcard, Word

#: Words of a near phrase, characters of a pattern or of a fuzzy word, and stars in a pattern, at most.
MAX_NEAR, MAX_PATTERN, MAX_STARS = 8, 40, 3
#: Letters that a fuzzy word has, and that stand before a star, at least.
MIN_FUZZY, MIN_PREFIX = 4, 2
MAX_DISTANCE = 2

_JOINERS = "\u0300-\u036f\u00ad\u200c\u200d"
_APOSTROPHES = "'’ʼ"
#: Letters with wildcards among them.
_RUN = re.compile(rf"(?:[^\W_][{_JOINERS}]*|[{_APOSTROPHES}?*])+")
_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<distance>\d*)[.,;:!?]*")
_LIKE_A_FIELD = re.compile(r"[A-Za-z]{2,20}:(?=[^\s/])")
_ENDING = "?!.,;:…"
_PLACE_OF_STAR = "as in cosmonaut* or wom?n"
_EXAMPLES = {"kind": "letter", "date": "1962", "year": "1962"}
_FIELDS_SAID = ", ".join(f"{name}:" for name in FIELDS)

Make = Callable[[tuple[str, ...]], Query | None]


class TypedWords:
    """Reads words asked for in one field; ``say`` is told what makes no sense."""

    def __init__(self, field: str, say: Say) -> None:
        self._field = field
        self._say = say

    def phrase(self, text: str, start: int, near: str | None = None) -> Query | None:
        """A text in quotation marks, with ``=`` before it when it is exact, and what stands after it: ``~5``."""
        exact = text.startswith("=")
        words = _words(text.lstrip("=").strip(QUOTES))
        end = start + len(text)
        if not words:
            self._say(start, end, "There is no word between these quotation marks.")
            return None
        slop = self._slop(near, end, words) if near is not None else 0
        if slop:
            words = _different(words, exact)
            if len(words) > MAX_NEAR:
                self._say(start, end, f"A near phrase has {MAX_NEAR} words at most; those after them were left out.")
                words = words[:MAX_NEAR]
        if len(words) == 1:
            return self._word(words[0], exact)
        return Phrase(words, self._field, slop, exact)

    def _slop(self, near: str, start: int, words: tuple[str, ...]) -> int:
        end, digits = start + len(near), near[1:]
        if len(words) < 2:
            self._say(start, end, "Only two words or more can be near each other; this mark was left out.")
            return 0
        if not digits:
            self._say(start, end, "How near? Write it like “test ban”~5. The phrase was searched as it stands.")
            return 0
        if len(digits) > 3 or int(digits) > MAX_SLOP:
            self._say(start, end, f"Words are near each other when they are {MAX_SLOP} words apart at most.")
            return MAX_SLOP
        return int(digits)

    def chunk(self, text: str, start: int, ends_apart: bool = True) -> Query | None:
        """Characters without a space. ``ends_apart``: nothing stands right after them."""
        parts: list[Query | None] = []
        if name := self._unknown_field(text, start, ends_apart):
            parts.append(_words_of(_words(name), self._plain))
            text, start = text[len(name) :], start + len(name)
            if not text:
                return parts[0]
        parts.append(self._marked(text, start))
        return _all(parts)

    def _unknown_field(self, text: str, start: int, ends_apart: bool) -> str:
        """The beginning of a chunk that looks like a field and is none; said."""
        match = _LIKE_A_FIELD.match(text if ends_apart else text + ".")
        name = match[0] if match else text
        if name[:-1].lower() in FIELDS and name == text and name.endswith(":"):
            example = name.lower() + _EXAMPLES.get(name[:-1].lower(), "kennedy")
            self._say(start, start + len(name), f"“{name}” stands right before its word, as in {example}.")
            return name
        if not match:
            return ""
        sentence = f"“{name}” is no field, and was searched as a word. There are: {_FIELDS_SAID}."
        self._say(start, start + len(name), sentence)
        return name

    def _marked(self, text: str, start: int) -> Query | None:
        said = False

        def say(first: int, last: int, sentence: str) -> None:
            nonlocal said
            said = True
            self._say(first, last, sentence)

        query = _Chunk(self._field, text, start, say).query()
        if query is None and not said and any(each not in "-−–—" for each in text):
            sentence = "There is no letter or digit here to search for."
            if set(text) == {"="}:
                sentence = "= stands right before a word or phrase, as in =cooperation, to find this form only."
            self._say(start, start + len(text), sentence)
        return query

    def _word(self, text: str, exact: bool) -> Query:
        return Exact(text, self._field) if exact else Word(text, self._field)

    def _plain(self, words: tuple[str, ...]) -> Query:
        return Word(words[0], self._field) if len(words) == 1 else Phrase(words, self._field)


class _Chunk:
    """Characters without a space: words with marks at or in them."""

    def __init__(self, field: str, text: str, start: int, say: Say) -> None:
        self._field = field
        self._exact = text.startswith("=")
        self._text = text[1:] if self._exact else text
        self._start = start + self._exact
        self._say_at = say

    def query(self) -> Query | None:
        text = self._text
        if "~" in text:
            match = _FUZZY.fullmatch(text)
            if match is None:
                at = text.index("~")
                self._say(at, at + 1, "~ stands right after a word, as in khrushchev~; here it was left out.")
            elif found := self._fuzzy(match):
                return found
            text = text.replace("~", " ")
        if any(mark in text.rstrip(_ENDING) for mark in "?*"):
            return self._patterned(text)
        return self._words(_words(text))

    def _say(self, start: int, end: int, sentence: str) -> None:
        self._say_at(self._start + start, self._start + end, sentence)

    def _words(self, words: tuple[str, ...]) -> Query | None:
        if len(words) == 1:
            return Exact(words[0], self._field) if self._exact else Word(words[0], self._field)
        return Phrase(words, self._field, exact=self._exact) if words else None

    # Fuzzy

    def _fuzzy(self, match: re.Match[str]) -> Query | None:
        """The word before ``~`` as a fuzzy one; None, and said, when there can be none."""
        body, digits = match["word"], match["distance"]
        marks = len(body), match.end("distance")
        found = list(tokens(body))
        if not found or found[-1].end != len(body) or "?" in body or "*" in body:
            self._say(*marks, "~ stands right after a word, as in khrushchev~; here it was left out.")
            return None
        word = body[found[-1].start :]
        letters = len(fold(word))
        if not MIN_FUZZY <= letters <= MAX_PATTERN:
            limit = f"at least {MIN_FUZZY}" if letters < MIN_FUZZY else f"{MAX_PATTERN} at most"
            self._say(*marks, f"A word with ~ has {limit} letters; here the mark was left out.")
            return None
        distance = self._distance(digits, marks)
        if not distance:
            return None
        before = tuple(body[token.start : token.end] for token in found[:-1])
        return _all([self._words(before), Fuzzy(word, self._field, distance)])

    def _distance(self, digits: str, marks: tuple[int, int]) -> int:
        if len(digits) > 1 or digits > str(MAX_DISTANCE):
            self._say(*marks, f"Words differ by {MAX_DISTANCE} letters at most.")
            return MAX_DISTANCE
        if digits == "0":
            self._say(*marks, "With ~0 a word differs by nothing; the mark was left out.")
        return int(digits or 1)

    # Wildcards

    def _patterned(self, text: str) -> Query | None:
        parts: list[Query | None] = []
        done = 0
        for match in _RUN.finditer(text):
            if "?" in match[0] or "*" in match[0]:
                words, run = _words(text[done : match.start()]), match[0]
                if run[0] == "*" and words and text[match.start() - 1] == ".":
                    # The beginning of initials: U.S.S.*
                    words, run = words[:-1], words[-1].replace(".", "") + run
                parts += [self._words(words), self._pattern(run, match.start(), match.end())]
                done = match.end()
        parts.append(self._words(_words(text[done:])))
        return _all(parts)

    def _pattern(self, run: str, at: int, end: int) -> Query | None:
        """One word with wildcards. A question mark at its end is punctuation."""
        pattern = re.sub(r"\*+", "*", run.rstrip("?" + _APOSTROPHES).lstrip(_APOSTROPHES))
        bare = pattern.lstrip("?*" + _APOSTROPHES)
        if bare != pattern:
            self._say(at, at + 1, f"A letter stands before * or ?, {_PLACE_OF_STAR}; here it was left out.")
        if not ("?" in bare or "*" in bare):
            return self._words(_words(bare))
        before_star = bare.partition("*")[0]
        letters = len(before_star.replace("?", ""))
        if "*" in bare and letters < MIN_PREFIX:
            return self._short(bare, at, end)
        if len(bare) > MAX_PATTERN or bare.count("*") > MAX_STARS:
            limits = f"{MAX_PATTERN} characters and {MAX_STARS} stars"
            self._say(at, end, f"A word with * or ? has {limits} at most; this one was left out.")
            return None
        is_beginning = bare == before_star + "*" and "?" not in bare
        return Prefix(before_star, self._field) if is_beginning else Wildcard(bare, self._field)

    def _short(self, pattern: str, at: int, end: int) -> Query | None:
        only_at_end = "?" not in pattern and pattern.index("*") == len(pattern) - 1
        rest = "the star was left out" if only_at_end else "this word was left out"
        self._say(at, end, f"At least {MIN_PREFIX} letters stand before a star, {_PLACE_OF_STAR}; {rest}.")
        return self._words(_words(pattern[:-1])) if only_at_end else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text[token.start : token.end] for token in tokens(text))


def _words_of(words: tuple[str, ...], make: Make) -> Query | None:
    return make(words) if words else None


def _different(words: tuple[str, ...], exact: bool) -> tuple[str, ...]:
    """The words without those that the index cannot tell from an earlier one."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(Exact(word).form if exact else stem(word), word)
    return tuple(found.values())


def _all(parts: list[Query | None]) -> Query | None:
    found = [part for part in parts if part]
    if len(found) < 2:
        return found[0] if found else None
    flat = (each for part in found for each in (part.parts if isinstance(part, And) else (part,)))
    return And(tuple(flat))
