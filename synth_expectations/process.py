"""The process of the command line, as far as it must be known before anything else is imported: what Ctrl-C does."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""

INTERRUPTED_SENTENCE = "Interrupted. Results of finished tables are kept."


def end_on_interrupt() -> None:
    """Let Ctrl-C end this process at once, if it is the command line: there is nothing to clean up before a command.

    The package calls it before it imports anything, which under load takes half a second. A process that only imports
    the package is not changed, nor is one that was started with Ctrl-C ignored.
    """
    arguments = sys.orig_argv
    as_module = any(arguments[at : at + 2] == ["-m", "synth_expectations"] for at in range(len(arguments)))
    as_script = "".join(sys.argv[:1]).endswith("synth-expectations")
    if (as_module or as_script) and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, end_interrupted)


def end_interrupted(*_: Any) -> NoReturn:
    """End the process at once, as after Ctrl-C. It may be a handler of signals: it takes no lock."""
    os.write(2, f"{INTERRUPTED_SENTENCE}\n".encode())
    os._exit(INTERRUPTED)
