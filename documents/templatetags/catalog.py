"""What the lists of the archive need beyond what a template can say."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.models import Document, Participation
from documents.naming import called

register = template.Library()

register.filter("called", called)


@register.filter
def pages_around(page: Page[Any]) -> list[int | None]:
    """The numbers of the first and the last page and of those around this one, None where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def first_words(document: Document) -> str:
    """The first words of an editorial note below its heading; of any other document nothing."""
    return " ".join(getattr(document, "opening", "").partition("\n")[2].split())


@register.simple_tag
def party(part: Participation) -> SafeString:
    """A name that leads to the page of whoever it is; plain while nobody has identified it."""
    agent = part.agent
    if agent is None:
        return format_html("{}", part.name)
    return format_html('<a href="{}">{}</a>', agent.get_absolute_url(), agent.name)


@register.simple_tag
def correspondents(document: Document) -> SafeString:
    """Who wrote a document of a list to whom, each with a link. A list has a hundred, so this is no template."""
    words = []
    for role in (Participation.Role.FROM, Participation.Role.TO):
        names = [(party(part),) for part in document.parties if part.role == role]  # type: ignore[attr-defined]
        if names:
            words.append(format_html("{} {}", role.value, format_html_join(", ", "{}", names)))
    return format_html(" · {}", format_html_join(" ", "{}", [(each,) for each in words])) if words else SafeString("")
