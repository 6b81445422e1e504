"""Imports volumes of an edition in TEI: the frame of a volume first, then its documents, many at a time."""
