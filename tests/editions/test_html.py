"""HTML: everything is escaped, marks of readers and editors are put where they stand."""

import pytest

from editions.correct import CorrectionError, correct, corrections
from editions.identify import carry_over, identify
from editions.model import Correction, Edition, walk
from editions.readers.archive_text import parse_archive_text
from editions.writers.archive_text import write_archive_text
from editions.writers.html import Annotation, HtmlWriter, reference_mark


def html(text: str, *annotations: Annotation) -> dict[str, str]:
    writer = HtmlWriter(parse_archive_text(text), annotations)
    return writer.blocks() | writer.notes()


def test_it_escapes_everything_that_comes_from_a_text() -> None:
    found = html('<script>\\{&"<b>{page <i>}{gap <i>}{~~<a>~><b>~~}{>><c><<} [x](<u>)[^1]\n\n[^1]: <img>')
    assert "<script>" not in found["p1"]
    assert not any(tag in found["p1"] for tag in ("<b>", "<i>", "<a>", "<c>", "<u>"))
    assert found["fn1"] == "<p>&lt;img&gt;</p>"


def test_it_writes_each_mark_of_the_notation() -> None:
    found = html("*a* [b]{bold} [c]{smallcaps} [d]{underline}\\\nnext {page 12} end.[^1]\n\n[^1]: Note.")
    assert found["p1"] == (
        '<p><em>a</em> <strong>b</strong> <span class="small-caps">c</span> <u>d</u><br>next '
        '<span class="page-break" id="page-12" role="doc-pagebreak" aria-label="page 12">[p. 12]</span>  end.'
        '<sup class="note-marker" id="marker-fn1"><a href="#fn1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>'
    )


def test_a_page_break_names_the_picture_of_the_page() -> None:
    found = html("a{page 12 @<0915>}b")
    assert 'aria-label="page 12" title="Picture &lt;0915&gt;">[p. 12]</span>' in found["p1"]


def test_the_address_of_a_note_is_one_whatever_its_name() -> None:
    assert 'id="marker-fn#"><a href="#fn%23"' in html("a[^#]\n\n[^#]: Note.")["p1"]


def test_overlapping_annotations_are_cut_and_keep_one_id_each() -> None:
    found = html("abcdefgh", Annotation("p1", 0, 5, "one", "a"), Annotation("p1", 3, 8, "two", "b"))
    assert found["p1"] == (
        '<p><span class="one" id="a">abc</span><span class="two" id="b"><span class="one">de</span></span>'
        '<span class="two">fgh</span></p>'
    )


def test_an_annotation_goes_through_emphasis_and_counts_corrected_words() -> None:
    found = html("ab*cd*ef {~~x~>yz~~}{>>r<<} gh", Annotation("p1", 1, 5, "q", "i"), Annotation("p1", 10, 12, "r", "j"))
    assert found["p1"].startswith('<p>a<span class="q" id="i">b</span><em><span class="q">cd</span></em>')
    assert '<span class="r" id="j">gh</span>' in found["p1"]


def test_an_annotation_that_covers_a_correction_is_put_around_it() -> None:
    found = html("a {~~x~>yz~~}{>>r<<} b", Annotation("p1", 0, 6, "q", "i"))
    assert '<span class="q"><a class="correction" id="corrected-1" href="#correction-1">yz</a></span>' in found["p1"]


def test_an_annotation_says_where_words_lead_in_place_of_what_is_marked() -> None:
    text = "See [Document 35](x) and [Document 36](y)."
    found = html(text, reference_mark("p1", 4, 15, "z", "/documents/z/", name="Z"))["p1"]
    assert '<a class="reference" title="Z" href="/documents/z/">Document 35</a> and' in found
    assert found.count("reference wanted") == 1
    found = html(text, reference_mark("p1", 13, 15, "", None))["p1"]
    assert '<p>See Document <span class="reference nowhere">35</span> and' in found
    assert found.count("reference wanted") == 1


