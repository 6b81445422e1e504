"""How long something takes, over many queries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

#: Each query is asked so many times after the first; its time is the median of these.
ROUNDS = 3


@dataclass(frozen=True)
class Times:
    """For each query, milliseconds: when it was asked first, and when it was asked again."""

    cold: Sequence[float]
    warm: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.warm)

    @property
    def slow(self) -> float:
        """The 95th percentile."""
        return percentile(self.warm)


def measured(ask: Callable[[Any], object], queries: Sequence[Any], rounds: int = ROUNDS) -> Times:
    """Asks every query, then all of them again as often as ``rounds`` says."""
    cold = [_milliseconds(ask, query) for query in queries]
    again = [[_milliseconds(ask, query) for query in queries] for _ in range(rounds)]
    return Times(cold, [statistics.median(times) for times in zip(*again, strict=True)])


def percentile(times: Sequence[float], share: float = 0.95) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def _milliseconds(ask: Callable[[Any], object], query: Any) -> float:
    began = time.perf_counter()
    ask(query)
    return (time.perf_counter() - began) * 1000
