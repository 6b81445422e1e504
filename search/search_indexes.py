"""What is indexed of documents, proposals and notes, under the name by which Haystack finds it. Only what is published.

Searched: fields of text. Filtered by: fields of several values. Kept for sorting and comparing: fields not indexed.
"""

from __future__ import annotations

from django.db.models import QuerySet
from haystack import indexes

from documents.models import Document, Footnote, Participation, Proposal
from search.voices import SOURCE_KINDS

#: Raised whenever what is indexed changes, so that an index made before is rebuilt.
VERSION = 1

PARAGRAPHS = "\n\n"


class Entry(indexes.SearchIndex):
    """What every result has. Proposals and notes share the fields of their document."""

    text = indexes.CharField(document=True)
    notes = indexes.CharField(boost=0.7)
    title = indexes.CharField(boost=2.5)
    names = indexes.CharField(boost=1.5)
    type = indexes.MultiValueField()
    kind = indexes.MultiValueField()
    sender = indexes.MultiValueField(index_fieldname="from")
    recipient = indexes.MultiValueField(index_fieldname="to")
    topic = indexes.MultiValueField()
    year = indexes.MultiValueField()
    collection = indexes.MultiValueField()
    document = indexes.IntegerField()
    place = indexes.CharField(indexed=False)
    sort_date = indexes.CharField(indexed=False)
    stamp = indexes.CharField(indexed=False)

    #: What kind of result this is, and where it stands after its document.
    result = ""
    level = 0

    def get_model(self) -> type:
        raise NotImplementedError

    def index_queryset(self, using: str | None = None) -> QuerySet:
        """Only what belongs to published documents."""
        return self.get_model().objects.filter(document__in=Document.objects.published())

    def document_of(self, obj: Proposal | Footnote) -> Document:
        return obj.document

    def prepare_type(self, obj: object) -> list[str]:
        return [self.result]

    def prepare_kind(self, obj: object) -> list[str]:
        return [self.document_of(obj).kind]

    def prepare_sender(self, obj: object) -> list[str]:
        return _slugs(self.document_of(obj), Participation.Role.FROM)

    def prepare_recipient(self, obj: object) -> list[str]:
        return _slugs(self.document_of(obj), Participation.Role.TO)

    def prepare_year(self, obj: object) -> list[str]:
        return _years(self.document_of(obj))

    def prepare_collection(self, obj: object) -> list[str]:
        return [self.document_of(obj).collection.slug]

    def prepare_document(self, obj: object) -> int:
        return self.document_of(obj).pk

    def prepare_place(self, obj: object) -> str:
        document = self.document_of(obj)
        collection = document.collection
        within = "" if obj is document else f"{obj.position:06}"
        return (
            f"{collection.position:06} {collection.slug} {document.position:06} {document.slug} {self.level} {within}"
        )

    def prepare_sort_date(self, obj: object) -> str:
        date = self.document_of(obj).sort_date
        return date.isoformat() if date else ""


class DocumentIndex(Entry, indexes.Indexable):
    result = "document"

    def get_model(self) -> type[Document]:
        return Document

    def index_queryset(self, using: str | None = None) -> QuerySet:
        return Document.objects.published()

    def document_of(self, obj: Document) -> Document:
        return obj

    def prepare_text(self, obj: Document) -> str:
        return PARAGRAPHS.join(passage.text for passage in obj.passages.all() if passage.kind not in SOURCE_KINDS)

    def prepare_notes(self, obj: Document) -> str:
        sources = [passage.text for passage in obj.passages.all() if passage.kind in SOURCE_KINDS]
        return PARAGRAPHS.join(sources + [_note_text(note) for note in obj.footnotes.all()])

    def prepare_title(self, obj: Document) -> str:
        return PARAGRAPHS.join(filter(None, (obj.title, obj.short_title)))

    def prepare_names(self, obj: Document) -> str:
        roles = (Participation.Role.FROM, Participation.Role.TO, Participation.Role.COPY)
        parts = [part for part in obj.participations.all() if part.role in roles]
        named = [name for part in parts for name in (part.name, part.agent.name if part.agent else "") if name]
        return PARAGRAPHS.join(dict.fromkeys(named))

    def prepare_topic(self, obj: Document) -> list[str]:
        return sorted({proposal.topic.slug for proposal in obj.proposals.all() if proposal.topic})

    def prepare_stamp(self, obj: Document) -> str:
        return getattr(obj, "stamp", "")


class ProposalIndex(Entry, indexes.Indexable):
    result = "proposal"
    level = 1

    def get_model(self) -> type[Proposal]:
        return Proposal

    def prepare_text(self, obj: Proposal) -> str:
        return PARAGRAPHS.join(filter(None, (words_of(obj), obj.summary)))

    def prepare_title(self, obj: Proposal) -> str:
        return obj.title

    def prepare_names(self, obj: Proposal) -> str:
        return obj.ident

    def prepare_topic(self, obj: Proposal) -> list[str]:
        return [obj.topic.slug] if obj.topic else []


class FootnoteIndex(Entry, indexes.Indexable):
    result = "note"
    level = 2

    def get_model(self) -> type[Footnote]:
        return Footnote

    def prepare_text(self, obj: Footnote) -> str:
        return _note_text(obj)


def words_of(proposal: Proposal) -> str:
    """The words of the document that are the proposal."""
    if proposal.words:
        return proposal.words
    first, last = proposal.first_passage.position, proposal.last_passage.position
    passages = proposal.document.passages.all()
    return PARAGRAPHS.join(passage.text for passage in passages if first <= passage.position <= last)


def _note_text(note: Footnote) -> str:
    return note.text.replace("\n", PARAGRAPHS)


def _slugs(document: Document, role: Participation.Role) -> list[str]:
    """The addresses of those who have this role; a name that nobody has identified has none."""
    parts = [part for part in document.participations.all() if part.role == role]
    return list(dict.fromkeys(part.agent.slug for part in parts if part.agent))


def _years(document: Document) -> list[str]:
    """Every year in which the document may have been written; none when nothing says."""
    for date in document.dates.all():
        if date.event == "written":
            return [str(year) for year in range(date.earliest.year, date.latest.year + 1)]
    return [str(document.sort_date.year)] if document.sort_date else []
