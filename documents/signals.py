"""What other rooms may listen to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.dispatch import Signal

#: Sent inside the transaction that stored a document's text, with ``sender=Document`` and ``document_id``: whatever is
#: derived from the document elsewhere, such as the search index, must follow when the transaction commits.
document_changed = Signal()


class _Bulk(threading.local):
    depth = 0


_bulk = _Bulk()


@contextmanager
def in_bulk() -> Iterator[None]:
    """While many documents change at once, what follows each change leaves them alone: it is brought up to date after.

    Whoever changes them sees to that; ``refresh_index`` does it for the search index.
    """
    _bulk.depth += 1
    try:
        yield
    finally:
        _bulk.depth -= 1


def is_in_bulk() -> bool:
    """Tells whether this thread is changing many documents at once."""
    return _bulk.depth > 0
