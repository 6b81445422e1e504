"""What other rooms may listen to."""

from django.dispatch import Signal

#: Sent inside the transaction that stored a document's text, with ``sender=Document`` and ``document_id``: whatever is
#: derived from the document elsewhere, such as the search index, must follow when the transaction commits.
document_changed = Signal()
