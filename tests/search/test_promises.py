"""What the archive promises of its search over the space exchange, asked over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.search.asking import ask

pytestmark = pytest.mark.usefixtures("searchable")

KENNEDY, REPLY, NSAM = "/documents/kennedy-1962-03-07/", "/documents/khrushchev-1962-03-20/", "/documents/nsam-129/"


def test_weather_satellite_finds_both_weather_proposals(client: Client) -> None:
    assert {f"{KENNEDY}#proposal-k1", f"{REPLY}#proposal-h2"} <= set(ask(client, "weather satellite").addresses[:3])


def test_rescue_finds_item_4_of_the_reply(client: Client) -> None:
    assert f"{REPLY}#proposal-h4" in ask(client, "rescue").addresses[:3]


def test_mcghee_finds_note_3_of_nsam_129(client: Client) -> None:
    assert f"{NSAM}#fn3" in ask(client, "McGhee").addresses[:3]


def test_heavenly_matters_finds_the_reply_alone(client: Client) -> None:
    assert ask(client, '"heavenly matters"').addresses == [f"{REPLY}#hit-1"]
    assert ask(client, "“heavenly matters”").addresses == [f"{REPLY}#hit-1"]


def test_a_prefix_finds_what_begins_so(client: Client) -> None:
    assert set(ask(client, "cosmonaut*").addresses) == {f"{REPLY}#hit-1", f"{REPLY}#proposal-h4"}


def test_a_prefix_is_of_the_word_not_of_its_stem(client: Client) -> None:
    assert ask(client, "exploratio*").total
    assert not ask(client, "explorations*").total


def test_or_finds_what_has_either(client: Client) -> None:
    either, mars, venus = (set(ask(client, typed).addresses) for typed in ("Mars OR Venus", "Mars", "Venus"))

    assert either == mars | venus
    assert {f"{KENNEDY}#proposal-k6", f"{REPLY}#proposal-h3"} <= either


def test_not_leaves_out_what_has_it(client: Client) -> None:
    space, medicine = (ask(client, typed, page=page) for typed, page in (("space", 1), ("medicine", 1)))
    without = ask(client, "space NOT medicine")

    assert {address.partition("#")[0] + address.partition("#")[2] for address in without.addresses}.isdisjoint(
        address.partition("#")[0] + address.partition("#")[2] for address in medicine.addresses
    )
    assert without.total == space.total - ask(client, "space medicine").total
    assert f"{NSAM}#hit-1" in without.addresses


def test_forms_and_accents_make_no_difference(client: Client) -> None:
    assert ask(client, "coopérating").addresses == ask(client, "cooperation").addresses != []


def test_one_character_is_a_search(client: Client) -> None:
    assert ask(client, "a").total


def test_a_note_breaks_no_phrase(client: Client) -> None:
    # The marker of note 1 stands between these words of Kennedy's letter.
    assert f"{KENNEDY}#hit-1" in ask(client, '"exploration of space. I now present"').addresses


def test_a_page_break_breaks_no_phrase(client: Client) -> None:
    assert f"{NSAM}#hit-1" in ask(client, '"these recommendations should of course"').addresses


def test_near_words_are_found_in_any_order(client: Client) -> None:
    assert f"{REPLY}#hit-1" in ask(client, '"heavenly matters"~2').addresses
    assert f"{REPLY}#hit-1" in ask(client, '"matters heavenly"~2').addresses
    assert not ask(client, '"matters heavenly"~1').total


def test_an_exact_form_is_that_form_only(client: Client) -> None:
    assert ask(client, "=cosmonauts").total == ask(client, "cosmonaut").total > 0
    assert not ask(client, "=cosmonaut").total
    assert not ask(client, '="heavenly matter"').total


def test_patterns_and_misspelled_words_find_what_they_mean(client: Client) -> None:
    cosmonauts = ask(client, "cosmonauts").addresses

    assert set(ask(client, "c?smon*ts").addresses) == set(ask(client, "cosmonuats~").addresses) == set(cosmonauts)


def test_a_field_narrows_words_to_where_they_stand(client: Client) -> None:
    assert ask(client, "from:khrushchev rescue", type="document").addresses == [f"{REPLY}#hit-1"]
    assert ask(client, "to:khrushchev rescue", type="document").addresses == []
    assert ask(client, "kind:memo McGhee", type="document").addresses == [f"{NSAM}#hit-1"]
    assert f"{NSAM}#fn3" in ask(client, "note:McGhee").addresses
    assert not ask(client, "text:McGhee", type="note").total


def test_dates_narrow_a_search_as_filters_do(client: Client) -> None:
    march = ask(client, "space date:1962-03-07", type="document").addresses

    assert march and {address.partition("#")[0] for address in march} == {KENNEDY}
    assert ask(client, "space date:..1961").total == 0
    assert ask(client, "space year:1961-1962", type="document").total == ask(client, "space", type="document").total


def test_a_document_marks_hits_in_the_voice_that_was_asked_for(client: Client) -> None:
    def marks(typed: str) -> int:
        return client.get(NSAM, {"q": typed}).content.decode().count('id="hit-')

    assert 0 < marks("note:space") < marks("space")
    assert marks("text:space") + marks("note:space") + marks("source:space") == marks("space")


def test_snippets_name_their_voice(client: Client) -> None:
    assert "Letter text, passage 16" in ask(client, '"heavenly matters"').words
    assert "Editor's note 3" in ask(client, "McGhee").words
    assert "Source note" in ask(client, '"Kennedy Library"').words


def test_hits_are_marked_in_snippets_and_titles(client: Client) -> None:
    html = ask(client, "weather satellite").html

    assert "Joint <mark>weather</mark> <mark>satellites</mark>" in html
    assert "early operational <mark>weather</mark> <mark>satellite</mark> system" in html


def test_a_result_opens_at_its_first_hit_with_the_query(client: Client) -> None:
    links = ask(client, "Mars OR Venus").links

    assert f"{REPLY}?q=Mars+OR+Venus#hit-1" in links
    assert 'id="hit-1"' in client.get(f"{REPLY}?q=Mars+OR+Venus").content.decode()


def test_a_proposal_is_linked_to_its_page(client: Client) -> None:
    assert f'href="{REPLY}proposals/h4/"' in ask(client, "rescue").html


def test_filters_have_counts(client: Client) -> None:
    answer = ask(client, "rescue OR McGhee")

    assert answer.counts("type") == {"Documents": 2, "Proposals": 2, "Notes": 1, "People": 1}
    assert answer.counts("kind") == {"Memorandum": 3, "Letter": 2}
    assert answer.counts("from") == {"McGeorge Bundy": 3, "Nikita S. Khrushchev": 2}
    assert answer.counts("to") == {"Dean Rusk": 3, "John F. Kennedy": 2}
    assert answer.counts("topic")["Search and rescue"] == 2
    assert answer.counts("collection") == {}
