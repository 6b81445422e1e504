"""How long it takes to draw the exchange map of ten documents with a hundred proposals."""

import statistics
import time

from documents.selection import select
from documents.exchange_map import draw
from tests.documents.correspondence import SPACE, an_exchange

ROUNDS = 20


def measure() -> float:
    """Returns the median in milliseconds. Django must be set up."""
    exchange, times = an_exchange(10, 10), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        draw(SPACE, select(exchange))
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
