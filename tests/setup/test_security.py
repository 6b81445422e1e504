"""What every answer carries, on this machine and behind a proxy with https."""

from __future__ import annotations

import json
import sys
from subprocess import run

import pytest
from django.test import Client

from archive.environment import ROOT
from tests.setup.commands import bare_environment

SHOW = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
from django.conf import settings
names = ["DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
         "CSRF_TRUSTED_ORIGINS", "SITE_NAME"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_with(**variables: str) -> dict[str, object]:
    """Returns settings as a process with these variables reads them."""
    environment = bare_environment(SECRET_KEY="k" * 50, **variables)
    done = run([sys.executable, "-c", SHOW], env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("path", ["/robots.txt", "/admin/login/"])
def test_every_answer_is_guarded(client: Client, db: None, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_stranger_host_is_refused(client: Client) -> None:
    assert client.get("/robots.txt", headers={"host": "evil.example"}).status_code == 400


def test_on_this_machine_cookies_travel_over_http() -> None:
    settings = settings_with()

    assert settings["DEBUG"] is False
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0


def test_behind_https_cookies_travel_only_encrypted() -> None:
    settings = settings_with(SITE_URL="https://letters.example.org")

    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31536000
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://letters.example.org"]
    assert "letters.example.org" in settings["ALLOWED_HOSTS"]  # type: ignore[operator]


def test_public_pages_set_no_cookie(client: Client, db: None) -> None:
    assert not client.get("/robots.txt").cookies
