"""A reading as a Common Cartridge: it is well made, its links lead somewhere, and students find no answers in it.

The schemas that 1EdTech publishes are not in this project. The grammars in ``tests/classroom/cartridge/`` are written
from the specification and hold the files to what it allows of them.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.test import Client
from lxml import etree

from classroom.models import Reading
from documents.models import Collection, Document
from tests.classroom.readings import ITEMS, LETTER, reading, teacher

pytestmark = pytest.mark.django_db

GRAMMARS = Path(__file__).parent / "cartridge"
#: The grammar of each kind of file, by the beginning of its name.
KINDS = {"imsmanifest.xml": "manifest", "links": "web-link", "questions": "questions"}
SEVERAL: dict[str, Any] = {
    "kind": "question",
    "ident": "sever1",
    "form": "choice",
    "prompt": "Which two?",
    "choices": ["Weather", "Mapping", "Moon"],
    "several": True,
    "correct": [0, 1],
}


def as_teacher(name: str = "ruth") -> Client:
    client = Client()
    client.force_login(teacher(name))
    return client


def files(of: Reading, client: Client) -> dict[str, bytes]:
    """The files of the cartridge that somebody is given, by their names in its order."""
    response = client.get(f"/classroom/readings/{of.ident}/reading.imscc")
    assert response.status_code == 200
    with ZipFile(BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(found: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(found["imsmanifest.xml"])


def kind_of(name: str) -> str:
    """The folder that a file lies in, or its name where it lies in none."""
    return name.split("/")[-2] if "/" in name else name


def held_to_its_grammar(name: str, file: bytes) -> None:
    if kind_of(name) == "pages":
        assert file.startswith(b"<!DOCTYPE html>")
    else:
        etree.RelaxNG(file=str(GRAMMARS / f"{KINDS[kind_of(name)]}.rng")).assertValid(etree.fromstring(file))


def named(found: dict[str, bytes], ending: str) -> bytes:
    """The one file whose name ends so."""
    [file] = [file for name, file in found.items() if name.endswith(ending)]
    return file


def addresses(found: dict[str, bytes]) -> list[str]:
    links = (etree.fromstring(file) for name, file in found.items() if kind_of(name) == "links")
    return [link.find("{*}url").get("href") for link in links]


def titles(of: Reading) -> dict[str, str]:
    """The title of each piece by its identifier."""
    items = manifest(files(of, as_teacher())).xpath("//*[@identifierref]")
    return {item.get("identifier"): item.find("{*}title").text for item in items}


def test_every_file_is_as_the_standard_wants_it(space_exchange: Collection) -> None:
    for level in ("anyone", "secondary", "graduate"):
        found = files(reading(items=[*ITEMS, SEVERAL], level=level), as_teacher())
        for name, file in found.items():
            held_to_its_grammar(name, file)
    assert {kind_of(name) for name in found} == {"imsmanifest.xml", "links", "pages", "questions"}


def test_the_manifest_names_every_file_once_and_nothing_else(space_exchange: Collection) -> None:
    found = files(reading(), as_teacher())
    assert next(iter(found)) == "imsmanifest.xml"
    root = manifest(found)
    assert Counter(root.xpath("//*[local-name()='file']/@href")) == Counter(set(found) - {"imsmanifest.xml"})
    for resource in root.iter("{*}resource"):
        assert resource.get("href") in (None, resource.find("{*}file").get("href"))
    idents = root.xpath("//@identifier")
    assert len(idents) == len(set(idents))
    resources = root.xpath("//*[local-name()='resource']/@identifier")
    assert root.xpath("//*[local-name()='item']/@identifierref") == resources


def test_every_link_leads_to_a_page_that_has_the_place(space_exchange: Collection) -> None:
    found = addresses(files(reading(), as_teacher()))
    assert len(found) == 6
    for address in found:
        parts = urlsplit(address)
        page = Client().get(f"{parts.path}?{parts.query}")
        assert page.status_code == 200, address
        assert not parts.fragment or f'id="{parts.fragment}"' in page.content.decode()
    assert [urlsplit(each).fragment for each in found] == ["", "p1", "p5", "", "", ""]


def test_the_pieces_stand_in_a_module_in_the_order_of_the_reading(space_exchange: Collection) -> None:
    root = manifest(files(reading(), as_teacher()))
    [module] = root.xpath("//*[starts-with(@identifier, 'module-')]")
    assert module.find("{*}title").text == "A letter and its answer"
    assert [item.find("{*}title").text for item in module.findall("{*}item")] == [
        "About this reading",
        "Before you read",
        "Kennedy to Khrushchev, 7 March 1962",
        "Khrushchev to Kennedy, 20 March 1962, par. 1–2",
        "Khrushchev to Kennedy, 20 March 1962, par. 5–6",
        "K1 Joint weather satellites",
        "Kennedy to Khrushchev, 7 March 1962 beside Khrushchev to Kennedy, 20 March 1962",
        "Search the archive: weather satellite",
        "Words to know: NSAM",
        "Questions 1–3",
    ]


def test_a_course_system_counts_choices_and_leaves_the_rest_to_the_teacher(space_exchange: Collection) -> None:
    two = {**SEVERAL, "ident": "twoch1", "choices": ["Yes", "No"], "several": False, "correct": [0]}
    unknown = {**SEVERAL, "ident": "unkno1", "correct": []}
    found = files(reading(items=[*ITEMS, SEVERAL, two, unknown]), as_teacher())
    file = named(found, "questions/open01.xml")
    held_to_its_grammar("questions/open01.xml", file)
    quiz = etree.fromstring(file)
    kinds = quiz.xpath("//*[local-name()='itemmetadata']//*[.='cc_profile']/following-sibling::*/text()")
    assert [kind.split(".")[1] for kind in kinds] == [
        "essay",
        "multiple_choice",
        "essay",
        "multiple_response",
        "essay",
        "essay",
    ]
    assert quiz.xpath("//*[local-name()='conditionvar']/*[local-name()='varequal']/text()") == ["choice-0"]
    assert quiz.xpath("//*[local-name()='and']/*[local-name()='varequal']/text()") == ["choice-0", "choice-1"]
    assert quiz.xpath("//*[local-name()='not']/*/text()") == ["choice-2"]
    assert b"Glenn" not in b"".join(found.values())


def test_what_students_could_fetch_has_no_answers(space_exchange: Collection) -> None:
    of = reading(visibility="public")
    found = files(of, Client())
    assert "questions" not in map(kind_of, found)
    assert "Which did Khrushchev accept?" in named(found, "pages/open01.html").decode()
    assert b"varequal" not in b"".join(found.values())
    assert f"http://testserver/classroom/readings/{of.ident}/" in addresses(found)


def test_a_reading_that_is_not_public_is_not_linked_to(space_exchange: Collection) -> None:
    found = files(reading(), as_teacher())
    assert b"/classroom/" not in b"".join(found.values())


def test_the_same_reading_gives_the_same_cartridge(space_exchange: Collection) -> None:
    of = reading()
    address = f"/classroom/readings/{of.ident}/reading.imscc"
    assert as_teacher().get(address).content == as_teacher().get(address).content
    before = titles(of)
    of.items = [*of.items[4:7], *of.items[:4], *of.items[7:]]
    of.save()
    assert titles(of) == before


def test_cartridges_of_two_readings_have_nothing_of_one_name(space_exchange: Collection) -> None:
    """A course takes what has the same name for the same thing, and a copy has the items of the original."""
    one, other = (files(of, as_teacher()) for of in (reading(), reading()))
    assert set(one) & set(other) == {"imsmanifest.xml"}
    attributes = ("identifier", "ident")
    names = []
    for found in (one, other):
        roots = [etree.fromstring(file) for name, file in found.items() if name.endswith(".xml")]
        taken = {each.get(key) for root in roots for each in root.iter("{*}*") for key in attributes if each.get(key)}
        names.append({each for each in taken if each != "response" and not each.startswith("choice-")})
    assert names[0]
    assert not names[0] & names[1]


def test_odd_characters_do_no_harm(space_exchange: Collection) -> None:
    odd = '<b>Cats & "dogs"</b> ]]> \x0b\x1f\ufffe 🚀 \''
    items = [
        {"kind": "text", "ident": "odd001", "heading": odd, "text": f"{odd}\n\n<script>alert(1)</script>"},
        {"kind": "search", "ident": "odd002", "query": f"{odd}#?&" * 8},
        {**SEVERAL, "ident": "odd003", "prompt": odd, "choices": [odd, f"{odd}2", "3"]},
        {"kind": "term", "ident": "odd004", "term": odd, "meaning": odd},
    ]
    found = files(reading(title=odd, introduction=odd, items=items), as_teacher())
    for name, file in found.items():
        held_to_its_grammar(name, file)
    root = manifest(found)
    title = root.xpath("string(//*[contains(@identifier, '-odd001')]/*)")
    assert title.startswith('<b>Cats & "dogs"</b> ]]>')
    assert title.endswith("🚀 '")
    assert len(root.xpath("string(//*[contains(@identifier, '-odd002')]/*)")) < 110
    assert b"<script>" not in b"".join(found.values())


def test_what_the_archive_does_not_have_is_left_out(space_exchange: Collection) -> None:
    of = reading()
    Document.objects.filter(slug=LETTER).update(status="draft")
    found = files(of, as_teacher())
    assert LETTER not in "".join(addresses(found))
    assert named(found, "pages/about-this-reading.html").decode().count("not available now") == 3


def test_only_who_may_look_at_a_reading_gets_its_cartridge(space_exchange: Collection) -> None:
    of = reading()
    address = f"/classroom/readings/{of.ident}/reading.imscc"
    assert as_teacher().get(address).status_code == 200
    assert as_teacher("naomi").get(address).status_code == 404
    assert Client().get(address).status_code == 404
    Reading.objects.update(visibility="teachers")
    assert as_teacher("naomi").get(address).status_code == 200
    assert Client().get(address).status_code == 404
