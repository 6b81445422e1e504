"""Reads the opening of a text: number, author, title, datelines, memorandum headings, salutation."""

from __future__ import annotations

import re

from editions.dates import find_dates
from editions.model import BlockKind
from editions.readers.pasted.drafts import Draft
from editions.readers.pasted.parties import in_small_letters
from editions.readers.pasted.passages import Passage

NUMBERED_TITLE = re.compile(r"(?P<label>\d{1,4}\.)\s*(?=[A-Z“\"‘(\[])")
NUMBER = re.compile(r"(?:(?:No\.?|Number|Document|Doc\.|Item)\s*)?(?P<number>\d{1,4})\.?")
ITEM_LABEL = re.compile(r"\d{1,4}\.")
_MEMO = (
    r"TO|FROM|SUBJECTS?|RE|REF|REFERENCES?|THROUGH|THRU|VIA|CC|COPIES TO|COPY TO|INFO|PARTICIPANTS|PRESENT|ALSO PRESENT"
    r"|ATTENDEES|DATE|TIME|DATE AND TIME|TIME AND DATE|PLACE|LOCATION|DRAFTED BY|APPROVED BY|ATTENTION|ACTION"
    r"|MEMORANDUM (?:FOR|TO)"
)
MEMO = re.compile(rf"(?P<words>{_MEMO})(?:\s*:\s*(?P<rest>.*)|(?P<bare>))", re.DOTALL)
MEMO_WITH_COLON = re.compile(rf"(?P<words>(?i:{_MEMO}))\s*:\s*(?P<rest>.*)", re.DOTALL)
DEAR = r"(?:(?:My )?(?:[Dd]ear|DEAR)\b.{0,80}|(?:Your |YOUR )?(?:Excellency|EXCELLENCY))"
SALUTATION = re.compile(
    rf"(?:{DEAR}|Sirs?|Gentlemen|Madam|(?:Esteemed|Respected|Honou?red) .{{0,60}}|Mr\. [A-Z].{{0,40}})[:,]"
)
SALUTATION_ANYWHERE = re.compile(rf"{DEAR}[:,]")
RELEASE = re.compile(r"\[[^\]]*\b(?:[Rr]eleased|[Dd]ated|[Rr]eceived)\b[^\]]*\]")
PERSON = re.compile(r"(?:[A-Z][\w'’.-]*\.?|de|von|van|du|la)(?: (?:[A-Z][\w'’.-]*|de|von|van|du|la)){1,4}")
SENTENCE_END = re.compile(r"[.!?;,][”\"’)\]]*$")
#: Words that titles of documents begin with; after them a stop at the end does not make a sentence.
TITLE_WORDS = (
    r"(?:Draft |Circular |Secret |Personal |Joint |Special |Backchannel |Briefing |Information |Action |Research |Oral "
    r"|Unofficial |National |Editorial |Summary |Policy )*(?:Letter|Telegram|Airgram|Message|Memorand(?:um|a)|Note"
    r"|Notes|Despatch|Report|Minutes|Paper|Record|Statement|Editorial Note|Aide|Instruction|Estimate|Diary|Transcript"
    r"|Intelligence|Security|Conversation|Resolution|Proposal|Remarks|Address|Agreement|Treaty|Proclamation)s?\b"
)
TITLE = re.compile(TITLE_WORDS)
NAMED_TITLE = re.compile(
    rf"{TITLE_WORDS}.{{0,60}}?\b(?:[Ff]rom|[Tt]o|[Oo]f|[Bb]y|[Bb]etween|[Ff]or|[Ww]ith|[Pp]repared)\b [A-Zat]"
)
PLACE = re.compile(
    r"(?:(?:En [Rr]oute to|Aboard the|Aboard|On board the|On board|At sea|Near|In) )?(?:The )?[A-Z][\w.'’()&-]*"
    r"(?:,?\s+(?:[A-Z(][\w.'’()&-]*|de|del|la|le|les|du|of|the|and|am|en|sur|el|al|in|at))*"
)
NO_PLACE = re.compile(
    rf"(?:{TITLE_WORDS}|Released|Dated|Received|Signed|Date|Drafted|Approved|Sent|From|To|On|In|By|Since|Until)\b"
)
UNDATED = re.compile(r"(?P<place>[A-Z][^:;]{0,60}?),?\s+(?:undated|n\.\s?d)\b[.,\]]*|[Uu]ndated\.?")
DAY = re.compile(
    r"(?P<place>[A-Z][^:;\d]{0,60}?),\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+\d{1,2}(?:,\s*(?:\d{1,2}(?::\d\d)?\s*[–—-]?\s*)+(?:[ap]\.m|noon|midnight)\.?)?\.?"
)
WEEKDAY = re.compile(r"(?:^|,?\s+)(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", re.IGNORECASE)
LONGEST_TITLE = 300
LONGEST_DATELINE = 130
LONGEST_NAME = 60
#: The words of a title, without which a line with a stop or a long one is a paragraph, and when an opening is over.
LAST_LINE_OF_OPENING = 25


