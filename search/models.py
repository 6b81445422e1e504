"""What the index has yet to follow, in the database, so that it is written and lost together with what it tells of."""

from __future__ import annotations

from django.db import models


class Pending(models.Model):
    """A unit that was changed and that an index has not followed yet.

    A row is written in the transaction that changes something and removed once the index has it. A unit may have many:
    each tells of a change that was there when the row was.
    """

    index = models.CharField(max_length=50)
    unit = models.CharField(max_length=50)

    def __str__(self) -> str:
        return f"{self.unit} for {self.index}"
