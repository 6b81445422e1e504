"""Reads from a title who wrote to whom: "Letter From President Kennedy to Chairman Khrushchev".

The rules are those of the titles that documentary editions give: an office with its holder in parentheses, names with
"of the ..." or "in ..." behind them, several parties with "and", and a place and date at the end.
"""

from __future__ import annotations

import re

from editions.dates import find_dates

FROM = re.compile(r"\b[Ff]rom\s+(?P<rest>\S.*)", re.DOTALL)
BY = re.compile(r"\b(?:[Bb]y|[Ss]ubmitted by|[Pp]repared by)\s+(?P<rest>(?:the\s+)?[A-Z].*)", re.DOTALL)
BETWEEN = re.compile(r"\b[Bb]etween\s+(?P<rest>\S.*)", re.DOTALL)
TO_ONLY = re.compile(
    r"^(?:\w+ )?(?:Letter|Message|Telegram|Note|Memorandum|Airgram|Despatch|Instruction)s? [Tt]o (?P<rest>(?:the )?[A-Z].*)",
    re.DOTALL,
)
TO = re.compile(r"\s+to\s+(?!be\b)")
#: Offices that are held "to" somebody: the next "to" is the one that parts sender and recipient.
HELD_TO = re.compile(
    r"\b(?:Ambassadors?|Missions?|Delegations?|Delegates?|Representatives?|Assistants?|Advis[eo]rs?|Ministers?|Envoys?"
    r"|Counsel(?:ors?)?|Liaison|Consultants?|Attachés?|Commissioners?|Observers?|Secretary|Aides?|Consul|Emissary)$"
)
#: What may stand behind a name and is not of it: "of the National Security Council Staff", "in Texas", "at Geneva".
BEHIND_NAME = re.compile(r"(?:,)?\s+(?:of|in|at|on|aboard)\s+.*$|,\s+(?:at|in|on|temporarily)\s.*$", re.DOTALL)
BEHIND_OFFICE = re.compile(r",\s+(?:at|in|on|temporarily)\s+[A-Z].*$|\s+at\s+(?=[A-Z][^()]*$).*$", re.DOTALL)
#: Bodies whose place is part of their name: "the Embassy in France", "the Consulate General at Jerusalem".
BODY = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?:Embass|Consul|Legation|Mission|Delegation|Office|Interests|Department|Certain|All|Posts)"
)
PLURAL = re.compile(
    r"^(?:the\s+)?(?:[A-Z]\w+\s+)?(?:Embassies|Missions|Consulates|Delegations|Legations|Departments|Governments|Ministries|Posts|Assistant Secretaries)\b"
)
TITLE_OF_PERSON = (
    r"(?:Acting |Deputy |Under |Assistant |Vice )*(?:President|Prime Minister|Premier|Chairman|Secretary|King|Queen|Shah|Prince"
    r"|Foreign|Ambassador|Minister|General|Admiral|Colonel|Senator|Chancellor|Mr\.|Mrs\.|Dr\.|Sir|Lord|Marshal|Justice"
    r"|Attorney|Governor|Congressman|Representative|Archbishop|Pope)\b"
)
AND = re.compile(
    rf"\s*,?\s+and\s+(?=the\s|{TITLE_OF_PERSON}|[A-Z][\w.'’]+ (?:[A-Z]\.? )?[A-Z])|,\s+(?=the\s|{TITLE_OF_PERSON})"
)
PLACE_AT_END = re.compile(r"(?:,\s+[A-Z][\w.’' ]*)+,?\s*$")
KIND_WORDS = re.compile(
    r"\s(?=(?:proposing|concerning|regarding|containing|transmitting|about|on|in reply)\b|\w+ing\b)", re.I
)


