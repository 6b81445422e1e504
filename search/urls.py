"""The addresses of the search: the page, and what may be kept of a search."""

from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/help/", views.how_to_search, name="how_to_search"),
]
