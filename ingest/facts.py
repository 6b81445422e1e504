"""What is known of a document, as lines for people, and how two states of it differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: Keys of a document in a collection folder, and what an editor calls them. Its text and source are not compared here.
NAMES = {
    "id": "Address",
    "status": "Status",
    "kind": "Kind",
    "number": "Number",
    "title": "Title",
    "short_title": "Short title",
    "abstract": "Abstract",
    "side": "Side",
    "place": "Place",
    "classification": "Classification",
    "publication": "Publication",
    "publication_url": "Address of that edition",
    "repository": "Repository",
    "written": "Written",
    "received": "Received",
    "released": "Released",
    "identifiers": "Identifiers",
    "formerly": "Former addresses",
    "answers": "Answers",
    "does_not_answer": "Does not answer",
    "parties": "People and organizations",
    "references": "References",
    "proposals": "Proposals",
    "links": "Links",
}


@dataclass(frozen=True)
class ChangedFact:
    """A fact that differs: its name, and the lines of it before and after."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_facts(before: dict[str, Any], after: dict[str, Any]) -> list[ChangedFact]:
    """Compares what two versions have as their ``record``; lines that both have are left out of long lists."""
    old, new = ({**record["document"], "links": record["links"]} for record in (before, after))
    found = []
    for key, name in NAMES.items():
        was, now = _lines(key, old.get(key)), _lines(key, new.get(key))
        if was != now:
            gone, come = (tuple(line for line in a if line not in b) for a, b in ((was, now), (now, was)))
            found.append(ChangedFact(name, gone, come) if gone or come else ChangedFact(name, tuple(was), tuple(now)))
    return found


def _lines(key: str, value: Any) -> list[str]:
    match key, value:
        case "status", _:
            return ["Draft" if value else "Published"]
        case _, None | "":
            return []
        case _, str():
            return [value]
        case (("written" | "received" | "released"), dict()):
            supplied = f", supplied: {value.get('reason', '')}" if value.get("supplied") else ""
            return [value["display"] + supplied]
        case "parties", list():
            return [_party(one) for one in value]
        case "references", list():
            return [f"{one['in']}: “{one['words']}” → {one['target'] or 'nowhere'}" for one in value]
        case "proposals", list():
            return [_proposal(one) for one in value]
        case "links", list():
            return [_link(one) for one in value]
        case _:
            return [str(one) for one in value]


def _party(values: dict[str, str]) -> str:
    agent = values.get("person") or values.get("organization")
    return f"{values['role']}: {values['name']}" + (f" ({agent})" if agent else "")


def _proposal(values: dict[str, str]) -> str:
    parts = [f"{values['id']} {values['title']}, {values['passages']}"]
    parts += [f"“{values['words']}”"] if values.get("words") else []
    return "; ".join([*parts, *(values[key] for key in ("topic", "summary") if values.get(key))])


def _link(values: dict[str, str]) -> str:
    said = f"{values['answer']} {values['relation']} {values['answered']}"
    quoted = f"“{values['answer_words']}” for “{values['answered_words']}”"
    return "; ".join([said, quoted, *([values["note"]] if values.get("note") else [])])
