"""The Spark session that reads tables: the caller's, as it is; or a new one, if the process has none.

On a session of the caller nothing is set, and it is never stopped. A new one is configured as Spark users configure
theirs (`spark-defaults.conf` in `SPARK_CONF_DIR`, `PYSPARK_SUBMIT_ARGS`), and ends with the process: Spark stops when
the process that started it closes its input. If `SPARK_REMOTE` is set, it is a session of Spark Connect.
"""

from __future__ import annotations

import os
import re
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, current_thread, main_thread
from typing import IO, TYPE_CHECKING, Any

from synth_expectations.engine.adapters.spark_errors import summarize_error
from synth_expectations.gx.datasources.spark.servers import refuse_silent_servers
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

APPLICATION = "synth_expectations"
"""The name of the application on the cluster."""

_SEEN_IN = "4.0.5"
"""The version of pyspark whose private names are used here."""
_INSTALL = "Install it: pip install 'synth-expectations[spark]'"
_JAVA = "It needs a Java, 17 or later: let JAVA_HOME name it."
_CONFIGURATION = "Its configuration is in SPARK_CONF_DIR and PYSPARK_SUBMIT_ARGS."
_making = Lock()
_started: list[SparkSession] = []


class SparkVersionWarning(UserWarning):
    """A private name of pyspark has moved, and a substitute is used."""


def session() -> SparkSession:
    """Return the active session, or the one of the process; start one if there is none.

    Raises:
        UnreadableTableError: pyspark is not installed, or Spark does not start.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UnreadableTableError("pyspark is not installed, and a table has engine: spark.", _INSTALL) from None
    with _making:
        if (active := SparkSession.getActiveSession()) is not None:
            return active
        if _has_context():  # a session belongs to the thread that made it, and its context to the process
            return SparkSession.builder.getOrCreate()
        remote = os.environ.get("SPARK_REMOTE")
        return _connect(remote) if remote else _start()


def is_stopped(session: SparkSession) -> bool:
    """Return whether a session was stopped; False if this version of pyspark does not tell: its queries will."""
    context = getattr(session, "_sc", None)  # a session of Spark Connect has none
    return context is not None and getattr(context, "_jsc", context) is None


def running_queries() -> list[Any]:
    """Return what `cancel` ends the queries of, if this module started a session."""
    return [_Queries()] if _started else []


def stop_started() -> None:
    """Stop the session that this module started, if it has not been stopped."""
    for session in _started:
        if not is_stopped(session):
            session.stop()


class _Queries:
    def cancel(self) -> None:
        """End all queries of the session that was started here; those of a caller's may be someone else's."""
        for session in _started:
            if context := getattr(session, "sparkContext", None):
                context.cancelAllJobs()
            else:  # Spark Connect has none
                session.interruptAll()


def _has_context() -> bool:
    """Return whether the process has a Spark context; True if that is unknown: then pyspark reuses it, or makes one."""
    from pyspark import SparkContext, __version__

    if hasattr(SparkContext, "_active_spark_context"):
        return SparkContext._active_spark_context is not None
    warnings.warn(
        f"pyspark {__version__} has no SparkContext._active_spark_context, which {_SEEN_IN} had: "
        "where there is no session, pyspark starts one, and prints what it does.",
        SparkVersionWarning,
        stacklevel=2,
    )
    return True


def _connect(remote: str) -> SparkSession:
    """Return a session of Spark Connect, whose server has answered.

    Raises:
        UnreadableTableError: it does not answer, or a package is missing.
    """
    refuse_silent_servers(remote)
    from pyspark.errors import PySparkException

    address = remote.partition("/;")[0]
    try:
        from pyspark.sql import SparkSession

        connected: SparkSession = SparkSession.builder.getOrCreate()
        if connected in _started:
            return connected
        _call_once(connected)
    except ImportError as error:
        reason = str(error).splitlines()[0]
        hint = "Install what Spark Connect needs: pip install 'pyspark[connect]'"
        raise UnreadableTableError(f"SPARK_REMOTE is set, and a package is missing: {reason}", hint) from None
    except (PySparkException, RuntimeError) as error:
        reason = summarize_error(error)
        hint = "SPARK_REMOTE names it: correct it, or look into the server's log."
        raise UnreadableTableError(f"Spark does not answer at {address}: {reason}.", hint) from None
    _started.append(connected)
    return connected


def _call_once(connected: Any) -> None:
    """Ask a server for its version, once: pyspark would try for ten minutes."""
    client = connected.client
    policies = client.get_retry_policies()
    client.set_retry_policies([])
    try:
        connected.version  # noqa: B018 - the first call
    finally:
        client.set_retry_policies(policies)


def _start() -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    # Spark's own log would stand between the lines of the report; it is read only if Spark does not start.
    with tempfile.TemporaryFile() as log, _kept_interrupt_handler():
        try:
            gateway = launch_gateway(SparkConf(loadDefaults=False), {"stderr": log})  # type: ignore[no-untyped-call]
            _refuse_silent_master(gateway)
            context = SparkContext(conf=SparkConf(loadDefaults=False).setAppName(APPLICATION), gateway=gateway)
            started = SparkSession(context)
        except (PySparkException, Py4JError, OSError) as error:
            reason = _reason(log, error)
            hint = _JAVA if re.search(r"JAVA_HOME|\bjava\b.*(not found|No such)", reason) else _CONFIGURATION
            raise UnreadableTableError(f"Spark did not start: {reason}.", hint) from None
    _started.append(started)
    return started


def _refuse_silent_master(gateway: Any) -> None:
    """Refuse a master that does not answer, and end the Java process that would ask it."""
    from pyspark import SparkConf

    try:
        refuse_silent_servers(SparkConf(_jvm=gateway.jvm).get("spark.master") or "")
    except UnreadableTableError:
        gateway.shutdown()
        raise


@contextmanager
def _kept_interrupt_handler() -> Iterator[None]:
    """Keep what the process does on Ctrl-C: pyspark replaces it in the main thread."""
    if current_thread() is not main_thread():
        yield
        return
    handler = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _reason(log: IO[bytes], error: Exception) -> str:
    """Return why Spark did not start: the line of its log that names an error, or Python's message."""
    log.seek(0)
    lines = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith(("at ", "...", "WARNING:"))]
    errors = [line for line in lines if "Error" in line or "Exception" in line or "JAVA_HOME" in line] or lines
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return re.sub(r"^.*?(?=java|JAVA)|^Exception in thread \S+ ", "", errors[0] if errors else first).rstrip(".")
