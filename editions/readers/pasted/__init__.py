"""Restores a text from what people paste: plain text without any markup, as copied from a page.

The steps are modules: ``ledger`` (which character of the source is what), ``notes`` (find the footnotes and the places
that call them), ``blocks`` (tell what each line is), ``heading`` (what the text says of itself), ``restore`` (all).
"""

from editions.readers.pasted.restore import Restoration, restore

__all__ = ["Restoration", "restore"]
