"""The kind of a key, from its values."""

from __future__ import annotations

import pytest

from synth_expectations.demo.people import make_salesforce_id
from synth_expectations.policy.infer.key_kind import guess_kind

IDS = [make_salesforce_id("003", number, seed=number) for number in range(50)]
UUID = "cc78a2f0-49af-4ae8-b8b2-edac4e528388"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (IDS, "salesforce_id"),
        ([key[:15] for key in IDS], "salesforce_id"),
        ([UUID, UUID.upper(), UUID.replace("-", ""), f"{{{UUID}}}"], "uuid"),
        (["0", "42", " -7 "], "number"),
        (["042", "42"], None),
        ([*IDS, make_salesforce_id("001", 1, seed=1)], None),
        ([*IDS, IDS[0][:17] + ("B" if IDS[0][17] != "B" else "C")], None),
        (["ORDER0000000000001", "ORDER0000000000002"], None),
        ([UUID, "42"], None),
        (["C-1", "C-2"], None),
        ([], None),
    ],
)
def test_kinds(values: list[str], kind: str | None) -> None:
    assert guess_kind(values) == kind
