"""What public documents cite and the archive does not have, by how many of them cite it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank, Lower

from documents import published
from documents.citing import BY_DATE, written
from documents.models import Collection, DocumentDate, Reference
from documents.references import host_of, title_of
from editions.references.identifiers import authority

#: As many of the documents that cite something are named in the list.
NAMED = 3
#: What can be wanted, each kind with its name and the form of its identifiers; the first that fits is the kind.
KINDS = {
    "documents": ("Documents of Foreign Relations", r"^frus[^/]*/"),
    "volumes": ("Volumes of Foreign Relations", r"^frus"),
    "resolutions": ("United Nations resolutions", r"^un-"),
    "papers": ("Public Papers of the Presidents", r"^ppp-"),
    "policy": ("National security policy papers", r"^ns[a-z]+-"),
    "estimates": ("Intelligence estimates", r"^s?nie-"),
    "telegrams": ("Telegrams", r"^telegram-"),
}
OTHER = "other"
LABELS = {**{key: label for key, (label, _) in KINDS.items()}, OTHER: "Others"}


@dataclass(frozen=True)
class Wanted:
    """Something that is cited and not there: what it is, how many documents cite it, and the first of them.

    ``outside`` is where it can be read meanwhile, or empty; ``citing`` are the addresses (slugs) of documents, each
    with its name.
    """

    identifier: str
    kind: str
    title: str
    documents: int
    outside: str
    citing: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        return host_of(self.outside)

    @property
    def kind_name(self) -> str:
        return LABELS[self.kind]

    @property
    def others(self) -> int:
        """How many more documents cite it than are named."""
        return self.documents - len(self.citing)


@dataclass(frozen=True)
class Tally:
    """Everything that is wanted: its name, its kind, and each collection that cites it."""

    rows: frozenset[tuple[str, str, str]]
    titles: dict[str, str]

    @property
    def kinds(self) -> dict[str, int]:
        """How many things of each kind are wanted, in the order of the kinds."""
        counts = Counter(kind for _, kind in {(name, kind) for name, kind, _ in self.rows})
        return {kind: counts[kind] for kind in LABELS if kind in counts}

    @property
    def collections(self) -> dict[str, int]:
        """How many things each collection cites that are not there, in the order of the collections."""
        counts = Counter(slug for _, _, slug in self.rows)
        return {slug: counts[slug] for slug in self.titles if slug in counts}

    def count(self, collection: str = "", kind: str = "") -> int:
        """How many things are wanted; of one kind, or cited in one collection, where these are given."""
        return len({name for name, of, slug in self.rows if kind in ("", of) and collection in ("", slug)})


def wanted(collection: str = "", kind: str = "") -> QuerySet[Reference, dict[str, object]]:
    """A row for each thing that is wanted, the most cited first: its ``name``, ``sort``, ``documents``, ``title``...

    ``collection`` is that of the citing documents.
    """
    found = _references(collection).values("name", "sort")
    if kind:
        found = found.filter(sort=kind)
    return found.annotate(
        documents=Count("document", distinct=True),
        listed=Max("title", filter=Q(origin=Reference.Origin.LISTED)),
        words=Max("words"),
    ).order_by("-documents", "name")


def _references(collection: str = "") -> QuerySet[Reference]:
    """The references of public documents to what is not there, each with the ``name`` and ``sort`` of what is meant.

    A whole volume that is a collection here is there; so is every page of the web.
    """
    name = Func(F("target"), Value("#"), Value(1), function="SPLIT_PART", output_field=CharField())
    forms = [When(name__regex=form, then=Value(kind)) for kind, (_, form) in KINDS.items()]
    missing = Q(resolved=None) | ~published.is_public("resolved")
    found = Reference.objects.filter(published.is_public("document"), missing).exclude(target="")
    found = found.exclude(target__regex="^https?://").annotate(name=name)
    volumes = published.collections().filter(slug=Lower(OuterRef("name")))
    found = found.exclude(Exists(volumes)).annotate(sort=Case(*forms, default=Value(OTHER)))
    return (found.filter(document__collection__slug=collection) if collection else found).order_by()


def tally() -> Tally:
    """What is wanted by collection and kind, in two queries; one look at all references serves both and the count."""
    found = _references().values_list("name", "sort", "document__collection__slug").distinct()
    titles = Collection.objects.values_list("slug", "title")
    return Tally(frozenset(found), dict(titles))


def with_citing(rows: Several[dict[str, object]], collection: str = "") -> list[Wanted]:
    """The rows of one page of ``wanted``, each with the first documents that cite it, in one query."""
    names = [row["name"] for row in rows]
    place = Window(DenseRank(), partition_by=F("name"), order_by=BY_DATE)
    found = _references(collection).filter(name__in=names).annotate(place=place).filter(place__lte=NAMED)
    dates = DocumentDate.objects.filter(document=OuterRef("document"), event=DocumentDate.Event.WRITTEN).order_by()
    dated = found.annotate(written=Subquery(dates.values(shown=written())[:1])).order_by("place")
    citing: dict[object, dict[str, str]] = defaultdict(dict)
    named = ("name", "document__slug", "document__short_title", "document__title", "document__number", "written")
    for name, slug, short_title, title, number, day in dated.values_list(*named):
        citing[name][slug] = _told_apart(short_title or title, day or (number and f"no. {number}"))
    return [_wanted(row, tuple(citing[row["name"]].items())) for row in rows]


def _told_apart(name: str, by: str) -> str:
    """A name with the day or, of an editorial note, the number, where it does not say it itself."""
    return name if not by or by in name else f"{name}, {by}"


def _wanted(row: dict[str, object], citing: tuple[tuple[str, str], ...]) -> Wanted:
    name = str(row["name"])
    title = title_of(name, str(row["listed"] or ""), str(row["words"]))
    return Wanted(name, str(row["sort"]), title, int(str(row["documents"])), authority(name), citing)


def whole(collection: str = "", kind: str = "") -> Iterator[Wanted]:
    """All that is wanted, each with every document that cites it."""
    slugs = StringAgg("document__slug", " ", distinct=True)
    for row in wanted(collection, kind).annotate(slugs=slugs):
        yield _wanted(row, tuple((slug, slug) for slug in str(row["slugs"]).split()))
