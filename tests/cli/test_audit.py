"""The commands `audit …`, from the first key to a verification."""

from __future__ import annotations

import stat
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.verification.source import find_digests
from tests.cli.project import Project
from tests.evidence.ledger_rewriting import rewrite_ledger
from tests.evidence.recorder.ledger_reading import open_ledger, read_kinds, read_records

DPO = "dpo@retailer.example"
LEDGER = Path("evidence")


def test_a_run_under_a_signed_policy_is_verified(compiled: Project) -> None:
    """Key, approval, run, verification; then a change of one digit."""
    cli = compiled.cli
    said = cli("audit", "key", "keys/dpo.key", "--person", DPO, "--role", "dpo")
    assert said.code == 0, said
    assert stat.S_IMODE(Path("keys/dpo.key").stat().st_mode) == 0o600
    said = cli("audit", "approve", "--key", "keys/dpo.key", "--until", "2099-12-31", "--ticket", "GRC-412")
    assert said.code == 0, said
    assert "signed by the approver's key" in said.out
    assert compiled.run().code == 0
    [record] = read_records(LEDGER)
    assert record.policy
    policy = record.policy
    assert (policy.state, policy.approval_entry, policy.signed, policy.ticket) == ("approved", 3, True, "GRC-412")
    said = cli("audit", "verify")
    assert said.code == 2, said
    assert "give --trust keys.json" in said.out
    said = cli("audit", "verify", "--trust", "keys/dpo.key.pub")
    assert said.code == 0, said
    assert "Verified: 1 entry is signed by keys that were given." in said.out
    said = cli("audit", "attest", "--key", "keys/dpo.key", "--out", "attestations")
    assert said.code == 0, said
    assert {path.name for path in Path("attestations").iterdir()} == {
        f"{record.run_id}.run.dsse.json",
        f"{record.run_id}.test-result.dsse.json",
    }
    head = cli("audit", "verify", "--json").json()["head"]["sha256"]
    assert cli("audit", "verify", "--trust", "keys/dpo.key.pub", "--expect-head", head).code == 0

    result = LEDGER / "objects" / str(record.results[0].result_sha256)
    content = result.read_bytes()
    result.unlink()
    result.write_bytes(content.replace(b"0", b"1", 1))
    said = cli("audit", "verify", str(LEDGER), "--json")
    assert said.code == 1
    assert result.name in [finding["file"].rpartition("/")[2] for finding in said.json()["findings"]]


def test_a_changed_policy_is_shown_in_words_and_signed_with_ssh(compiled: Project) -> None:
    cli = compiled.cli
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "id"], check=True)
    assert cli("audit", "key", "--public", "id.pub", "--person", DPO, "--role", "dpo").code == 0
    assert cli("audit", "approve", "--by", DPO, "--role", "dpo").code == 0
    compiled.edit("P90D", "P900D")
    said = cli("audit", "approve", "--by", DPO, "--role", "dpo")
    assert (said.code, "not compiled as it is" in said.err) == (2, True)
    compiled.compile()
    said = cli("audit", "approve", "--by", DPO, "--role", "dpo", "--statement", "approval.json")
    assert "retention.classes.testing.max: P90D → P900D" in said.out
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "synth-policy", "-f", "id", "approval.json"], check=True)
    arguments = ("audit", "approve", "--statement", "approval.json", "--ssh-signature", "approval.json.sig")
    said = cli(*arguments)
    assert said.code == 0, said
    assert "signed by the approver's key" in said.out
    compiled.edit("P900D", "P901D")
    compiled.compile()
    said = cli(*arguments)
    assert (said.code, "The policy changed since approval.json was written" in said.err) == (2, True)
    said = cli("audit", "verify", "--trust", "id.pub")
    assert (said.code, "no entry names it" in said.out.casefold()) == (0, False)


def test_a_policy_says_what_a_run_without_an_approval_does(compiled: Project) -> None:
    """An approval that was revoked is none."""
    compiled.edit("version: 1\n", "version: 1\nevidence: {unapproved: fail}\n")
    compiled.compile()
    said = compiled.run()
    assert said.code == 2
    assert "The policy is unapproved, and evidence.unapproved says that no run counts then." in " ".join(
        said.out.split()
    )
    assert compiled.cli("audit", "approve", "--by", DPO, "--role", "dpo").code == 0
    assert compiled.run().code == 0
    assert compiled.cli("audit", "approve", "--revoke", "--by", DPO, "--reason", "The purpose changed.").code == 0
    assert compiled.run().code == 2
    assert compiled.cli("audit", "verify").code == 0


