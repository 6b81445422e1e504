"""Citations in Chicago and MLA style, made from what the archive knows of a document.

Chicago is a full note of the notes-bibliography system (The Chicago Manual of Style, 17th ed.), MLA an entry of works
cited (MLA Handbook, 9th ed.). What is followed here:

- A letter is cited by sender and recipient, without the word letter; other kinds are named (Chicago 14.111). The title
  of the printed edition follows in quotation marks, unless it only says who wrote to whom.
- The published collection that the text follows comes next, after "in"; for an unpublished document its archive, series
  and box (Chicago 14.221-231). Then where it is read: collection (archive), address (Chicago 14.207); a collection
  that is the printed volume itself is named once.
- Chicago writes dates month first (6.38) and page numbers without "pp."; a known page of a passage takes the place of
  the pages of the whole. MLA writes dates day first, with months of more than four letters shortened. A date that an
  editor supplied stands in square brackets in both. No date: n.d. in Chicago, but not for an editorial note.
- MLA turns the first sender's name round and, for a letter without a title of its own, describes it instead ("Letter to
  John F. Kennedy", without quotation marks; style.mla.org/citing-letters). What is cited within a document goes into
  the parentheses in the text, so a passage adds those.

Nothing here reads the database.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from html import escape

from editions.dates import HistoricalDate, Precision
from interchange.bibliography import Name, Record
from interchange.publications import bare, publication

#: What each kind of document is called beside the names of those who exchanged it.
KINDS = {
    "letter": "letter",
    "memorandum": "memorandum",
    "telegram": "telegram",
    "report": "report",
    "note": "note",
    "conversation": "memorandum of conversation",
    "minutes": "minutes",
}
#: What the editors wrote themselves has no date of its own.
WITHOUT_DATE = frozenset({"editorial-note"})
#: A title that only says who wrote to whom.
PLAIN_TITLE = re.compile(r"(?:letter|memorandum|memo|telegram|message|note|despatch|report)\s+(?:from|to)\s+\S", re.I)
FULL_TITLE = re.compile(r"(?:proposing|on|about|concerning|regarding|transmitting|re:)\s", re.I)
PAGES = re.compile(r",\spp?\.\s(?=\d)")
PAGE_RANGE = re.compile(r",\s(?:pp?\.\s)?\d+(?:[–-]\d+)?$")
SHORT_MONTHS = {5: "May", 6: "June", 7: "July", 9: "Sept."}


@dataclass(frozen=True)
class Passage:
    """A place within it: the number of the passage, its id in the address, the printed page, words selected there."""

    ident: str
    number: str = ""
    page: str = ""
    words: str = ""


@dataclass(frozen=True)
class Run:
    text: str
    is_italic: bool = False


@dataclass(frozen=True)
class Citation:
    """A finished citation."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def html(self) -> str:
        return "".join(f"<i>{escape(run.text)}</i>" if run.is_italic else escape(run.text) for run in self.runs)


def chicago(cited: Record, passage: Passage | None = None) -> Citation:
    """A full note: Sender to Recipient, "Title," date, in Publication, passage, collection (archive), address."""
    parts: list[list[Run]] = []
    if cited.senders:
        parts.append([Run(_correspondents(cited))])
    if _has_title(cited):
        parts.append([Run(_quoted(cited.title))])
    elif cited.kind != "letter" and cited.kind in KINDS:
        parts.append([Run(KINDS[cited.kind])])
    undated = "" if cited.kind in WITHOUT_DATE else "n.d."
    parts += [[Run(part)] for part in (cited.place, _month_first(cited.date) or undated) if part]
    page = passage.page if passage else ""
    if cited.publication:
        named = PAGE_RANGE.sub("", bare(cited.publication)) if page else PAGES.sub(", ", cited.publication)
        parts.append([Run("in "), *_publication(named)])
    elif cited.repository:
        parts.append([Run(bare(cited.repository))])
    if passage and (page or passage.number):
        number = f"par. {passage.number}" if passage.number else ""
        parts.append([Run(f"{page} ({number})" if page and number else page or number)])
    is_named = cited.collection and not cited.publication.startswith(cited.collection)
    read = f"{cited.collection} ({cited.archive})" if is_named else cited.archive
    parts += [[Run(read)], [Run(_address(cited, passage))]]
    return Citation(_merged([Run(_words(passage)), *_with_commas(parts), Run(".")]))


def mla(cited: Record, passage: Passage | None = None) -> Citation:
    """An entry of works cited; for a passage followed by the parentheses to write in the text."""
    author = _authors(cited.senders)
    sentences: list[list[Run]] = [[Run(author)]] if author else []
    described = _description(cited)
    if _has_title(cited):
        sentences.append([Run(_quoted(cited.title, "."))])
    date = _day_first(cited.date)
    supplement = ", ".join(part for part in (described, date) if part)
    if supplement:
        sentences.append([Run(supplement)])
    if cited.publication:
        sentences.append(_publication(cited.publication))
    elif cited.repository:
        sentences.append([Run(bare(cited.repository))])
    sentences.append([Run(cited.archive, True), Run(f", {_address(cited, passage)}")])
    runs = [Run(_words(passage))]
    for place, sentence in enumerate(sentences):
        runs += [Run(" " if place else ""), *sentence]
        runs += [] if sentence[-1].text.endswith((".", ".”", "?”", "!”")) else [Run(".")]
    if passage and (passage.page or passage.number):
        number = f"par. {passage.number}" if passage.number else ""
        who = " ".join(part for part in (_surname(cited), passage.page) if part)
        runs.append(Run(f" In the text: ({', '.join(part for part in (who, number) if part)})."))
    return Citation(_merged(runs))


