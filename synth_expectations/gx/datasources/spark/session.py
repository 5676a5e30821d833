"""The Spark session that tables are read with: the caller's, as it is; or one of ours, where there is none.

On a session of a caller nothing is set, and it is never stopped. One of ours is made as Spark users configure theirs
(`spark-defaults.conf` in `SPARK_CONF_DIR`, `PYSPARK_SUBMIT_ARGS`), and ends with the process.
"""

from __future__ import annotations

import atexit
import logging
import re
import sys
import tempfile
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError
from synth_expectations.redaction import first_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

APPLICATION = "synth_expectations"
"""What a cluster calls the application of a session of ours."""

_INSTALL = "Install it: pip install 'synth-expectations[spark]'"
_JAVA = "It needs a Java, 17 or later: let JAVA_HOME name it."
_CONFIGURATION = "Its configuration is in SPARK_CONF_DIR and PYSPARK_SUBMIT_ARGS."
_making = Lock()


def session() -> SparkSession:
    """The session that is active, or the one that its process has; ours, where it has none.

    Raises:
        UnreadableTableError: pyspark is not installed, or Spark does not start.
    """
    try:
        from pyspark import SparkContext
        from pyspark.sql import SparkSession
    except ImportError:
        raise UnreadableTableError("pyspark is not installed, and a table has engine: spark.", _INSTALL) from None
    with _making:
        if (active := SparkSession.getActiveSession()) is not None:
            return active
        # a session belongs to the thread that made it, and its context to the process
        return SparkSession.builder.getOrCreate() if SparkContext._active_spark_context else _made()


def is_stopped(found: SparkSession) -> bool:
    """Whether a session was stopped: then nothing can be asked of it."""
    context = getattr(found, "_sc", None)
    return context is not None and context._jsc is None


def running() -> list[Any]:
    """What `cancel` ends the queries of, if a session of ours has any."""
    return [_Queries()] if _ours else []


_ours: list[SparkSession] = []


class _Queries:
    def cancel(self) -> None:
        """End all queries of our session; on one of a caller they may be someone else's."""
        for each in _ours:
            each.sparkContext.cancelAllJobs()


def _made() -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    # What Spark says of itself would stand between the lines of the report; it is read only where Spark does not start.
    with tempfile.TemporaryFile() as talk:
        try:
            gateway = launch_gateway(SparkConf(loadDefaults=False), {"stderr": talk})  # type: ignore[no-untyped-call]
            context = SparkContext(conf=SparkConf(loadDefaults=False).setAppName(APPLICATION), gateway=gateway)
            made = SparkSession(context)
        except (PySparkException, Py4JError, OSError) as error:
            reason = _reason(talk, error)
            hint = _JAVA if re.search(r"JAVA_HOME|\bjava\b.*(not found|No such)", reason) else _CONFIGURATION
            raise UnreadableTableError(f"Spark did not start: {reason}.", hint) from None
    _silence()
    _ours.append(made)
    atexit.register(_stop, made)
    return made


def _silence() -> None:
    """No stack trace on stderr for an error that becomes a sentence: pyspark 4 logs each."""
    try:
        from pyspark.logger import PySparkLogger
    except ImportError:  # pyspark 3 does not
        return
    PySparkLogger.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)


def _stop(made: SparkSession) -> None:
    if not is_stopped(made) and "pyspark" in sys.modules:
        made.stop()


def _reason(talk: IO[bytes], error: Exception) -> str:
    """What Spark said last, or what Python did."""
    talk.seek(0)
    lines = [line.strip() for line in talk.read().decode(errors="replace").splitlines()]
    said = [line for line in lines if line and not line.startswith(("at ", "...", "WARNING:"))]
    wrong = [line for line in said if "Error" in line or "Exception" in line or "JAVA_HOME" in line] or said
    return re.sub(r"^.*?(?=java|JAVA)|^Exception in thread \S+ ", "", wrong[0] if wrong else first_line(error)).rstrip(
        "."
    )
