"""Restores a text from what people paste: plain text without any markup, as copied from a page.

The steps are modules, in the order of the way of a text: ``ledger`` (the lines, and which character of the source is
what), ``wrapping`` (lines that a print broke), ``pages`` (page breaks), ``layouts`` and ``markers`` (where notes may
stand and what may call them), ``placing`` and ``notes`` (the best of these), ``passages`` (what belongs together),
``opening`` and ``blocks`` (what each passage is), ``footnotes``, ``heading`` and ``parties`` (what the text says of
itself), ``restore`` (all).
"""

from editions.readers.pasted.restore import Restoration, restore

__all__ = ["Restoration", "restore"]
