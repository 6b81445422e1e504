"""Finds what a proposal may answer: a method without learning or chance, described in docs/suggestions.md."""

from editions.affinity.quoting import Quoted, quoted
from editions.affinity.ranking import Candidate, Dated, Proposed, suggest

__all__ = ["Candidate", "Dated", "Proposed", "Quoted", "quoted", "suggest"]
