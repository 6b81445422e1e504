"""Reading what was typed into a query. It never fails: what makes no sense is marked, and the rest still runs.

query  := all ("OR" all)*
all    := ["AND"] term (["AND"] term)*
term   := ("NOT" | "-") term | "(" query ")" | "a phrase" | word | prefix*
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.analysis import tokens
from search.query import And, Not, Or, Phrase, Prefix, Query, Word

MAX_LENGTH = 1000
MAX_TERMS = 50
MAX_DEPTH = 12

_QUOTES = '"“”„‟«»'
_LEXEME = re.compile(
    rf"""
      (?P<space>  \s+ )
    | (?P<phrase> [{_QUOTES}] [^{_QUOTES}]* [{_QUOTES}] )
    | (?P<unclosed> [{_QUOTES}] (?: (?! \s (?:AND|OR|NOT) (?!\S) | [()] ) . )* )
    | (?P<near>   (?<=[{_QUOTES}]) ~\d* )
    | (?P<open>   \( )
    | (?P<close>  \) )
    | (?P<minus>  (?<![^\s(]) [-−–] (?= [^\s)\-−–] ) )
    | (?P<chunk>  [^\s(){_QUOTES}]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_FIELD = re.compile(r"(?P<name>from|to|person|kind|topic|collection|title|note|date|year):(?=.)", re.IGNORECASE)


@dataclass(frozen=True)
class Problem:
    """Something in what was typed that could not be used: where it stands, and a sentence that says why."""

    start: int
    end: int
    sentence: str


@dataclass(frozen=True)
class Reading:
    """What was typed, the query it was understood to be (None when it has no words), and what was left out."""

    typed: str
    query: Query | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Lexeme:
    kind: str
    start: int
    end: int
    text: str


def read(typed: str) -> Reading:
    """Understands any text as a query."""
    reader = _Reader(typed)
    query = reader.query()
    return Reading(typed, query, tuple(sorted(reader.problems, key=lambda problem: problem.start)))


class _Reader:
    def __init__(self, typed: str) -> None:
        self.problems: list[Problem] = []
        self._terms = 0
        self._depth = 0
        self._at = 0
        self._lexemes = self._lex(typed)

    def _lex(self, typed: str) -> list[_Lexeme]:
        if len(typed) > MAX_LENGTH:
            self._problem(
                MAX_LENGTH,
                len(typed),
                f"A search is read up to {MAX_LENGTH:,} characters; the rest was left out.",
            )
        found = []
        for match in _LEXEME.finditer(typed[:MAX_LENGTH]):
            kind = match.lastgroup or ""
            if kind == "chunk" and match[0] in {"AND", "OR", "NOT"}:
                kind = match[0]
            if kind == "unclosed":
                self._unclosed(match, len(typed))
                kind = "phrase"
            if kind != "space":
                found.append(_Lexeme(kind, match.start(), match.end(), match[0]))
        return found

    def _unclosed(self, match: re.Match[str], length: int) -> None:
        where = "to the end" if match.end() == length else "up to the next AND, OR, NOT or bracket"
        sentence = f"This quotation mark is not closed; the phrase was read {where}."
        self._problem(match.start(), match.start() + 1, sentence)

    def query(self) -> Query | None:
        """The whole of what was typed, stray brackets and all."""
        parts = []
        while self._peek():
            part = self._any_of()
            if part:
                parts.append(part)
            stray = self._take("close")
            if stray:
                self._problem(stray.start, stray.end, "This bracket closes nothing and was left out.")
        return _join(And, parts)

    def _any_of(self) -> Query | None:
        parts = [self._all_of()]
        while operator := self._take("OR"):
            part = self._all_of()
            if part is None or parts[-1] is None:
                side = "before" if parts[-1] is None else "after"
                self._problem(operator.start, operator.end, f"OR needs a word on both sides; there is none {side} it.")
            parts.append(part)
        return _join(Or, [part for part in parts if part])

    def _all_of(self) -> Query | None:
        parts: list[Query] = []
        operator = None
        while lexeme := self._peek():
            if lexeme.kind in {"OR", "close"}:
                break
            if lexeme.kind == "AND":
                self._one_sided(operator)
                operator = self._take("AND")
                if not parts:
                    self._one_sided(operator, "before")
                    operator = None
                continue
            part = self._term()
            if part:
                parts.append(part)
                operator = None
        self._one_sided(operator)
        return _join(And, parts)

    def _one_sided(self, operator: _Lexeme | None, side: str = "after") -> None:
        if operator:
            self._problem(operator.start, operator.end, f"AND needs a word on both sides; there is none {side} it.")

    def _term(self) -> Query | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind in {"NOT", "minus"}:
            return self._not(lexeme)
        if lexeme.kind == "open":
            return self._group(lexeme)
        if lexeme.kind == "near":
            self._problem(
                lexeme.start, lexeme.end, "Nearness (~) is not understood; the phrase was searched as it stands."
            )
            return None
        return self._counted(lexeme, self._phrase(lexeme) if lexeme.kind == "phrase" else self._chunk(lexeme))

    def _not(self, operator: _Lexeme) -> Query | None:
        after = self._peek()
        deep = self._depth >= MAX_DEPTH
        if after is None or after.kind in {"AND", "OR", "close"} or deep:
            reason = "too many stand in a row" if deep else "there is none"
            self._problem(operator.start, operator.end, f"NOT needs a word after it; {reason}.")
            return None
        self._depth += 1
        part = self._term()
        self._depth -= 1
        return Not(part) if part else None

    def _group(self, bracket: _Lexeme) -> Query | None:
        if self._depth >= MAX_DEPTH:
            self._problem(bracket.start, bracket.end, f"Brackets go {MAX_DEPTH} deep at most; this one was left out.")
            return None
        self._depth += 1
        part = self._any_of()
        self._depth -= 1
        if not (closing := self._take("close")):
            self._problem(bracket.start, bracket.end, "This bracket is not closed; the group was read to the end.")
        elif part is None:
            self._problem(bracket.start, closing.end, "There is no word between these brackets.")
        return part

    def _phrase(self, lexeme: _Lexeme) -> Query | None:
        words = _words(lexeme.text)
        if not words:
            self._problem(lexeme.start, lexeme.end, "There is no word between these quotation marks.")
        return _word_or_phrase(words)

    def _chunk(self, lexeme: _Lexeme) -> Query | None:
        text, start = lexeme.text, lexeme.start
        if field := _FIELD.match(text):
            sentence = f"“{field[0]}” is not read as a field; choose it from the filters beside the results."
            self._problem(start, start + field.end(), sentence)
            text, start = text[field.end() :], start + field.end()
        stem, star, after = text.partition("*")
        if star and not stem:
            self._problem(
                start, start + 1, "A star stands for the end of a word, as in cosmonaut*; here it was left out."
            )
            stem, star = after.replace("*", " "), ""
        elif after.strip("*"):
            end = start + len(text)
            self._problem(end - len(after), end, "A star stands for the end of a word; what follows it was left out.")
        words = _words(stem)
        if not words and any(not character.isspace() and character not in "-−–—" for character in text):
            self._problem(start, lexeme.end, "There is no letter or digit here to search for.")
        if not (star and words):
            return _word_or_phrase(words)
        prefix = Prefix(words[-1])
        before = _word_or_phrase(words[:-1])
        return And((before, prefix)) if before else prefix

    def _counted(self, lexeme: _Lexeme, term: Query | None) -> Query | None:
        if term is None:
            return None
        self._terms += len(term.words) if isinstance(term, Phrase) else 1
        if self._terms <= MAX_TERMS:
            return term
        if not any(problem.sentence.startswith("A search has") for problem in self.problems):
            sentence = f"A search has {MAX_TERMS} words at most; those from here on were left out."
            self._problem(lexeme.start, lexeme.end, sentence)
        return None

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, kind: str) -> _Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind != kind:
            return None
        self._at += 1
        return lexeme

    def _problem(self, start: int, end: int, sentence: str) -> None:
        self.problems.append(Problem(start, end, sentence))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text[token.start : token.end] for token in tokens(text))


def _word_or_phrase(words: tuple[str, ...]) -> Query | None:
    if not words:
        return None
    return Word(words[0]) if len(words) == 1 else Phrase(words)


def _join(connective: type[And] | type[Or], parts: list[Query]) -> Query | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, connective) else (part,))
    return connective(tuple(flat))
