"""Reads the text of PDF files.

The steps are modules: ``pages`` (the lines of each page, and where they stand), ``heads`` (running heads and printed
page numbers), ``paragraphs`` (lines joined, notes gathered). What comes of it is restored as pasted text is.
"""

from editions.readers.pdf.edition import pdf_lines, read_pdf

__all__ = ["pdf_lines", "read_pdf"]
