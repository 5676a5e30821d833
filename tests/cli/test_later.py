"""What Great Expectations seldom needs is imported when it does, and then works as ever."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.project import AS_OF

_RUN = """
import sys
import synth_expectations.cli.startup as process
process.leave = lambda code: print("ended", code, sorted({"altair.vegalite", "scipy.linalg"} & set(sys.modules)))
process.start()
"""

_ASKED = """
import sys
from synth_expectations.cli.startup import prepare
prepare()
import great_expectations as gx
import pandas
assert "altair.vegalite" not in sys.modules
batch = gx.get_context(mode="ephemeral").data_sources.pandas_default.read_dataframe(pandas.DataFrame({"x": list("aab")}))
like = {"values": ["a", "b"], "weights": [0.5, 0.5]}
found = batch.validate(gx.expectations.ExpectColumnKLDivergenceToBeLessThan(column="x", partition_object=like, threshold=1))
print(round(found.result["observed_value"], 3))
import altair
import altair.vegalite
from scipy import stats
print(altair.Chart.__name__, altair.vegalite.__name__, stats.norm.cdf(0), sys.modules["scipy.stats"] is stats)
"""


def _said(script: str, *arguments: str) -> list[str]:
    command = [sys.executable, "-W", "ignore", "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.full
@pytest.mark.usefixtures("compiled")
def test_a_run_does_not_need_it() -> None:
    assert _said(_RUN, "run", "nightly", "--as-of", AS_OF)[-1] == "ended 0 []"


def test_an_expectation_that_does_has_it() -> None:
    assert _said(_ASKED)[-2:] == ["0.057", "Chart altair.vegalite 0.5 True"]
