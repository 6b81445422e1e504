"""Who speaks in a piece of text: the document, its author in a note, or an editor."""

from documents.models import Document, Footnote, Passage

#: Kinds of passages that speak about the document, not in it.
SOURCE_KINDS = frozenset({"source"})


def voice_of_passage(passage: Passage, document: Document) -> str:
    """What the voice is called on the page, e.g. ``Letter text``."""
    if passage.kind in SOURCE_KINDS:
        return "Source note"
    kind = "Memorandum" if document.kind == Document.Kind.CONVERSATION else document.get_kind_display()
    return f"{kind} text" if document.kind not in {Document.Kind.OTHER, Document.Kind.SPEECH} else "Text"


def voice_of_note(note: Footnote) -> str:
    return f"{note.get_kind_display()} {note.label}".strip()
