"""How long the server takes over the live preview of a text of 5,000 words, while it is rehearsed."""

from __future__ import annotations

import statistics
import time
from itertools import count

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from benchmarks.long_document import WORDS
from documents.models import Collection
from ingest.rehearse import Brought, rehearse

LENGTH = 5_000
ROUNDS = 20


def text() -> str:
    """Returns archive text of at least 5,000 words, with a note to every second paragraph."""
    blocks: list[str] = []
    notes: list[str] = []
    for number in count(1):
        words = f"Passage {number}. {WORDS}{WORDS}"
        if number % 2:
            notes.append(f"[^{number}]: Note to passage {number}.")
            words += f"[^{number}]"
        blocks.append(words)
        if len(" ".join(blocks).split()) >= LENGTH:
            break
    return "\n\n".join([*blocks, *notes]) + "\n"


def measure() -> float:
    """Returns the median in milliseconds. Django must be set up, with a collection in the archive."""
    client = Client(headers={"host": "localhost"})
    user = User.objects.create_superuser("previewing", password="a long password")
    client.force_login(user)
    written = text()
    item = rehearse([Brought(written.encode(), "long.md")], Collection.objects.all()[0], user).documents.get()
    address, times = reverse("admin:ingest_rehearseddocument_preview", args=[item.pk]), []
    for number in range(ROUNDS):
        began = time.perf_counter()
        answer = client.post(address, {"text": f"{written}{number}"})
        times.append((time.perf_counter() - began) * 1000)
        assert f"{number}" in answer.json()["html"]
    return statistics.median(times)
