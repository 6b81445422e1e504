"""The admin works under the content security policy of the public pages."""

import pytest
from django.contrib.auth.models import User

from documents.models import Collection
from tests.conftest import OpenPage


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/documents/person/",
        "/admin/documents/person/add/",
        "/admin/documents/collection/",
        "/admin/auth/user/add/",
        "/admin/password_change/",
    ],
)
def test_the_browser_has_nothing_to_complain_about(path: str, space_exchange: Collection, open_page: OpenPage) -> None:
    User.objects.create_superuser("ada", password="a long and odd password")
    page = open_page(f"/admin/login/?next={path}")

    page.fill("#id_username", "ada")
    page.fill("#id_password", "a long and odd password")
    page.click("[type=submit]")

    page.locator("#user-tools").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(path)
