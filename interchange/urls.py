"""The addresses that machines ask for."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from documents.views.leading import leading_on
from interchange.apparatus import apparatus_csv
from interchange.exchanges import exchange_csv, exchange_svg
from interchange.sitemaps import SITEMAPS
from interchange.views import record, robots, sitemap
from interchange.wanted import wanted_csv

urlpatterns = [
    path("documents/<slug:slug>.<slug:suffix>", leading_on(record), name="record"),
    path("documents/<slug:slug>/witnesses/<slug:siglum>.csv", leading_on(apparatus_csv), name="apparatus_csv"),
    path(
        "documents/<slug:slug>/witnesses/<slug:base>/<slug:siglum>.csv",
        leading_on(apparatus_csv),
        name="apparatus_csv",
    ),
    path("wanted.csv", wanted_csv, name="wanted_csv"),
    path("collections/<slug:slug>/exchange.csv", exchange_csv, name="exchange_csv"),
    path("collections/<slug:slug>/exchange.svg", exchange_svg, name="exchange_svg"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", robots, name="robots"),
]