def test_what_is_wanted_leads_outside_where_it_can_be_read() -> None:
    found = html("See [Document 35](frus1961-63v06/d35) and [NSAM 5](nsam-5).")["p1"]
    assert 'href="https://history.state.gov/historicaldocuments/frus1961-63v06/d35">Document 35</a>' in found
    assert '<span class="reference wanted" title="Not yet in the archive: National Security Action' in found


def test_a_reference_is_a_link_once_its_target_is_here() -> None:
    edition = parse_archive_text("See [Document 35](frus/d35).")
    assert HtmlWriter(edition).blocks()["p1"].startswith('<p>See <span class="reference wanted"')
    linked = HtmlWriter(edition, link={"frus/d35": "/documents/x/"}.get).blocks()["p1"]
    assert linked == '<p>See <a class="reference" href="/documents/x/">Document 35</a>.</p>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [*Ibid.*, Document 35](x).", "<em>Ibid.</em>, Document 35"),
        ("See [vol. VI of *Foreign Relations*](x).", "vol. VI of <em>Foreign Relations</em>"),
        ("See [the *a* and *b* of 1962](x).", "the <em>a</em> and <em>b</em> of 1962"),
    ],
)
def test_words_that_emphasis_cuts_apart_are_one_link(text: str, words: str) -> None:
    linked = HtmlWriter(parse_archive_text(text), link=lambda target: f"/documents/{target}/").blocks()["p1"]
    assert linked == f'<p>See <a class="reference" href="/documents/x/">{words}</a>.</p>'


def test_links_to_two_documents_stay_two() -> None:
    text = "See [*one*](x)[two](y) and *see [three](x) too*[four](x)."
    linked = HtmlWriter(parse_archive_text(text), link=lambda target: f"/documents/{target}/").blocks()["p1"]
    assert linked.count("<a ") == 4


def test_a_link_never_holds_another_link() -> None:
    edition = parse_archive_text("[See {~~teh~>the~~}{>>s<<} one[^1] here](x)\n\n[^1]: n")
    found = HtmlWriter(edition, link={"x": "/x/"}.get).blocks()["p1"]
    assert found == (
        '<p><a class="reference" href="/x/">See </a><a class="correction" id="corrected-1" href="#correction-1">the</a>'
        '<a class="reference" href="/x/"> one</a><sup class="note-marker" id="marker-fn1"><a href="#fn1" '
        'role="doc-noteref" aria-label="Note 1">1</a></sup><a class="reference" href="/x/"> here</a></p>'
    )


def test_annotations_in_a_note_count_its_labels() -> None:
    found = html("a[^1]\n\n[^1]: Look:\n\n    1. alpha beta", Annotation("fn1", 15, 19, "q", "i"))
    assert '<span class="q" id="i">beta</span>' in found["fn1"]


def test_a_row_is_written_as_its_cells_and_a_table_as_its_caption() -> None:
    text = "{table} By year\n\n    {columns} Country | 1961\n    {row} [US]{bold}, all | 29"
    found = html(text, Annotation("p2", 4, 10, "q", "i"))
    assert found["table"] == "By year"
    assert found["p1"] == '<th scope="col">Country</th><th scope="col">1961</th>'
    assert found["p2"] == (
        '<td><strong>US</strong>, <span class="q" id="i">all</span></td><td><span class="q">29</span></td>'
    )


def test_a_note_holds_whole_tables() -> None:
    found = html("a[^1]\n\n[^1]: {table}\n\n        {row} b\n\n    {table} c\n\n    d\n\n    {row} e | f")["fn1"]
    assert found == (
        "<table><tr><td>b</td></tr></table><table><caption>c</caption></table><p>d</p>"
        "<table><tr><td>e</td><td>f</td></tr></table>"
    )


