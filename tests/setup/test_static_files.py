"""What is gathered for serving is complete: every module that a script imports is there under the name it is given."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

IMPORT = re.compile(r"""(?:from|import)\s*["'](\./[^"']+)["']""")


@pytest.fixture
def gathered(tmp_path: Path) -> Path:
    storage = {"staticfiles": {"BACKEND": "archive.storage.StaticFiles"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storage):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_import_of_a_script_is_served(gathered: Path) -> None:
    scripts = list((gathered / "js").glob("*.js"))
    imports = [(script, name) for script in scripts for name in IMPORT.findall(script.read_text(encoding="utf-8"))]
    assert imports
    assert [(script.name, name) for script, name in imports if not (script.parent / name).is_file()] == []
