"""The command `synth-gate`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the gate as a process of its own, with the modules that lie in this package."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "source"))
    try:
        from synth_expectations.gate.command import main as run_gate_command

        code = run_gate_command(sys.argv[1:], "synth-gate")
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
