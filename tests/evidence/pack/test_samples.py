"""A pack has the samples of its period, also one that was drawn before it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.sampling.strata import SampleFinding
from tests.evidence.pack.sample_pack import make_pack, set_clock
from tests.evidence.sampling.sample_draws import draw_sample, record_sample


def test_an_answer_comes_with_its_draw(ledger: EvidenceLedger) -> None:
    set_clock(ledger, datetime(2026, 9, 30, tzinfo=UTC))
    early, unanswered = draw_sample(ledger, "broken", "one"), draw_sample(ledger, "passed", "two")
    set_clock(ledger, datetime(2026, 11, 30, tzinfo=UTC))
    record_sample(ledger, early, *[SampleFinding.AGREES] * 4)
    late = draw_sample(ledger, "untagged", "three")
    pack = make_pack(ledger)
    rows = list(csv.DictReader(io.StringIO(pack.files["tables/samples.csv"].decode())))
    assert [(int(row["draw"]), row["state"]) for row in rows] == [(early, "recorded"), (late, "open")]
    assert f"site/sampling/{early}.html" in pack.files
    assert f"site/sampling/{unanswered}.html" not in pack.files
