"""The addresses of the classroom."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
