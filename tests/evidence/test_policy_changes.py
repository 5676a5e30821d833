"""An approver reads in words what they approve."""

from __future__ import annotations

import json

from synth_expectations.evidence.policy_changes import describe_changes


def test_changes_are_words() -> None:
    before = {"a": {"max": "P90D", "gone": 1}, "names": ["x", "y"], "rows": [{"k": 1}], "same": True, "flag": 1}
    after = {"a": {"max": "P900D", "new": None}, "names": ["y", "z"], "rows": [{"k": 2}], "same": True, "flag": True}
    assert describe_changes(json.dumps(before).encode(), json.dumps(after).encode()) == (
        "a.gone: removed, was 1",
        "a.max: P90D → P900D",
        "a.new: added, null",
        "flag: 1 → true",
        "names: without x",
        "names: with z",
        'rows: [{"k": 1}] → [{"k": 2}]',
    )
    assert describe_changes(b'{"a": ["x", "y"]}', b'{"a": ["y", "x"]}') == ("a: in another order, or with repetitions",)
    assert describe_changes(b"{}", b"{}") == ()


def test_hostile_values_stay_text() -> None:
    after = {"url": "postgresql://ann:hunter2@db.example/crm", "long": "x" * 10_000, "rtl": "\u202egpj.exe\n=cmd()"}
    lines = describe_changes(b"{}", json.dumps(after).encode())
    assert not any("hunter2" in line or "\n" in line or "\u202e" in line or len(line) > 130 for line in lines)
    many = {f"key{number}": number for number in range(500)}
    assert describe_changes(b"{}", json.dumps(many).encode())[-1] == "and 300 more differences"
