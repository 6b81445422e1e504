"""Pages for machines."""

from __future__ import annotations

from django.contrib.sitemaps import views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from documents.models import Document
from interchange.addresses import absolute, base_url
from interchange.formats import FORMATS
from interchange.records import records
from interchange.sitemaps import MOST, SITEMAPS


@views.x_robots_tag
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Every public page; of a large archive the files that list them."""
    sections = {name: section().paginator for name, section in SITEMAPS.items()}
    if sum(pages.count for pages in sections.values()) <= MOST:
        return views.sitemap(request, sitemaps=SITEMAPS)
    files = [
        {"location": absolute(request, reverse("sitemap_section", args=[name])) + (f"?p={page}" if page > 1 else "")}
        for name, pages in sections.items()
        if pages.count
        for page in pages.page_range
    ]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; the results of searches are endless, and the administration and what classes do are not
    public.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}?",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('classroom')}",
        f"Allow: {reverse('classroom')}readings/",
        "",
        f"Sitemap: {absolute(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def record(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """What a bibliography says of one document, as a file in the format with this ending."""
    if suffix not in FORMATS:
        raise Http404(f"A document comes as {', '.join(FORMATS)}, and not as {suffix}.")
    document = get_object_or_404(Document.objects.published().only("pk"), slug=slug)
    format = FORMATS[suffix]
    found = records([document.pk], base_url(request))
    response = HttpResponse("".join(format.write(found)), content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{suffix}"'
    return response
