"""What the opening of a letter says that it answers: words with the days and numbers that are expected of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.replies import Said, days_of, mentions, only_names, said_of

WRITTEN = date(1962, 3, 20)


def found(text: str, written: date | None = WRITTEN) -> list[tuple[str, list[str]]]:
    """The words of each mention of one paragraph, with its days or the numbers of telegrams."""
    return [
        (mention.words, [str(day) for day in mention.days] or list(mention.numbers))
        for mention in mentions([("p1", text)], written)
    ]


@pytest.mark.parametrize(
    ("text", "words", "means"),
    [
        ("Having studied your message of March 7 of this year, I note", "your message of March 7", ["1962-03-07"]),
        ("Thank you for your letter of 21 February in which you say", "your letter of 21 February", ["1962-02-21"]),
        ("I have your letter of August seventh here.", "your letter of August seventh", []),
        ("I have your letter of January seventh.", "your letter of January seventh", ["1962-01-07"]),
        ("Your letter dated 12 December has been read.", "Your letter dated 12 December", ["1961-12-12"]),
        ("Your letter of February 4, 1958, raises", "Your letter of February 4, 1958", ["1958-02-04"]),
        ("Reference is made to your letter on Laos of March 1, in", "your letter on Laos of March 1", ["1962-03-01"]),
        ("Your 26 February Memorandum on Vietnam was read", "Your 26 February Memorandum", ["1962-02-26"]),
        (
            "I thank you for your messages of March 1 and 4.",
            "your messages of March 1 and 4",
            ["1962-03-01", "1962-03-04"],
        ),
        ("Your message of yesterday was welcome to all", "Your message of yesterday", ["1962-03-19"]),
        ("698. Your 452. We are fully aware of the threat", "Your 452", ["452"]),
        ("892. Ref: Deptel 838. Following is a summary", "Deptel 838", ["838"]),
        ("669. Your telegrams 893 and 899. In reply we", "Your telegrams 893 and 899", ["893", "899"]),
        ("In reply to your telegram 1940 we say this", "your telegram 1940", ["1940"]),
        (
            "Deliver following reply from Kennedy to Khrushchev’s letter of February 21.",
            "reply from Kennedy to Khrushchev’s letter of February 21",
            ["1962-02-21"],
        ),
        ("I received your reply to my message of March 1.", "your reply", []),
        ("We congratulate you and wait for your kind answer", "your kind answer", []),
    ],
)
def test_it_finds_what_a_letter_answers(text: str, words: str, means: list[str]) -> None:
    assert found(text) == [(words, means)]


@pytest.mark.parametrize(
    "text",
    [
        "Having previously replied to your letter of March 1, I turn to another matter",
        "I have received your message of March 8 on tests, to which I shall be replying separately.",
        "Ayub was putting finishing touches on his reply to President Kennedy’s letter of March 1.",
        "In my reply to your letter of March 1 I said that we agree",
        "I have seen your letter of March 1 to Prime Minister Ben Gurion about this",
        "We understand from your 211 YDC may have given in to this",
        "The embassy wrote of the message of March 7 from Moscow at length",
    ],
)
def test_what_is_not_answered_is_passed_over(text: str) -> None:
    assert found(text) == []


def test_a_message_spoken_of_later_on_is_not_answered() -> None:
    body = [(f"p{number}", "Words of some length that say nothing of letters.") for number in range(1, 4)]
    mere = ("p4", "The proposal in your message of March 7 is a good one for us.")
    assert mentions([*body, mere], WRITTEN) == []
    assert [m.ident for m in mentions([mere, *body], WRITTEN)] == ["p4"]
    thanks = ("p4", "Many thanks for your message of March 7, which I have here.")
    assert [m.ident for m in mentions([*body, thanks], WRITTEN)] == ["p4"]


def test_a_letter_that_a_telegram_carries_begins_at_its_salutation() -> None:
    carried = [
        ("p1", "997. Please deliver the following letter at once."),
        ("p2", "It should be published at noon Washington time."),
        ("p3", "Dear Mr. Chairman:"),
        ("p4", "Your letter of March 7 is on my desk and I like it."),
    ]
    assert [m.ident for m in mentions(carried, WRITTEN)] == ["p4"]


def test_the_sentence_goes_with_the_words() -> None:
    (mention,) = mentions([("p1", "Dear Sir. I have your letter of March 7. It is long.")], WRITTEN)
    assert mention.sentence == "I have your letter of March 7."
    assert mention.after == len("Dear Sir. I have your letter of March 7.")


@pytest.mark.parametrize(
    ("words", "written", "days"),
    [
        ("March 7", date(1962, 3, 7), ["1962-03-07"]),
        ("March 8", date(1962, 3, 7), []),
        ("December 12", date(1962, 1, 3), ["1961-12-12"]),
        ("February 29", date(1961, 3, 1), []),
        ("January 7", date(1962, 12, 20), []),
        ("January 7, 1961", date(1962, 12, 20), ["1961-01-07"]),
        ("October twenty-eight", date(1962, 10, 28), ["1962-10-28"]),
        ("March 7", None, []),
        ("March 7, 1962", None, ["1962-03-07"]),
    ],
)
def test_a_day_without_a_year_is_the_last_before_the_letter(words: str, written: date | None, days: list[str]) -> None:
    assert [str(day) for day in days_of(words, written)] == days


@pytest.mark.parametrize(
    ("words", "sentence", "said"),
    [
        ("Document 43", "For Khrushchev’s reply, see Document 43.", Said.IS_ITS_REPLY),
        ("Document 102", "Holmes’ August 27 reply is printed as Document 102.", Said.IS_ITS_REPLY),
        ("Document 35", "This message is in response to Document 35.", Said.IS_ANSWERED),
        ("Document 41", "Document 41 is the letter to which this replies.", Said.IS_ANSWERED),
        ("Document 9", "For text of the letter, see Document 9.", None),
        ("Document 9", "He had no reply. The text is Document 8.", None),
    ],
)
def test_a_note_says_which_is_the_reply(words: str, sentence: str, said: Said | None) -> None:
    assert said_of(words, sentence) is said


@pytest.mark.parametrize("note", ["See Document 41.", "Documents 23 and 24.", "Apparent reference to Document 74."])
def test_a_note_that_names_the_document_says_nothing_else(note: str) -> None:
    assert only_names(note)


@pytest.mark.parametrize("note", ["Not printed.", "Transmitted in telegram 5; see Document 8.", ""])
def test_a_note_that_says_more_is_told_apart(note: str) -> None:
    assert not only_names(note)


SAID = ["your", "letter", "of", "March", "7", "and", "8,", "1962", "Deptel", "in", "reply", "to", "452.", "I"]
WORDS = st.sampled_from(SAID)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=300), st.none() | st.just(WRITTEN))
def test_any_text_is_read(text: str, written: date | None) -> None:
    last = -1
    for mention in mentions([("p1", text)], written):
        assert last <= mention.start < mention.end <= mention.after <= len(text)
        assert mention.words == " ".join(text[mention.start : mention.end].split())
        assert all(written is None or day <= written or str(day.year) in text for day in mention.days)
        last = mention.end
