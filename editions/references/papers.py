"""Papers that are known by the initials of their kind and a number: NSAM No. 129, NSC 5602/1, NIE 11-8-62."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editions.references.context import Target

_NO = r"(?:(?:Nos?|NO|Nrs?)\.?\ ?|\#\ ?)?"
_AND = r"(?:,?\ and\ |,\ |\ or\ )"
#: A file is called after the paper that it holds; who cites the file does not cite the paper.
_IN_FILES = re.compile(r"(?:\bLot \d\d ?D ?\d+[A-Z]?|\bSeries|\bFiles?|\bBox \d+)[,:;] (?:[A-Z][\w./]*, )?$")
#: "NSAM 129 and 3 others", "NSC 68 and 2 reports": not a number of a paper but one of things.
_COUNTS = r"\ (?!is\b|was\b)(?:others?|more|[a-z]+s)\b"
_MORE = rf"(?:{_AND}\d{{1,3}}\b(?![/-]\d)(?!{_COUNTS}))"
_MEMORANDA = re.compile(
    rf"""\b(?:National\ Security\ (?P<full>Action|Study|Decision|Council\ Intelligence)
        \ (?:Memorand(?:um|a)|Directives?)
      |(?P<initials>NSAM|NSSM|NSDM|NSCID)s?)\ ?-?(?:\(NSAMs?\)\ )?{_NO}
    (?P<list>\d{{1,3}}\b(?![/-]\d){_MORE}*)""",
    re.VERBOSE,
)
_FULL = {"Action": "nsam", "Study": "nssm", "Decision": "nsdm", "Council Intelligence": "nscid"}
_COUNCIL = re.compile(
    rf"""\b(?:NSC|National\ Security\ Council)\ (?:(?P<action>Actions?)\ {_NO}|{_NO})
    (?P<list>(?P<first>\d{{1,4}})(?:/\d{{1,2}})?(?:-?[a-z]\b)?(?![\d-])
      (?:{_AND}\d{{1,4}}(?:/\d{{1,2}})?(?:-?[a-z]\b)?(?![\d-])(?!{_COUNTS}))*)""",
    re.VERBOSE,
)
_EACH = re.compile(r"\d{1,4}(?:/\d{1,2})?(?:-?[a-z]\b)?")
_ESTIMATE = r"\d{1,3}(?:[-/.]\d{1,4}){1,5}\b"
_ESTIMATES = re.compile(
    rf"""\b(?:(?P<special>Special\ )?National\ Intelligence\ Estimates?|(?P<initials>S?NIE)s?)\ (?:\(S?NIE\)\ )?{_NO}
    (?P<list>{_ESTIMATE}(?:{_AND}(?:S?NIE\ )?{_ESTIMATE})*)""",
    re.VERBOSE,
)
_EACH_ESTIMATE = re.compile(rf"(?P<initials>S?NIE\ )?(?P<number>{_ESTIMATE})")
#: A number without its year is that of a series of estimates.
_YEAR = re.compile(r"[-/.](?:4[5-9]|[5-9]\d)(?![\d])")


def memoranda(text: str) -> Iterator[Target]:
    """Yields the memoranda of the National Security Council that a text names: "nsam-129", "nssm-3", "nsdm-16"."""
    for match in _MEMORANDA.finditer(text):
        name = _FULL[match["full"]] if match["full"] else match["initials"].lower()
        if not _names_a_file(match):
            for start, end, number in _listed(match, re.compile(r"\d{1,3}")):
                yield start, end, f"{name}-{int(number)}"


def council_papers(text: str) -> Iterator[Target]:
    """Yields the papers and actions of the Council: "nsc-5602-1", "nsc-action-1675"."""
    for match in _COUNCIL.finditer(text):
        if _names_a_file(match) or not (match["action"] or _is_a_paper(match["first"])):
            continue
        for start, end, number in _listed(match, _EACH):
            slug = re.sub(r"[^0-9a-z]+", "-", re.sub(r"(?<=\d)(?=[a-z])", "-", number))
            yield start, end, f"nsc-action-{slug}" if match["action"] else f"nsc-{slug}"


def estimates(text: str) -> Iterator[Target]:
    """Yields the intelligence estimates that a text names with their year: "nie-11-8-62", "snie-85-3-62"."""
    for match in _ESTIMATES.finditer(text):
        name = match["initials"] or ("SNIE" if match["special"] else "NIE")
        if _names_a_file(match):
            continue
        for each in _EACH_ESTIMATE.finditer(text, match.start("list"), match.end("list")):
            name = (each["initials"] or name).strip()
            if _YEAR.search(each["number"]):
                start = match.start() if each.start() == match.start("list") else each.start()
                yield start, each.end(), f"{name}-{re.sub('[/.]', '-', each['number'])}".lower()


def _listed(match: re.Match[str], each: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    for item in each.finditer(match.string, match.start("list"), match.end("list")):
        yield match.start() if item.start() == match.start("list") else item.start(), item.end(), item[0]


def _names_a_file(match: re.Match[str]) -> bool:
    if match.string.startswith((" Series", " File", " Folder"), match.end()):
        return True
    return bool(_IN_FILES.search(match.string, max(0, match.start() - 60), match.start()))


def _is_a_paper(number: str) -> bool:
    """Papers were numbered 1 to 177, and from 1953 with the year: 5401 to 6029."""
    return 2 <= len(number) <= 3 or (len(number) == 4 and "53" <= number[:2] <= "60")
