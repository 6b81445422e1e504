"""Citations of documents, notes and volumes of the series: each text with the words found in it and what they mean."""

from __future__ import annotations

import pytest

from editions.references.context import Context
from editions.references.resolve import Resolver

#: A note of document 100 of volume XV of 1961-1963, which has notes 1 to 9.
HERE = Context(volume="frus1961-63v15", number="100")
NOTES = frozenset("123456789")


def found(text: str, context: Context = HERE) -> list[tuple[str, str]]:
    return [(text[start:end], target) for start, end, target in Resolver(context, NOTES).targets(text)]


OWN_VOLUME = [
    ("See Document 36.", [("Document 36", "d36")]),
    ("(Document 149)", [("Document 149", "d149")]),
    ("See Documents 35 and 36.", [("Documents 35", "d35"), ("36", "d36")]),
    ("See Documents 11,12, and 13.", [("Documents 11", "d11"), ("12", "d12"), ("13", "d13")]),
    ("Attached to Documents 9 or 12", [("Documents 9", "d9"), ("12", "d12")]),
    (
        "printed as Documents 18, 20, and 22–24.",
        [("Documents 18", "d18"), ("20", "d20"), ("22", "d22"), ("24", "d24"), ("24", "d23")],
    ),
    ("see Documents 124–26", [("Documents 124", "d124"), ("126"[1:], "d126"), ("26", "d125")]),
    ("See Documents 257 ff.", [("Documents 257", "d257")]),
    ("See footnote 2, Document 42.", [("footnote 2, Document 42", "d42#fn2")]),
    ("See footnote 3. Document 84.", [("footnote 3. Document 84", "d84#fn3")]),
    ("footnote 3 to Document 107", [("footnote 3 to Document 107", "d107#fn3")]),
    ("See Document 42, footnote 2.", [("Document 42, footnote 2", "d42#fn2")]),
    ("See footnotes 2 and 4, Document 71.", [("footnotes 2", "d71#fn2"), ("4, Document 71", "d71#fn4")]),
    ("Document 225 and footnote 2 thereto.", [("Document 225", "d225"), ("footnote 2 thereto", "d225#fn2")]),
    (
        "Telegram 1142 is Document 359; regarding telegram 1143, see footnote 5 thereto.",
        [("Document 359", "d359"), ("footnote 5 thereto", "d359#fn5")],
    ),
    (
        "See Document 396 and footnotes 1 and 3, Document 397.",
        [("Document 396", "d396"), ("footnotes 1", "d397#fn1"), ("3, Document 397", "d397#fn3")],
    ),
    (
        "See Document 112, footnote 3 to Document 107, and Document 111.",
        [("Document 112", "d112"), ("footnote 3 to Document 107", "d107#fn3"), ("Document 111", "d111")],
    ),
    ("cited in footnote 3 above", [("footnote 3 above", "d100#fn3")]),
    ("(see footnotes 3 and 5 below)", [("footnotes 3", "d100#fn3"), ("5 below", "d100#fn5")]),
    ("The draft cited in footnote 1 is a memorandum.", [("footnote 1", "d100#fn1")]),
    ("See footnote 2, supra.", [("footnote 2, supra", "d99#fn2")]),
    ("See footnote 4, infra.", [("footnote 4, infra", "d101#fn4")]),
    ("Telegram 1635 is supra.", [("supra", "d99")]),
    ("See also infra and Document 134.", [("infra", "d101"), ("Document 134", "d134")]),
    ("Document 57, infra.", [("Document 57", "d57")]),
]


@pytest.mark.parametrize(("text", "expected"), OWN_VOLUME)
def test_without_a_volume_documents_are_of_the_volume_of_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == [(words, f"frus1961-63v15/{document}") for words, document in expected]


