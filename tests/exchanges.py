"""More of an exchange than the three documents: drafts that must stay hidden, and letters by the dozen."""

from __future__ import annotations

from datetime import date, timedelta

from documents.models import (
    Collection,
    Document,
    Letter,
    Link,
    Organization,
    Participation,
    Passage,
    Person,
    Proposal,
    Reply,
    Topic,
)

#: Stands in everything that a draft brings with it; no public page may have it.
SECRET = "Hushhush"


def add_draft(collection: Collection) -> Letter:
    """A draft that answers a public letter, with a proposal, links both ways, and a topic and people of its own."""
    answered = Document.objects.get(slug="khrushchev-1962-03-20")
    draft = Letter.objects.create(
        collection=collection,
        slug="hushhush",
        title=SECRET,
        status=Document.Status.DRAFT,
        position=9,
        sort_date=date(1962, 4, 1),
    )
    Reply.objects.create(letter=draft, answered=answered)
    passage = Passage.objects.create(
        document=draft, ident="p1", position=1, number=1, kind="paragraph", text=SECRET, html=f"<p>{SECRET}</p>"
    )
    proposal = Proposal.objects.create(
        document=draft,
        ident="X1",
        title=SECRET,
        topic=Topic.objects.create(slug="hushhush", name=SECRET),
        first_passage=passage,
        last_passage=passage,
    )
    new = Proposal.objects.get(ident="H4")
    Link.objects.create(answer=proposal, answered=new, relation="accepts", answer_words=SECRET, answered_words=SECRET)
    Link.objects.create(
        answering_document=draft, answered=new, relation="declines", answer_words=SECRET, answered_words=SECRET
    )
    person = Person.objects.create(slug="hushhush", name=SECRET)
    organization = Organization.objects.create(slug="hushhush", name=SECRET)
    Participation.objects.create(document=draft, role="from", person=person, name=SECRET)
    Participation.objects.create(document=draft, role="copy", organization=organization, name=SECRET)
    kennedy = Person.objects.get(slug="john-f-kennedy")
    Participation.objects.create(document=draft, role="to", person=kennedy, name=SECRET)
    return draft


def grow(collection: Collection, letters: int = 6, each: int = 5) -> None:
    """Adds public letters, each answering the one before it proposal by proposal, on the topics there are."""
    topics = list(Topic.objects.all())
    person = Person.objects.get(slug="john-f-kennedy")
    before: Document = Document.objects.get(slug="khrushchev-1962-03-20")
    for number in range(letters):
        letter = Letter.objects.create(
            collection=collection,
            slug=f"letter-{number}",
            title=f"Letter {number}",
            status=Document.Status.PUBLISHED,
            side="first" if number % 2 else "second",
            position=10 + number,
            sort_date=date(1962, 4, 1) + timedelta(days=number),
        )
        Reply.objects.create(letter=letter, answered=before)
        Participation.objects.create(
            document=letter, role="from", person=person, name="Kennedy", places=[{"ident": "p1", "words": "Kennedy"}]
        )
        Participation.objects.create(
            document=letter, role="mentioned", person=person, name="Jack", places=[{"ident": "p1", "words": "Jack"}]
        )
        asked = list(before.proposals.all())
        for place in range(each):
            passage = Passage.objects.create(
                document=letter,
                ident=f"p{place + 1}",
                position=place + 1,
                number=place + 1,
                kind="paragraph",
                text="Words.",
                html="<p>Words.</p>",
            )
            proposal = Proposal.objects.create(
                document=letter,
                ident=f"L{number}{place}",
                title=f"Proposal {place}",
                topic=topics[place % len(topics)],
                position=place,
                first_passage=passage,
                last_passage=passage,
            )
            Link.objects.create(
                answer=proposal,
                answered=asked[place],
                relation="extends",
                answer_words="Words",
                answered_words="Words",
                answer_ident=passage.ident,
            )
        before = letter
