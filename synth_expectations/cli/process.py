"""The process of the command line, from its start to its end."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

from synth_expectations.cli.app import main
from synth_expectations.cli.copying import copy_fields_sooner
from synth_expectations.cli.later import import_later


def entry() -> NoReturn:
    """The command line, as a process of its own."""
    prepare()
    try:
        main()
    except SystemExit as ended:
        leave(int(ended.code or 0))


def prepare() -> None:
    """What makes a process start sooner in which nobody else's code runs.

    Great Expectations is a few hundred thousand objects that stay. To look through them for garbage as often as Python
    does by itself takes a tenth of a small run, and finds little: memory stays the same. (mypy does this too.)
    """
    gc.set_threshold(50_000, 20, 20)
    copy_fields_sooner()
    import_later()


def leave(code: int) -> NoReturn:
    """End the process, once all is done that is registered for its end.

    Not as Python does where Great Expectations was imported: that looks through all of its objects for garbage, for one
    and a half seconds, before the memory is given back anyway. (mypy ends in the same way.)
    """
    if "great_expectations" not in sys.modules:
        sys.exit(code)
    atexit._run_exitfuncs()  # there is no public name for it
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
