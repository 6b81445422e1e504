"""Documents by the hundred that cite another, each from a note and from a passage."""

from __future__ import annotations

from datetime import date, timedelta

from documents.models import Collection, Document, DocumentDate, Footnote, Passage, Reference

FIRST_DAY = date(1963, 1, 1)
SENTENCE = "For the text, see {}, which nobody answered before the summer, and then only in part and with much delay."


def add_citing(
    target: Document | str, count: int, note: str = "", collection: Collection | None = None, status: str = "published"
) -> list[Document]:
    """Adds documents that cite a document, or by its identifier one that is not there; or a note of it ("fn2").

    Each has two notes and cites in the second, with a whole sentence; ``collection`` is their own.
    """
    resolved = target if isinstance(target, Document) else None
    name = (resolved.slug if resolved else str(target)) + (f"#{note}" if note else "")
    home = collection or Collection.objects.get_or_create(slug="citing", title="Those that cite")[0]
    first = Document.objects.count()
    rows = Document.objects.bulk_create(
        Document(
            collection=home,
            slug=f"citing-{first + number}",
            title=f"Memorandum {first + number}",
            number=str(first + number),
            status=status,
            position=first + number,
            sort_date=FIRST_DAY + timedelta(days=first + number),
        )
        for number in range(count)
    )
    DocumentDate.objects.bulk_create(
        DocumentDate(document=row, display=f"{row.sort_date:%-d %B %Y}", earliest=row.sort_date, latest=row.sort_date)
        for row in rows
    )
    passages = Passage.objects.bulk_create(
        Passage(document=row, ident="p1", position=1, number=1, kind="paragraph", text="A. B.", html="<p>A. B.</p>")
        for row in rows
    )
    Footnote.objects.bulk_create(
        Footnote(document=row, passage=passage, offset=2, ident=f"fn{label}", label=str(label), position=label)
        for row, passage in zip(rows, passages, strict=True)
        for label in (1, 2)
    )
    words = f"Document {resolved.number or resolved.pk}" if resolved else name[:40]
    Reference.objects.bulk_create(
        Reference(
            document=row,
            ident="fn2",
            words=words,
            sentence=SENTENCE.format(words),
            target=name,
            origin="found",
            resolved=resolved,
        )
        for row in rows
    )
    return rows
