"""A series of volumes as large as one likes: rows only, without texts that anyone would read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from django.db import connection

from documents.models import (
    Collection,
    Division,
    Document,
    DocumentDate,
    Footnote,
    Identifier,
    ListEntry,
    Participation,
    Passage,
    Person,
)

CHAPTERS = 6
NAMES = ("Adams", "Ball", "Clay", "Dillon", "Eliot", "Forrestal", "Gomez", "Harriman", "Ikeda", "Johnson", "Kohler")
FILLED = (Collection, Division, Document, DocumentDate, Identifier, ListEntry, Participation, Passage, Person)
FIRST_DAY = date(1949, 1, 1)
#: The text of a document with two tables: ident, kind, number, depth and HTML of each passage.
TABLES = [
    ("p1", "paragraph", 1, 0, "<p>Before.</p>"),
    ("table", "table", None, 0, "Launchings by <em>year</em>"),
    ("p2", "columns", 2, 1, '<th scope="col">Country</th><th scope="col">1961</th><th scope="col">1962</th>'),
    ("p3", "row", 3, 1, "<td>Series A</td>"),
    (
        "p4",
        "row",
        4,
        1,
        '<td>United States</td><td>29<sup class="note-marker" id="marker-fn1">'
        '<a href="#fn1" role="doc-noteref" aria-label="Note 1">1</a></sup></td>',
    ),
    ("p5", "row", 5, 1, "<td>Soviet Union</td><td>6</td><td>20,000,000,000,000,000,000</td>"),
    ("p6", "row", 6, 0, "<td>Alone</td><td>1</td>"),
    ("p7", "paragraph", 7, 0, "<p>Between.</p>"),
    ("p8", "row", 8, 0, '<td>Without <abbr class="term" title="ACDA, a U.S. agency">ACDA</abbr></td>'),
    ("p9", "centered", 9, 0, '<p class="centered">ANNEX A</p>'),
    ("figure", "figure", None, 0, '<p class="figure">A map</p>'),
]


def fill(volumes: int, documents: int, people: int = 50) -> list[Collection]:
    """Adds volumes of a series with so many documents each, and people who wrote to each other.

    The first person wrote every third document. Recipients are not identified.
    """
    start = Collection.objects.count()
    found = Collection.objects.bulk_create(
        Collection(
            slug=f"volume-{start + number}",
            title=f"Foreign Relations of the United States, {1949 + number // 9 * 3}–{1951 + number // 9 * 3}, "
            f"Volume {number + 1}, Western Europe and the Near East",
            position=start + number,
        )
        for number in range(volumes)
    )
    persons = _people(people)
    numbers = count()
    for collection in found:
        _volume(collection, documents, persons, next(numbers) * documents)
    _count()
    return found


def _count() -> None:
    """Has PostgreSQL see how many rows there are now: with counts of a smaller archive, a page can take a minute."""
    with connection.cursor() as cursor:
        for model in FILLED:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _people(people: int) -> list[Person]:
    names = [(NAMES[number % len(NAMES)], number) for number in range(people)]
    rows = [
        Person(
            slug=f"person-{number}",
            name=f"Theodore {number} {name}",
            sort_name=f"{name}, Theodore {number}",
            description="Counselor of the Embassy",
        )
        for name, number in names
    ]
    return Person.objects.bulk_create(rows)


def _volume(collection: Collection, documents: int, persons: list[Person], first: int) -> None:
    chapters = _divisions(collection)
    rows = Document.objects.bulk_create(
        Document(
            collection=collection,
            division=chapters[number * CHAPTERS // documents],
            slug=f"{collection.slug}-d{number + 1}",
            kind="telegram" if number % 3 else "letter",
            number=str(number + 1),
            title=f"Telegram From the Embassy in the Soviet Union to the Department of State, No. {number + 1}",
            status=Document.Status.PUBLISHED,
            position=number,
            sort_date=FIRST_DAY + timedelta(days=(first + number) % 9000),
        )
        for number in range(documents)
    )
    DocumentDate.objects.bulk_create(
        DocumentDate(document=row, display=f"{row.sort_date:%-d %B %Y}", earliest=row.sort_date, latest=row.sort_date)
        for row in rows
    )
    Identifier.objects.bulk_create(Identifier(document=row, value=f"{collection.slug}/d{row.number}") for row in rows)
    _parties(rows, persons)
    Passage.objects.bulk_create(
        Passage(
            document=row, ident=f"p{n}", position=n, number=n, kind="paragraph", text="Words.", html="<p>Words.</p>"
        )
        for row in rows
        for n in range(1, 4)
    )
    ListEntry.objects.bulk_create(
        ListEntry(
            collection=collection,
            kind="person",
            ident=f"p_{number}",
            name=person.sort_name,
            description=person.description,
            position=number,
            person=person,
        )
        for number, person in enumerate(persons[:300])
    )
    ListEntry.objects.create(
        collection=collection, kind="term", ident="t_ACDA", name="ACDA", description="a U.S. agency", position=1
    )


def _divisions(collection: Collection) -> list[Division]:
    """One compilation with chapters in it."""
    compilation = Division.objects.create(
        collection=collection, ident="comp1", kind="compilation", title="Western Europe and the Near East", position=0
    )
    return Division.objects.bulk_create(
        Division(
            collection=collection,
            parent=compilation,
            ident=f"ch{number}",
            kind="chapter",
            title=f"Chapter {number}: Efforts To Reach Agreement on the Cessation of Tests",
            position=number,
            depth=1,
        )
        for number in range(1, CHAPTERS + 1)
    )


def _parties(rows: list[Document], persons: list[Person]) -> None:
    """Every document has a sender, a recipient and two who are mentioned."""
    parts = []
    for number, row in enumerate(rows):
        sender = persons[0] if number % 3 == 0 else persons[(row.pk * 7) % len(persons)]
        parts.append(Participation(document=row, role="from", person=sender, name=sender.name))
        parts.append(Participation(document=row, role="to", name="the Department of State"))
        named = {(row.pk * 13) % len(persons), (row.pk * 29) % len(persons)}
        parts += [
            Participation(
                document=row,
                role="mentioned",
                person=persons[key],
                name=persons[key].name,
                places=[{"ident": "p1", "words": f"A talk with {persons[key].name} at lunch."}],
            )
            for key in named
        ]
    Participation.objects.bulk_create(parts)


def add_tables(document: Document) -> None:
    """Gives a document a text with two tables, one of them with a note, in place of what it had."""
    document.passages.all().delete()
    passages = Passage.objects.bulk_create(
        Passage(
            document=document, ident=ident, position=place, kind=kind, number=number, depth=depth, text=html, html=html
        )
        for place, (ident, kind, number, depth, html) in enumerate(TABLES)
    )
    Footnote.objects.create(
        document=document, passage=passages[4], ident="fn1", label="1", position=1, text="A", html="<p>A note.</p>"
    )
