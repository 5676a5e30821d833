"""The as_of of a scheduled run, from its data interval. Without Airflow, so that tests need none."""

from __future__ import annotations

from datetime import datetime


def choose_as_of(run_type: str, interval_end: datetime | None, run_after: datetime) -> datetime:
    """Return the end of the data interval, so that a backfill judges as of then; else when the run was due.

    Args:
        run_type: of Airflow, such as `scheduled`, `backfill` or `manual`. The interval of a manual run is a guess, and a
            run that an asset started has none.
        interval_end: the end of the run's data interval, aware; with cron in Airflow 3 it may also be its start.
        run_after: the time from which the run could start, aware.
    """
    return interval_end if interval_end and run_type in {"scheduled", "backfill"} else run_after
