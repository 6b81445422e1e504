"""Reads Word documents (DOCX, ECMA-376 WordprocessingML) without any other program.

The steps are modules: ``package`` (unpack the parts, safely), ``styles`` and ``numbering`` (how Word would show them),
``content`` (paragraphs of ``rich`` text, tables and notes), ``layout`` (the lines that they make), ``overlay`` and
``edition`` (the text restored from these lines, with all that the file says of it).
"""

from editions.readers.docx.edition import docx_lines, read_docx

__all__ = ["docx_lines", "read_docx"]
