"""``inspect`` shows what is understood of files of every format and of volumes, and names those that it cannot read."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.editions.test_any_input import SAMPLES

VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="vol1"><teiHeader><fileDesc><titleStmt>
<title type="volume">On Space</title>
</titleStmt><publicationStmt><idno type="frus">vol1</idno></publicationStmt></fileDesc></teiHeader><text><body>
<div type="compilation" xml:id="comp1"><head>Letters</head>
<div type="document" n="1" xml:id="d1"><head>1. Letter From Kennedy to Khrushchev</head><p>One.</p></div>
<div type="document" n="2" xml:id="d2"><head>2. Letter From Khrushchev to Kennedy</head><p>Two.</p></div>
</div></body></text></TEI>
"""


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    path = tmp_path / "vol1.xml"
    path.write_text(VOLUME, encoding="utf-8")
    return path


def test_a_folder_of_all_formats_gives_a_line_of_json_for_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suffixes = {"text": "txt", "archive-text": "md", "docx": "docx", "pdf": "PDF", "tei": "xml"}
    for format, source in SAMPLES.items():
        (tmp_path / f"{format}.{suffixes[format]}").write_bytes(source)
    (tmp_path / "ignored.csv").write_text("a,b")
    call_command("inspect", tmp_path, json=True)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(SAMPLES)
    assert all(line["text"] for line in lines)


def test_what_cannot_be_read_is_named_and_the_rest_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "b.txt").write_text("Dear Sir:\n\nI write to you.", encoding="utf-8")
    with pytest.raises(CommandError, match="1 of the files could not be read"):
        call_command("inspect", tmp_path)
    printed = capsys.readouterr()
    assert f"{tmp_path / 'a.docx'}: this is a JPEG image." in printed.err
    assert "plain text, UTF-8, 2 blocks" in printed.out


def test_a_volume_is_told_document_by_document(volume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inspect", volume)
    printed = capsys.readouterr().out
    assert "vol1: On Space\ndocuments: 2, divisions: 1" in printed
    assert "d1       Letter From Kennedy to Khrushchev | " in printed


def test_one_document_of_a_volume_is_told_at_length(volume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inspect", volume, document="d2")
    printed = capsys.readouterr().out
    assert "vol1, document d2\n" in printed
    assert "number:     2" in printed
    assert "d1 " not in printed


def test_a_volume_in_json_names_its_documents_with_the_volume(volume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inspect", volume, json=True)
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["vol1-d1", "vol1-d2"]


def test_a_document_that_a_volume_does_not_have_is_named(volume: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError):
        call_command("inspect", volume, document="d9")
    assert "this volume has no document d9" in capsys.readouterr().err
