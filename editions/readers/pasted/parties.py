"""Reads from a title who wrote to whom: "Letter From President Kennedy to Chairman Khrushchev".

The rules are those of the titles that documentary editions give: an office with its holder in parentheses, names with
"of the ..." or "in ..." behind them, several parties with "and", and a place and a date at the end.
"""

from __future__ import annotations

import re

from editions.dates import find_dates

FROM = re.compile(r"\b[Ff]rom\s+(?P<rest>\S.*)", re.DOTALL)
BY = re.compile(r"\b[Bb]y\s+(?P<rest>(?:the\s+)?[A-Z].*)", re.DOTALL)
BETWEEN = re.compile(r"\b[Bb]etween\s+(?P<rest>\S.*)", re.DOTALL)
TO_ONLY = re.compile(
    r"^(?:\w+ )?(?:Letter|Message|Telegram|Note|Memorandum|Airgram|Despatch|Instruction)s? [Tt]o "
    r"(?P<rest>(?:the )?[A-Z].*)",
    re.DOTALL,
)
TO = re.compile(r",?\s+to\s+(?!be\b)")
#: Offices that are held "to" somebody: the next "to" is the one that parts sender and recipient.
HELD_TO = re.compile(
    r"\b(?:Ambassadors?|Missions?|Delegations?|Delegates?|Representatives?|Assistants?|Advis[eo]rs?|Ministers?|Envoys?"
    r"|Counsel(?:ors?)?|Liaison|Consultants?|Attachés?|Commissioners?|Observers?|Secretary|Aides?|Consul|Emissary)$"
)
PERSON = (
    r"(?:(?:Acting|Deputy|Under|Assistant|Vice|Former|Secretary of|Minister of|Director of|Chairman of|Prime|Foreign"
    r"|Secretary-General) )*(?:President|Premier|Chairman|Secretary|King|Queen|Shah|Prince|Minister|Ambassador|Director"
    r"|General|Admiral|Colonel|Senator|Chancellor|Mr\.|Mrs\.|Miss|Dr\.|Sir|Lord|Marshal|Justice|Attorney|Governor"
    r"|Congressman|Representative|Pope|State|Defense|Commerce|Agriculture|Treasury|Central)\b"
)
#: Offices that need no name: "the President", "the Secretary of State", each perhaps with the place where it was.
ALONE = re.compile(
    r"(?:the |Acting |Vice |Deputy |Under )*"
    r"(?:President|Prime Minister|Premier|Chancellor|King|Queen|Shah|Secretary of (?:State|Defense|Commerce|Agriculture"
    r"|Labor|the \w+)|Attorney General|(?:Department|Ministry) of (?:the )?\w+|Foreign Ministry|Joint Chiefs of Staff"
    r"|White House|Embassy in .+|Mission .+|Delegation .+|Consulate.+)(?: (?:in|at) [A-Z].*)?"
)
SEVERAL = re.compile(r"(?:Chairmen|Presidents|Senators|Messrs\.|Ministers|Secretaries) [A-Z][\w'’-]+ and [A-Z]")
AND = re.compile(rf",?\s+and\s+(?=the\s|{PERSON}|[A-Z][\w.'’]+ (?:[A-Z]\. )?[A-Z])|,\s+(?=the\s|{PERSON})")
#: A name with what is not of it: "Robert W. Komer of the National Security Council Staff", "Mr. Johnson in Texas".
NAME_AND_MORE = re.compile(
    r"(?P<name>(?:[A-Z][\w'’.-]*\s+|(?:of State|of Defense|of Commerce|of the \w+|de|von|van)\s+){1,5}[A-Z][\w'’-]*)"
    r"(?<!Secretary)(?<!Minister)(?<!Director)(?<!Chairman)(?<!Members),?\s+(?:of ?the|in|at|on|aboard)\s.*",
    re.DOTALL,
)
WHEREABOUTS = re.compile(r",\s+(?:at|in|on|temporarily)\s.*$", re.DOTALL)
PLURAL = re.compile(
    r"(?:the\s+)?(?:[A-Z]\w+\s+)?(?:Embassies|Missions|Consulates|Delegations|Legations|Departments|Governments"
    r"|Ministries|Posts|Assistant Secretaries)\b|(?:Certain|All|Members)\b"
)
#: What a title says after the recipient: "... to Chairman Khrushchev Proposing Joint Action".
ABOUT = re.compile(r"\s(?=(?:concerning|regarding|on|about|in reply)\b|[A-Z]?[a-z]+ing\b)", re.IGNORECASE)
WORD = re.compile(r"[A-Z’']+")
SMALL = frozenset({"a", "and", "at", "between", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
PLACE = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*")


def read_parties(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns senders and recipients as the title names them; of a conversation, the first and the second party."""
    words = without_date(in_small_letters(" ".join(title.split())))
    if between := BETWEEN.search(words):
        parts = _parted(between["rest"])
        return _cleaned(parts[:1]), _cleaned(parts[1:])
    if sent := FROM.search(words):
        return _sent(sent["rest"])
    if only := TO_ONLY.match(words):
        return (), _cleaned(_parted(ABOUT.split(only["rest"])[0]))
    if written := BY.search(words):
        return _sent(written["rest"])
    return (), ()


def in_small_letters(title: str) -> str:
    """Returns a title that is all in capitals as it would stand in a table of contents, any other as it is."""
    if not title.isupper():
        return title
    return WORD.sub(lambda word: word[0].lower() if word[0].lower() in SMALL else word[0].capitalize(), title)


def without_date(title: str) -> str:
    """Cuts place and date off the end of a title: ", Washington, July 14, 1971, 9 a.m."."""
    dates = [date for date in find_dates(title) if len(title) - date[1] < 40]
    cut = title[: dates[-1][0]].rstrip(" ,—–-") if dates else re.sub(r",\s+undated\W*$", "", title)
    if cut == title:
        return title
    head, comma, tail = cut.rpartition(", ")
    while comma and PLACE.fullmatch(tail) and (TO.search(head) or " and " in head) and not head.endswith(" and"):
        cut = head
        head, comma, tail = cut.rpartition(", ")
    return cut


def _sent(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parts "A to B" at the "to" that is not of an office ("the Ambassador to Iran (Holmes) to ...")."""
    places = list(TO.finditer(words))
    for place in places:
        if place is not places[-1] and HELD_TO.search(words[: place.start()]):
            continue
        return _cleaned(_parted(words[: place.start()])), _cleaned(_parted(words[place.end() :]))
    return _cleaned(_parted(words)), ()


def _parted(words: str) -> list[str]:
    """Splits several parties at "and" and commas, where what is on the left is a whole party."""
    if PLURAL.match(words):
        return [words]
    if SEVERAL.match(words):
        return words.split(" and ")
    parts: list[str] = []
    at = 0
    for match in AND.finditer(words):
        left = words[at : match.start()]
        if left.count("(") == left.count(")") and (
            left.endswith(")") or ALONE.fullmatch(left) or _is_name(left) or (")" in left and " of " in left)
        ):
            parts.append(left)
            at = match.end()
    return [*parts, words[at:]]


def _is_name(words: str) -> bool:
    """A person or a named body, not an office whose name may go on: "the Director of the Oil and Gas Division"."""
    return bool(words) and not words.startswith("the ")


def _cleaned(parts: list[str]) -> tuple[str, ...]:
    return tuple(name for part in parts if (name := _clean(part)))


def _clean(words: str) -> str:
    """Returns a party without what only says where it was, or of which staff."""
    office = words.startswith("the ")
    words = words.strip(" .,;").removeprefix("the ")
    if words.endswith(")"):
        return words
    if holder := re.search(r"\)(?=\s|,)", words):
        return words[: holder.end()]
    words = WHEREABOUTS.sub("", words)
    more = None if office else NAME_AND_MORE.fullmatch(words)
    return more["name"] if more and not re.match(r"(?:Embassy|Department|Consulate|Certain|All)\b", words) else words