OTHER_VOLUMES = [
    (
        "For texts, see Foreign Relations, 1961–1963, vol. VI, Documents 35 and 36. See also Document 389.",
        [
            ("Foreign Relations, 1961–1963, vol. VI, Documents 35", "frus1961-63v06/d35"),
            ("36", "frus1961-63v06/d36"),
            ("Document 389", "frus1961-63v15/d389"),
        ],
    ),
    ("see vol. XIV, Document 264.", [("vol. XIV, Document 264", "frus1961-63v14/d264")]),
    ("Vol. XIV, Document 185.", [("Vol. XIV, Document 185", "frus1961-63v14/d185")]),
    ("(vol. 13, Document 151)", [("vol. 13, Document 151", "frus1961-63v13/d151")]),
    ("volume VII, Part 2, Document 93", [("volume VII, Part 2, Document 93", "frus1961-63v07p2/d93")]),
    ("(Laos, volume E–4, Document 3)", [("volume E–4, Document 3", "frus1961-63ve04/d3")]),
    (
        "Foreign Relations, 1964–1968, volume XVIII, Laos, Document 68.]",
        [("Foreign Relations, 1964–1968, volume XVIII, Laos, Document 68", "frus1964-68v18/d68")],
    ),
    (
        "Foreign Relations, 1961-1963, vol. III, p. Document 287",
        [("Foreign Relations, 1961-1963, vol. III, p. Document 287", "frus1961-63v03/d287")],
    ),
    (
        "Foreign Relations, 1964–1968, vol. IV, especially Documents 295 and 299",
        [
            ("Foreign Relations, 1964–1968, vol. IV, especially Documents 295", "frus1964-68v04/d295"),
            ("299", "frus1964-68v04/d299"),
        ],
    ),
    (
        "see Document 253, Foreign Relations, 1969-1976, volume XVII, China",
        [("Document 253, Foreign Relations, 1969-1976, volume XVII", "frus1969-76v17/d253")],
    ),
    (
        "Foreign Relations, 1969-1972, volume XVII, China, 1969-1972, Document 173",
        [("Foreign Relations, 1969-1972, volume XVII, China, 1969-1972, Document 173", "frus1969-76v17/d173")],
    ),
    (
        "Foreign Relations, 1961–1963, vol. XVII, Document 8, and vol. XVIII, Documents 352 and 355.",
        [
            ("Foreign Relations, 1961–1963, vol. XVII, Document 8", "frus1961-63v17/d8"),
            ("vol. XVIII, Documents 352", "frus1961-63v18/d352"),
            ("355", "frus1961-63v18/d355"),
        ],
    ),
    (
        "see Foreign Relations, 1961-1963, vol. I, Document 133, footnote 2.",
        [("Foreign Relations, 1961-1963, vol. I, Document 133, footnote 2", "frus1961-63v01/d133#fn2")],
    ),
    (
        "Foreign Relations, 1961-1963, vol. I, Document 93), and a list (Document 12)",
        [
            ("Foreign Relations, 1961-1963, vol. I, Document 93", "frus1961-63v01/d93"),
            ("Document 12", "frus1961-63v15/d12"),
        ],
    ),
    (
        "Document 12 and vol. XIV, Document 264",
        [("Document 12", "frus1961-63v15/d12"), ("vol. XIV, Document 264", "frus1961-63v14/d264")],
    ),
    ("FRUS, 1961–63, vol. VI, doc. 35", [("FRUS, 1961–63, vol. VI, doc. 35", "frus1961-63v06/d35")]),
    (
        "Foreign Relations, 1952–1954, vol. II, Part 1, Document 9",
        [("Foreign Relations, 1952–1954, vol. II, Part 1, Document 9", "frus1952-54v02p1/d9")],
    ),
    (
        "Foreign Relations, 1950, vol. I, Document 85",
        [("Foreign Relations, 1950, vol. I, Document 85", "frus1950v01/d85")],
    ),
    (
        "Foreign Relations, 1961–1963, vol. XVIII, Microfiche Supplement, Documents 15 and 16.",
        [
            (
                "Foreign Relations, 1961–1963, vol. XVIII, Microfiche Supplement, Documents 15",
                "frus1961-63v17-21mSupp/d15",
            ),
            ("16", "frus1961-63v17-21mSupp/d16"),
        ],
    ),
    ("Microfiche Supplement, Document 7", [("Microfiche Supplement, Document 7", "frus1961-63v13-15mSupp/d7")]),
]


