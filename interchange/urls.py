"""The addresses that machines ask for."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from documents.views.leading import leading_on
from interchange.sitemaps import SITEMAPS
from interchange.views import record, robots, sitemap

urlpatterns = [
    path("documents/<slug:slug>.<slug:suffix>", leading_on(record), name="record"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", robots, name="robots"),
]
