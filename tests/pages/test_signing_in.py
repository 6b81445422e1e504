"""Signing in: passwords cannot be guessed by trying."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/login/"


def attempt(client: Client, name: str, password: str) -> int:
    return client.post(ADDRESS, {"username": name, "password": password}).status_code


@pytest.fixture
def editors(db: None) -> None:
    for name in ("ada", "ben"):
        User.objects.create_superuser(name, password="a long password")


def test_the_right_password_lets_in(client: Client, editors: None) -> None:
    assert attempt(client, "ada", "a long password") == 302


def test_after_ten_wrong_passwords_a_name_is_closed_and_the_page_says_so(client: Client, editors: None) -> None:
    tried = [attempt(client, "ada", f"wrong {number}") for number in range(10)]
    assert tried == [200] * 9 + [429]
    page = client.post(ADDRESS, {"username": "ada", "password": "a long password"})
    assert page.status_code == 429
    assert "Too many wrong passwords" in page.content.decode()
    assert "quarter of an hour" in page.content.decode()


def test_others_can_still_sign_in(client: Client, editors: None) -> None:
    for number in range(10):
        attempt(client, "ada", f"wrong {number}")
    assert attempt(client, "ben", "a long password") == 302


def test_a_slip_is_forgotten_with_the_right_password(client: Client, editors: None) -> None:
    for _ in range(2):
        for number in range(9):
            attempt(client, "ada", f"wrong {number}")
        assert attempt(client, "ada", "a long password") == 302
        client.logout()
