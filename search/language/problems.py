"""Shows where in what was typed a problem stands."""

from __future__ import annotations

from dataclasses import dataclass

from search.language.reading import Reading

#: More than these are only counted.
SHOWN = 5
AROUND = 30
LONGEST = 40


@dataclass(frozen=True)
class MarkedProblem:
    """A sentence, and the words typed around the place it speaks of: before, at and after."""

    sentence: str
    before: str
    at: str
    after: str


def marked_problems(reading: Reading) -> list[MarkedProblem]:
    """The first problems, each with the words around it, cut short where they are long."""
    typed = reading.typed
    found = []
    for problem in reading.problems[:SHOWN]:
        before = typed[max(0, problem.start - AROUND) : problem.start]
        at = typed[problem.start : problem.end]
        after = typed[problem.end : problem.end + AROUND]
        found.append(
            MarkedProblem(
                problem.sentence,
                ("…" if problem.start > AROUND else "") + before,
                at if len(at) <= LONGEST else at[:LONGEST] + "…",
                after + ("…" if problem.end + AROUND < len(typed) else ""),
            )
        )
    return found
