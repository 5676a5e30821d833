"""`fingerprint` lets a sandbox be checked without seeing production; what cannot be compared is never a pass."""

from __future__ import annotations

import hmac
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from synth_expectations.runner.fingerprints.file import digest_rows, read_file
from synth_expectations.runner.fingerprints.key import ComparisonKey
from synth_expectations.runner.fingerprints.prints import group_prints, sort_prints
from tests.cli.project import GOOD, REAL, Project, Said

TABLES = """
  customer_prints:
    role: fingerprints
    parquet: lake/prints/customer.parquet
  contact_prints:
    role: fingerprints
    parquet: lake/prints/contact.parquet
"""
SECRET = "zebedee.quillon@firm.example"
COPY = {**GOOD, "Id": "s2", "Email": SECRET.upper()}


@pytest.fixture
def compared(project: Project) -> Project:
    """A project whose contacts are compared with customers by fingerprint."""
    project.policy.write_text(project.policy.read_text() + TABLES)
    project.edit(
        "      real: {table: customer}\n",
        "      real: {table: customer_prints}\n      fingerprints: {table: contact_prints}\n",
    )
    project.table("customer", [{"CustomerId": "c1", "Email": SECRET}])
    project.table("contact", [GOOD, COPY, REAL])
    (project.root / "lake/prints").mkdir()
    return project


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """All statements that reach a database, with their parameters."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append(f"{statement} {parameters}")

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    yield sent
    sa.event.remove(sa.Engine, "before_cursor_execute", keep)


def make_both(project: Project) -> list[Said]:
    first = project.cli("fingerprint", "customer", "--new-key", "key", "--out", "lake/prints/customer.parquet")
    second = project.cli(
        "fingerprint", "contact", "--key-file", "key", "--records", "--out", "lake/prints/contact.parquet"
    )
    assert (first.code, second.code) == (0, 0), (first, second)
    return [first, second]


def judge(project: Project) -> tuple[str, dict[str, Any]]:
    """The verdict and the document of the expectation that compares, in a run."""
    document = project.run("--output", "json").json()
    [expectation] = [
        expectation
        for table in document["tables"]
        for expectation in table["expectations"]
        if expectation["type"] == "expect_synthetic_records_to_not_copy_real_records"
    ]
    return expectation["verdict"], expectation


def test_a_copy_is_found_and_no_identifier_and_no_key_goes_anywhere(compared: Project, statements: list[str]) -> None:
    said = make_both(compared)
    secret = re.search("key: ([0-9a-f]{64})", Path("key").read_text())
    assert secret
    compared.compile()
    verdict, expectation = judge(compared)
    assert (verdict, expectation["unexpected_count"]) == ("failed", 1)
    assert expectation["sample"]["values"] == ["s2"]
    assert expectation["rules"][0]["name"] == "same e-mail address as a real record, by fingerprint"
    written = [
        path.read_bytes()
        for path in compared.root.rglob("*")
        if path.is_file() and path.name != "key" and path.parent.name not in ("customer", "contact")
    ]
    prints = [json.dumps(pq.read_table(path).to_pylist()) for path in Path("lake/prints").iterdir()]
    seen = [*(part.out + part.err for part in said), *statements, *prints, *map(str, written)]
    assert len(statements) > 5
    for private in (SECRET, SECRET.upper(), "made.up@firm.example", secret[1], str(bytes.fromhex(secret[1]))):
        assert not [text for text in seen if private in text]
    assert {path.stat().st_mode & 0o077 for path in (Path("key"), *Path("lake/prints").iterdir())} == {0}
    assert pq.read_table("lake/prints/customer.parquet").column("record").null_count == 2


def test_a_pass_without_a_copy_and_the_key_destroyed(compared: Project) -> None:
    compared.table("contact", [GOOD, REAL])
    said = compared.cli("fingerprint", "customer", "--new-key", "key", "--out", "lake/prints/customer.parquet")
    out = "lake/prints/contact.parquet"
    said = compared.cli("fingerprint", "contact", "--key-file", "key", "--records", "--out", out, "--destroy-key")
    assert (said.code, Path("key").exists()) == (0, False)
    compared.compile()
    assert judge(compared)[0] == "passed"
    compared.table("contact", [GOOD, {**GOOD, "Id": "new", "Email": SECRET}, REAL])
    verdict, expectation = judge(compared)
    assert (verdict, expectation["sample"]["values"]) == ("failed", ["new"])


def alter(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path)), path)


def set_metadata(table: pa.Table, **different: Any) -> pa.Table:
    [(name, text)] = table.schema.metadata.items()
    return table.replace_schema_metadata({name: json.dumps({**json.loads(text), **different})})


def forge(path: Path, **different: Any) -> None:
    """Change the metadata as somebody does who computes the digest anew."""
    about = replace(read_file(path), **different)
    rows = digest_rows(pq.read_table(path).to_batches())
    forged = replace(about, sha256=about.digest(rows))
    table = pq.read_table(path)
    [name] = table.schema.metadata
    pq.write_table(table.replace_schema_metadata({name: forged.to_json()}), path)


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a row left out": (lambda path: alter(path, lambda table: table.slice(1)), "were altered"),
    "a row twice": (lambda path: alter(path, lambda table: pa.concat_tables([table, table])), "were altered"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:-100]) and None, "cannot be read"),
    "no metadata": (lambda path: alter(path, lambda table: table.replace_schema_metadata(None)), "not a file of fingerprints"),
    "another date": (lambda path: alter(path, lambda table: set_metadata(table, expires_at="2999-10-01")), "were altered"),
    "other counts": (lambda path: alter(path, lambda table: set_metadata(table, records=7)), "were altered"),
    "other kinds": (lambda path: alter(path, lambda table: set_metadata(table, kinds={"person": 1, "id": 1})), "were altered"),
    "expired": (lambda path: forge(path, expires_at=datetime(2026, 10, 1, tzinfo=UTC)), "expired on"),
    "other forms": (lambda path: forge(path, normalizer="0"), "by another release"),
    "no kinds": (lambda path: alter(path, lambda table: set_metadata(table, kinds=None)), "not a file of fingerprints"),
    "another format": (lambda path: alter(path, lambda table: set_metadata(table, format=3)), "does not know"),
}  # fmt: skip


ALTERED = [name for name in FAULTS if name not in ("expired", "other forms")]


@pytest.mark.parametrize(("spoil", "sentence"), [FAULTS[name] for name in ALTERED], ids=ALTERED)
def test_a_file_that_was_altered_is_no_file(compared: Project, spoil: Callable[[Path], None], sentence: str) -> None:
    path = Path("prints.parquet")
    assert compared.cli("fingerprint", "customer", "--new-key", "key", "--out", str(path)).code == 0
    assert compared.cli("fingerprint", str(path), "--verify").code == 0
    spoil(path)
    said = compared.cli("fingerprint", str(path), "--verify")
    assert (said.code, sentence in said.err) == (2, True), said


def test_what_cannot_be_compared_is_errored(compared: Project) -> None:
    make_both(compared)
    compared.compile()
    path = Path("lake/prints/customer.parquet")
    content = path.read_bytes()
    for name in ("a row left out", "expired", "other forms"):
        spoil, sentence = FAULTS[name]
        spoil(path)
        verdict, expectation = judge(compared)
        assert (verdict, sentence in expectation["error"]) == ("errored", True), name
        path.write_bytes(content)
    forge(path, kinds={"id": 1, "email": 0, "person": 1})
    verdict, expectation = judge(compared)
    assert (verdict, "are of name, birth date and postcode, and those of" in expectation["error"]) == ("errored", True)
    said = compared.cli("fingerprint", "customer", "--new-key", "other", "--out", str(path))
    assert said.code == 0
    verdict, expectation = judge(compared)
    assert (verdict, "with another key" in expectation["error"]) == ("errored", True)
    said = compared.cli("fingerprint", str(path), "--verify", "--key-file", "key")
    assert (said.code, "were not made with this key" in said.err) == (2, True)
    assert compared.cli("fingerprint", str(path), "--verify", "--key-file", "other").code == 0


def test_who_forges_the_metadata_is_found_by_the_key_and_afterwards_by_the_policy(compared: Project) -> None:
    [said, _] = make_both(compared)
    path = Path("lake/prints/customer.parquet")
    [printed] = re.findall("SHA-256 ([0-9a-f]{64})", said.out)
    compared.policy.write_text(
        compared.policy.read_text().replace(f"    parquet: {path}\n", f"    parquet: {path}\n    sha256: {printed}\n")
    )
    compared.compile()
    assert judge(compared)[0] == "failed"
    forge(path, expires_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert compared.cli("fingerprint", str(path), "--verify").code == 0
    said = compared.cli("fingerprint", str(path), "--verify", "--key-file", "key")
    assert (said.code, "were not made with this key" in said.err) == (2, True)
    verdict, expectation = judge(compared)
    assert (verdict, "not those whose digest the policy states" in expectation["error"]) == ("errored", True)


def test_keys_that_are_refused(compared: Project, tmp_path: Path) -> None:
    out = ("--out", "prints.parquet")
    assert compared.cli("fingerprint", "customer", "--new-key", "key", *out).code == 0
    said = compared.cli("fingerprint", "customer", "--new-key", "key", *out)
    assert (said.code, "is there already" in said.err) == (2, True)
    Path("key").chmod(0o644)
    said = compared.cli("fingerprint", "customer", "--key-file", "key", *out)
    assert (said.code, "Others than its owner may read" in said.err) == (2, os.name == "posix")
    Path("key").chmod(0o600)
    text = Path("key").read_text()
    old = datetime.now(UTC) - timedelta(days=8)
    for content, sentence in (
        (re.sub("made_at: .*Z", f"made_at: {old:%Y-%m-%dT%H:%M:%S}Z", text), "days old"),
        (re.sub("made_at: .*Z", "made_at: 2999-01-01T00:00:00Z", text), "in the future"),
        (re.sub("made_at: .*Z", "made_at: 2026-99-99T00:00:00Z", text), "is not a key"),
        (text[:-5], "is not a key"),
        ("", "is not a key"),
        ("x" * 5_000, "is not a key"),
    ):
        Path("key").write_text(content)
        said = compared.cli("fingerprint", "customer", "--key-file", "key", *out)
        assert (said.code, sentence in said.err) == (2, True), said
        assert content[-40:-8] == "" or content[-40:-8] not in said.err
    assert compared.cli("fingerprint", "customer", "--key-file", "gone", *out).code == 2
    assert compared.cli("fingerprint", "customer", *out).code == 2


def test_tables_that_have_nothing_to_fingerprint(compared: Project) -> None:
    def fails(table: str, sentence: str, *options: str) -> None:
        said = compared.cli("fingerprint", table, "--new-key", "key", "--out", "prints.parquet", *options)
        assert (said.code, sentence in said.err) == (2, True), said
        assert not Path("key").exists()
        assert not Path("prints.parquet").exists()

    fails("custmer", "did you mean customer")
    fails("send", "has no e-mail, phone with name, or name")
    compared.table("customer", [{"CustomerId": "c1", "Email": "n/a"}, {"CustomerId": "c2", "Email": " "}])
    fails("customer", "No record of customer has an identifier that can be read")
    said = compared.cli("fingerprint", "contact", "--new-key", "a", "--out", "a.parquet", "--records")
    assert said.code == 0
    compared.table("contact", [{**GOOD, "Email": None}])
    said = compared.cli("fingerprint", "contact", "--new-key", "b", "--out", "b.parquet", "--records")
    assert "contact has no e-mail address that could be read. No copy is found by it." in said.err
    compared.table("contact", [GOOD])
    fails("contact", "has no record to fingerprint")
    compared.table("contact", [{**GOOD, "Id": None}])
    fails("contact", "have no key", "--records")


def test_a_shared_value_is_no_person(compared: Project) -> None:
    crowd = [{"CustomerId": f"c{n}", "Email": "office@firm.example"} for n in range(21)]
    snapshots = [{"CustomerId": "once", "Email": SECRET}] * 30
    compared.table("customer", [*crowd, *snapshots])
    said = compared.cli("fingerprint", "customer", "--new-key", "key", "--out", "prints.parquet")
    assert "1 values that many records share were left out" in said.err
    rows = pq.read_table("prints.parquet").to_pylist()
    assert sorted(row["kind"] for row in rows) == ["email", *["id"] * 22]


def test_record_keys_of_a_declared_kind_are_one_in_both_spellings(compared: Project) -> None:
    compared.edit("columns: {key: CustomerId}", "columns: {key: {name: CustomerId, kind: salesforce_id}}")
    compared.edit("      key: Id\n", "      key: {name: Id, kind: salesforce_id}\n")
    compared.table("customer", [{"CustomerId": "0035g00000Abc12", "Email": SECRET}])
    compared.table("contact", [{**GOOD, "Id": "0035g00000Abc12XYZ"}, {**COPY, "Id": "0035g00000Abc13XYZ"}, REAL])
    make_both(compared)
    customers, contacts = (
        {row["fingerprint"]: row["kind"] for row in pq.read_table(f"lake/prints/{name}.parquet").to_pylist()}
        for name in ("customer", "contact")
    )
    assert sorted(contacts[shared] for shared in customers.keys() & contacts.keys()) == ["email", "id"]


def test_a_fingerprint_is_an_hmac() -> None:
    key = ComparisonKey(bytes(range(32)), datetime(2026, 11, 1, tzinfo=UTC))
    for message in (b"", b"email\x1fa@b.example", b"x" * 1_000):
        assert key.fingerprint(message) == hmac.digest(key.secret, message, "sha256")[:16]
    assert key.secret.hex() not in repr(key)
    assert str(key.secret) not in repr(key)


def test_prints_that_share_a_half_are_told_apart() -> None:
    low, high = b"\x01" * 8, b"\xff" * 8
    prints = pa.chunked_array(
        [pa.array([high + low, low + high, high + high], pa.binary(16)), [low + high, high + low]]
    )
    firsts, counts, order = group_prints(prints)
    assert [prints[int(order[first])].as_py() for first in firsts] == [low + high, high + low, high + high]
    assert list(counts) == [2, 2, 1]
    assert list(sort_prints(prints)) == [1, 3, 0, 2, 4]
    assert [len(part) for part in group_prints(prints.slice(0, 0))] == [0, 0, 0]
