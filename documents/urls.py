"""The addresses of the reading room. They are lasting: readers cite them."""

from django.urls import path

from documents.views import catalog, exchange, reading

urlpatterns = [
    path("", reading.home, name="home"),
    path("favicon.ico", reading.favicon, name="favicon"),
    path("documents/", catalog.documents, name="documents"),
    path("documents/<slug:slug>/", reading.document, name="document"),
    path("documents/<slug:slug>/source/", reading.source, name="source"),
    path("documents/<slug:slug>/proposals/<str:ident>/", exchange.proposal, name="proposal"),
    path("documents/<slug:slug>/beside/<slug:other>/", exchange.beside, name="beside"),
    path("collections/<slug:slug>/", catalog.collection, name="collection"),
    path("collections/<slug:slug>/exchange/", exchange.exchange, name="exchange"),
    path("people/", catalog.people, name="people"),
    path("people/<slug:slug>/", catalog.person, name="person"),
    path("organizations/<slug:slug>/", catalog.organization, name="organization"),
    path("topics/", catalog.topics, name="topics"),
    path("topics/<slug:slug>/", catalog.topic, name="topic"),
    path("about/", catalog.about, name="about"),
]