def test_a_count_that_is_not_that_of_the_stored_result_is_named(compiled: Project) -> None:
    """The whole chain can be written anew; a record and the result that it names must agree all the same."""
    compiled.table("send", [{"SendId": f"m{number}", "IsSynthetic": "true"} for number in range(3)])
    assert compiled.run().code == 1
    assert compiled.cli("audit", "verify").code == 0
    rewrite_ledger(LEDGER, lambda body: body.replace(b'"broken":3', b'"broken":2'))
    said = compiled.cli("audit", "verify")
    assert said.code == 1, said
    assert "the record says broken 2, but its stored result says 3." in " ".join(said.out.split())


def test_a_result_is_redacted_and_old_ones_are_adopted(compiled: Project) -> None:
    cli = compiled.cli
    assert compiled.run().code == 0
    [record] = read_records(LEDGER)
    digest = str(record.results[0].result_sha256)
    said = cli("audit", "redact", digest[:12], "--reason", "Erasure GRC-77")
    assert said.code == 0, said
    said = cli("audit", "verify")
    assert said.code == 0, said
    assert "redacted, on record: Erasure GRC-77" in said.out
    said = cli("audit", "adopt", "great_expectations/uncommitted/validations")
    assert said.code == 0, said
    adopted = [entry for entry in open_ledger(LEDGER).read_entries() if entry.header.kind is EntryKind.RESULT_ADOPTED]
    assert digest in find_digests(open_ledger(LEDGER).read_object(adopted[0].header.body_sha256))
    said = cli("audit", "verify")
    assert (said.code, "not proved" in said.out) == (0, True)


WRONG: list[tuple[list[str], str]] = [
    (["verify"], "There is no ledger in"),
    (["verify", "nowhere"], "There is no ledger in nowhere"),
    (["verify", "--expect-head", "12"], "12 is not a head"),
    (["verify", "--expect-head", "g" * 64], "is not a head"),
    (["verify", "--trust", "missing.pub"], "missing.pub cannot be read"),
    (["verify", "--trust", "great_expectations/policy.yml"], "contains no public key"),
    (["verify", "memory://crm"], "cannot create a file only if it is absent"),
    (["key", "dpo.key"], "Whose key is it"),
    (["key", "evidence/dpo.key", "--person", DPO, "--role", "dpo"], "is in the ledger"),
    (["key", "--revoke", "12345678", "--reason", "lost"], "names no keys"),
    (["key", "a", "--public", "b"], "Only one thing at a time"),
    (["key", "a", "--person", DPO, "--role", "x", "--until", "2020-01-01"], "before it begins"),
    (["approve", "--by", DPO], "as what?"),
    (["approve", "--by", DPO, "--role", "dpo", "--until", "soon"], "soon is not a day"),
    (["approve", "--by", DPO, "--role", "dpo", "--until", "2020-01-01"], "would have ended"),
    (["approve", "--ssh-signature", "x"], "needs --statement"),
    (["approve", "--statement", "great_expectations/policy.yml", "--ssh-signature", "x"], "is not a statement"),
    (["approve", "--key", "great_expectations/policy.yml"], "private key"),
    (["approve", "--revoke", "--by", DPO, "--reason", "x"], "No approval of the policy"),
    (["redact", "0" * 64, "--reason", " "], "Why is the result redacted"),
    (["redact", "../x", "--reason", "x"], "is not a digest"),
    (["adopt", "nowhere"], "There are no results in nowhere"),
    (["verify", "great_expectations/policy.yml"], "is not a pack"),
]


def test_wrong_use_is_a_sentence(compiled: Project) -> None:
    for arguments, sentence in WRONG:
        said = compiled.cli("audit", *arguments)
        assert said.code == 2, (arguments, said)
        assert sentence in said.err, (arguments, said)
        assert "Traceback" not in said.err


def test_a_key_of_all_times_leaves_a_ledger_that_is_sound(compiled: Project) -> None:
    owner = ("--person", DPO, "--role", "dpo")
    assert compiled.cli("audit", "key", "dpo.key", *owner, "--from", "0001-01-01", "--until", "9999-12-31").code == 0
    assert compiled.cli("audit", "verify").code == 0
    assert "9999-12-31 23:59:59 UTC" in compiled.cli("audit", "key").out


