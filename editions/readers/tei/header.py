"""Reads the header of a TEI document: title, who wrote to whom, when and where, and where the original is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from editions.dates import DateError, HistoricalDate, find_dates, read_date
from editions.model import Metadata
from editions.readers.tei.context import Context, words_of
from editions.readers.tei.facts import Party, marked_date
from editions.readers.tei.targets import entry
from editions.readers.tei.tree import name_of

ROLES = {"sent": "from", "received": "to"}
NAMES = ("persName", "orgName", "name", "rs")
PLACES = ("placeName", "settlement", "district", "region", "country")
#: Parts of the header from which something is taken.
READ = frozenset({"titleStmt", "publicationStmt", "sourceDesc", "correspDesc", "textClass", "creation", "appInfo"})


@dataclass(frozen=True)
class Header:
    """What a header says: ``metadata`` without what only the text can say, and the parties with their targets."""

    metadata: Metadata
    parties: tuple[Party, ...]


def read_header(context: Context, header: etree._Element | None) -> Header:
    """Reads a header; what it does not say stays empty."""
    if header is None:
        return Header(Metadata(), ())
    parties = tuple(_parties(context, header)) or tuple(_authors(context, header))
    sent = _action(header, "sent")
    creation = header.find(".//{*}creation")
    received, released = _action(header, "received"), header.find(".//{*}publicationStmt/{*}date[@type='released']")
    metadata = Metadata(
        number=_said(context, header.find(".//{*}publicationStmt/{*}idno[@type='number']")),
        title=_said(context, _title(header)),
        kind=_said(context, header.find(".//{*}keywords/{*}term[@type='kind']")),
        written=_date(context, sent) or _date(context, creation),
        received=_date(context, received),
        released=_date_in(context, released),
        place=_place(context, sent) or _place(context, creation),
        senders=tuple(party.name for party in parties if party.role == "from"),
        recipients=tuple(party.name for party in parties if party.role == "to"),
        subject=_said(context, header.find(".//{*}keywords/{*}term[@type='subject']")),
        source=_source(context, header),
    )
    _remark_on_rest(context, header)
    return Header(metadata, parties)


def _said(context: Context, element: etree._Element | None) -> str:
    if element is None:
        return ""
    return "".join(element.itertext()) if context.preserve else words_of(element)


def _title(header: etree._Element) -> etree._Element | None:
    titles = header.findall(".//{*}titleStmt/{*}title")
    return next((title for title in titles if title.get("type") in (None, "main", "complete")), (titles or [None])[0])


def _action(header: etree._Element, kind: str) -> etree._Element | None:
    return header.find(f".//{{*}}correspDesc/{{*}}correspAction[@type='{kind}']")


def _parties(context: Context, header: etree._Element) -> Iterator[Party]:
    for action in header.findall(".//{*}correspDesc/{*}correspAction"):
        role = ROLES.get(action.get("type", ""))
        for name in action.iter(*(f"{{*}}{name}" for name in NAMES)) if role else ():
            if role and name_of(name.getparent()) not in NAMES:
                yield Party(role, _said(context, name), _target(name))


def _authors(context: Context, header: etree._Element) -> Iterator[Party]:
    if context.preserve:
        return
    for author in header.findall(".//{*}titleStmt/{*}author"):
        if words := words_of(author):
            yield Party("from", words, _target(author))


def _target(name: etree._Element) -> str:
    return entry(name.get("ref") or name.get("key") or name.get("corresp") or "")


def _place(context: Context, element: etree._Element | None) -> str:
    if element is None:
        return ""
    found = next((place for name in PLACES if (place := element.find(f".//{{*}}{name}")) is not None), None)
    return _said(context, found)


def _date(context: Context, element: etree._Element | None) -> HistoricalDate | None:
    return None if element is None else _date_in(context, element.find(".//{*}date"))


def _date_in(context: Context, date: etree._Element | None) -> HistoricalDate | None:
    if date is None:
        return None
    words, supplied = _said(context, date), date.find("{*}supplied") is not None
    if context.preserve and (found := marked_date(context, [date], "")):
        return HistoricalDate(words, found.earliest, found.latest, supplied)
    if marked := marked_date(context, [date], words):
        return marked
    try:
        return read_date(f"[{words}]" if supplied else words)
    except DateError:
        return next((value for _, _, value in find_dates(words)), None)


def _source(context: Context, header: etree._Element) -> str:
    """Where the original is: the manuscript or book that the header describes."""
    source = header.find(".//{*}sourceDesc")
    if source is None:
        return ""
    identifier = source.find(".//{*}msIdentifier")
    if identifier is not None:
        return ", ".join(words for part in identifier if (words := words_of(part)))
    return _said(context, source.find("{*}bibl") if context.preserve else source)


def _remark_on_rest(context: Context, header: etree._Element) -> None:
    """Names the parts of the header that are not kept beside the source."""
    rest = [name_of(part) for group in header for part in group if name_of(part) not in READ and words_of(part)]
    if rest:
        named = ", ".join(f"<{name}>" for name in dict.fromkeys(rest))
        context.remark(header, f"of the header {named} stand only in the source.")
