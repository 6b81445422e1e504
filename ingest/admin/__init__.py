"""The admin of what is made from texts: documents, proposals and links. Everything is stored through this room."""

from ingest.admin.documents import DocumentAdmin
from ingest.admin.proposals import LinkAdmin, ProposalAdmin
from ingest.admin.references import ReferenceAdmin
from ingest.admin.rehearsals import RehearsalAdmin
from ingest.admin.rehearsed import RehearsedDocumentAdmin
from ingest.admin.replies import ReplyAdmin
from ingest.admin.runs import ImportRunAdmin
from ingest.admin.suggestions import SuggestedLinkAdmin
from ingest.admin.users import AccountAdmin
from ingest.admin.witnesses import WitnessAdmin

__all__ = [
    "AccountAdmin",
    "DocumentAdmin",
    "ImportRunAdmin",
    "LinkAdmin",
    "ProposalAdmin",
    "ReferenceAdmin",
    "RehearsalAdmin",
    "RehearsedDocumentAdmin",
    "ReplyAdmin",
    "SuggestedLinkAdmin",
    "WitnessAdmin",
]
