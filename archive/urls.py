"""The addresses of the archive. Each room lists its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("documents.urls")),
    path("", include("search.urls")),
    path("", include("interchange.urls")),
    path("", include("classroom.urls")),
    path("", include("classroom.lti.urls")),
    path("admin/", admin.site.urls),
]
