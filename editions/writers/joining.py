"""Pieces of a link that emphasis or an abbreviation cut apart, made one link again.

Words are linked piece by piece, within whatever covers them: "*Foreign Relations*, 1961–1963, vol. VI" is first a link
within the emphasis and another after it. A reader with a keyboard would pass both, and hear each by itself.
"""

from __future__ import annotations

import re

_LINK = r'<a(?P<link> class="reference[^>]*)>'
_COVERED = r"(?P<open><(?P<tag>em|strong|u|s|abbr|span)\b[^>]*>){}(?P<words>[^<]*)</a>(?P<close></(?P=tag)>)"
_FIRST = r"(?P<first>(?:(?!</a>).)*)</a>"
#: A covered piece before others, a covered piece after others, and two pieces that these have brought together.
_STEPS = (
    (re.compile(_COVERED.format(_LINK) + "<a(?P=link)>"), r"<a\g<link>>\g<open>\g<words>\g<close>"),
    (
        re.compile(_LINK + _FIRST + _COVERED.format("<a(?P=link)>"), re.DOTALL),
        r"<a\g<link>>\g<first>\g<open>\g<words>\g<close></a>",
    ),
    (re.compile(_LINK + _FIRST + "<a(?P=link)>", re.DOTALL), r"<a\g<link>>\g<first>"),
)


def join_links(html: str) -> str:
    """Returns the HTML with each such link around what cut it; nothing else is changed, no word least of all."""
    if html.count('<a class="reference') < 2:
        return html
    for pattern, joined in _STEPS:
        found = 1
        while found:
            html, found = pattern.subn(joined, html)
    return html
