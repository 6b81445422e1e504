"""Links between proposals, in the words and addresses of the reading room."""

from django import template

from documents import exchange
from documents.models import Document, DocumentDate

register = template.Library()

register.filter("done", exchange.done)
register.filter("changed", exchange.changed)
register.filter("answer_address", exchange.answer_address)
register.filter("answered_address", exchange.answered_address)
register.filter("proposal_address", exchange.proposal_address)


@register.filter
def when(document: Document) -> str:
    """When a document was written, as displayed; else its first other date; empty when it has none."""
    dates = {date.event: str(date) for date in document.dates.all()}
    return dates.get(DocumentDate.Event.WRITTEN) or next(iter(dates.values()), "")


@register.filter
def around_name(place: dict[str, str]) -> tuple[str, str, str]:
    """The words of a place cut around the name that stands in them."""
    return place["words"].partition(place["name"])
