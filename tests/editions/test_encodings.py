"""Texts in other codings than UTF-8 are converted and the coding is said, or they are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.readers.encoding import decode, decoded
from editions.readers.sources import read_source

LETTER = (
    "Dear Mr. Chairman:\n\nI don’t think that the “naïve” proposals – those of Dobrynin’s – will do in Bogotá, "
    "Málaga or São Paulo.\nÉmile wrote: ‘No.’ It cost £5."
)


@pytest.mark.parametrize(
    ("coding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_it_reads_a_letter_in(coding: str, name: str) -> None:
    found = decoded(LETTER.encode(coding))
    assert (found.text, found.encoding) == (LETTER, name)


@pytest.mark.parametrize("coding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "Café olé",
        "don’t",
        "“Yes,” he said.",
        "Müller in Köln über Ärger",
        "ÉTAT FRANÇAIS À PARIS. L’état",
        "in 1962—1963",
    ],
)
def test_it_tells_a_few_words_apart(text: str, coding: str) -> None:
    assert decode(text.encode(coding)) == text


def test_it_says_which_coding_it_took_and_what_to_check() -> None:
    (remark,) = read_source("First line.\r\nThe café in Málaga.".encode("cp1252"), "text").remarks[:1]
    assert (remark.line, remark.confidence) == (1, 0.9)
    assert remark.message == (
        "This text is not UTF-8 (byte 20). It is read as Windows-1252: check “café” in line 2 and 1 more "
        "character beyond ASCII."
    )


def test_a_coding_that_may_be_another_is_less_certain() -> None:
    assert decoded("a §b".encode("cp1252")).remarks[0].confidence < 0.9


@pytest.mark.parametrize(
    "source",
    [
        "Уважаемый господин Президент".encode("cp1251"),
        "Уважаемый господин Президент".encode("koi8-r"),
        "Café olé".encode("cp437"),
        "Wałęsa w Łodzi".encode("cp1250"),
        "日本語の文書です".encode("shift-jis"),
        bytes(range(1, 256)),
    ],
)
def test_it_refuses_other_codings_with_the_byte(source: bytes) -> None:
    with pytest.raises(ReadError, match=r"byte \d+ is not UTF-8"):
        decode(source)


def test_utf_8_with_a_byte_of_something_else_is_refused_with_its_line() -> None:
    with pytest.raises(ReadError) as refused:
        decode("naïve and naïve\n".encode() + b"caf\xe9")
    assert refused.value.line == 2
    assert "byte 21 is not UTF-8, although other characters of this file are" in refused.value.message


@pytest.mark.parametrize("coding", ["cp1252", "mac_roman"])
def test_utf_8_that_was_read_twice_is_kept_and_said(coding: str) -> None:
    twice = "One.\nI don’t.".encode().decode(coding)
    (remark,) = decoded(twice.encode()).remarks
    assert decode(twice.encode()) == twice
    assert remark.line == 2
    assert "then it was “’”" in remark.message


@pytest.mark.parametrize(
    "text", [LETTER, "Cliché, “naïve”; £5—€6 … São Paulo’s «été» Žižek ½ °C", "Что делать?", "日本語"]
)
def test_ordinary_text_in_utf_8_has_no_remark(text: str) -> None:
    assert decoded(text.encode()).remarks == ()


def test_line_ends_of_every_kind_become_one() -> None:
    assert decode("a\r\nb\rc\vd\u2028e\u0085f".encode()) == "a\nb\nc\nd\ne\nf"


def test_a_form_feed_stays_for_it_ends_a_page() -> None:
    assert decode(b"a\fb") == "a\fb"


def test_the_hyphens_of_old_word_processors_become_hyphens() -> None:
    assert decode(b"co\x1eoperation, co\x1foperation") == "co\u2011operation, co\u00adoperation"


def test_a_control_character_is_shown_and_said() -> None:
    found = decoded(b"A line.\nAnother\x02 line, long enough to be text.")
    assert found.text == "A line.\nAnother\ufffd line, long enough to be text."
    assert found.remarks[0].line == 2
    assert found.remarks[0].message.startswith("1 control character (U+0002), the first in this line, cannot be shown")


def test_characters_that_were_lost_before_are_said() -> None:
    (remark,) = decoded("One\ntwo caf\ufffd".encode()).remarks
    assert (remark.line, remark.message[:40]) == (2, "This text came with 1 lost character, th")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("cp1252", "replace"))))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    try:
        text = decode(source)
    except ReadError:
        return
    assert text.strip()
    assert not any(char in text for char in "\0\r\x01\x7f\x80")
