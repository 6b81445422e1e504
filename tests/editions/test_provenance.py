"""A source note says first where the original is kept."""

from __future__ import annotations

import pytest

from editions.provenance import repository_of


@pytest.mark.parametrize(
    ("note", "repository"),
    [
        (
            "Kennedy Library, National Security Files, Box 334. Secret. Drafted by Bundy.",
            "Kennedy Library, National Security Files, Box 334",
        ),
        (
            "Princeton University, Stevenson Papers, Box 832, John F. Kennedy. No classification marking.",
            "Princeton University, Stevenson Papers, Box 832, John F. Kennedy",
        ),
        (
            "Public Papers of the Presidents of the United States: John F. Kennedy, 1961, p. 397",
            "Public Papers of the Presidents of the United States: John F. Kennedy, 1961, p. 397",
        ),
        (
            "Department of State, Central Files, 123-Midthun, Kermit S. Confidential; Niact.",
            "Department of State, Central Files, 123-Midthun, Kermit S",
        ),
        (
            "Department of State, Central Files, ORG 7 S. Secret; Limit Distribution.",
            "Department of State, Central Files, ORG 7 S",
        ),
        (
            "Department of State, Central Files, ORG 7 S. The meeting was held at noon.",
            "Department of State, Central Files, ORG 7 S",
        ),
        (
            "NSC Files, Box 92, China, Dr. Kissinger\u2019s Visit, June 1972. Top Secret.",
            "NSC Files, Box 92, China, Dr. Kissinger\u2019s Visit, June 1972",
        ),
        (
            "NSC Files, Box 1015 [Haig Advance Party, Dec. 29, 1971]. Secret.",
            "NSC Files, Box 1015 [Haig Advance Party, Dec. 29, 1971]",
        ),
        ("Library of Congress.", "Library of Congress"),
        ("", ""),
    ],
)
def test_the_repository_is_the_first_sentence(note: str, repository: str) -> None:
    assert repository_of(note) == repository
