"""The first collection says what its documents say: nineteen proposals, how they meet, and every word in its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from documents.models import Collection, Correction, Document, Link, Participation, Passage, Proposal, Reference
from ingest.folder import import_folder

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "space-1962"

KENNEDY, KHRUSHCHEV, NSAM = "kennedy-1962-03-07", "khrushchev-1962-03-20", "nsam-129"
PROPOSALS = {
    NSAM: ["N1", "N2", "N3"],
    KENNEDY: ["K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"],
    KHRUSHCHEV: ["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"],
}
#: Where each stands: passages, and the words that begin them.
STANDS = {
    "K1": ("p3", "p3", "Perhaps we could render no greater service"),
    "K2": ("p4", "p4", "It would be of great interest"),
    "K3": ("p5", "p5", "In the field of the earth sciences"),
    "K4": ("p6", "p6", "In the field of experimental communications"),
    "K5": ("p7", "p7", "Given our common interest in manned space flights"),
    "K6": ("p8", "p8", "Beyond these specific projects"),
    "K7": ("p9", "p9", "I believe it is both appropriate and desirable"),
    "K8": ("p10", "p10", "I am designating technical representatives"),
    "H1": ("p5", "p5", "Scientists consider that the use"),
    "H2": ("p6", "p6", "It is difficult to overestimate"),
    "H3": ("p7", "p8", "It seems to us that it would be expedient"),
    "H4": ("p9", "p9", "At the present stage of man's penetration"),
    "H5": ("p10", "p10", "Your message contains proposals"),
    "H6": ("p11", "p12", "I think, Mr. President, that the time has also come"),
    "H7": ("p13", "p13", "Expansion of space research"),
    "H8": ("p15", "p15", "Representatives of the USSR on the UN Space Committee"),
    "N1": ("p2", "p2", "Accordingly, the President requests"),
    "N2": ("p2", "p2", "Accordingly, the President requests"),
    "N3": ("p3", "p3", "The President further requests"),
}
LINKS = {
    (KENNEDY, "carries-out", "N1"),
    ("K8", "carries-out", "N2"),
    ("H1", "accepts", "K4"),
    ("H2", "accepts", "K1"),
    ("H3", "recasts", "K2"),
    ("H3", "takes-up", "K6"),
    ("H5", "accepts", "K3"),
    ("H5", "accepts", "K5"),
    ("H8", "accepts", "K8"),
}
#: The sources as they came, by the SHA-256 of their bytes.
SOURCES = {
    "kennedy-to-khrushchev.txt": "bfcbbadee58f1db9678121d5de3becb694121e0e420eb4e45078a0006733988b",
    "khrushchev-to-kennedy.txt": "dc27ff97acc5003578aac44e64afc0f574270663c19ef0ed2506831f7c14beef",
    "nsam-129.txt": "51070b6bae3e4985d8ede97bb95d145c70b1fdf81bca1012b920cd7c32c909d8",
}

pytestmark = pytest.mark.usefixtures("space_exchange")


def source_of(link: Link) -> str:
    return link.answer.ident if link.answer else link.later_document.slug


def passages_of(proposal: Proposal) -> list[Passage]:
    span = proposal.first_passage.position, proposal.last_passage.position
    return list(proposal.document.passages.filter(position__range=span))


def test_the_sources_are_kept_byte_for_byte() -> None:
    for name, digest in SOURCES.items():
        content = (FOLDER / "sources" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
        assert bytes(Document.objects.get(source_name=name).source) == content


def test_all_nineteen_proposals_are_there_in_the_order_of_their_documents() -> None:
    found = {
        slug: list(Proposal.objects.filter(document__slug=slug).values_list("ident", flat=True)) for slug in PROPOSALS
    }
    assert found == PROPOSALS
    assert Proposal.objects.count() == 19


@pytest.mark.parametrize("ident", STANDS)
def test_each_proposal_stands_where_its_document_makes_it(ident: str) -> None:
    proposal = Proposal.objects.get(ident=ident)
    first, last, words = STANDS[ident]
    assert (proposal.first_passage.ident, proposal.last_passage.ident) == (first, last)
    assert proposal.first_passage.text.startswith(words)
    assert proposal.words in proposal.first_passage.text
    assert proposal.title
    assert proposal.summary
    assert proposal.topic


def test_every_link_is_there_with_its_relation_and_the_judgement_behind_it() -> None:
    links = Link.objects.select_related("answer", "answered", "answering_document")
    assert {(source_of(link), str(link.relation), link.answered.ident) for link in links} == LINKS
    assert len(links) == len(LINKS)
    assert all(link.note for link in links)


@pytest.mark.parametrize(("answer", "relation", "answered"), sorted(LINKS))
def test_each_link_is_found_from_both_of_its_ends(answer: str, relation: str, answered: str) -> None:
    later = Document.objects.get(slug=answer) if answer in PROPOSALS else Proposal.objects.get(ident=answer)
    earlier = Proposal.objects.get(ident=answered)
    [out] = later.links_out.filter(answered=earlier)
    assert out in earlier.links_in.all()
    assert out.relation == relation


def test_each_quotation_stands_in_one_passage_on_its_side() -> None:
    for link in Link.objects.all():
        answered = [passage for passage in passages_of(link.answered) if link.answered_words in passage.text]
        assert [passage.ident for passage in answered] == [link.answered_ident]
        span = passages_of(link.answer) if link.answer else list(link.later_document.passages.all())
        answer = [passage for passage in span if link.answer_words in passage.text]
        assert [passage.ident for passage in answer] == [link.answer_ident]


def test_each_quotation_can_be_jumped_to() -> None:
    for link in Link.objects.all():
        later = link.later_document.passages.get(ident=link.answer_ident)
        earlier = link.answered.document.passages.get(ident=link.answered_ident)
        assert f'id="{link.anchor}-answer"' in later.html
        assert f'id="{link.anchor}-answered"' in earlier.html


def test_each_link_is_one_click_each_way(client: Client) -> None:
    pages = {slug: client.get(f"/documents/{slug}/").content.decode() for slug in PROPOSALS}
    for link in Link.objects.all():
        later, earlier = link.later_document, link.answered.document
        answer, answered = f"{link.anchor}-answer", f"{link.anchor}-answered"
        assert f'href="{later.get_absolute_url()}#{answer}"' in pages[earlier.slug]
        assert f'href="{earlier.get_absolute_url()}#{answered}"' in pages[later.slug]
        assert f'id="{answer}"' in pages[later.slug]
        assert f'id="{answered}"' in pages[earlier.slug]


def test_what_is_new_and_what_has_no_answer_is_as_the_documents_have_it() -> None:
    reply, letter = Document.objects.get(slug=KHRUSHCHEV), Document.objects.get(slug=KENNEDY)
    assert set(reply.proposals.filter(links_out=None).values_list("ident", flat=True)) == {"H4", "H6", "H7"}
    assert set(letter.proposals.filter(links_in=None).values_list("ident", flat=True)) == {"K7"}


def test_every_topic_has_proposals_and_stands_in_the_order_of_the_letter() -> None:
    topics = dict(Proposal.objects.filter(document__slug=KENNEDY).values_list("ident", "topic__position"))
    assert [topics[ident] for ident in ("K1", "K4", "K2", "K3", "K5", "K6", "K7", "K8")] == sorted(topics.values())


def test_the_dates_are_those_of_the_documents_and_the_supplied_one_says_so() -> None:
    def dates(slug: str) -> dict[str, tuple[str, str]]:
        rows = Document.objects.get(slug=slug).dates.all()
        return {row.event: (str(row), row.earliest.isoformat()) for row in rows}

    assert dates(KENNEDY) == {"written": ("7 March 1962", "1962-03-07"), "released": ("18 March 1962", "1962-03-18")}
    assert dates(KHRUSHCHEV) == {"written": ("20 March 1962", "1962-03-20")}
    assert dates(NSAM) == {"written": ("[23 February 1962]", "1962-02-23")}


def test_the_slips_of_the_printed_text_are_put_right_and_kept() -> None:
    found = list(Correction.objects.order_by("position").values_list("ident", "printed", "corrected"))
    assert found == [
        ("p3", "'providing", "providing"),
        ("p4", "necessary.", "necessary"),
        ("p6", "Resolution (XVI)", "Resolution 1721 (XVI)"),
        ("p8", "dear", "clear"),
    ]
    text = Document.objects.get(slug=KENNEDY).reading_text
    assert "should become clear as the space programs" in text
    assert "as may be necessary to accommodate modifications" in text


def test_every_name_stands_in_its_document() -> None:
    for row in Participation.objects.select_related("document"):
        assert row.name in bytes(row.document.source).decode(), row
        assert row.places or row.role != Participation.Role.MENTIONED, row


def test_every_reference_marks_its_words() -> None:
    for reference in Reference.objects.select_related("document"):
        rows = [*reference.document.passages.all(), *reference.document.footnotes.all()]
        [html] = [row.html for row in rows if row.ident == reference.ident]
        assert 'class="reference wanted"' in html or 'class="reference outward"' in html
    assert set(Reference.objects.values_list("target", flat=True)) == {
        "frus1961-63v06/d35",
        "frus1961-63v06/d36",
        "frus1961-63v25/d389",
        "ppp-1962-kennedy/60",
        "un-ga-res/1472-xiv",
        "un-ga-res/1721-xvi",
    }


def test_importing_again_changes_nothing() -> None:
    report = import_folder(FOLDER)
    assert (report.created, report.updated, report.other_changes) == ([], [], 0)
    assert report.remarks == []


def test_exporting_gives_the_folder_back(tmp_path: Path) -> None:
    call_command("export_documents", tmp_path, verbosity=0)
    [collection] = Collection.objects.all()
    for file in (path for path in FOLDER.rglob("*") if path.is_file()):
        assert (tmp_path / collection.slug / file.relative_to(FOLDER)).read_bytes() == file.read_bytes(), file