def _correspondents(cited: Record) -> str:
    senders = _list(cited.senders)
    return f"{senders} to {_list(cited.recipients)}" if cited.recipients else senders


def _list(names: tuple[Name, ...]) -> str:
    """Names as English lists them; of more than three the first."""
    usual = [name.usual for name in names]
    if len(usual) > 3:
        return f"{usual[0]} et al."
    if len(usual) == 3:
        return f"{usual[0]}, {usual[1]}, and {usual[2]}"
    return " and ".join(usual)


def _authors(names: tuple[Name, ...]) -> str:
    """The first name turned round, a second as it is, of more than two only the first."""
    if not names:
        return ""
    first = names[0].sorted or names[0].usual
    if len(names) == 1:
        return first
    return f"{first}, and {names[1].usual}" if len(names) == 2 else f"{first}, et al."


def _has_title(cited: Record) -> bool:
    """False for a title that only says who wrote to whom."""
    is_plain = PLAIN_TITLE.match(cited.title) and not FULL_TITLE.search(cited.title)
    return not (is_plain and cited.senders and cited.recipients)


def _description(cited: Record) -> str:
    """ "Letter to John F. Kennedy", where the title does not name the recipient anyway."""
    if not cited.recipients or cited.kind not in KINDS:
        return ""
    surnames = [name.sorted.split(",")[0] or name.usual for name in cited.recipients]
    if _has_title(cited) and all(surname in cited.title for surname in surnames):
        return ""
    return f"{KINDS[cited.kind].capitalize()} to {_list(cited.recipients)}"


def _quoted(title: str, stop: str = "") -> str:
    """The title in quotation marks, those inside it made single; ``stop`` goes inside, unless it ends in a mark."""
    inside = title.strip().replace("“", "‘").replace("”", "’").removesuffix(".")
    return f"“{inside}{'' if inside.endswith(('?', '!')) and stop == '.' else stop}”"


def _publication(text: str) -> list[Run]:
    """The title of the publication in italics, unless it stands in quotation marks; the rest as it is."""
    found = publication(text)
    return [Run(found.title, True), Run(found.rest)]


def _month_first(date: HistoricalDate | None) -> str:
    """ "March 7, 1962"; a span or an approximate date stays as the archive displays it."""
    if date is None:
        return ""
    match date.precision:
        case Precision.DAY:
            written = f"{calendar.month_name[date.earliest.month]} {date.earliest.day}, {date.earliest.year}"
        case Precision.MONTH:
            written = f"{calendar.month_name[date.earliest.month]} {date.earliest.year}"
        case _:
            written = re.sub(r"^(?:c\.|circa|about)\s*", "ca. ", date.display)
    return f"[{written}]" if date.supplied else written


def _day_first(date: HistoricalDate | None) -> str:
    """ "7 Mar. 1962"; a span or an approximate date stays as the archive displays it."""
    if date is None:
        return ""
    month = SHORT_MONTHS.get(date.earliest.month, f"{calendar.month_abbr[date.earliest.month]}.")
    match date.precision:
        case Precision.DAY:
            written = f"{date.earliest.day} {month} {date.earliest.year}"
        case Precision.MONTH:
            written = f"{month} {date.earliest.year}"
        case _:
            written = date.display
    return f"[{written}]" if date.supplied else written


def _surname(cited: Record) -> str:
    """What a reader looks for in the list of works cited."""
    if not cited.senders:
        return _quoted(cited.title)
    return cited.senders[0].sorted.split(",")[0] or cited.senders[0].usual


def _address(cited: Record, passage: Passage | None) -> str:
    return f"{cited.address}#{passage.ident}" if passage and passage.ident else cited.address


def _words(passage: Passage | None) -> str:
    """The words selected, in quotation marks, before the citation."""
    if not passage or not passage.words:
        return ""
    words = " ".join(passage.words.split())
    stop = "" if words.endswith((".", "?", "!")) else "."
    return f"{_quoted(words, stop) if stop else _kept(words)} "


def _kept(words: str) -> str:
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def _with_commas(parts: list[list[Run]]) -> list[Run]:
    """Parts with commas between them, inside a closing quotation mark."""
    runs: list[Run] = []
    for number, part in enumerate(parts):
        runs += part
        if number + 1 == len(parts):
            break
        last = runs.pop()
        if last.text.endswith("”"):
            runs.append(replace(last, text=f"{last.text[:-1]},” "))
        else:
            runs += [last, Run(", ")]
    return runs


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Runs without empty ones, neighbors of one face made one."""
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1].is_italic == run.is_italic:
            merged[-1] = Run(merged[-1].text + run.text, run.is_italic)
        else:
            merged.append(run)
    return tuple(merged)
