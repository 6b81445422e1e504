"""Links between proposals that an editor may want to make."""

from __future__ import annotations

from typing import Any

from django.db import models

from documents.models.proposal import Proposal


class SuggestedLink(models.Model):
    """A later proposal may answer an earlier one. Suggestions are derived; one that an editor rejected stays so.

    ``evidence`` are the words that speak for it, the strongest first.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        REJECTED = "rejected", "Rejected"

    later = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="suggested_links")
    earlier = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="suggested_answers")
    score = models.FloatField(help_text="How much speaks for it, from 0 to 1.")
    rank = models.PositiveSmallIntegerField(help_text="Its place among the candidates of the later proposal, from 1.")
    evidence: models.JSONField[Any, Any] = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    class Meta:
        ordering = ["later", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="two_proposals_are_suggested_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "rejected"]), name="suggested_link_is_open_or_rejected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later} may answer {self.earlier}"
