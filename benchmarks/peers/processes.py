"""Measure the time and memory of a process, and kill it if it exceeds a limit. Linux only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

from benchmarks.peers.measurement import MARK

_EVERY = 0.1


@dataclass(frozen=True)
class Limits:
    """The limits of a process, in bytes of memory and in seconds."""

    memory: int
    seconds: float


@dataclass(frozen=True)
class Run:
    """The measurements of a process.

    Attributes:
        wall: the seconds from its start to its end.
        cpu: the processor seconds of all threads.
        megabytes: the peak memory.
        fate: why the process was killed; empty if it finished.
        found: the report of the process.
    """

    wall: float
    cpu: float
    megabytes: float
    fate: str = ""
    found: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the measurements as plain data."""
        return asdict(self)


def run(command: list[str], directory: Path, variables: Mapping[str, str], limits: Limits) -> Run:
    """Run a script that prints a report.

    Raises:
        SystemExit: the script failed, but not because of a limit.
    """
    over, ended = [], Event()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as log:
        start = perf_counter()
        child = subprocess.Popen(
            command, cwd=directory, env=dict(variables), stdout=out, stderr=log, text=True, start_new_session=True
        )

        def watch() -> None:
            while not ended.wait(_EVERY):
                fate = _over(child.pid, perf_counter() - start, limits)
                if fate:
                    over.append(fate)
                    os.killpg(child.pid, signal.SIGKILL)
                    return

        watching = Thread(target=watch, daemon=True)
        watching.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = perf_counter() - start
        ended.set()
        watching.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        usage_figures = (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        if child.returncode == -signal.SIGKILL:  # by us, or by a kernel that ran out
            return Run(*usage_figures, fate=over[0] if over else "out of memory")
        out.seek(0)
        log.seek(0)
        reported = [line for line in out if line.startswith(MARK)]
        if child.returncode or not reported:
            raise SystemExit(f"{' '.join(command)}\n{log.read()}")
        return Run(*usage_figures, found=json.loads(reported[-1].removeprefix(MARK)))


def _over(pid: int, seconds: float, limits: Limits) -> str:
    if seconds > limits.seconds:
        return f"longer than {limits.seconds / 60:.0f} minutes"
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):  # the process has just ended
        return ""
    return "out of memory" if pages * os.sysconf("SC_PAGE_SIZE") > limits.memory else ""
