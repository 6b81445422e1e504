"""Reading what was typed into a query. It never fails: what makes no sense is marked, and the rest still runs.

query  := all ("OR" all)*
all    := ["AND"] term (["AND"] term)*
term   := ("NOT" | "-") term | field term | "(" query ")" | phrase | chunk
phrase := ["="] '"' words '"' ["~" places]
chunk  := ["="] word | beginning* | wildc?rd | fuzzy~ [distance] | a value of the field
"""

from __future__ import annotations

from dataclasses import dataclass

from search.fields import ALL
from search.language.lexing import QUOTES, VALUE_FIELDS, Lexeme, lexemes
from search.language.typed_values import read_value
from search.language.typed_words import TypedWords
from search.query import TYPED_FIELDS, And, Exact, Fuzzy, Not, Or, Phrase, Prefix, Query, Wildcard, Word

MAX_LENGTH = 20_000
MAX_TERMS = 200
#: What takes an engine long counts as so many: a fuzzy word, a beginning or a pattern, each pair of a near phrase.
FUZZY_SIZE, PATTERN_SIZE, PAIR_SIZE = 10, 5, 5
MAX_DEPTH = 12


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


def read(typed: str) -> Reading:
    """Understands any text as a query."""
    reader = _Reader(typed)
    query = reader.query()
    return Reading(typed, query, tuple(sorted(reader.problems, key=lambda problem: problem.start)))


class _Reader:
    def __init__(self, typed: str) -> None:
        self.problems: list[Problem] = []
        self._left = MAX_TERMS
        self._is_full = False
        self._depth = 0
        self._at = 0
        #: The field that is typed before what is read now.
        self._field = ""
        self._lexemes = self._lex(typed)

    def _lex(self, typed: str) -> list[Lexeme]:
        if len(typed) > MAX_LENGTH:
            sentence = f"A search is read up to {MAX_LENGTH:,} characters; the rest was left out."
            self._problem(MAX_LENGTH, len(typed), sentence)
        found = []
        for lexeme in lexemes(typed[:MAX_LENGTH]):
            if lexeme.kind == "unclosed":
                self._unclosed(lexeme, len(typed))
            found.append(lexeme)
        return found

    def _unclosed(self, lexeme: Lexeme, length: int) -> None:
        where = "to the end" if lexeme.end == length else "up to the next AND, OR, NOT or bracket"
        mark = lexeme.start + lexeme.text.startswith("=")
        self._problem(mark, mark + 1, f"This quotation mark is not closed; the phrase was read {where}.")

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
            if (part is None or parts[-1] is None) and not self._is_full:
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

    def _one_sided(self, operator: Lexeme | None, side: str = "after") -> None:
        if operator and not self._is_full:
            self._problem(operator.start, operator.end, f"AND needs a word on both sides; there is none {side} it.")

    def _term(self) -> Query | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        match lexeme.kind:
            case "NOT" | "minus":
                return self._not(lexeme)
            case "field":
                return self._fielded(lexeme)
            case "open":
                return self._group(lexeme)
            case _ if self._is_full:
                return None
            case "near":
                self._problem(lexeme.start, lexeme.end, "This mark of nearness belongs to no phrase and was left out.")
                return None
        return self._counted(lexeme, self._words(lexeme))

    def _not(self, operator: Lexeme) -> Query | None:
        after = self._peek()
        deep = self._depth >= MAX_DEPTH
        if after is None or after.kind in {"AND", "OR", "close"} or deep:
            reason = "too many stand in a row" if deep else "there is none"
            self._problem(operator.start, operator.end, f"NOT needs a word after it; {reason}.")
            return None
        self._depth += 1
        part = self._term()
        self._depth -= 1
        if isinstance(part, Not):
            return part.part
        return Not(part) if part else None

    def _fielded(self, lexeme: Lexeme) -> Query | None:
        outer, self._field = self._field, _name(lexeme)
        while deeper := self._take("field"):
            self._problem(lexeme.start, lexeme.end, "One field stands before a word; of several, the last one counts.")
            lexeme, self._field = deeper, _name(deeper)
        part = self._term()
        self._field = outer
        return part

    def _group(self, bracket: Lexeme) -> Query | None:
        if self._depth >= MAX_DEPTH:
            self._problem(bracket.start, bracket.end, f"Brackets go {MAX_DEPTH} deep at most; this one was left out.")
            return None
        self._depth += 1
        part = self._any_of()
        self._depth -= 1
        if not (closing := self._take("close")):
            self._problem(bracket.start, bracket.end, "This bracket is not closed; the group was read to the end.")
        elif part is None and not self._is_full:
            self._problem(bracket.start, closing.end, "There is no word between these brackets.")
        return part

    def _words(self, lexeme: Lexeme) -> Query | None:
        is_phrase = lexeme.kind in {"phrase", "unclosed"}
        if self._field in VALUE_FIELDS:
            quoted = lexeme.text.lstrip("=").strip(QUOTES) if is_phrase else lexeme.text
            return read_value(self._field, quoted, lexeme.start, lexeme.end, self._problem)
        typed = TypedWords(TYPED_FIELDS.get(self._field, ALL), self._problem)
        if is_phrase:
            near = self._take("near") if self._is_next_to(lexeme) else None
            return typed.phrase(lexeme.text, lexeme.start, near.text if near else None)
        query = typed.chunk(lexeme.text, lexeme.start, not self._is_next_to(lexeme))
        if isinstance(query, And) and self._depth >= MAX_DEPTH:
            # Typed as it was understood, this has brackets.
            self._problem(lexeme.start, lexeme.end, f"Brackets go {MAX_DEPTH} deep at most; this was left out.")
            return None
        return query

    def _is_next_to(self, lexeme: Lexeme) -> bool:
        """Whether something but the end of a group stands right after it."""
        after = self._peek()
        return after is not None and after.start == lexeme.end and after.kind != "close"

    def _counted(self, lexeme: Lexeme, term: Query | None) -> Query | None:
        """The term as far as there is room for its words."""
        if term is None:
            return None
        size = _size(term)
        if size <= self._left:
            self._left -= size
            return term
        self._is_full = True
        is_plain = isinstance(term, Word | Exact) or (isinstance(term, Phrase) and not term.slop)
        many = "" if is_plain else ", and this counts as several"
        sentence = f"A search has {MAX_TERMS} words at most{many}; those from here on were left out."
        self._problem(lexeme.start, lexeme.end, sentence)
        if isinstance(term, Phrase) and self._left > 1 and not term.slop:
            return Phrase(term.words[: self._left], term.field, 0, term.exact)
        return None

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, kind: str) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind != kind:
            return None
        self._at += 1
        return lexeme

    def _problem(self, start: int, end: int, sentence: str) -> None:
        self.problems.append(Problem(start, end, sentence))


def _name(field: Lexeme) -> str:
    return field.text[:-1].lower()


def _size(query: Query) -> int:
    match query:
        case Phrase(words, slop=0):
            return len(words)
        case Phrase(words):
            return len(words) * (len(words) - 1) // 2 * PAIR_SIZE
        case And(parts):
            return sum(map(_size, parts))
        case Fuzzy():
            return FUZZY_SIZE
        case Prefix() | Wildcard():
            return PATTERN_SIZE
    return 1


def _join(connective: type[And] | type[Or], parts: list[Query]) -> Query | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, connective) else (part,))
    return connective(tuple(flat))
