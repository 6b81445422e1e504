"""How long it takes to draw the exchange map of ten documents with a hundred proposals."""

import statistics
import time

from documents.exchange_map import draw
from documents.selection import select
from tests.negotiations import negotiation

ROUNDS = 20


def measure() -> float:
    """Returns the median in milliseconds. Django must be set up."""
    made, times = negotiation(), []
    exchange = made.exchange
    for _ in range(ROUNDS):
        began = time.perf_counter()
        draw(made.collection, select(exchange))
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
