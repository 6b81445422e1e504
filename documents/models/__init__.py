"""What the archive holds. One module for each thing an editor thinks of; import from here."""

from documents.models.agents import Agent, Organization, Participation, Person
from documents.models.collection import Collection
from documents.models.document import Document, DocumentDate, Identifier, Letter
from documents.models.proposal import Link, Proposal, Topic
from documents.models.text import Correction, Footnote, Passage, Reference

__all__ = [
    "Agent",
    "Collection",
    "Correction",
    "Document",
    "DocumentDate",
    "Footnote",
    "Identifier",
    "Letter",
    "Link",
    "Organization",
    "Participation",
    "Passage",
    "Person",
    "Proposal",
    "Reference",
    "Topic",
]
