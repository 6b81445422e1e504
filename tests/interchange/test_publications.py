"""A publication is taken apart only where a citation is clear."""

from __future__ import annotations

import pytest

from interchange.publications import Publication, publication

SOVIET_UNION = "Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            f"{SOVIET_UNION} (Washington: United States Government Printing Office, 1998), Document 5.",
            Publication(
                SOVIET_UNION,
                " (Washington: United States Government Printing Office, 1998), Document 5",
                SOVIET_UNION,
                "Washington",
                "United States Government Printing Office",
                "1998",
            ),
        ),
        (
            "Public Papers: John F. Kennedy, 1962, pp. 244–245",
            Publication(
                "Public Papers: John F. Kennedy, 1962",
                ", pp. 244–245",
                "Public Papers: John F. Kennedy, 1962",
                pages="244–245",
            ),
        ),
        (
            "“Exchanges,” online archives",
            Publication("", "“Exchanges,” online archives", "“Exchanges,” online archives"),
        ),
        ("Pravda", Publication("Pravda", "", "Pravda")),
        ("", Publication("", "", "")),
    ],
)
def test_it_finds_title_volume_imprint_and_pages(text: str, parts: Publication) -> None:
    assert publication(text) == parts


@pytest.mark.parametrize("text", ["Pravda, 3", "A (B: C, 1998) D, p. 3", "Vol. 3", ", pp. 3", "((("])
def test_title_and_rest_are_the_whole(text: str) -> None:
    found = publication(text)
    assert found.title + found.rest == text
