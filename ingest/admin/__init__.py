"""The admin of what is made from texts: documents, proposals and links. Everything is stored through this room."""

from ingest.admin.documents import DocumentAdmin
from ingest.admin.proposals import LinkAdmin, ProposalAdmin

__all__ = ["DocumentAdmin", "LinkAdmin", "ProposalAdmin"]
