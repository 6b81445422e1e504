"""Every reference to a document that a volume marks is in the database, with the same target, resolved or wanted.

One volume by default, all with ALL_VOLUMES=1, as ``tests.volumes`` says. The volumes are read here by other means than
those of the archive.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from lxml import etree

from documents.models import Identifier, Reference
from tests.volumes import needs_volumes, volumes

pytestmark = [pytest.mark.django_db, needs_volumes]

ONE = "frus1961-63v06"
#: A document, or a note of one, of the same volume or of another.
DOCUMENT = re.compile(r"(?P<volume>frus[^#]*)?#(?P<document>d\d+)(?P<note>fn.*)?")
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Marked(NamedTuple):
    """A reference as a volume marks it: the identifier of its document, its words, and what it points at."""

    document: str
    words: str
    target: str


def marked_in(path: Path) -> Iterator[Marked]:
    volume = path.stem
    tree = etree.parse(path, etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True))
    for element in tree.iter(f"{TEI}ref"):
        found = DOCUMENT.match(element.get("target") or "")
        around = (one for one in element.iterancestors(f"{TEI}div") if one.get("type") == "document")
        if found and (document := next(around, None)) is not None:
            note = f"#{found['note']}" if found["note"] else ""
            target = f"{found['volume'] or volume}/{found['document']}{note}"
            yield Marked(f"{volume}/{document.get(XML_ID)}", " ".join("".join(element.itertext()).split()), target)


def test_what_volumes_mark_is_kept_and_resolves_to_the_same_document_or_is_wanted(
    record_property: Callable[[str, object], None],
) -> None:
    paths = volumes() if os.environ.get("ALL_VOLUMES") == "1" else [p for p in volumes() if p.stem == ONE]
    if not paths:
        pytest.skip(f"{ONE} is not among the volumes")
    call_command("import_documents", *paths, processes=1, no_index=True, verbosity=0)
    rows = Reference.objects.filter(origin="marked")
    named = dict(Identifier.objects.values_list("document", "value"))
    stored = {
        Marked(named[document], words, target): resolved
        for document, words, target, resolved in rows.values_list("document", "words", "target", "resolved")
    }
    there = dict(Identifier.objects.values_list("value", "document"))
    counts = Counter[str]()
    for one in (one for path in paths for one in marked_in(path)):
        assert one in stored, "it is lost"
        assert stored[one] == there.get(one.target.partition("#")[0])
        counts["resolved" if stored[one] else "wanted"] += 1
    record_property("references", dict(counts))
    assert counts["resolved"] > counts["wanted"]