def test_names_and_terms_are_explained_where_the_lists_know_them() -> None:
    text = "[Kennedy]{person p_KJF} of the [*UN* & [DoS]{struck}]{term t_UN} met [Rusk]{person p_RD} in {page 1 @<1>}"
    gloss = {"p_KJF": 'President "Jack" of the U.S.', "t_UN": "United Nations"}.get
    found = HtmlWriter(parse_archive_text(text), gloss=gloss).blocks()["p1"]
    assert found.startswith(
        '<p><span class="mention" title="President &quot;Jack&quot; of the U.S.">Kennedy</span> of the '
        '<abbr class="term" title="United Nations"><em>UN</em> &amp; <s>DoS</s></abbr> met Rusk in <span'
    )


def test_a_marker_that_is_called_twice_has_one_id() -> None:
    assert html("a[^1] b[^1]\n\n[^1]: x")["p1"].count('id="marker-fn1"') == 1


def edition(text: str) -> Edition:
    return parse_archive_text(text)


def test_a_correction_keeps_both_readings_and_the_reason() -> None:
    slip = Correction("dear", "clear", "A misprint.")
    changed = correct(edition("It should become dear as we go."), "p1", slip)
    assert [placed.correction for placed in corrections(changed)] == [slip]
    assert 'href="#correction-1">clear</a>' in HtmlWriter(changed).blocks()["p1"]


@pytest.mark.parametrize("printed", ["deer", "e"])
def test_a_correction_must_stand_exactly_once(printed: str) -> None:
    with pytest.raises(CorrectionError):
        correct(edition("It should become dear."), "p1", Correction(printed, "x", "y"))


def ids(found: Edition) -> list[str]:
    return [block.id for block in walk(found.blocks)]


def test_passages_keep_their_ids_when_the_text_changes() -> None:
    old = edition("The first paragraph here.\n\nThe second paragraph here.\n\nAnd the third paragraph is last.")
    new = edition(
        "A new beginning for all.\n\nThe first paragraph here.\n\nThe second paragraph, changed a little here."
    )
    blank = Edition(blocks=tuple(b.__class__(b.kind, b.content) for b in new.blocks))
    carried = carry_over(old, blank)
    assert ids(carried) == ["p4", "p1", "p2"]


def test_ids_given_by_hand_are_kept_and_counted_on_from() -> None:
    assert ids(edition("One.\n\n{paragraph #p7} Two.\n\nThree.")) == ["p1", "p7", "p8"]


def test_two_blocks_cannot_have_one_id() -> None:
    blocks = edition("One.").blocks
    with pytest.raises(ValueError, match="p1"):
        identify(Edition(blocks=blocks + blocks))


def test_a_paragraph_that_moved_takes_its_id_along() -> None:
    old = edition("The first.\n\nThe second.\n\nThe third.")
    new = parse_archive_text("The second.\n\nThe first.\n\nThe third.", name_blocks=False)
    assert ids(carry_over(old, new)) == ["p2", "p1", "p3"]


def test_children_of_a_new_memorandum_heading_are_named_after_it() -> None:
    new = parse_archive_text("{memo} TO\n\n    - A\n\n{memo} TO\n\n    - A", name_blocks=False)
    assert ids(carry_over(edition("Other."), new)) == ["memo-to", "memo-to-1", "memo-to-2", "memo-to-2-1"]


def test_an_edition_without_ids_is_not_written() -> None:
    blocks = tuple(block.__class__(block.kind, block.content) for block in edition("One.").blocks)
    with pytest.raises(ValueError, match="identify the edition first"):
        write_archive_text(Edition(blocks=blocks))


def test_a_long_text_with_every_paragraph_moved_is_written_in_reasonable_steps() -> None:
    old = edition("\n\n".join(f"Paragraph number {n}." for n in range(2000)))
    words = [f"Paragraph number {n ^ 1}." for n in range(2000)]
    new = carry_over(old, parse_archive_text("\n\n".join(words), name_blocks=False))
    assert parse_archive_text(write_archive_text(new)) == new
