"""What every reader returns."""

from __future__ import annotations

from dataclasses import dataclass

from editions.model import Edition, Remark


@dataclass(frozen=True)
class Reading:
    """What a reader made of a source: the edition, and the judgements an editor should look at."""

    edition: Edition
    remarks: tuple[Remark, ...] = ()
