"""Students who save their answers at the same time, over the network as their browsers do."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from classroom.identity import COOKIE, SALT
from classroom.models import Answer, Assignment
from tests.classroom.readings import assignment, student

QUESTIONS = ("open01", "choice", "point1")
WORDS = "The exploration of space is a broad and varied activity and the possibilities are many. "


@dataclass
class Writer:
    """A student at work; ``last`` is what was last said to be saved, by question."""

    key: int
    cookie: str
    address: str
    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    written: int = 0

    def work(self, host: str, port: int, seconds: float, pause: tuple[float, float]) -> None:
        """Saves an answer every few seconds; an error is noted and ends the work."""
        chance = random.Random(self.key)
        connection = http.client.HTTPConnection(host, port, timeout=60)
        try:
            self._begin(connection)
            end = time.monotonic() + seconds
            time.sleep(chance.uniform(0, pause[1]))
            while time.monotonic() < end:
                self._save(connection, chance.choice(QUESTIONS))
                time.sleep(chance.uniform(*pause))
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            self.errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    def _begin(self, connection: http.client.HTTPConnection) -> None:
        connection.request("GET", self.address, headers={"Cookie": f"{COOKIE}={self.cookie}"})
        response = connection.getresponse()
        self.token = json.loads(response.read())["token"]
        connection.close()  # the server closes what is quiet for two seconds, and a browser opens it again
        self.cookie += f"; {response.headers['Set-Cookie'].partition(';')[0]}"

    def _save(self, connection: http.client.HTTPConnection, question: str) -> None:
        self.written += 1
        value = self._value(question)
        sequence = int(time.time() * 1000)
        body = json.dumps({"answers": [{"item": question, "value": value, "sequence": sequence}], "read": ["intro1"]})
        headers = {"Cookie": f"{COOKIE}={self.cookie}", "X-CSRFToken": self.token, "Content-Type": "application/json"}
        began = time.perf_counter()
        connection.request("POST", self.address, body, headers)
        response = connection.getresponse()
        said = response.read()
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        connection.close()
        if response.status != 200 or json.loads(said)["answers"][question]["sequence"] != sequence:
            raise ValueError(f"{response.status} {said[:200]!r}")
        self.last[question] = value

    def _value(self, question: str) -> dict[str, Any]:
        match question:
            case "choice":
                return {"chosen": [self.written % 3]}
            case "point1":
                return {"places": [f"letter#p{1 + self.written % 5}"]}
        return {"text": WORDS * (1 + self.written) + str(self.written)}


def class_of(students: int) -> tuple[Assignment, list[Writer]]:
    """A new class with so many students at their devices."""
    made = assignment()
    address = f"/classroom/classes/{made.ident}/work/save/"
    writers = []
    for number in range(students):
        row, code = student(made, f"Student {number}")
        writers.append(Writer(row.pk, signing.dumps({made.ident: code}, salt=SALT), address))
    return made, writers


def together(writers: list[Writer], host: str, port: int, seconds: float, pause: tuple[float, float]) -> None:
    """Has them all work at once, to the end."""
    threads = [threading.Thread(target=each.work, args=(host, port, seconds, pause)) for each in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost(writers: list[Writer]) -> list[str]:
    """The answers that were said to be saved and are not in the database."""
    rows = Answer.objects.filter(student__in=[each.key for each in writers])
    found = {(key, item): value for key, item, value in rows.values_list("student", "item", "value")}
    said = [(each.key, item, value) for each in writers for item, value in each.last.items()]
    return [f"{key} {item}" for key, item, value in said if found.get((key, item)) != value]
