"""Reads TEI P5: volumes of documents, one document of a volume, and ordinary letters. The table: docs/tei.md."""
