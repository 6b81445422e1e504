"""The addresses that machines ask for."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from interchange.sitemaps import SITEMAPS
from interchange.views import robots, sitemap

urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", robots, name="robots"),
]
