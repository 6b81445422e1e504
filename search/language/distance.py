"""How many letters two words differ by, as fuzzy words and spelling count it."""

from __future__ import annotations

from collections import Counter


class Near:
    """Tells whether words differ from one word by so many letters at most.

    Optimal string alignment: a letter is added, left out or changed, or two neighbors change places.
    """

    def __init__(self, word: str, most: int) -> None:
        self._word = word
        self._most = most
        self._letters = Counter(word)
        self._different = set(word)

    def distance(self, other: str) -> int | None:
        """By how many letters the other word differs; None when there are more."""
        word, most = self._word, self._most
        if abs(len(other) - len(word)) > most:
            return None
        if other == word:
            return 0
        letters = set(other)
        if len(letters - self._different) > most or self._fewest(other, letters) > most:
            return None
        return self._aligned(other)

    def _fewest(self, other: str, letters: set[str]) -> int:
        """No fewer than this: letters that one of the words has and the other lacks."""
        extra = 0
        own = self._letters
        for letter in letters:
            extra += max(0, other.count(letter) - own[letter])
        return max(extra, extra + len(self._word) - len(other))

    def _aligned(self, other: str) -> int | None:
        word, most = self._word, self._most
        before: list[int] = []
        last = list(range(len(word) + 1))
        for row, letter in enumerate(other, 1):
            line = [row]
            for column, own in enumerate(word, 1):
                cost = min(last[column - 1] + (own != letter), last[column] + 1, line[column - 1] + 1)
                if before and column > 1 and own == other[row - 2] and word[column - 2] == letter:
                    cost = min(cost, before[column - 2] + 1)
                line.append(cost)
            if min(line) > most and min(last) > most:
                return None
            before, last = last, line
        return last[-1] if last[-1] <= most else None
