"""The process of the command line, from its start to its end."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

from synth_expectations.cli.app import main
from synth_expectations.cli.later import import_later


def entry() -> NoReturn:
    """The command line, as a process of its own."""
    import_later()
    try:
        main()
    except SystemExit as ended:
        leave(int(ended.code or 0))


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