def read_parties(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns senders and recipients as the title names them; of a conversation, the first and the second party."""
    words = without_date(" ".join(title.split()))
    if between := BETWEEN.search(words):
        parts = _parted(between["rest"])
        return _cleaned(parts[:1]), _cleaned(parts[1:])
    if sent := FROM.search(words):
        return _sent(sent["rest"])
    if only := TO_ONLY.match(words):
        return (), _cleaned(_parted(KIND_WORDS.split(only["rest"])[0]))
    if written := BY.search(words):
        return _sent(written["rest"])
    return (), ()


def without_date(title: str) -> str:
    """Cuts place and date off the end of a title: ", Washington, July 14, 1971, 9 a.m."."""
    dates = [date for date in find_dates(title) if len(title) - date[1] < 40]
    cut = title[: dates[-1][0]].rstrip(" ,—–-") if dates else re.sub(r",\s+undated\W*$", "", title)
    if cut == title:
        return title
    if closing := re.search(r"\)(?P<place>(?:,[^()]*)?)$", cut):
        return cut[: closing.start("place")]
    return _without_place(cut)


def _without_place(title: str) -> str:
    """Cuts a place off the end of a title whose date is cut off; the last words after a comma are the place."""
    head, comma, tail = title.rpartition(", ")
    while (
        comma
        and (TO.search(head) or re.search(r"\b(?:and|[Bb]etween|With)\b", head))
        and re.fullmatch(r"[A-Z][\w.’' ]*", tail)
    ):
        if re.search(r"\band\s+[A-Z]?\w*$", head):
            break
        title = head
        head, comma, tail = title.rpartition(", ")
    return title


def _sent(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parts "A to B" at the "to" that is not of an office ("the Ambassador to Iran (Holmes) to ...")."""
    places = list(TO.finditer(words))
    for number, place in enumerate(places):
        if number + 1 < len(places) and HELD_TO.search(words[: place.start()]) and "(" not in words[place.end() :][:4]:
            continue
        return _cleaned(_parted(words[: place.start()])), _cleaned(_parted(words[place.end() :]))
    return _cleaned(_parted(words)), ()


def _parted(words: str) -> list[str]:
    """Splits several parties at "and" and commas, where what is left of them is complete."""
    if PLURAL.match(words):
        return [words]
    parts: list[str] = []
    at = 0
    for match in AND.finditer(words):
        left = words[at : match.start()]
        if _complete(left) and _complete(words[match.end() :]):
            parts.append(left)
            at = match.end()
    return [*parts, words[at:]]


def _complete(words: str) -> bool:
    """Names a whole party: brackets closed, and not the list of regions within the name of an office."""
    if words.count("(") != words.count(")") or len(words) < 2:
        return False
    return (
        not re.search(r"\b(?:for|of|Near|Far|the)(?: the)?(?: \w+)?$", words)
        or not words.startswith("the ")
        or bool(re.search(r"\b(?:of|for)\s+(?:State|Defense|the\s+\w+)$", words))
    )


def _cleaned(parts: list[str]) -> tuple[str, ...]:
    return tuple(name for part in parts if (name := _clean(part)))


def _clean(words: str) -> str:
    """Returns a party without what only says where it was, or of which staff."""
    words = words.strip(" .,;")
    if words.endswith(")"):
        return words
    if BODY.match(words):
        return re.sub(r",\s+(?:at|in|on)\s+[A-Z].*$", "", words)
    if closing := re.search(r"\)(?=\s|,)", words):
        return words[: closing.end()]
    if words.startswith("the "):
        return re.sub(r",\s+(?:at|in|on|temporarily)\s.*$|\s+(?:in|at)\s+(?=[A-Z])[^()]*$", "", words)
    if match := re.match(
        r"(?:Acting |Deputy |Under |Assistant )*(?:Secretary|Minister|Director|Chairman|Assistant) (?:of|for) (?:the )?\w+",
        words,
    ):
        return words[: match.end()] + BEHIND_NAME.sub("", words[match.end() :])
    return BEHIND_NAME.sub("", words)
