"""The addresses of the search: the page, and what may be kept of a search."""

from django.urls import path

from search.keeping import views as keeping
from search.page import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/help/", views.how_to_search, name="how_to_search"),
    path("search.atom", keeping.atom, name="search_feed"),
    path("search.json", keeping.results, name="search_json"),
    path("search/export.<slug:suffix>", keeping.export, name="search_export"),
    path("search/suggestions.json", keeping.completions, name="search_suggestions"),
    path("opensearch.xml", keeping.description, name="opensearch"),
]
