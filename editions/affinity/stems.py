"""Stems of English words, so that "cooperating" meets "cooperation".

The algorithm of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), 130-137: five steps, each takes
off or changes the longest ending that it knows, as long as enough of the word is left. How much is left is counted in
turns from vowels to consonants, the *measure* of the paper.
"""

from __future__ import annotations

import re
from functools import lru_cache

SO_MANY_WORDS = 100_000

_DOUBLE = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_TRIPLE = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_LAST = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti", "ous",
    "ive", "ize",
)  # fmt: skip
_TURNS = re.compile(r"[aeiouy]+[^aeiouy]+")
_SHORT = re.compile(r".*[^aeiou][aeiouy][^aeiouwxy]")


@lru_cache(SO_MANY_WORDS)
def stem(word: str) -> str:
    """The stem of a word in small letters; words of one or two letters, and numbers, are their own."""
    if len(word) < 3 or not word.isalpha() or not word.isascii():
        return word
    if word[0] == "y":
        return f"y{stem_of_rest(word)}"
    return _stem(word)


def stem_of_rest(word: str) -> str:
    """The stem of a word that begins with a "y", which is a consonant there, without it."""
    return _stem(f"Y{word[1:]}")[1:]


def _stem(word: str) -> str:
    word = _past(_plural(word))
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = f"{word[:-1]}i"
    word = _ending(_ending(word, _DOUBLE), _TRIPLE)
    return _tidy(_bare(word))


def _measure(stem: str) -> int:
    return len(_TURNS.findall(_spelt(stem)))


def _has_vowel(stem: str) -> bool:
    return re.search("[aeiouy]", _spelt(stem)) is not None


def _spelt(stem: str) -> str:
    """The word with each "y" that is a consonant, since it follows a vowel, written as a capital."""
    return re.sub(r"(?<=[aeiou])y", "Y", stem)


def _plural(word: str) -> str:
    for ending, becomes in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            return word.removesuffix(ending) + becomes
    return word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word:
            return _mended(rest) if _has_vowel(rest) else word
    return word


def _mended(rest: str) -> str:
    """What is left of "hopp(ing)", "fil(ing)" and "conflat(ed)" as the word is spelt without its ending."""
    if rest.endswith(("at", "bl", "iz")):
        return f"{rest}e"
    if len(rest) > 1 and rest[-1] == rest[-2] and rest[-1] not in "aeioulsz":
        return rest[:-1]
    return f"{rest}e" if _measure(rest) == 1 and _is_short(rest) else rest


def _is_short(stem: str) -> bool:
    return _SHORT.fullmatch(_spelt(stem)) is not None


def _ending(word: str, endings: dict[str, str]) -> str:
    """The word with the longest of these endings changed, if something is left before it."""
    found = max((ending for ending in endings if word.endswith(ending)), key=len, default="")
    rest = word.removesuffix(found)
    return rest + endings[found] if found and _measure(rest) > 0 else word


def _bare(word: str) -> str:
    found = max((ending for ending in (*_LAST, "ion") if word.endswith(ending)), key=len, default="")
    rest = word.removesuffix(found)
    if not found or _measure(rest) < 2 or (found == "ion" and not rest.endswith(("s", "t"))):
        return word
    return rest


def _tidy(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _measure(rest) > 1 or (_measure(rest) == 1 and not _is_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
