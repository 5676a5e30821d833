"""SDMetrics on some of the trials, in an environment of its own: a line of JSON for each trial.

It takes ten seconds for a trial of 2,000 records: so two data sets, and three kinds of table.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import pandas as pd

from benchmarks.copies.trials import Trial, draw_trials

SHARE = 0.05
DATA_SETS = ("HI", "diamonds")
KINDS = ("fresh records", "copied as they are", "one column of somebody else")
_SAMPLED = 500
"""Records that are looked up among those of training: each takes four milliseconds."""


def score(trial: Trial) -> dict[str, float]:
    """Return the scores of the two metrics that look for copies; 1 is the best."""
    from sdmetrics.single_table import DCROverfittingProtection, NewRowSynthesis  # type: ignore[import-not-found]  # in an environment of its own

    names = list(trial.columns)
    real, holdout, synthetic = (
        pd.DataFrame(rows, columns=names) for rows in (trial.parts.training, trial.parts.holdout, trial.synthetic)
    )
    kinds = {
        name: {"sdtype": "numerical" if place < trial.numeric else "categorical"} for place, name in enumerate(names)
    }
    metadata = {"tables": {"records": {"columns": kinds}}}
    overfitting = DCROverfittingProtection.compute_breakdown(real, synthetic, holdout, metadata, "records")
    new_rows = NewRowSynthesis.compute(real, synthetic, metadata["tables"]["records"], synthetic_sample_size=_SAMPLED)
    return {"overfitting": float(overfitting["score"]), "new_rows": float(new_rows)}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    seeds = int(sys.argv[2])
    for drawn in draw_trials(Path(sys.argv[1]), seeds, (SHARE,), DATA_SETS):
        if drawn.kind not in KINDS:
            continue
        start = time.perf_counter()
        scores = score(drawn)
        line = {"data_set": drawn.data_set, "seed": drawn.seed, "kind": drawn.kind, "share": drawn.share}
        print(json.dumps({**line, **scores, "seconds": time.perf_counter() - start}), flush=True)
