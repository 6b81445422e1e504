"""What the archive holds. One module for each thing an editor thinks of; import from here."""

from documents.models.agents import Agent, Organization, Participation, Person
from documents.models.collection import Collection
from documents.models.document import Document, DocumentDate, Identifier, Letter
from documents.models.history import FormerAddress, FormerNumber, Version
from documents.models.proposal import Link, Proposal, Topic
from documents.models.reply import Reply
from documents.models.structure import Division, ListEntry
from documents.models.suggestion import SuggestedLink
from documents.models.text import Correction, Designation, Footnote, Passage, Quotation, Reference
from documents.models.witness import Collation, Witness

__all__ = [
    "Agent",
    "Collation",
    "Collection",
    "Correction",
    "Designation",
    "Division",
    "Document",
    "DocumentDate",
    "Footnote",
    "FormerAddress",
    "FormerNumber",
    "Identifier",
    "Letter",
    "Link",
    "ListEntry",
    "Organization",
    "Participation",
    "Passage",
    "Person",
    "Proposal",
    "Quotation",
    "Reference",
    "Reply",
    "SuggestedLink",
    "Topic",
    "Version",
    "Witness",
]
