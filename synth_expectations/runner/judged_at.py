"""The moment for which a scheduled run judges time."""

from __future__ import annotations

from datetime import datetime


def judged_at(run_type: str, interval_end: datetime | None, run_after: datetime) -> datetime:
    """The end of the data interval, so that a backfill judges as of then; of a run without one to trust, when it was due.

    Args:
        run_type: Airflow's, such as `scheduled`, `backfill` or `manual`: the interval of a manual run is a guess, and that
            of a run that an asset started is none.
        interval_end: the end of the run's data interval, aware; with cron in Airflow 3 it may also be its start.
        run_after: the moment from which the run could start, aware.
    """
    return interval_end if interval_end and run_type in {"scheduled", "backfill"} else run_after
