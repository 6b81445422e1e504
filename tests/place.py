"""Where the tests run: a data folder of their own, whatever the developer has in the environment."""

import os
import tempfile
from dataclasses import fields
from pathlib import Path

import django
from django.conf import settings

from archive.environment import Environment

#: Set by the process that starts the tests; those it starts in turn use the same folder and the same server.
SHARED = "ARCHIVE_TESTS_DATA"


def settle() -> None:
    """Sets Django up with default settings, on a server of the tests' own or the one that DATABASE_URL names."""
    for item in fields(Environment):
        if item.metadata["name"] != "DATABASE_URL":
            os.environ.pop(item.metadata["name"], None)
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="archive-tests-")
    os.environ["ARCHIVE_DATA"] = os.environ[SHARED]
    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    _own_folder()
    django.setup()


def own_folder() -> Path:
    """Returns the folder of this process, for what processes must not share."""
    return Path(os.environ[SHARED]) / os.environ.get("PYTEST_XDIST_WORKER", "main")


def _own_folder() -> None:
    folder = own_folder()
    (folder / "static").mkdir(parents=True, exist_ok=True)
    settings.STATIC_ROOT = folder / "static"
    settings.HAYSTACK_CONNECTIONS["default"]["PATH"] = str(folder / "index")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
