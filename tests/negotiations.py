"""Negotiations of any size that nobody held: letters with proposals of realistic length, in memory or stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from documents.exchange import Exchange
from documents.models import Collection, Document, Link, Passage, Proposal, Topic

TOPICS = (
    "Number of inspections",
    "Composition of the teams",
    "Control posts",
    "The control commission",
    "Underground tests",
    "Tests at high altitude",
    "Seismic research",
    "Moratorium",
    "Duration of the treaty",
    "Accession of other states",
    "Staffing and languages",
    "Costs",
    "Peaceful explosions",
    "Privileges of inspectors",
    "Next conference",
)
OPENINGS = (
    "Agree on",
    "A joint commission for",
    "An annual quota for",
    "Set aside",
    "Experts to report in Geneva on",
    "Equal numbers on both sides in",
    "A separate protocol on",
    "Begin at once with",
    "Unconditional acceptance of the principles on",
    "Leave to the Foreign Ministers",
)
ENDINGS = ("", "", "", " within six months", " on each other’s territory", ", subject to review by the Commission")
NAMES = ("Adams", "Clay")
RELATIONS = ["accepts"] * 6 + ["recasts"] * 3 + ["takes-up"] * 3 + ["extends"] * 2 + ["declines"] * 3 + ["defers"] * 2
SENTENCE = (
    "In this connection we are prepared to consider, on the understanding that the other provisions are accepted as "
    "they stand, the following arrangement: {}."
)
FIRST_DAY = date(1958, 1, 14)


@dataclass
class Negotiation:
    """Rows that are not in a database until ``store`` puts them there. Keys begin at ``first``."""

    collection: Collection
    topics: list[Topic] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def exchange(self) -> Exchange:
        return Exchange(self.documents, self.proposals, self.links)

    def store(self) -> Collection:
        """Saves everything; the documents are public letters."""
        self.collection.save()
        Topic.objects.bulk_create(self.topics)
        for document in self.documents:
            document.save()
        Passage.objects.bulk_create(self.passages)
        Proposal.objects.bulk_create(self.proposals)
        Link.objects.bulk_create(self.links)
        return self.collection


def negotiation(
    documents: int = 10,
    each: int = 10,
    topics: int = 15,
    sides: tuple[str, ...] = ("first", "second"),
    slug: str = "tests",
    first: int = 5000,
) -> Negotiation:
    """Letters back and forth; nearly every proposal answers an earlier one, mostly of the letter before, on its topic.

    The third proposal of the first letter is answered five times where there are so many; the last letter answers one
    of the first as a whole.
    """
    keys, chance = count(first), Random(7)
    made = Negotiation(Collection(pk=next(keys), slug=slug, title="Discontinuance of tests, 1958–1959"))
    made.collection.first_side, made.collection.second_side = "United States", "Soviet Union"
    made.topics = [
        Topic(pk=next(keys), slug=f"{slug}-topic-{number}", name=_topic(number, slug), position=number)
        for number in range(topics)
    ]
    for number in range(documents):
        _letter(made, number, each, sides, keys, chance)
    _answered_often(made, keys)
    return made


def _topic(number: int, slug: str) -> str:
    """Topics are of the whole archive: those of a second negotiation are told apart by its address."""
    marks = [] if slug == "tests" else [slug]
    marks += [str(number // len(TOPICS) + 1)] if number >= len(TOPICS) else []
    return TOPICS[number % len(TOPICS)] + (f" ({', '.join(marks)})" if marks else "")


def _letter(
    made: Negotiation, number: int, each: int, sides: tuple[str, ...], keys: count[int], chance: Random
) -> None:
    day = FIRST_DAY + timedelta(days=number * 23)
    writer, reader = NAMES[number % 2], NAMES[1 - number % 2]
    letter = Document(
        pk=next(keys),
        collection=made.collection,
        slug=f"{made.collection.slug}-{number + 1}",
        kind=Document.Kind.LETTER,
        title=f"Letter From {writer} to {reader}",
        short_title=f"{writer} to {reader}, {day.day} {day:%B %Y}",
        side=sides[number % len(sides)],
        position=number,
        status=Document.Status.PUBLISHED,
        sort_date=day,
    )
    earlier = {proposal.pk: proposal for proposal in made.proposals}
    before = [each for each in earlier.values() if each.document_id == made.documents[-1].pk] if number else []
    made.documents.append(letter)
    letter_name = chr(65 + number) if number < 26 else f"Z{number}-"
    for place in range(each):
        topic = made.topics[(number * 3 + place) % len(made.topics)] if made.topics else None
        text = SENTENCE.format(f"part {place + 1} of letter {number + 1}")
        passage = Passage(pk=next(keys), document=letter, ident=f"p{place + 1}", position=place + 1, number=place + 1)
        passage.kind, passage.text, passage.html = "paragraph", text, f"<p>{text}</p>"
        made.passages.append(passage)
        about = topic.name[0].lower() + topic.name[1:] if topic else "what remains"
        proposal = Proposal(
            pk=next(keys),
            document=letter,
            ident=f"{letter_name}{place + 1}",
            title=f"{chance.choice(OPENINGS)} {about}{chance.choice(ENDINGS)}",
            topic=topic,
            position=place,
            first_passage=passage,
            last_passage=passage,
        )
        made.proposals.append(proposal)
        answered = _answered(proposal, before, list(earlier.values()), chance)
        if answered is not None:
            made.links.append(_link(next(keys), proposal, answered, chance.choice(RELATIONS)))


def _answered(proposal: Proposal, before: list[Proposal], earlier: list[Proposal], chance: Random) -> Proposal | None:
    """What a proposal answers: one of the letter before on its topic, else an older one, at times of another topic."""
    if not earlier or chance.random() < 0.05:
        return None
    same = [each for each in before if each.topic_id == proposal.topic_id]
    older = [each for each in earlier if each.topic_id == proposal.topic_id]
    return same[0] if same else older[-1] if older and chance.random() < 0.8 else chance.choice(before or earlier)


def _answered_often(made: Negotiation, keys: count[int]) -> None:
    """One proposal that every other letter comes back to, and one that a letter answers as a whole."""
    if len(made.proposals) < 3:
        return
    target, joined = made.proposals[2], {(link.answer_id, link.answered_id) for link in made.links}
    times = sum(1 for link in made.links if link.answered_id == target.pk)
    for document in made.documents[1:]:
        answer = next(each for each in made.proposals if each.document_id == document.pk)
        if times < 5 and (answer.pk, target.pk) not in joined:
            made.links.append(_link(next(keys), answer, target, "takes-up"))
            times += 1
    if len(made.documents) > 1:
        whole = _link(next(keys), None, made.proposals[0], "carries-out")
        whole.answering_document = made.documents[-1]
        made.links.append(whole)


def _link(key: int, answer: Proposal | None, answered: Proposal, relation: str) -> Link:
    return Link(
        pk=key,
        answer=answer,
        answered=answered,
        relation=relation,
        answer_words="we are prepared to consider",
        answered_words="on the understanding that the other provisions are accepted as they stand",
        answer_ident=answer.first_passage.ident if answer else "p1",
        answered_ident=answered.first_passage.ident,
        note="Read with the covering letter." if key % 9 == 0 else "",
    )
