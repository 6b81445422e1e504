"""The admin of collections, people, organizations and topics."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from documents.models import Collection, Organization, Person, Topic

admin.site.site_header = "Editing the archive"
admin.site.site_title = "The archive"
admin.site.index_title = "Editing"


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    list_display = ["title", "slug", "position"]
    search_fields = ["title", "description"]
    prepopulated_fields = {"slug": ["title"]}


class AgentAdmin(admin.ModelAdmin):
    """What the admin of people and of organizations have in common."""

    list_display = ["sort_name", "description", "documents"]
    search_fields = ["name", "sort_name", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(document_count=Count("participations__document", distinct=True))

    @admin.display(description="documents", ordering="document_count")
    def documents(self, agent: Person | Organization) -> int:
        return agent.document_count  # type: ignore[union-attr]


@admin.register(Person)
class PersonAdmin(AgentAdmin):
    fields = ["name", "sort_name", "slug", "born", "died", "description", "authority_url"]


@admin.register(Organization)
class OrganizationAdmin(AgentAdmin):
    fields = ["name", "abbreviation", "sort_name", "slug", "description", "authority_url"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "position", "description"]
    list_editable = ["position"]
    search_fields = ["name", "description"]
    prepopulated_fields = {"slug": ["name"]}
