"""The formats in which records leave the archive, one module for each: a function from records to pieces of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from interchange.bibliography import Record
from interchange.formats import bibtex, csv_table, json_array, ris


@dataclass(frozen=True)
class Format:
    """``suffix`` is the ending of a file, without its stop; ``write`` yields the file in pieces, none of them empty."""

    label: str
    suffix: str
    content_type: str
    write: Callable[[Iterable[Record]], Iterator[str]]
    #: Programs for references read it, so that it stands beside the citations of a document.
    is_for_references: bool = False


#: The formats by their endings.
FORMATS: dict[str, Format] = {
    format.suffix: format
    for format in (
        Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris.write, True),
        Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex.write, True),
        Format("CSV", "csv", "text/csv; charset=utf-8; header=present", csv_table.write),
        Format("JSON", "json", "application/json", json_array.write),
    )
}
