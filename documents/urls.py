"""The addresses of the reading room. They are lasting: readers cite them."""

from django.urls import path

from documents.views import catalog, citing, collections, exchange, leading, people, reading, threads, witnesses

urlpatterns = [
    path("", reading.home, name="home"),
    path("favicon.ico", reading.favicon, name="favicon"),
    path("documents/", catalog.documents, name="documents"),
    path("documents/<slug:slug>/", leading.leading_on(reading.document), name="document"),
    path("documents/<slug:slug>/thread/", leading.leading_on(threads.thread), name="thread"),
    path("documents/<slug:slug>/source/", leading.leading_on(reading.source), name="source"),
    path("documents/<slug:slug>/cited-by/", leading.leading_on(citing.cited_by), name="cited_by"),
    path("documents/<slug:slug>/preview/", leading.leading_on(citing.document_preview), name="document_preview"),
    path(
        "documents/<slug:slug>/notes/<str:ident>/preview/", leading.leading_on(citing.note_preview), name="note_preview"
    ),
    path("documents/<slug:slug>/proposals/<str:ident>/", leading.leading_on(exchange.proposal), name="proposal"),
    path("documents/<slug:slug>/beside/<slug:other>/", leading.leading_on(exchange.beside), name="beside"),
    path("documents/<slug:slug>/witnesses/<slug:siglum>/", leading.leading_on(witnesses.compare), name="witness"),
    path(
        "documents/<slug:slug>/witnesses/<slug:base>/<slug:siglum>/",
        leading.leading_on(witnesses.compare),
        name="witness",
    ),
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
    path("wanted/", citing.wanted_documents, name="wanted"),
    path("about/", catalog.about, name="about"),
]