def test_the_first_entry_is_always_the_one_that_opens(compiled: Project) -> None:
    assert compiled.cli("audit", "key", "dpo.key", "--person", DPO, "--role", "dpo").code == 0
    assert read_kinds(LEDGER) == ["ledger_opened", "key_added"]
    said = compiled.cli("audit", "key")
    assert DPO in said.out
    keyid = said.out.split()[0]
    assert compiled.cli("audit", "key", "--revoke", keyid[:8], "--reason", "lost").code == 0
    said = compiled.cli("audit", "approve", "--key", "dpo.key")
    assert (said.code, "was revoked" in said.err) == (2, True)
    again = ("audit", "key", "--revoke", keyid[:8], "--reason", "stolen before it was lost")
    for options in ((), ("--since", "9998-12-31")):
        assert compiled.cli(*again, *options).code == 2
    said = compiled.cli(*again, "--since", "2020-01-01")
    assert (said.code, "revoked as of 2020-01-01 00:00:00 UTC, by entry 4" in said.out) == (0, True), said
    said = compiled.cli(*again, "--since", "2020-01-01")
    assert (said.code, "give an earlier --since" in said.err) == (2, True), said
    assert "2020-01-01" in compiled.cli("audit", "key").out
    next(Path("evidence/index/keys").iterdir()).unlink()  # as after a kill between an entry and its place in the index
    said = compiled.cli("audit", "verify")
    assert (said.code, "The index does not name it" in " ".join(said.out.split())) == (0, True)
    said = compiled.cli("audit", "key", "dpo.key", "--person", DPO, "--role", "dpo")
    assert "The index does not name it" not in compiled.cli("audit", "verify").out
    assert (said.code, "is there already" in said.err) == (2, True)
    Path("other.key.pub").write_text("of another key")
    said = compiled.cli("audit", "key", "other.key", "--person", DPO, "--role", "dpo")
    assert (said.code, "the public part of another key" in said.err, Path("other.key").exists()) == (2, True, False)


def test_a_period_is_packed_signed_and_verified(compiled: Project, tmp_path: Path) -> None:
    """The pack of a real run: its record keys leave as pseudonyms, and the verifiers in it agree with `audit verify`."""
    cli, day = compiled.cli, datetime.now(UTC).date()
    assert cli("audit", "key", "keys/maker.key", "--person", DPO, "--role", "dpo").code == 0
    assert cli("audit", "approve", "--key", "keys/maker.key", "--until", "2099-12-31").code == 0
    assert compiled.run().code in {0, 1}
    period = f"{day - timedelta(days=1)}..{day + timedelta(days=1)}"
    packed = ("audit", "pack", "--period", period, "--out", "pack.zip")
    said = cli(*packed, "--key", "keys/maker.key")
    assert said.code == 0, said
    assert "The period ends on" in said.err
    said = cli("audit", "verify", "pack.zip", "--trust", "keys/maker.key.pub")
    assert said.code == 0, said
    said = cli(*packed)
    assert (said.code, "pack.zip exists" in said.err) == (2, True)
    before = Path("pack.zip").read_bytes()
    assert cli(*packed, "--key", "keys/maker.key", "--force").code == 0
    assert Path("pack.zip").read_bytes() == before
    with zipfile.ZipFile("pack.zip") as archive:
        archive.extractall(tmp_path / "pack")
    public = str(Path("keys/maker.key.pub").resolve())
    for command in ([sys.executable, "-I", "-S", "verify.py"], ["bash", "verify.sh"]):
        done = subprocess.run(
            [*command, "--key", public], cwd=tmp_path / "pack", capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    for arguments, sentence in (
        (["--period", "2026Q9"], "2026Q9 is not a period"),
        (["--period", "2001"], "No run started in 2001"),
        (["--period", period, "--table", "contacts"], "Did you mean contact?"),
        (["--period", period, "--regulation", "gpdr"], "Did you mean gdpr?"),
        (["--period", period, "--key", "missing.key"], "missing.key"),
    ):
        said = cli("audit", "pack", "--out", "other.zip", *arguments)
        assert (said.code, sentence in said.err) == (2, True), said
    assert not Path("other.zip").exists()
