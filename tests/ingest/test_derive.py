"""What pages read is derived from texts: marks where words stand, references resolved, nothing of drafts."""

import pytest
from django.core.management import CommandError, call_command

from documents.models import Collection, Document, Link, Participation, Passage, Reference
from ingest.derive import PassageInUse, derive, derive_related
from ingest.prepare import revised
from ingest.preview import remarks_on
from tests.ingest.texts import draft
from tests.sources import source

pytestmark = pytest.mark.django_db


def passage(slug: str, ident: str) -> Passage:
    return Passage.objects.get(document__slug=slug, ident=ident)


def test_words_of_proposals_and_links_are_marked_where_they_stand(space_exchange: Collection) -> None:
    assert '<span class="proposal-words" id="proposal-k7">' in passage("kennedy-1962-03-07", "p9").html
    assert (
        'id="link-h2-k1-answer">Let us also cooperate in this field.</span>'
        in passage("khrushchev-1962-03-20", "p6").html
    )
    assert 'id="link-h2-k1-answered"' in passage("kennedy-1962-03-07", "p3").html


def test_every_quotation_is_found_in_a_passage(space_exchange: Collection) -> None:
    assert not Link.objects.filter(answer_ident="").exists()
    assert not Link.objects.filter(answered_ident="").exists()


def test_a_page_of_a_published_document_has_no_trace_of_drafts(space_exchange: Collection) -> None:
    reply = Document.objects.get(slug="khrushchev-1962-03-20")
    reply.status = "draft"
    reply.save()
    derive(reply)
    derive_related(reply)
    assert "link-h2" not in passage("kennedy-1962-03-07", "p3").html
    reply.status = "published"
    reply.save()
    derive(reply)
    derive_related(reply)
    assert "link-h2" in passage("kennedy-1962-03-07", "p3").html


def test_a_reference_resolves_when_its_document_arrives_and_is_wanted_when_it_goes(space_exchange: Collection) -> None:
    nsam = Document.objects.get(slug="nsam-129")
    assert nsam.footnotes.get(ident="fn2").html.count("reference outward") == 3
    arrived = draft(source("khrushchev-to-kennedy").encode(), "d35.txt", "text", space_exchange)
    arrived.identifiers.create(value="frus1961-63v06/d35")
    derive_related(arrived)
    assert nsam.footnotes.get(ident="fn2").html.count("reference outward") == 3, "a draft is not a target"
    arrived.status = "published"
    arrived.save()
    derive_related(arrived)
    assert f'href="{arrived.get_absolute_url()}"' in nsam.footnotes.get(ident="fn2").html
    assert Reference.objects.get(target="frus1961-63v06/d35").resolved == arrived
    arrived.status = "draft"
    arrived.save()
    derive_related(arrived)
    assert nsam.footnotes.get(ident="fn2").html.count("reference outward") == 3


def test_a_passage_under_a_proposal_cannot_vanish(space_exchange: Collection) -> None:
    nsam = Document.objects.get(slug="nsam-129")
    before = passage("nsam-129", "p3").text
    Document.objects.filter(pk=nsam.pk).update(text="Only this.")
    nsam.refresh_from_db()
    with pytest.raises(PassageInUse, match="N3"):
        derive(nsam)
    assert passage("nsam-129", "p3").text == before


def test_words_that_no_longer_stand_are_reported_not_moved(space_exchange: Collection) -> None:
    reply = Document.objects.get(slug="khrushchev-1962-03-20")
    reply.text = reply.text.replace("Let us also cooperate in this field.", "Let us cooperate in this field too.")
    reply.save()
    lost = derive(reply).lost
    assert [one for one in lost if "no longer stand" in one] == [
        "The words quoted by “H2 A world-wide weather service accepts K1 Joint weather satellites” no longer stand in "
        f"{reply}."
    ]
    link = Link.objects.get(answer__ident="H2")
    assert (link.answer_quotation, link.answer_ident) == ("lost", "p6"), "where it stood is not forgotten"
    assert "link-h2-k1-answer" not in passage("khrushchev-1962-03-20", "p6").html


def test_mentions_are_found_with_their_sentence(space_exchange: Collection) -> None:
    mcghee = Participation.objects.get(document__slug="nsam-129", person__slug="george-c-mcghee")
    assert [place["ident"] for place in mcghee.places] == ["fn3"]
    assert mcghee.places[0]["words"].startswith("On February 27 Executive Secretary")


def test_a_signature_is_no_mention(space_exchange: Collection) -> None:
    bundy = Participation.objects.get(document__slug="nsam-129", person__slug="mcgeorge-bundy", role="mentioned")
    assert {place["ident"] for place in bundy.places} == {"fn1", "fn3"}


def test_a_draft_is_made_of_what_a_text_says_of_itself(space_exchange: Collection) -> None:
    document = draft(source("kennedy-to-khrushchev").encode(), "", "text", space_exchange)
    assert (document.kind, document.slug, document.status) == ("letter", "kennedy-1962-03-07-2", "draft")
    assert {d.event: d.display for d in document.dates.all()} == {
        "written": "March 7, 1962",
        "released": "March 18, 1962",
    }
    assert [(p.role, str(p.agent)) for p in document.participations.all()] == [
        ("from", "John F. Kennedy"),
        ("to", "Nikita S. Khrushchev"),
    ]
    assert document.passages.filter(number__isnull=False).count() == 10
    assert [remark.line for remark in remarks_on(document)] == [1]


def test_a_revised_text_keeps_the_addresses_of_its_passages(space_exchange: Collection) -> None:
    nsam = Document.objects.get(slug="nsam-129")
    changed = revised(
        nsam, nsam.text.replace("Accordingly, the President", "A new paragraph.\n\nAccordingly, the President")
    )
    assert "{paragraph #p4} A new paragraph." in changed
    assert "{paragraph #p2} Accordingly" in changed
    assert "\n\nThe President further" in changed


def test_everything_derived_can_be_made_anew_by_a_command(space_exchange: Collection) -> None:
    before = list(Passage.objects.order_by("pk").values())
    Passage.objects.update(html="lost", text="lost")
    call_command("derive_documents")
    assert list(Passage.objects.order_by("pk").values()) == before


def test_a_text_that_cannot_be_derived_is_named_and_keeps_nothing_from_the_others(space_exchange: Collection) -> None:
    Document.objects.filter(slug="nsam-129").update(text="Some [words")
    Passage.objects.filter(document__slug="kennedy-1962-03-07").update(html="lost")
    with pytest.raises(CommandError, match="1 documents"):
        call_command("derive_documents")
    assert not Passage.objects.filter(html="lost").exists()
