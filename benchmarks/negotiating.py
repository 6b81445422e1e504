"""How long the server takes over the map and table of a negotiation with 100 proposals, and with 1,000."""

from __future__ import annotations

from benchmarks.rendering import Rendered, measure_page
from tests.negotiations import negotiation

ROUNDS = 10
PAGES = (
    "/collections/tests/exchange/",
    "/collections/tests/exchange.svg",
    "/collections/tests/exchange.csv",
    "/collections/large/exchange/",
    "/collections/large/exchange/?topic=large-topic-0",
    "/collections/large/exchange.csv",
)


def measure() -> list[Rendered]:
    """Adds two negotiations to the archive that is there, and returns the figures. Django must be set up."""
    negotiation(slug="tests", first=5_000_000).store()
    negotiation(documents=40, each=25, slug="large", first=6_000_000).store()
    return [measure_page(path, ROUNDS) for path in PAGES]
