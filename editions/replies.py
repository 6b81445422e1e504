"""What the opening of a letter says of the message that it answers: "your letter of March 7", "Your 452.".

A letter that answers another says so at its beginning, by the date or the number of what it answers: the convention
of letter-writers' manuals, and of the "reference telegram" of diplomatic services. Only that is read here. A message
spoken of later on, one that was answered before, or one that will be answered separately is none that the letter
answers. Editors of letters say it in notes as well: "For Khrushchev’s reply, see Document 43".

Nothing is looked up: ``ingest.replying`` finds the document that is meant, if it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from editions.dates import MONTHS
from editions.references.sentences import sentence_around

#: A mention without a word of answering counts in so many paragraphs, one with such a word in so many.
FIRST, EARLY = 1, 5
#: Shorter paragraphs are addresses, salutations and the like.
SHORTEST = 25
#: A day without a year is the last one before the letter, if that is not longer ago than so many days.
LONGEST_AGO = 200
#: A number of a telegram that is referred to stands within so many characters of the beginning.
HEAD = 160

_NAMES = sorted(MONTHS, key=len, reverse=True)
_MONTH = "(?:" + "|".join(name[0].upper() + name[1:] for name in _NAMES) + "|" + "|".join(map(str.upper, _NAMES)) + ")"
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")
_ORDINALS = (*_UNITS, *_TEENS, "eighteenth", "nineteenth", "twentieth")
SPELLED = {word: number for number, word in enumerate(_ORDINALS, 1)}
SPELLED |= {f"twenty-{word}": 20 + number for number, word in enumerate(_UNITS, 1)}
SPELLED |= {"thirtieth": 30, "thirty-first": 31}
SPELLED |= {f"twenty-{word}": 20 + number for number, word in enumerate(_CARDINALS, 1)}

_SPELLED = "|".join(sorted(SPELLED, key=len, reverse=True))
_DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)|(?:{_SPELLED})\b)"
_DAYS = rf"{_DAY}(?:(?:,\s|\sand\s|,\sand\s){_DAY})*"
_YEAR = r"(?:,?\s(?:1[5-9]\d\d|20\d\d)\b)?"
_DATED = rf"(?:{_MONTH}\.?\s(?:the\s)?{_DAYS}{_YEAR}|(?:the\s)?{_DAYS}\s(?:of\s)?{_MONTH}\b\.?{_YEAR})"
_WHEN = rf"(?:{_DATED}|today|yesterday)"
_DATE = re.compile(_DATED)
_NOUN = (
    r"(?:letter|message|note|telegram|cable(?:gram)?|wire|des?patch|airgram|memorandum|memo|communication"
    r"|aide[- ]m[ée]moire|reply|response|answer)"
)
#: "your (very kind) letter (on Laos) of March 7", "in response to Khrushchev’s message of December 29".
_MESSAGE = re.compile(
    rf"""
    (?: \b[Yy]our\s
      | \b(?<!\bhis\s)(?<!\bher\s)(?<!\bits\s)(?<!\btheir\s)(?<!\bmy\s)(?<!\bour\s)
        (?:[Rr]eply|[Rr]esponse|[Aa]nswer)\s(?:from\s[^.;:]{{1,60}}?\s)?to\s(?!my\b|our\b)
      | \b[Ii]n\s(?:reply|response|answer)\s(?=[A-Z]) )
    (?: (?!your\b)[\w’'“”-]+,?\s ){{0,6}}?
    (?P<noun>(?i:{_NOUN}))(?P<several>s)?\b
    (?: (?:\s(?!(?:of|dated|from)\s{_WHEN}|(?:my|our|his|their)\b)[\w’'-]+){{0,8}}?
        ,?\s (?:(?:of|dated|from|on|sent)\s)? (?P<when>{_WHEN}) )?
    """,
    re.VERBOSE,
)
#: "Your 452.", "Urtel 99", "Ref: Deptel 838."
_NUMBERS = r"(?:Nos?\.\s)?(?P<{}>\d{{1,5}}(?:(?:,\s|\sand\s|,\sand\s)\d{{1,5}}\b)*)"
_NUMBERED = re.compile(
    rf"""
    \b[Yy]our\s{_NUMBERS.format("bare")} (?=[.,;:)]|\s\(|$)
    | \b(?: (?:[Rr]e\s?)?[Uu]r\s?tels? | [Yy]our\s(?:tel(?:egram)?|cable|des?patch)s?
        | Dep(?:t|artment(?:’s)?)?\s?tel(?:egram)?s? | Emb(?:assy(?:’s)?)?\s?tel(?:egram)?s? )
      \s{_NUMBERS.format("numbers")}\b
    """,
    re.VERBOSE,
)
_WORTH = re.compile(r"[Yy]our|[Uu]r\s?tel|[Rr]epl|[Rr]esponse|[Aa]nswer|(?:Dep|Emb)\S* ?tel")
#: Words of answering, before the message or soon after it.
_ANSWERING = re.compile(
    r"\b(?:repl(?:y|ying)|respon(?:se|d|ding)|answer(?:ing)?|receiv\w+|receipt|thank\w*|acknowledg\w*|refer\w*|re(?:f\.?)?:"
    r"|read\w*|stud(?:y|ied)|acquainted|familiarized|noted?|appreciat\w*|grat\w*|glad|pleased|consider\w*)\b",
    re.IGNORECASE,
)
#: What says that the message was answered before, will be answered later, or is none of the one written to.
_BEFORE = re.compile(
    r"\b(?:(?:previously|already|earlier)\s(?:replied|answered|responded|written),?(?:\sto)?(?:\sdirectly)?"
    r"|(?:my|our|his)\s(?:[\w-]+\s){0,2}(?:reply|response|answer|letter|message)\s(?:of\s[\w\s]{1,20}\s)?(?:in\s\w+\s)?to)"
    r"\s*$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"^[^.;]{0,90}\b(?:(?:shall|will|hope\sto|intend\sto)\s(?:be\s)?(?:repl|answer|respond|comment)\w*"
    r"(?:\s[\w’]+){0,4}\s(?:separately|later|soon|shortly)|crossed)\b",
    re.IGNORECASE,
)
_ME = r"(?:me|us|you|which|this|that|have|be|the\s(?:President|Secretary|Department))\b"
_TO_ANOTHER = re.compile(rf"^,?\sto\s(?!{_ME})(?:the\s)?[A-Z]")
_SALUTATION = re.compile(
    r"^[\"“(]?(?:Begin\s(?:Verbatim\s)?Text[.:]?\s*[\"“]?)?(?:My\s)?Dear\b(?:[^.]|\b(?:Mrs?|Dr|Sr)\.){0,60}[.:,]?$",
    re.IGNORECASE,
)
#: A note that says nothing but which documents are meant.
_NAMING = re.compile(
    r"""(?: \s | [.,;:()“”"–—-] | \b(?: see | printed\sas | (?:this\s)?(?:is\sa\s)?reference(?:\sis)?(?:\sto)?
        | (?:an\s)?apparent(?:ly)?(?:\sa)? | presumably(?:\sa)? | evidently(?:\sa)? | probably(?:\sa)? | supra | infra
        | documents? | footnotes? | thereto | and | vol(?:ume)?s?\.?\s[ivxlc]+(?:/\d)? | foreign\srelations | ibid
        | respectively | \d+ )\b )+""",
    re.VERBOSE | re.IGNORECASE,
)


#: What stands before a citation of the reply to a document, in a note of this document.
_ITS_REPLY = re.compile(
    r"\b(?:repl(?:y|ies)|responses?|answers?)\b[^.;]{0,50}?\b(?:see|in|as|is|was)\s*$", re.IGNORECASE
)
#: What stands before a citation of the document that a letter answers, in a note of the letter; and after it.
_REPLIES_TO = re.compile(
    r"\b(?:in\s(?:reply|response|answer)\sto|repl(?:y|ies|ied)\sto|respon(?:ds?|ded)\sto|answer(?:s|ed)?|acknowledge[sd]?)"
    r"\s(?:[\w’]+\s){0,5}$",
    re.IGNORECASE,
)
_IS_REPLIED_TO = re.compile(
    r"^\s(?:is|was)\s[^.;]{0,40}\bto\swhich\sthis\s(?:repl|respon|is\sa\srepl|answer)", re.IGNORECASE
)


class Said(StrEnum):
    """What a sentence of a document says of a document that it cites."""

    IS_ITS_REPLY = "the one cited answers it"
    IS_ANSWERED = "it answers the one cited"


@dataclass(frozen=True)
class Mention:
    """Words of a letter that name a message of the one it is written to.

    ``start`` and ``end`` are characters of the paragraph ``ident``; ``after`` is where its sentence goes on to at most,
    so that a note called between ``end`` and ``after`` is a note on the message. ``noun`` is what it is called,
    ``days`` are when it may have been written, none where the words do not say; ``numbers`` are those of the
    telegrams meant. ``several`` says that more than one message is meant.
    """

    ident: str
    start: int
    end: int
    after: int
    noun: str
    words: str
    sentence: str
    days: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()
    several: bool = False


def mentions(paragraphs: Iterable[tuple[str, str]], written: date | None) -> list[Mention]:
    """Finds the messages that the opening of a letter answers.

    ``paragraphs`` are its body in order, each with its ident; ``written`` is the day of the letter, from which the
    years of days without one are known. They come in the order of the text.
    """
    found: list[Mention] = []
    for place, ident, text in _opening(paragraphs):
        if not _WORTH.search(text):
            continue
        here = sorted(_in_paragraph(place, ident, text, written), key=lambda mention: mention.start)
        found += [
            replace(mention, after=min(mention.after, following.start)) if following else mention
            for mention, following in zip(here, [*here[1:], None], strict=False)
        ]
    return found


def only_names(note: str) -> bool:
    """Tells whether a note says nothing but which documents are meant: "See Document 41."."""
    return _NAMING.fullmatch(note) is not None


def said_of(words: str, sentence: str) -> Said | None:
    """What a sentence says of the document that some words of it cite, if it speaks of a reply."""
    at = sentence.find(words)
    if at < 0:
        return None
    before, following = sentence[:at], sentence[at + len(words) :]
    if _REPLIES_TO.search(before) or _IS_REPLIED_TO.search(following):
        return Said.IS_ANSWERED
    return Said.IS_ITS_REPLY if _ITS_REPLY.search(before) else None


def _opening(paragraphs: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """The paragraphs of the opening with their place in it; after a salutation the opening begins anew."""
    place = 0
    for ident, text in paragraphs:
        if _SALUTATION.match(text):
            place = 0
        elif len(text) >= SHORTEST or _NUMBERED.search(text):
            yield place, ident, text
            place += 1
        if place >= EARLY:
            return


def _in_paragraph(place: int, ident: str, text: str, written: date | None) -> Iterator[Mention]:
    taken = -1
    if place == 0:
        for match in _NUMBERED.finditer(text[:HEAD]):
            if text[: match.start()].endswith("("):
                continue  # a matter that was wired about, not the telegram that is answered
            numbers = tuple(re.findall(r"\d+", match["numbers"] or match["bare"]))
            taken = match.end()
            yield Mention(
                ident,
                match.start(),
                match.end(),
                min(len(text), match.end() + 12),
                "telegram",
                " ".join(match[0].split()),
                sentence_around(text, match.start(), match.end()),
                numbers=numbers,
                several=len(numbers) > 1,
            )
    for match in _MESSAGE.finditer(text):
        if match.start() >= taken and _is_answered(place, text, match):
            yield _mention(ident, text, match, written)


def _is_answered(place: int, text: str, match: re.Match[str]) -> bool:
    """Whether the words stand where a letter says what it answers, and do not say that it does not answer that."""
    since = max(text.rfind(". ", 0, match.start()) + 1, match.start() - 160, 0)
    before, following = text[since : match.start()], text[match.end() : match.end() + 120]
    if _BEFORE.search(before) or _LATER.search(following) or _TO_ANOTHER.search(following):
        return False
    is_answering = _ANSWERING.search(before + match[0]) or not match[0].lower().startswith("your")
    return place < (EARLY if is_answering else FIRST)


def _mention(ident: str, text: str, match: re.Match[str], written: date | None) -> Mention:
    sentence = sentence_around(text, match.start(), match.end())
    stop = re.compile(r"[.;](?=\s|$)").search(text, match.end())
    dated = _DATE.search(match[0])
    days = days_of(match["when"] or (dated[0] if dated else ""), written)
    return Mention(
        ident,
        match.start(),
        match.end(),
        stop.end() if stop else len(text),
        match["noun"].lower(),
        " ".join(match[0].split()),
        sentence,
        days=days,
        several=bool(match["several"]) or len(days) > 1,
    )


def days_of(words: str, written: date | None) -> tuple[date, ...]:
    """The days that words such as "March 7", "23 and 24 January" or "October twenty-third, 1962" mean in a letter.

    Without a year it is the last such day not after ``written``, unless that is long ago. Words that mean no such day
    give none.
    """
    if words in ("today", "yesterday"):
        return (written - timedelta(days=words == "yesterday"),) if written else ()
    months = [MONTHS[word.casefold()] for word in re.findall(r"[^\W\d_]+", words) if word.casefold() in MONTHS]
    year = re.search(r"\b\d{4}\b", words)
    named = re.findall(_DAY, words[: year.start()] if year else words)
    if not months:
        return ()
    numbers = [SPELLED.get(name) or int(re.sub(r"\D", "", name)) for name in named]
    found = (_day(int(year[0]) if year else None, months[0], number, written) for number in numbers)
    return tuple(day for day in found if day)


def _day(year: int | None, month: int, number: int, written: date | None) -> date | None:
    if year is None and written is None:
        return None
    years = [year] if year else [written.year, written.year - 1] if written else []
    for one in years:
        try:
            day = date(one, month, number)
        except ValueError:
            continue
        if written is None or (day <= written and (year or (written - day).days <= LONGEST_AGO)):
            return day
    return None
