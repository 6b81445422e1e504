"""A made-up collection whose one document has 300 passages, 200 notes and 40 proposals."""

from pathlib import Path

import yaml

SLUG = "long-document"
PASSAGES = 300
NOTES = 200
PROPOSALS = 40
WORDS = (
    "I believe that the technical problems of this joint undertaking can be solved, and that our two countries would "
    "do a common service to mankind by beginning with the establishment of an early operational system of satellites, "
    "whose data would be placed in normal international channels and so be of use to every nation that wants them. "
)


def archive_text() -> str:
    """Returns the document in archive text; two of three passages call a note, every tenth turns a page."""
    blocks, notes = [], []
    for number in range(1, PASSAGES + 1):
        words = f"Passage {number}. {WORDS}{WORDS}"
        if len(notes) < NOTES and number % 3:
            words += f"[^{len(notes) + 1}]"
            notes.append(f"[^{len(notes) + 1}]: Note to passage {number}. {WORDS}")
        if number % 10 == 0:
            words = f"{{page {number}}} {words}"
        blocks.append(f"{number}. {words}" if number % 5 == 0 else words)
    return "\n\n".join([*blocks, *notes]) + "\n"


def write(folder: Path) -> None:
    """Writes the collection folder, ready for ``import_documents``."""
    (folder / "sources").mkdir(parents=True)
    text = archive_text()
    for name in ("sources/long.txt", "sources/long.md"):
        (folder / name).write_text(text)
    collection = {
        "collection": {"slug": "benchmark", "title": "Benchmark"},
        "documents": [
            {
                "id": SLUG,
                "source": "sources/long.txt",
                "text": "sources/long.md",
                "kind": "letter",
                "title": "A long letter",
                "written": {"display": "7 March 1962"},
                "proposals": [
                    {"id": f"K{number}", "title": f"Proposal {number}", "passages": f"p{number * 7}"}
                    for number in range(1, PROPOSALS + 1)
                ],
            }
        ],
    }
    (folder / "collection.yaml").write_text(yaml.safe_dump(collection, sort_keys=False))
