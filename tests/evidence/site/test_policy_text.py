"""How a policy changed is shown line by line, also where its text is one line of JSON."""

from datetime import UTC, datetime
from pathlib import Path

from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.sight import Sight
from synth_expectations.evidence.site.policy_text import find_policy_differences
from synth_expectations.evidence.site.run_summary import PolicyPeriod


def test_a_value_of_a_policy_in_json_is_a_line_of_the_difference(tmp_path: Path) -> None:
    ledger = EvidenceLedger(DirectoryStore(tmp_path))
    texts = (b'{"owner":"crm@shop.example","version":1}', b'{"owner":"dpo@shop.example","version":1}')
    seen = Sight(
        run_id="run",
        at=datetime(2026, 11, 1, tzinfo=UTC),
        started_at=datetime(2026, 11, 1, tzinfo=UTC),
        seq=2,
        body="0" * 64,
    )
    periods = [
        PolicyPeriod(policy=PolicyRecord(sha256=ledger.put_object(text), state="unapproved"), first=seen, last=seen)
        for text in texts
    ]
    [difference] = find_policy_differences(ledger, periods)
    changed = [line for line in difference.lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert changed == ['- "owner": "crm@shop.example",', '+ "owner": "dpo@shop.example",']
