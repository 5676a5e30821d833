"""A measured process: how long, how much memory, and its end if it takes too much of either. For Linux."""

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
    """What a process may take: bytes of memory, and seconds."""

    memory: int
    seconds: float


@dataclass(frozen=True)
class Run:
    """What became of a process.

    Attributes:
        wall: seconds from its start to its end.
        cpu: seconds of all its threads.
        megabytes: the most memory that it held at once.
        fate: empty if it came to its end by itself; else why not.
        found: what it reported.
    """

    wall: float
    cpu: float
    megabytes: float
    fate: str = ""
    found: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def run(command: list[str], directory: Path, variables: Mapping[str, str], limits: Limits) -> Run:
    """Run a script that reports of itself.

    Raises:
        SystemExit: it failed otherwise than by a limit.
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
    except (OSError, IndexError):  # it has just ended
        return ""
    return "out of memory" if pages * os.sysconf("SC_PAGE_SIZE") > limits.memory else ""