@pytest.mark.parametrize(("text", "expected"), OTHER_VOLUMES)
def test_a_volume_is_of_the_years_that_are_said_or_those_of_the_text(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def test_ibid_means_the_volume_or_document_that_was_cited_last_also_in_the_note_before() -> None:
    resolver = Resolver(HERE, NOTES)
    texts = [
        "See Foreign Relations, 1964–1968, vol. XI, Document 93.",
        "Ibid.",
        "See ibid., Documents 128 and 130; others are ibid., vol. XIV, Document 5, and ibid., 1961–1963, vol. V, "
        "Document 6.",
        "See Document 12.",
        "See footnote 5, ibid.",
        "(Department of State, Central Files, 611.61)",
        "Ibid.",
    ]
    targets = [[target for _, _, target in resolver.targets(text)] for text in texts]
    assert targets == [
        ["frus1964-68v11/d93"],
        ["frus1964-68v11/d93"],
        ["frus1964-68v11/d128", "frus1964-68v11/d130", "frus1964-68v14/d5", "frus1961-63v05/d6"],
        ["frus1961-63v15/d12"],
        ["frus1961-63v15/d12#fn5"],
        [],
        [],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "now subject to Doc 782 procedure",
        "the Doc. 471 procedure",
        "(Fed. Reg. Doc. 57–1526, vol. XXII, No. 39, pp. 1111, 1113)",
        "U.N. doc. A/4575",
        "Lot 70 D 199",
        "Johnson Library, National Security File, Memos to the President, Vol. 5, Document 23",
        "Declassified Documents 1982, 591B",
        "Documents 1962, pp. 3–4",
        "American Foreign Policy: Current Documents, 1964, p. 633, footnote 11)",
        "Foreign Relations, 1952–1954, vol. VIII, footnote 9, p. 1246.",
        "see ibid., footnote 5, p. 452.",
        "See vol. XIV, footnote 3, p. 888.",
        "footnote 4 to telegram 12",
        "See footnote 12 above.",
        "this document 3 times",
        "a note 2 weeks later",
        "infra-red photography, paragraph 3, supra",
        "Document 4/7",
        "Public Papers, 1962, p. 244",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_note_that_says_only_ibid_means_what_the_note_before_it_ended_with() -> None:
    resolver = Resolver(HERE, NOTES)
    texts = ["See Document 12 and NSAM No. 129.", "See ibid.", "Ibid.", "See Document 12 for its text.", "Ibid."]
    targets = [[target for _, _, target in resolver.targets(text)] for text in texts]
    assert targets == [["frus1961-63v15/d12", "nsam-129"], ["nsam-129"], ["nsam-129"], ["frus1961-63v15/d12"], []]


def test_nothing_comes_before_the_first_document() -> None:
    assert found("supra; footnote 2, supra; infra", Context("frus1961-63v15", "1")) == [("infra", "frus1961-63v15/d2")]


def test_of_a_supplement_what_is_printed_elsewhere_is_not_guessed() -> None:
    assert found("662. Tab 7 to printed Document 320, undated.", Context("frus1961-63v10-12mSupp", "662")) == []


def test_a_range_means_each_document_but_none_between_far_ends() -> None:
    assert len(found("Documents 10–20")) == 11
    assert [target for _, target in found("Documents 10–200")] == ["frus1961-63v15/d10", "frus1961-63v15/d200"]
    assert [target for _, target in found("Documents 30–12")] == ["frus1961-63v15/d30", "frus1961-63v15/d12"]


def test_without_a_volume_a_text_cites_only_what_needs_none() -> None:
    text = "See Document 36; supra; footnote 1 above; Foreign Relations, 1961–1963, vol. VI, Document 35; vol. V, "
    text += "Document 2."
    assert found(text, Context(number="12")) == [
        ("Foreign Relations, 1961–1963, vol. VI, Document 35", "frus1961-63v06/d35")
    ]
