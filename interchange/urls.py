"""The addresses that machines ask for."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from interchange.sitemaps import SITEMAPS
from interchange.views import robots

urlpatterns = [
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
