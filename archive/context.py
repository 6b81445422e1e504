"""What every template may know of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Returns the name of the archive, as its owner set it."""
    return {"site_name": settings.SITE_NAME}
