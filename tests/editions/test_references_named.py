"""What has a name and number of its own: each text with the words found in it and what they mean."""

from __future__ import annotations

from datetime import date

import pytest

from editions.references.context import Context
from editions.references.resolve import Resolver

HERE = Context(
    publication="Public Papers of the Presidents of the United States: John F. Kennedy, 1962",
    written=date(1962, 3, 7),
)


def found(text: str, context: Context = HERE) -> list[tuple[str, str]]:
    return [(text[start:end], target) for start, end, target in Resolver(context).targets(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Resolution 1721 (XVI)", [("Resolution 1721 (XVI)", "un-ga-res/1721-xvi")]),
        (
            "set forth in General Assembly Resolutions 1472 (XIV) and 1721 (XVI).",
            [("General Assembly Resolutions 1472 (XIV)", "un-ga-res/1472-xiv"), ("1721 (XVI)", "un-ga-res/1721-xvi")],
        ),
        ("U.N. General Assembly Resolution 377(V)", [("U.N. General Assembly Resolution 377(V)", "un-ga-res/377-v")]),
        ("para 11 res. 194 (III)", [("res. 194 (III)", "un-ga-res/194-iii")]),
        ("Resolution 997(ES–1)", [("Resolution 997(ES–1)", "un-ga-res/997-es-i")]),
        ("Resolution 1653 A (XVI)", [("Resolution 1653 A (XVI)", "un-ga-res/1653-xvi")]),
        ("(A/RES/1721 (XVI))", [("A/RES/1721 (XVI)", "un-ga-res/1721-xvi")]),
        (
            "Security Council Resolution 186 (1964), adopted",
            [("Security Council Resolution 186 (1964)", "un-sc-res/186-1964")],
        ),
        ("Security Council resolution 242 you see", [("Security Council resolution 242", "un-sc-res/242-1967")]),
        ("as Resolution 228 (1966).", [("Resolution 228 (1966)", "un-sc-res/228-1966")]),
        (
            "UN Security Council Resolutions 143 (1960) and 145 (1960)",
            [
                ("UN Security Council Resolutions 143 (1960)", "un-sc-res/143-1960"),
                ("145 (1960)", "un-sc-res/145-1960"),
            ],
        ),
        ("ECOSOC Resolution 917 (XXXIV)", []),
        ("Senate Resolution 285, 84th Congress", []),
        ("UN Resolution 242", []),
        ("H.J. Res. 234", []),
        ("Security Council Resolution 9999", []),
    ],
)
def test_resolutions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See NSAM No. 129.", [("NSAM No. 129", "nsam-129")]),
        ("in response to NSAM #105 asking", [("NSAM #105", "nsam-105")]),
        ("NSAM-21", [("NSAM-21", "nsam-21")]),
        (
            "National Security Action Memorandum No. 62, July 24",
            [("National Security Action Memorandum No. 62", "nsam-62")],
        ),
        (
            "NSAM Nos. 182, 119, 124, and 162 are printed",
            [("NSAM Nos. 182", "nsam-182"), ("119", "nsam-119"), ("124", "nsam-124"), ("162", "nsam-162")],
        ),
        ("NSSM 9 and NSDM 16", [("NSSM 9", "nssm-9"), ("NSDM 16", "nsdm-16")]),
        ("Meetings and Memoranda Series, NSAM No. 129, U.S.-USSR Space Cooperation, Box 334", []),
        ("(S/S–NSC Files: Lot 72 D 316, NSAM 146)", []),
        ("NSC 5602/1 is printed", [("NSC 5602/1", "nsc-5602-1")]),
        ("NSC 5414/1; NSC 68", [("NSC 5414/1", "nsc-5414-1"), ("NSC 68", "nsc-68")]),
        ("NSC Action No. 1675", [("NSC Action No. 1675", "nsc-action-1675")]),
        ("NSC Action 1290–d", [("NSC Action 1290–d", "nsc-action-1290-d")]),
        ("NSC Actions Nos. 1675 and 1680", [("NSC Actions Nos. 1675", "nsc-action-1675"), ("1680", "nsc-action-1680")]),
        ("Lot 63 D 351, NSC 5525 Series", []),
        ("the 395th NSC meeting, NSC 1961", []),
        ("NIE 11-8-62, “Soviet Capabilities”", [("NIE 11-8-62", "nie-11-8-62")]),
        ("NIE 11–8/1–61", [("NIE 11–8/1–61", "nie-11-8-1-61")]),
        ("SNIE 36.7–57", [("SNIE 36.7–57", "snie-36-7-57")]),
        (
            "Special National Intelligence Estimate No. 85–3-62",
            [("Special National Intelligence Estimate No. 85–3-62", "snie-85-3-62")],
        ),
        ("NIE 100–4–57 and NIE 100–6–57", [("NIE 100–4–57", "nie-100-4-57"), ("NIE 100–6–57", "nie-100-6-57")]),
        ("four versions of NIE 11–3", []),
    ],
)
def test_papers_of_the_national_security_council_and_estimates(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("your telegram 1940 of February 21", [("telegram 1940 of February 21", "telegram-1940-1962-02-21")]),
        (
            "Telegram 1635 from Moscow, November 29;",
            [("Telegram 1635 from Moscow, November 29", "telegram-1635-1961-11-29")],
        ),
        ("telegram 12, May 3, 1959", [("telegram 12, May 3, 1959", "telegram-12-1959-05-03")]),
        (
            "in telegrams 726 and 727 from Nicosia, February 12.",
            [
                ("telegrams 726", "telegram-726-1962-02-12"),
                ("727 from Nicosia, February 12", "telegram-727-1962-02-12"),
            ],
        ),
        ("Deptel 4271 of Sept. 2", [("Deptel 4271 of Sept. 2", "telegram-4271-1961-09-02")]),
        ("telegram 893 to USUN", []),
        ("circular telegram 278, September 28", []),
        ("telegram 5, February 30", []),
    ],
)
def test_telegrams_have_a_number_and_a_day(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_year_of_a_telegram_is_that_which_brings_it_nearest_to_the_text() -> None:
    text = "telegram 9 of December 30"
    assert found(text, Context(written=date(1962, 1, 4)))[0][1] == "telegram-9-1961-12-30"
    assert found(text, Context(written=date(1962, 12, 31)))[0][1] == "telegram-9-1962-12-30"
    assert found(text, Context()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See Item 60.", [("Item 60", "ppp-1962-kennedy/60")]),
        ("See Items 60 and 71", [("Items 60", "ppp-1962-kennedy/60"), ("71", "ppp-1962-kennedy/71")]),
        (
            "Public Papers of the Presidents of the United States: Lyndon B. Johnson, 1963–64, Book I, Item 9",
            [("Item 9", "ppp-1963-64-johnson/9")],
        ),
    ],
)
def test_items_are_of_the_public_papers_that_a_text_names_or_follows(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def test_items_of_anything_else_are_left_alone() -> None:
    assert found("for Items 1 and 2", Context(publication="Foreign Relations, 1961–1963, vol. VI")) == []
