"""Tells when two words are one word in two spellings.

Each word gets a key, and words with the same key are spellings of one another. The key is made by rules, in this order:
case and accents go, and what stands within a word and is no letter or digit (hyphens, apostrophes, the full stops of
abbreviations, commas between thousands; 1.5 and 3-5 stay as they are); then endings and vowels that British and
American English write in two ways, since Webster's dictionary of 1828, take one form (organise and organize, labour and
labor, travelling and traveling, centre and center, defence and defense, catalogue and catalog, programme and program,
judgement and judgment, manoeuvre and maneuver). Words that look like Russian names lose what romanizations differ in
(Library of Congress, BGN/PCGN, and the newspapers: Khrushchev and Khruschev, Gromyko and Gromiko).

A distance between words would not do: it takes "dear" for "clear" and "missiles" for "missives", and a slip that makes
another word is a difference of wording. The price is that misspellings that follow no rule count as other words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Characters that print in several shapes, which is no difference: quotation marks, apostrophes, hyphens and dashes.
SHAPES = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑­", "-"),
        **dict.fromkeys("–—―‒", "—"),
    }
)
DASHES, DOTS, SPAN = re.compile(r"-{2,}"), re.compile(r"\.{3,}"), re.compile(r"(?<=\d)[—–](?=\d)")
INSIDE = re.compile(r"[^\w]|_")
NUMBERS = re.compile(r"\d+([.,–-]\d+)+")
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")

#: No English word is longer; what is longer is compared letter by letter.
LONGEST = 40
VOWEL = "[aeiouy]"
#: What English writes in two ways: a pattern in the word without accents and hyphens, and the form it takes.
ENGLISH = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"practi[cs](e[ds]?|ing)$", r"practic\1"),
        (rf"({VOWEL}\w*)is(e[ds]?|ers?|ing|ations?|ational|able)$", r"\1iz\2"),  # organise; not rise
        (r"ys(e[ds]?|ers?|ing)$", r"yz\1"),  # analyse
        (rf"({VOWEL}[a-z]*)our(?=[a-z]*$)", r"\1or"),  # labour, favourable; not four or mourning
        (rf"({VOWEL}[a-z]*{VOWEL})([b-df-hj-np-tv-z])\2(?!$)", r"\1\2"),  # travelled, worshipped; not filled
        (r"(?<!t)([bctv])re([ds]?)$", r"\1er\2"),  # centre, theatre
        (r"en[cs]e(s|less|d)?$", r"ense\1"),  # defence, licence
        (r"logue(s?)$", r"log\1"),  # catalogue
        (r"gramme(s?)$", r"gram\1"),  # programme
        (r"dge(?=ment)", "dg"),  # judgement
        (r"(?<=\w{2})xion", "ction"),  # connexion
        (r"(?<=\w)[ao]e(?=\w{4})|^[ao]e(?=\w{5})", "e"),  # manoeuvre, encyclopaedia
        (r"^enquir", "inquir"),
        (r"^despatch", "dispatch"),
        (r"^grey", "gray"),
        (r"^plough", "plow"),
        (r"^sceptic", "skeptic"),
    )
)
#: Words that end as Russian names do, or have letters in a row that only they have.
LOOKS_RUSSIAN = re.compile(r"(ov|off|ev|eff|sk(y|i|ii|iy|ij)|t?ich|[iy]ko|[iy]nin|o[iy]an)$|shch|kh|zh")
#: What romanizations of Russian write in several ways, longest first.
RUSSIAN = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"shch|sch", "s"),
        (r"tch", "ch"),
        (r"kh", "k"),
        (r"zh", "j"),
        (r"tz|^cz", "ts"),
        (r"off$", "ov"),
        (r"[iy]a", "a"),
        (r"[iy]e|[iy]o|yë", "e"),
        (r"[iyj]u", "u"),
        (r"[iyj]+", "i"),
        (r"(.)\1", r"\1"),
    )
)


def shape(text: str) -> str:
    """Returns text with one shape for every quotation mark, apostrophe, hyphen, dash and ellipsis."""
    one = unicodedata.normalize("NFC", text).translate(SHAPES)
    return SPAN.sub("-", DOTS.sub("…", DASHES.sub("—", one)))


@lru_cache(maxsize=50_000)
def letters(word: str) -> str:
    """Returns the letters and digits of a word, without case and accents; empty for punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if NUMBERS.fullmatch(bare) and not THOUSANDS.fullmatch(bare):
        return shape(bare)  # 1.5 is not 15
    return INSIDE.sub("", bare).casefold()


@lru_cache(maxsize=50_000)
def spelling_key(word: str) -> str:
    """Returns what all spellings of a word have in common; for punctuation, its shape."""
    key = letters(word)
    if not key:
        return shape(word)
    if key.isascii() and key.isalpha() and 3 < len(key) <= LONGEST:
        for pattern, form in RUSSIAN if LOOKS_RUSSIAN.search(key) else ENGLISH:
            key = pattern.sub(form, key)
    return key
