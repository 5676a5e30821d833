"""What Spark's errors say, in a sentence without values."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from synth_expectations.redaction import mask_values

_DETAILS = re.compile(r'^\s*details = "([^"\n]+)', re.MULTILINE)
_MISSING = re.compile(r"file:(?://)?(/[^\n]*?)[.,]? (?:File )?does not exist")


def summarize_error(error: Exception) -> str:
    """Return the telling line of a Spark error: one that names a file, else an error class, else the last cause."""
    if unseen := _find_unseen_file(str(error)):
        return mask_values(f"a worker does not see {unseen}, which is there: every worker must read the same directory")
    if details := _DETAILS.search(str(error)):  # of Spark Connect's transport
        return mask_values(details[1]).rstrip(".: ")
    lines = [line.strip().removeprefix("Caused by: ").removeprefix(": ") for line in str(error).splitlines()]
    named = [line for line in lines if re.match(r"([a-z]\w*\.)+\w+: \S|\[[A-Z_]+[.\]]", line)]
    telling = [line for line in named if "file:/" in line or "://" in line] + [line for line in named if "[" in line]
    line = next(iter([*telling, *reversed(named), *filter(None, lines)]), type(error).__name__)
    line = re.sub(r"^([a-z]\w*\.)+\w+: |\[[A-Z0-9_.]+\] | SQLSTATE: .*$|,? but found \[.*$", "", line)
    return mask_values(line).rstrip(".: ")


def _find_unseen_file(error: str) -> str | None:
    """Return the file that a task misses, if this process sees it: then it lies on another machine than the task."""
    for missing in _MISSING.findall(error):
        for path in (missing, unquote(missing)):
            if Path(path).exists():
                return f"file:{path}"
    return None
