"""What a typed citation, number, name, address or title names: the documents that stand before all results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.urls import Resolver404, get_script_prefix, resolve

from documents import published
from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Footnote,
    FormerAddress,
    FormerNumber,
    Identifier,
    Passage,
)
from documents.models.wording import DESIGNATION, FIRST_PASSAGES, Bare, Fingerprint, Numbers
from search.citing.citation import Address, Cited, Designated, Name, Reading, Title, readings
from search.citing.citing_volumes import Volumes, volumes_meant
from search.citing.designations import designation_in, lines_of
from search.citing.sentences import sentence_of

#: How many documents are listed at most.
MOST = 8
#: Titles with the same number that are looked at for the right words.
MOST_TITLES = 2000


@dataclass(frozen=True)
class Entry:
    """A document with all that a list needs of it; ``anchor`` is the note or passage that was named within it."""

    document: Document
    anchor: str = ""

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def number(self) -> str:
        return self.document.number

    @property
    def collection(self) -> str:
        return self.document.collection.title

    @property
    def written(self) -> DocumentDate | None:
        return self.document.written

    def get_absolute_url(self) -> str:
        return self.document.get_absolute_url() + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Direct:
    """``documents`` in the order of collections and of their places; ``more`` when there are others still.

    ``collections`` are named instead when a citation has a volume and no document. ``sentence`` says what was
    understood; ``whole`` tells whether everything that was typed belongs to it.
    """

    documents: tuple[Entry, ...]
    sentence: str
    more: bool = False
    whole: bool = True
    collections: tuple[Collection, ...] = ()


def direct(typed: str) -> Direct | None:
    """What was typed, as a citation; None when it does not read like one or names nothing public.

    Any text may come in. Words that do not read like a citation cost no query, others a few, however many documents
    there are.
    """
    return next((found for reading in readings(typed) if (found := _find(reading))), None)


def absent(typed: str) -> str:
    """Of a citation that ``direct`` finds nothing for, the sentence that it is not here; empty for other text.

    Only what can hardly be meant otherwise is such a citation: it has a volume, and no words but those of its title.
    """
    for cited in readings(typed):
        if isinstance(cited, Cited) and _is_plain(cited):
            sentence = sentence_of(cited, volumes_meant(cited))
            return f"{sentence} {'is' if len(cited.numbers) < 2 else 'are'} not in this archive."
    return ""


def _is_plain(cited: Cited) -> bool:
    if cited.collection:
        return not cited.words
    return bool(cited.volume and (cited.years or not cited.words) and (cited.numbers or not cited.words))


def _find(reading: Reading) -> Direct | None:
    match reading:
        case Address():
            return _by_address(reading)
        case Name():
            return _by_name(reading)
        case Cited():
            return _by_citation(reading)
        case Designated():
            return _by_designation(reading)
        case Title():
            return _by_title(reading)


def _by_address(address: Address) -> Direct | None:
    path = unquote(address.path)
    path = "/" + path.removeprefix(get_script_prefix()).strip("/") + "/"
    if not path.isprintable():
        return None
    try:
        page = resolve(path)
    except Resolver404:
        return None
    slug = page.kwargs.get("slug", "")
    if page.url_name == "identifier":
        return _by_name(Name(page.kwargs["identifier"].rstrip("/"), address.anchor))
    if page.url_name == "by_number":
        return _by_citation(Cited(numbers=(page.kwargs["number"],), collection=slug))
    if page.route.startswith("collections/<slug:slug>/"):
        return _by_citation(Cited(collection=slug))
    if page.route.startswith("documents/<slug:slug>/"):
        ident = page.kwargs.get("ident")
        return _by_name(Name(slug, f"proposal-{ident}" if ident else address.anchor))
    return None


def _by_name(name: Name) -> Direct | None:
    """Looks for the address that a document has or had, and for an identifier; small letters do for each."""
    names = {name.name, name.name.lower()}
    slugs = names | {each.replace("/", "-") for each in names}
    has = Document.objects.filter(slug__in=slugs).order_by().values("pk")
    had = FormerAddress.objects.filter(slug__in=slugs).values("document")
    known = Identifier.objects.filter(value__in=names).order_by().values("document")
    return _listed(has.union(had, known), lambda _: f"The document named {name.name}", anchor=name.anchor)


def _by_citation(cited: Cited) -> Direct | None:
    volumes = volumes_meant(cited)
    if not cited.numbers:
        return _volumes(cited, volumes)
    identifiers = cited.identifiers
    if volumes.are_some and not volumes.collections and not identifiers:
        return None
    wanted = {each for number in cited.numbers for each in (number, number.lower(), number.upper())}
    within: dict[str, Any] = {"number__in": wanted}
    if volumes.are_some:
        within["collection__in"] = [collection.pk for collection in volumes.collections]
    public = Document.objects.published()
    taken = public.filter(collection=OuterRef("collection"), number=OuterRef("number"))
    had = FormerNumber.objects.filter(~Exists(taken), **within).values("document")
    has = public.filter(**within).order_by().values("pk")
    known = Identifier.objects.filter(value__in=identifiers).order_by().values("document")
    found = _listed(has.union(had, known), lambda _: sentence_of(cited, volumes), whole=volumes.explain_all_words)
    return _with_note(found, cited.note) if found and cited.note else found


def _volumes(cited: Cited, volumes: Volumes) -> Direct | None:
    """Whole volumes, when nothing else was typed."""
    if not volumes.collections or not volumes.explain_all_words:
        return None
    collections = tuple(volumes.collections)
    sentence = sentence_of(cited, volumes)
    return Direct((), sentence, more=len(collections) > MOST, collections=collections[:MOST])


def _with_note(found: Direct, label: str) -> Direct:
    """Leads to the note of this number in each document; says so when none has it."""
    keys = [entry.document.pk for entry in found.documents]
    rows = Footnote.objects.filter(document__in=keys, label=label).order_by("-position")
    idents = dict(rows.values_list("document", "ident"))
    if not idents:
        return replace(found, sentence=f"{found.sentence}; it has no note {label}")
    entries = tuple(replace(entry, anchor=idents.get(entry.document.pk, "")) for entry in found.documents)
    sentence = f"Note {label} of {found.sentence[0].lower()}{found.sentence[1:]}"
    return replace(found, documents=entries, sentence=sentence)


def _by_designation(wanted: Designated) -> Direct | None:
    """Looks at titles that have the number, and for lines at the head of documents that are the designation."""
    numbered = Document.objects.published().alias(numbers=Numbers("title", "short_title"))
    titles = numbered.filter(numbers__contains=list(wanted.numbers)).order_by()
    found: dict[int, str] = {}
    for key, *names in titles.values_list("pk", "title", "short_title")[:MOST_TITLES]:
        if words := next(filter(None, (designation_in(name, wanted) for name in names)), ""):
            found[key] = words
    bare = [Bare(Value(line)) for line in lines_of(wanted)]
    lines = Passage.objects.filter(position__lte=FIRST_PASSAGES, text__regex=DESIGNATION).alias(bare=Bare("text"))
    public = published.is_public("document")
    for key, text in lines.filter(public, bare__in=bare).order_by().values_list("document", "text")[:MOST_TITLES]:
        found.setdefault(key, text)
    if not found:
        return None
    return _listed(found, lambda first: found[first.pk], whole=wanted.whole)


def _by_title(title: Title) -> Direct | None:
    wanted = Fingerprint(Value(title.title))
    found = Document.objects.published().alias(full=Fingerprint("title"), short=Fingerprint("short_title"))
    keys = found.filter(Q(full=wanted) | (Q(short=wanted) & ~Q(short_title=""))).order_by().values("pk")
    return _listed(keys, lambda first: f"The title “{first.title}”")


def _listed(
    keys: QuerySet[Any] | Iterable[int],
    sentence: Callable[[Document], str],
    whole: bool = True,
    anchor: str = "",
) -> Direct | None:
    """The public ones of these documents, the first ``MOST``; None when there are none."""
    documents: Sequence[Document] = (
        published.bare_documents()
        .filter(pk__in=keys)
        .select_related("collection")
        .prefetch_related("dates")
        .order_by("collection__position", "collection__title", "position", "slug")[: MOST + 1]
    )
    entries = tuple(Entry(document, anchor) for document in documents)
    if not entries:
        return None
    return Direct(entries[:MOST], sentence(entries[0].document), more=len(entries) > MOST, whole=whole)
