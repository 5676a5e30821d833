"""An answer to a question of the auditor: how far the records show it, a number, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Shown(StrEnum):
    """How far the records answer a question."""

    CONTRARY = "contrary"
    NOT_SHOWN = "not shown"
    IN_PART = "shown in part"
    SHOWN = "shown"


@dataclass
class Answer:
    """An answer to one of the six questions.

    Attributes:
        name: Q1 to Q6.
        figure: the number that says most, and `counts`, what it counts.
        reasons: what stands against a better status, a sentence each.
        page: where the whole answer is.
    """

    name: str
    question: str
    status: Shown
    figure: str
    counts: str
    page: str
    reasons: list[str] = field(default_factory=list)
