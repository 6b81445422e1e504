"""The three sources, as the tests read them."""

from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
SOURCES = FIXTURES / "space-1962" / "sources"
NAMES = ("nsam-129", "kennedy-to-khrushchev", "khrushchev-to-kennedy")


def source(name: str) -> str:
    return (SOURCES / f"{name}.txt").read_bytes().decode("utf-8")
