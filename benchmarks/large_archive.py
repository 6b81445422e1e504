"""How long the server takes over the main pages of an archive of 15,000 documents."""

from __future__ import annotations

from django.db import connection

from benchmarks.rendering import Rendered, measure_page
from tests.series import fill

VOLUMES, DOCUMENTS, PEOPLE = 42, 362, 5000
ROUNDS = 20
PAGES = (
    "/",
    "/collections/",
    "/collections/volume-9/",
    "/collections/volume-9/divisions/ch2/",
    "/collections/volume-9/persons/",
    "/documents/",
    "/documents/?page=100",
    "/documents/?year=1955&kind=telegram",
    "/documents/volume-9-d118/",
    "/people/?letter=K",
    "/people/person-0/",
    "/about/",
    "/sitemap.xml",
)


def measure() -> list[Rendered]:
    """Adds the documents to the archive that is there, and returns the figures. Django must be set up."""
    fill(VOLUMES, DOCUMENTS, PEOPLE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a while
    return [measure_page(path, ROUNDS) for path in PAGES]
