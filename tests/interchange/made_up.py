"""Records made up at random, with everything in them that breaks files."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from editions.dates import HistoricalDate
from interchange.bibliography import Name, Record

#: What ends a line, a field or a record in one of the formats, or is a command there.
NASTY = (
    "{",
    "}",
    "\\",
    '"',
    "'",
    "''",
    "`",
    "--",
    "---",
    ",",
    ",,",
    ";",
    "ER  - ",
    "\nER  - \r\nTY  - BOOK\r\n",
    "\r",
    "\n",
    "\t",
    "\u2028",
    "\x0b",
    "\x1f",
    "@article{x,\n",
    "%",
    "#",
    "$",
    "&",
    "_",
    "~",
    "^",
    "<i>",
    " and ",
    "=1+1",
    "+",
    "-",
    "@",
    "＝",
    "é",
    "“",
    "–",
    "Кеннеди",
    "中",
    "🛰",
    "\u00a0",
    "\\textbf{",
    "Kennedy",
    " ",
)
characters = st.characters(exclude_categories=["Cs", "Co"])
words = st.lists(st.one_of(st.sampled_from(NASTY), st.text(characters, max_size=4)), max_size=6)
texts = words.map("".join)
present = texts.map(lambda text: f"x{text}")
days = st.dates(date(1700, 1, 1), date(2026, 1, 1))


@st.composite
def dates(draw: st.DrawFn) -> HistoricalDate:
    earliest, latest = sorted((draw(days), draw(days)))
    return HistoricalDate(draw(present), earliest, latest, draw(st.booleans()))


@st.composite
def names(draw: st.DrawFn) -> Name:
    """A person whose name an index has in two or three parts, or anyone else."""
    family, given = (draw(present).replace(",", " ") for _ in range(2))
    suffix = draw(st.sampled_from(["", ", Jr.", ", III"]))
    person = Name(f"{given} {family}{suffix}", f"{family}, {given}{suffix}", is_person=True)
    return draw(st.sampled_from([person, Name(draw(present))]))


def _names() -> st.SearchStrategy[tuple[Name, ...]]:
    return st.lists(names(), max_size=3).map(tuple)


KINDS = ["letter", "memorandum", "telegram", "note", "report", "minutes", "treaty", "editorial-note", "other"]
records = st.builds(
    Record,
    title=present,
    address=st.just("https://archive.example/documents/a-letter/"),
    archive=present,
    kind=st.sampled_from(KINDS),
    senders=_names(),
    recipients=_names(),
    date=st.none() | dates(),
    place=texts,
    publication=texts,
    repository=texts,
    collection=present,
    slug=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    kind_name=st.just("Letter"),
    number=texts,
    short_title=texts,
    publication_url=st.just(""),
    classification=texts,
    abstract=texts,
    topics=st.lists(present, max_size=3, unique=True).map(tuple),
    identifiers=st.lists(present, max_size=2, unique=True).map(tuple),
)
