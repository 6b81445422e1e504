"""The addresses of the reading room. They are lasting: readers cite them."""

from django.urls import path

from documents.views import catalog, collections, exchange, leading, people, reading

urlpatterns = [
    path("", reading.home, name="home"),
    path("favicon.ico", reading.favicon, name="favicon"),
    path("documents/", catalog.documents, name="documents"),
    path("documents/<slug:slug>/", leading.leading_on(reading.document), name="document"),
    path("documents/<slug:slug>/source/", leading.leading_on(reading.source), name="source"),
    path("documents/<slug:slug>/proposals/<str:ident>/", leading.leading_on(exchange.proposal), name="proposal"),
    path("documents/<slug:slug>/beside/<slug:other>/", leading.leading_on(exchange.beside), name="beside"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("collections/<slug:slug>/exchange/", exchange.exchange, name="exchange"),
    path("collections/<slug:slug>/persons/", collections.persons, name="persons"),
    path("collections/<slug:slug>/terms/", collections.terms, name="terms"),
    path("collections/<slug:slug>/divisions/<str:ident>/", collections.division, name="division"),
    path("collections/<slug:slug>/<str:number>/", leading.by_number, name="by_number"),
    path("id/<path:identifier>", leading.by_identifier, name="identifier"),
    path("people/", people.people, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("organizations/<slug:slug>/", people.organization, name="organization"),
    path("topics/", catalog.topics, name="topics"),
    path("topics/<slug:slug>/", catalog.topic, name="topic"),
    path("about/", catalog.about, name="about"),
]
