"""The words of evidence: what a check says of a requirement, without a legal conclusion."""

from __future__ import annotations

from enum import StrEnum


class EvidenceWord(StrEnum):
    """What is known of a requirement; only the first four words may be counted as evidence."""

    SUPPORTS = "supports"
    SUPPORTS_IN_PART = "supports in part"
    CONTRARY = "contrary"
    MANUAL_DONE = "manual done"
    INCONCLUSIVE = "inconclusive"
    NOTHING_TO_CHECK = "nothing to check"
    NOT_READ = "not read"
    NOT_RUN = "not run"
    EXCLUDED = "excluded"
    MANUAL_OPEN = "manual open"
    NOT_YET_IN_FORCE = "not yet in force"
    NO_LONGER = "no longer"