def dateline_place(text: str) -> str | None:
    """Returns the place that a dateline names, "" for one that has a date only, None for what is no dateline."""
    if len(text) > LONGEST_DATELINE:
        return None
    bare = text.strip(" []()")
    if match := UNDATED.fullmatch(bare) or DAY.fullmatch(bare):
        place = match["place"] or ""
        return place if not place or _is_place(place) else None
    dates = find_dates(text)
    if not dates:
        return None
    before = WEEKDAY.sub("", text[: dates[0][0]].strip(" ,.[(—–-")).strip(" ,.?")
    after = text[dates[-1][1] :].strip(" ,.])—–-")
    if len(before) > LONGEST_NAME or (before and not _is_place(before)):
        return None
    if before:
        return before if len(after) <= 40 else None
    if after and _is_place(after) and not re.search(r"\d", after):
        return after
    return "" if len(after) <= 40 and len(re.findall(r"\b[a-z]{3,}\b", after)) <= 3 else None


def _is_place(text: str) -> bool:
    return bool(PLACE.fullmatch(text)) and not NO_PLACE.match(text)


def memo_heading(passage: Passage) -> Draft | None:
    """Reads TO, FROM, SUBJECT and the like, with what stands on the same line as the first child."""
    text = passage.text
    match = MEMO.fullmatch(text) or MEMO_WITH_COLON.fullmatch(text)
    if match is None or len(text) > LONGEST_TITLE:
        return None
    if match.groupdict().get("rest"):
        start = match.start("rest")
        child = Draft(passage, BlockKind.PARAGRAPH, start=start)
        return Draft(passage, BlockKind.MEMO, end=start, children=[child])
    return Draft(passage, BlockKind.MEMO)


def numbered_title(passages: list[Passage], index: int) -> Draft | None:
    """Reads "41. Letter From ..." as the number and title of the document, unless it begins a list.

    A date right below it tells that it does not.
    """
    text = passages[index].text
    match = NUMBERED_TITLE.match(text)
    if index or match is None:
        return None
    number = int(match["label"][:-1])
    goes_on = any(other.text.startswith(f"{number + 1}. ") for other in passages[1:40])
    dated = len(passages) > 1 and dateline_place(passages[1].text) is not None
    named = bool(TITLE.match(text, match.end())) or dated
    sentence = bool(SENTENCE_END.search(text))
    if not named and (goes_on or (sentence and number == 1)):
        return None
    draft = Draft(passages[0], BlockKind.HEADING, match["label"])
    if not named and (sentence or len(text) > LONGEST_TITLE):
        draft.confidence = 0.7
        draft.remark = f"Read as document {number} and its title. If it is an item of a list, write {{item {number}.}}."
    return draft


def document_number(passages: list[Passage], index: int) -> Draft | None:
    """Reads the number of a document on a line of its own above the title."""
    text = passages[index].text
    if index or len(passages) < 2 or not NUMBER.fullmatch(text) or NUMBER.fullmatch(passages[1].text):
        return None
    following = passages[1].text
    if len(following) > LONGEST_TITLE or (SENTENCE_END.search(following) and not TITLE.match(following)):
        return None
    return Draft(passages[0], BlockKind.NUMBER)


def is_named_title(text: str) -> bool:
    """A title that says what the document is and whose: "Letter From ..."."""
    return bool(NAMED_TITLE.match(in_small_letters(text)))


def is_letterhead(passages: list[Passage], index: int) -> bool:
    """A short line above the date of a letter that names no document: "THE WHITE HOUSE", "Washington"."""
    text = passages[index].text
    if (
        index > 3
        or len(text) > LONGEST_NAME
        or TITLE.search(text)
        or is_named_title(text)
        or not PLACE.fullmatch(text.title())
    ):
        return False
    rest = [passage.text for passage in passages[index + 1 : index + 6]]
    dated = next((at for at, other in enumerate(rest) if dateline_place(other) is not None), None)
    if dated is None or any(len(other) > LONGEST_NAME for other in rest[:dated]):
        return False
    return any(SALUTATION.fullmatch(other) for other in rest[dated + 1 :])


def is_title(passages: list[Passage], index: int) -> bool:
    """A short line without a full stop is a title when anything but more of the same follows it."""
    text = passages[index].text
    if not (text[:1].isupper() or text[:1] in '“"‘') or len(text) > LONGEST_TITLE:
        return False
    if is_named_title(text) and not (SENTENCE_END.search(text) and len(text) > 160):
        return True
    if SENTENCE_END.search(text) or ITEM_LABEL.match(text):
        return False
    rest = [passage.text for passage in passages[index + 1 : index + 4]]
    return bool(rest) and any(
        len(other) > len(text) or SALUTATION.fullmatch(other) or MEMO.fullmatch(other) for other in rest
    )
