"""Reads what was typed as the citation of a document, without looking anything up. Any text at all may come in.

``readings`` gives everything that a text may mean, the likeliest first, and nothing for ordinary words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from editions.references.volume_numbers import Volume, volume_of

#: No title is longer, and a citation is far shorter.
LONGEST = 1000
LONGEST_CITATION = 400
MOST_NUMBERS = 50


@dataclass(frozen=True)
class Address:
    """The address of a page, with or without its host: ``/documents/nsam-129/``."""

    path: str
    anchor: str = ""


@dataclass(frozen=True)
class Name:
    """The last part of a document's address, or an identifier: ``nsam-129``, ``frus1961-63v06/d41``."""

    name: str
    anchor: str = ""


@dataclass(frozen=True)
class Cited:
    """Documents by number, volumes, or documents in volumes.

    ``words`` are all others that were typed: they may be from the title of a volume.
    """

    numbers: tuple[str, ...] = ()
    volume: Volume | None = None
    collection: str = ""
    years: tuple[str, ...] = ()
    note: str = ""
    words: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What the documents are called in the series, "frus1961-63v25/d388", wherever they stand here."""
        volume = self.collection
        if not volume and self.volume and len(self.years) > 1:
            volume = f"frus{self.years[0]}-{self.years[1][2:]}{self.volume.identifier}"
        return tuple(f"{volume}/d{number}" for number in self.numbers) if volume else ()


@dataclass(frozen=True)
class Designated:
    """Words or initials with a number, in lower case: ``("nsam",) ("129",)``, ``("nie",) ("11", "8", "62")``."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    whole: bool = True


@dataclass(frozen=True)
class Title:
    title: str


Reading = Address | Name | Cited | Designated | Title

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
QUOTES = dict.fromkeys(map(ord, '"“”„«»‹›'), " ")
MARKS = " .,;:!?()[]"
LEADING = re.compile(r"(?:(?:see|cf|also)\b[ .,:]{0,2}){1,3}", re.IGNORECASE)
#: "Cuba 1962" is no number of a document; "CA 1962" may be.
YEAR_OF = re.compile(r"(?![A-Z]+[ -])[^0-9]+ (?:1[789]|20)[0-9]{2}")
WORD = re.compile(r"[^\W\d_]+|[0-9]+")
SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
OPERATORS = frozenset({"AND", "OR", "NOT"})
MONTHS = "january february march april may june july august september october november december"
#: What stands before a number that is no number of a document among those of its issuer.
OTHER_WORDS = frozenset(
    f"{MONTHS} jan feb mar apr jun jul aug sep sept oct nov dec document documents doc docs d volume volumes vol vols "
    "page pages p pp note notes footnote fn n no nos part chapter frus see".split()
)
NUMBER_WORDS = frozenset({"no", "nr", "number"})

