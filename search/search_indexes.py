"""What is searched, under the name by which Haystack finds it. What is indexed of it: ``search.indexing.entries``."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from haystack import indexes

from documents.models import Document, Footnote, Organization, Person, Proposal
from search.indexing.loaded import public_agents


class Searched(indexes.SearchIndex):
    """A model whose rows are results."""

    model: type[Model]
    text = indexes.CharField(document=True)

    def get_model(self) -> type[Model]:
        return self.model

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """Only what the public may see."""
        return self.get_model()._default_manager.filter(document__in=Document.objects.published())


class DocumentIndex(Searched, indexes.Indexable):
    model = Document

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        return Document.objects.published()


class ProposalIndex(Searched, indexes.Indexable):
    model = Proposal


class FootnoteIndex(Searched, indexes.Indexable):
    model = Footnote


class AgentIndex(Searched):
    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        return public_agents(self.get_model())


class PersonIndex(AgentIndex, indexes.Indexable):
    model = Person


class OrganizationIndex(AgentIndex, indexes.Indexable):
    model = Organization
