"""Ten thousand searches that no one would type: whatever it is, the page answers, and soon.

``python -m benchmarks.strange_queries [HOW_MANY]`` asks the archive that the environment names (``ARCHIVE_DATA``,
``SEARCH_ENGINE``). The searches are the same each time.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
django.setup()

from django.test import Client  # noqa: E402

HOW_MANY = 10_000
LONGEST = 10_000
SLOWEST_ALLOWED = 2.0

WORDS = [
    *("the", "president", "Khrushchev", "weather", "satellites", "nuclear", "test", "ban", "Berlin"),
    *("U.S.S.R.", "naïve", "of", "and", "a", "memorandum", "1962"),
]
SIGNS = [
    *("AND", "OR", "NOT", "(", ")", '"', "“", "”", "*", "?", "~", "~2", "~99", "=", "-", "–", ":"),
    *("^", "\\", "/", "[", "]", "{", "}", "%", "<b>", "';--"),
]
FIELDS = [
    *("title:", "note:", "from:", "to:", "person:", "kind:", "topic:", "collection:", "date:", "year:"),
    *("text:", "source:", "nothing:"),
]
DATES = ["1962", "1962-03", "1962-02-31", "1962-02..1962-03", "..", "0000..9999", "none", "march"]
PARAMETERS = {
    "type": ["document", "note", "proposal", "person", "nothing", "\0"],
    "kind": ["letter", "telegram", "🚀", "a,b"],
    "year": ["1962", "-1", "99999999999999999999"],
    "from": ["john-f-kennedy", "' OR 1=1"],
    "collection": ["space-1962", "..", "%00"],
    "sort": ["date", "-date", "place", "nothing"],
    "page": ["1", "2", "0", "-1", "999999", "1e9", "٣"],
    "group": ["collection", "nothing"],
    "after": DATES,
    "before": DATES,
    "document": ["nsam-129", "nothing"],
    "undated": ["1", "2"],
}


def searches(how_many: int) -> Iterator[dict[str, list[str]]]:
    """The same searches each time: words, signs of the language, any characters at all, short and long."""
    chance = random.Random(129)
    for _ in range(how_many):
        asked = {"q": [_typed(chance)]}
        for name in chance.sample(sorted(PARAMETERS), chance.choice([0, 0, 0, 1, 2, 4])):
            asked[name] = chance.choices(PARAMETERS[name], k=chance.choice([1, 1, 3]))
        yield asked


def _typed(chance: random.Random) -> str:
    length = int(chance.choice([20, 60, 200, 1000, LONGEST]) * chance.random() ** 2) + 1
    make = chance.choice([_language, _language, _characters, _one_sign])
    return make(chance, length)[:LONGEST]


def _language(chance: random.Random, length: int) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(chance.choice(chance.choice([WORDS, WORDS, SIGNS, FIELDS, DATES])))
        parts.append(chance.choice(["", " ", " ", "\n"]))
    return "".join(parts)


def _characters(chance: random.Random, length: int) -> str:
    highest = chance.choice([0x7F, 0x7F, 0x2FF, 0xFFFF, 0x10FFFF])
    points = (chance.randint(0, highest) for _ in range(length))
    return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)


def _one_sign(chance: random.Random, length: int) -> str:
    return chance.choice([*SIGNS, *WORDS, "a*", "z~2 ", "?a* ", "=a ", "\u0301", "a\u0301"]) * (length // 2 + 1)


def main() -> None:
    """Asks, and ends with an error when a page is one of error or takes too long."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else HOW_MANY
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    times, bad = [], []
    for number, asked in enumerate(searches(how_many), 1):
        start = time.perf_counter()
        status = client.get("/search/", asked).status_code
        seconds = time.perf_counter() - start
        times.append(seconds)
        if status != 200 or seconds > SLOWEST_ALLOWED:
            bad.append(f"{status} after {seconds:.2f} s: {asked!r:.300}")
        if number % 1000 == 0:
            print(f"{number:,} asked, {len(bad)} bad, the slowest {max(times):.2f} s", flush=True)  # noqa: T201
    times.sort()
    print(f"median {1000 * times[len(times) // 2]:.1f} ms, slowest {times[-1]:.2f} s")  # noqa: T201
    if bad:
        sys.exit("\n".join([f"{len(bad)} bad:", *bad[:20]]))


if __name__ == "__main__":
    main()
