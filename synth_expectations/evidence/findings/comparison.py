"""Which records of a finding are new, and which are gone: as far as the digests of two results tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class RecordChange:
    """How the records of a finding differ from those of the result before.

    Attributes:
        since: the time for which the result before evaluated.
        before: how many it had.
        count: how many there are now.
        new: how many of them it did not have; the least number, unless `is_exact`.
        gone: how many of its records are none of them now; the least number, unless `is_exact`.
        is_exact: whether both results name all of their records, with the same key.
        why_not: why it is not exact, as a clause.
    """

    since: datetime
    before: int
    count: int
    new: int
    gone: int
    is_exact: bool
    why_not: str = ""

    def format(self, at: datetime) -> str:
        """Return what is new, as a clause behind the count: `12 of them new since yesterday`.

        Args:
            at: the time for which the newest result evaluated.
        """
        day = format_since(self.since, at)
        if self.is_exact:
            if not self.new and not self.gone:
                return f"the same as {day}"
            new = f"{self.new:,} of them new" if self.new else "none of them new"
            return f"{new}, {self.gone:,} gone since {day}" if self.gone else f"{new} since {day}"
        if self.new:
            least = f"at least {self.new:,} of them new since {day}"
            return f"{least}, which are not all known"
        difference = self.count - self.before
        than = f"as many as {day}" if not difference else f"{-difference:,} fewer than {day}"
        return f"{than}; which of them are new is not known"


def format_since(since: datetime, at: datetime) -> str:
    """Return the day of a result as people say it: `yesterday`, its date in UTC, or of the same day its time.

    A run that evaluated for the same moment again is told by its place alone.
    """
    if since == at:
        return "the run before"
    days = (at.date() - since.date()).days
    if days == 0:
        return f"{since:%H:%M} UTC the same day"
    return "yesterday" if days == 1 else f"{since:%Y-%m-%d}"


def compare_records(
    since: datetime,
    before: tuple[int, Collection[str]],
    now: tuple[int, Collection[str]],
    why_not: str = "",
) -> RecordChange:
    """Return how two results differ.

    What can be told depends on how many of its records a result names. Whatever it does not name may be any record.

    Args:
        since: the time for which the earlier one evaluated.
        before: its count, and the digests that it names.
        now: those of the later one.
        why_not: why the digests of the two cannot be compared at all; empty if they can.
    """
    count_before, count_now = before[0], now[0]
    known_before, known_now = set(before[1]), set(now[1])
    is_whole_before, is_whole_now = len(known_before) == count_before, len(known_now) == count_now
    new, gone = max(0, count_now - count_before), max(0, count_before - count_now)
    if not why_not and is_whole_before:
        new = max(new, len(known_now - known_before))
    if not why_not and is_whole_now:
        gone = max(gone, len(known_before - known_now))
    if not why_not and not (is_whole_before and is_whole_now):
        why_not = "a result names only some of its records"
    return RecordChange(
        since=since,
        before=count_before,
        count=count_now,
        new=new,
        gone=gone,
        is_exact=not why_not,
        why_not=why_not,
    )
