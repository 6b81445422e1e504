"""Who speaks in a piece of text: the document, its author in a note, or an editor."""

from documents.models import Document, Footnote

#: Kinds of passages that speak about the document, not in it.
SOURCE_KINDS = frozenset({"source"})


def voice_of_passage(passage_kind: str, document_kind: str) -> str:
    """What the voice is called on the page, e.g. ``Letter text``."""
    if passage_kind in SOURCE_KINDS:
        return "Source note"
    if document_kind in {Document.Kind.OTHER, Document.Kind.SPEECH}:
        return "Text"
    return f"{'Memorandum' if document_kind == Document.Kind.CONVERSATION else Document.Kind(document_kind).label} text"


def voice_of_note(kind: str, label: str) -> str:
    return f"{Footnote.Kind(kind).label} {label}".strip()
