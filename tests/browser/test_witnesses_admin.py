"""An editor decides on an offered witness in a browser; every page of witnesses in the admin is accessible and fits."""

import re
from collections.abc import Callable

import pytest

from documents.models import Document, Witness
from ingest.witnesses import collate_witnesses
from tests.browser.test_editing import SCREENS, SignIn, sign_in

__all__ = ["sign_in"]

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offered(sign_in: SignIn) -> Witness:
    document, other = (Document.objects.get(slug=slug) for slug in ("kennedy-1962-03-07", "nsam-129"))
    witness = Witness.objects.create(
        document=document, other=other, siglum="B", title="Another text", status="offered", likeness=0.75
    )
    collate_witnesses(document)
    return witness


def test_an_offered_witness_is_accepted_on_the_page_of_its_document(sign_in: SignIn, offered: Witness) -> None:
    page = sign_in(f"/admin/documents/document/{offered.document_id}/change/")
    page.get_by_role("button", name=re.compile("^Accept")).click()
    page.get_by_text("“Another text” is accepted").wait_for()
    offered.refresh_from_db()
    assert offered.status == "accepted"


def test_every_page_of_witnesses_is_accessible_and_fits(
    sign_in: SignIn, offered: Witness, axe_on_screens: Callable[..., None]
) -> None:
    addresses = [
        "/admin/documents/witness/",
        f"/admin/documents/witness/add/?document={offered.document_id}",
        f"/admin/documents/witness/{offered.pk}/change/",
        f"/admin/documents/document/{offered.document_id}/change/",
    ]
    page = sign_in()
    for address in addresses:
        page.goto(address)
        axe_on_screens(page, SCREENS)
