"""What an editor does with proposals and links, through real requests: each returns whether it was done."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from documents.models import Document, Link, Proposal


def of(document: Document) -> Proposal:
    """A proposal on the first passage of a document."""
    passage = document.passages.earliest("position")
    made = Proposal(document=document, ident="Z1", title="Before", first_passage=passage, last_passage=passage)
    made.passage_text = passage.text
    made.save()
    return made


def between(earlier: Document, later: Document) -> Link:
    """A link from a whole document to a proposal of an earlier one, which quotes the first word of both."""
    words = {side: one.passages.earliest("position").text.split()[0] for side, one in _sides(earlier, later)}
    return Link.objects.create(
        answering_document=later,
        answered=of(earlier),
        relation="accepts",
        answer_words=words["answer"],
        answered_words=words["answered"],
    )


def _sides(earlier: Document, later: Document) -> list[tuple[str, Document]]:
    return [("answer", later), ("answered", earlier)]


def proposal_added(client: Client, document: Document) -> bool:
    passage = document.passages.earliest("position")
    values = {"document": document.pk, "ident": "Z9", "position": 1, "title": "New"}
    client.post(
        reverse("admin:documents_proposal_add") + f"?document={document.pk}",
        {**values, "first_passage": passage.pk, "last_passage": passage.pk},
    )
    return document.proposals.filter(ident="Z9").exists()


def proposal_changed(client: Client, document: Document) -> bool:
    made = of(document)
    values = {"ident": "Z1", "position": 1, "title": "After", "first_passage": made.first_passage_id}
    client.post(
        reverse("admin:documents_proposal_change", args=[made.pk]), {**values, "last_passage": made.last_passage_id}
    )
    return Proposal.objects.get(pk=made.pk).title == "After"


def proposal_deleted(client: Client, document: Document, *, from_the_list: bool = False) -> bool:
    return _deleted(client, of(document), from_the_list)


def proposal_confirmed(client: Client, document: Document) -> bool:
    made = of(document)
    Proposal.objects.filter(pk=made.pk).update(passage_text="Other words.")
    client.post(reverse("admin:documents_proposal_confirm", args=[made.pk]))
    return Proposal.objects.get(pk=made.pk).passage_text != "Other words."


def link_added(client: Client, earlier: Document, later: Document) -> bool:
    made = between(earlier, later)
    values = _values(made)
    made.delete()
    client.post(reverse("admin:documents_link_add"), values)
    return Link.objects.filter(answering_document=later).exists()


def link_changed(client: Client, earlier: Document, later: Document) -> bool:
    made = between(earlier, later)
    client.post(reverse("admin:documents_link_change", args=[made.pk]), {**_values(made), "note": "After"})
    return Link.objects.get(pk=made.pk).note == "After"


def link_led_elsewhere(client: Client, drafted: Document, earlier: Document, later: Document) -> bool:
    """Makes a link of a draft one between two other documents."""
    made = between(drafted, later)
    values = {**_values(made), "answered": of(earlier).pk}
    values["answered_words"] = earlier.passages.earliest("position").text.split()[0]
    client.post(reverse("admin:documents_link_change", args=[made.pk]), values)
    return Link.objects.get(pk=made.pk).answered.document == earlier


def link_deleted(client: Client, earlier: Document, later: Document) -> bool:
    return _deleted(client, between(earlier, later), False)


def _values(link: Link) -> dict[str, Any]:
    return {
        "answering_document": link.answering_document_id,
        "answered": link.answered_id,
        "relation": link.relation,
        "answer_words": link.answer_words,
        "answered_words": link.answered_words,
    }


def _deleted(client: Client, row: Proposal | Link, from_the_list: bool) -> bool:
    name = f"admin:documents_{row._meta.model_name}"
    if from_the_list:
        client.post(
            reverse(f"{name}_changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
    else:
        client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})
    return not type(row)._default_manager.filter(pk=row.pk).exists()