# No document has the number of a year: "Document 36, 1961-1963".
_NUMBER = r"(?!(?:1[789]|20)[0-9]{2}(?:-|\b)) [0-9]{1,4} [a-z]? \b"
_VOLUME = r"(?: e \s? -? \s? [0-9]{1,2} | [ivxl]{1,8} | [0-9]{1,3} ) \b"
# What a citation is made of, each with a name but for the small words that join them.
_PIECE = re.compile(
    rf"""
      \b (?P<collection> frus[0-9]{{4}}[0-9a-z-]{{0,40}} )
    | (?: \b (?P<document> documents? | docs? ) \b | \b (?: numbers? | nos? ) \b | \# ) (?: \.? \s? (?:no|nos)\b )?
        \.? \s? \#? (?P<numbers> {_NUMBER} (?: (?: \s?[,;/&-]\s? | \s (?:to|through|and|or) \s | ,\s and \s )
        {_NUMBER} ){{0,{MOST_NUMBERS}}} )
    | \b d (?P<d_number> [0-9]{{1,4}}[a-z]? ) \b
    | \b vol (?:umes?|s)? \b \.? \s? (?P<volume> {_VOLUME} (?: \s? [/,&-] \s? {_VOLUME} ){{0,5}} )
        (?: ,? \s? \b (?: part | pt\.? ) \s? (?P<part> [0-9]{{1,2}} | [ivx]{{1,4}} ) \b )?
    | \b (?: (?:foot)? notes? | fn | nn? (?=\.) ) \b \.? \s? (?P<note> [0-9]{{1,3}} | [*] ) (?![0-9a-z])
    | \b fn (?P<fn> [0-9]{{1,3}} ) \b
    | \b (?P<first> 1[789][0-9]{{2}} | 20[0-9]{{2}} ) \s? - \s? (?P<last> [0-9]{{4}} | [0-9]{{2}} ) \b
        (?: ,? \s (?P<bare_volume> [ivxl]{{1,8}} ) \b (?!-) )?
    | \b (?P<series> frus | foreign \s relations (?: \s of \s the \s united \s states )? ) \b
    | \b (?P<supplement> (?: microfiche \s )? supplement ) \b
    | \b (?: see | also | cf | in | of | the | to | and ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"(?P<name>[a-z0-9][\w./-]{1,199})(?:#(?P<anchor>[\w.-]{0,60}))?", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(
    r"(?:[a-z]{2,5}://[^/\s?#]{1,200}|[\w.-]{1,200}(?=/(?:documents|collections|id)/))?"
    r"(?P<path>/[^\s?#]{1,400})(?:\?[^\s#]{0,600})?(?:#(?P<anchor>[\w.-]{0,60}))?",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"\b(?P<words>[A-Z]{2,8})(?: ?(?:No\.?|no\.?|#) ?| |-)?(?P<numbers>[0-9]{1,6}(?:[./-][0-9]{1,4}){0,3})\b"
)


def readings(typed: str) -> list[Reading]:
    """What a text may mean, the likeliest first; empty for ordinary words. Never raises."""
    if len(typed) > LONGEST:
        return []
    printable = "".join(character if character.isprintable() else " " for character in typed)
    text = unicodedata.normalize("NFKC", printable).translate(DASHES).translate(QUOTES)
    text = LEADING.sub("", " ".join(text.split()).lstrip(MARKS).rstrip(MARKS + "#"), count=1).lstrip(MARKS)
    whole: list[Reading] = []
    within: list[Reading] = []
    if len(text) <= LONGEST_CITATION:
        whole += _addresses(text)
        for cited in _citations(text):
            (within if cited.words else whole).append(cited)
        for designated in _designations(text):
            (whole if designated.whole else within).append(designated)
    if _is_like_a_title(printable):
        whole.append(Title(LEADING.sub("", printable.strip(), count=1)))
    return whole + within


def _addresses(text: str) -> Iterator[Reading]:
    """A text without spaces may be the address of a page, here or where documents have the same names."""
    if match := _ADDRESS.fullmatch(text):
        yield Address(match["path"], match["anchor"] or "")
        parts = match["path"].strip("/").split("/")
        if match.start("path"):
            yield Name("/".join(parts[-2:]), match["anchor"] or "")
            if parts[-1].lower().startswith("frus"):
                yield Cited(collection=parts[-1].lower())
    elif match := _NAME.fullmatch(text):
        name = match["name"]
        if not name.isdigit() and (re.search("[0-9/]", name) or name.count("-") > 1):
            yield Name(name, match["anchor"] or "")


def _citations(text: str) -> Iterator[Cited]:
    """Numbers of documents, volumes and years, wherever they stand. A number alone is the number of a document."""
    if re.fullmatch("[0-9]{1,4}[a-z]?", text, re.IGNORECASE):
        yield Cited(numbers=(text,))
        return
    pieces = _Pieces(text)
    placed = bool(pieces.volume or pieces.collection or pieces.is_in_series)
    cited = Cited(
        numbers=tuple(dict.fromkeys(pieces.numbers))[:MOST_NUMBERS],
        volume=pieces.volume,
        collection=pieces.collection,
        years=tuple(pieces.years),
        note=pieces.note,
        words=tuple(pieces.words),
    )
    if cited.numbers:
        if placed or pieces.is_of_document or not cited.words:
            yield cited
    elif placed and (cited.volume or cited.collection or cited.words):
        yield cited


class _Pieces:
    """What a text is made of, from left to right."""

    def __init__(self, text: str) -> None:
        self.numbers: list[str] = []
        self.is_of_document = False
        self.is_in_series = False
        self.collection = ""
        self.note = ""
        self.years: list[str] = []
        self.words: list[str] = []
        self.volume: Volume | None = None
        supplement = False
        end = 0
        for match in _PIECE.finditer(text):
            self._other(text[end : match.start()])
            end = match.end()
            supplement = supplement or bool(match["supplement"])
            self._take(match)
        self._other(text[end:])
        if supplement and self.volume:
            self.volume = self.volume.as_supplement()

    def _other(self, text: str) -> None:
        self.words += [word.casefold() for word in WORD.findall(text)]

    def _take(self, match: re.Match[str]) -> None:
        self.is_of_document = self.is_of_document or bool(match["document"])
        self.is_in_series = self.is_in_series or bool(match["series"])
        self.collection = self.collection or (match["collection"] or "").rstrip("-").lower()
        self.note = self.note or match["note"] or match["fn"] or ""
        if numbers := match["numbers"]:
            self.numbers += _listed(numbers)
        if number := match["d_number"]:
            self.numbers.append(number)
        if volume := match["volume"] or (self.is_in_series and match["bare_volume"]):
            self._take_volume(match, volume)
        elif match["bare_volume"]:
            self._other(match["bare_volume"])
        if match["first"]:
            first, last = match["first"], match["last"]
            self.years += [first, first[: 4 - len(last)] + last]

    def _take_volume(self, match: re.Match[str], volume: str) -> None:
        found = volume_of(volume, match["part"] or "")
        if found and not self.volume:
            self.volume = found
        else:
            self._other(match[0])


def _listed(numbers: str) -> Iterator[str]:
    """The numbers in "35, 36 and 40-42"; of a range at most ``MOST_NUMBERS``."""
    before, is_range = "", False
    for part in re.findall(r"[0-9]+[a-zA-Z]?\b|-|to|through", numbers):
        if not part[0].isdigit():
            is_range = True
            continue
        if is_range and before.isdigit() and part.isdigit():
            yield from map(str, range(int(before) + 1, min(int(part), int(before) + MOST_NUMBERS)))
        yield part
        before, is_range = part, False


def _designations(text: str) -> Iterator[Designated]:
    """Words and a number, and nothing else; or initials in capitals and a number anywhere."""
    if re.fullmatch(r"[\w\s.,/#&'’-]+", text) and not YEAR_OF.fullmatch(text) and (found := _designation(text)):
        yield found
        return
    for match in _INITIALS.finditer(text):
        if match["words"] not in OPERATORS and (found := _designation(f"{match['words']} {match['numbers']}")):
            yield Designated(found.words, found.numbers, whole=False)
            return


def _designation(text: str) -> Designated | None:
    parts = [part.casefold() for part in WORD.findall(text)]
    words = [part for part in parts if not part.isdigit()]
    numbers = parts[len(words) :]
    if not 1 <= len(numbers) <= 4 or not all(part.isdigit() for part in numbers):
        return None
    while len(words) > 1 and words[-1] in NUMBER_WORDS:
        words.pop()
    if words and all(len(word) == 1 for word in words):
        words = ["".join(words)]
    if not 1 <= len(words) <= 10 or not OTHER_WORDS.isdisjoint(words) or len("".join(words)) < 2:
        return None
    return Designated(tuple(words), tuple(numbers)) if len(words) > 1 or len(words[0]) <= 8 else None


def _is_like_a_title(text: str) -> bool:
    """Whether most words begin with a capital, or they are joined by small words, as searches seldom are."""
    words = [word for word in re.findall(r"\w+", text) if not word.isdigit()]
    if len(words) < 2 or not OPERATORS.isdisjoint(words):
        return False
    capitals = sum(word[0].isupper() for word in words)
    is_long = len(words) >= 4 or words[0][0].isupper()
    return capitals * 2 >= len(words) or (is_long and not SMALL_WORDS.isdisjoint(words))
