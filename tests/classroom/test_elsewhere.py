"""The page of a reading leads to its handout, its e-book, its cartridge and Google Classroom."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from documents.models import Collection
from tests.classroom.readings import reading, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(teacher())
    return client


def test_every_file_that_is_offered_is_there(space_exchange: Collection, client: Client) -> None:
    page = client.get(reading().get_absolute_url()).content.decode()
    offered = re.findall(r'href="(/classroom/readings/[^"]+\.(?:pdf|epub|imscc)[^"]*)"', page)
    kinds = set()
    for address in offered:
        response = client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200, address
        kinds.add(response["Content-Type"])
    assert kinds == {"application/pdf", "application/epub+zip", "application/vnd.ims.imsccv1p1"}


def test_the_pages_of_the_handout_are_counted_beforehand(space_exchange: Collection, client: Client) -> None:
    of = reading()
    page = client.get(of.get_absolute_url()).content.decode()
    pdf = client.get(f"{of.get_absolute_url()}handout.pdf").content
    assert f"(PDF, {len(PdfReader(BytesIO(pdf)).pages)} pages)" in page


def test_only_what_students_would_find_is_shared_to_google(space_exchange: Collection, client: Client) -> None:
    assert "classroom.google.com" not in client.get(reading().get_absolute_url()).content.decode()
    of = reading(visibility="public", title="Salt & <light>")
    address = f"http%3A%2F%2Ftestserver%2Fclassroom%2Freadings%2F{of.ident}%2F&amp;title=Salt+%26+%3Clight%3E"
    assert f"https://classroom.google.com/share?url={address}" in client.get(of.get_absolute_url()).content.decode()
