"""`overlap` tells how many people two tables share, and nothing else; what was not compared is never a pass."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import private_set_intersection.python as psi
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.errors import SynthError
from synth_expectations.runner.fingerprints.key import ComparisonKey
from synth_expectations.runner.overlap.message import MessageRole, read_message, write_message
from synth_expectations.runner.overlap.protocol import answer_request, count_shared, create_secret, encrypt_values
from tests.cli.project import GOOD, Project, Said

SHARED, REQUEST, ANSWER, KEY = 7, "request.parquet", "answer.parquet", "overlap.key"


@pytest.fixture
def compared(project: Project) -> Project:
    """A project of 120 contacts, of which 7 are customers in another spelling."""
    project.table("contact", [GOOD | {"Id": f"s{n}", "Email": f"Person{n}@Firm.example "} for n in range(120)])
    customers = [{"CustomerId": f"c{n}", "Email": f"person{n}@firm.example"} for n in range(113, 300)]
    project.table("customer", customers)
    return project


def ask(project: Project) -> Said:
    return project.cli("overlap", "request", "contact", "--out", REQUEST, "--new-key", KEY)


def reply(project: Project, *options: str, table: str = "customer") -> Said:
    return project.cli("overlap", "answer", table, REQUEST, "--out", ANSWER, *options)


def count(project: Project, *options: str) -> Said:
    return project.cli("overlap", "count", ANSWER, "--request", REQUEST, "--key-file", KEY, *options)


def exchange(project: Project) -> list[Said]:
    steps = [ask(project), reply(project)]
    assert [step.code for step in steps] == [0, 0], steps
    return steps


@pytest.fixture(scope="module")
def exchange_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first exchange of this module is kept, for the tests that spoil one."""
    return tmp_path_factory.mktemp("overlap") / "exchange"


@pytest.fixture
def exchanged(compared: Project, exchange_made_once: Path) -> Project:
    """The same project after an exchange."""
    if exchange_made_once.is_dir():
        shutil.copytree(exchange_made_once, compared.root, dirs_exist_ok=True)
    else:
        exchange(compared)
        shutil.copytree(compared.root, exchange_made_once)
    return compared


def test_the_number_is_told_and_no_identifier_and_no_key_goes_anywhere(compared: Project) -> None:
    steps = exchange(compared)
    result = count(compared)
    assert (result.code, result.out) == (1, "e-mail address: 7 of 120 are among the 187 of the other side.\n")
    secret = re.search("key: ([0-9a-f]{64})", Path(KEY).read_text())
    assert secret
    sent = [Path(name).read_bytes() for name in (REQUEST, ANSWER)]
    seen = [*sent, *((step.out + step.err).encode() for step in [*steps, result])]
    for private in ("person115@firm.example", "Person115", secret[1], str(bytes.fromhex(secret[1]))):
        assert not [text for text in seen if private.encode() in text]
    assert not [text for text in seen if bytes.fromhex(secret[1]) in text]
    assert {Path(name).stat().st_mode & 0o077 for name in (KEY, REQUEST, ANSWER)} == {0}


def test_a_pass_and_the_key_destroyed(compared: Project) -> None:
    compared.table("customer", [{"CustomerId": "c", "Email": "nobody.else@firm.example"}])
    exchange(compared)
    result = count(compared, "--output", "json", "--destroy-key")
    assert (result.code, Path(KEY).exists()) == (0, False)
    document = result.json()
    assert document["kinds"] == [{"kind": "email", "shared": 0, "asked": 120, "held": 1}]
    assert document["request"]["sha256"] == read_message(Path(REQUEST), MessageRole.REQUEST, datetime.now(UTC)).sha256


def test_two_requests_of_one_table_cannot_be_linked(compared: Project) -> None:
    contents = []
    for _ in range(2):
        exchange(compared)
        contents.append([pq.read_table(name).to_pylist() for name in (REQUEST, ANSWER)])
        Path(KEY).unlink()
    for first, second in zip(*contents, strict=True):
        parts = [row["content"] for row in first], [row["content"] for row in second]
        assert not {part[at : at + 33] for part in parts[0] for at in range(len(part))} & {
            part[at : at + 33] for part in parts[1] for at in range(len(part))
        }


def test_records_that_are_marked_as_synthetic_and_shared_mailboxes_are_no_people(compared: Project) -> None:
    compared.edit("    marker: none\n    all: real\n", "    marker: {column: Made}\n")
    people = [{"CustomerId": f"c{n}", "Email": f"person{n}@firm.example", "Made": str(n < 3)} for n in range(5)]
    crowd = [{"CustomerId": f"o{n}", "Email": "person7@firm.example", "Made": "False"} for n in range(21)]
    compared.table("customer", [*people, *crowd])
    steps = exchange(compared)
    assert "1 values that many records share were left out" in steps[1].err
    assert "2 of 120 are among the 2 of the other side" in count(compared).out


def test_a_small_request_is_not_answered(compared: Project) -> None:
    compared.table("contact", [{**GOOD, "Id": f"s{n}", "Email": f"person{n}@firm.example"} for n in range(99)])
    assert ask(compared).code == 0
    refused = reply(compared)
    assert (refused.code, "their number would tell of single people" in refused.err) == (2, True)
    assert not Path(ANSWER).exists()
    assert reply(compared, "--at-least", "99").code == 0
    assert count(compared).code == 0


def test_a_kind_that_is_not_compared_is_said(compared: Project) -> None:
    identifiers = "{email: Email, phone: Phone, name: [Name], calling_code: '1'}"
    compared.edit("identifiers: {email: Email}\n    references", f"identifiers: {identifiers}\n    references")
    people = [{"Id": f"s{n}", "Email": f"a{n}@b.example", "Phone": f"212 555 2{n}"} for n in range(100, 220)]
    compared.table("contact", [{**GOOD, "Name": "Ann", **person} for person in people])
    steps = exchange(compared)
    assert "phone number and name: 120 values" in steps[0].out
    assert "has no phone number and name that can be read. It is not compared." in steps[1].err
    result = count(compared)
    assert (result.code, "Not compared: the table that answers has no phone number and name" in result.err) == (0, True)
    compared.table("customer", [{"CustomerId": "c", "Email": "n/a"}])
    refused = reply(compared)
    assert (refused.code, "No record of customer has an identifier that can be read" in refused.err) == (2, True)


def alter(path: Path, **different: object) -> None:
    table = pq.read_table(path)
    [(name, text)] = table.schema.metadata.items()
    pq.write_table(table.replace_schema_metadata({name: json.dumps({**json.loads(text), **different})}), path)


def forge(path: str, change: Callable[[bytes], bytes] = bytes, **different: Any) -> None:
    """Change a message as somebody does who computes the digest anew."""
    role = MessageRole.REQUEST if path == REQUEST else MessageRole.ANSWER
    message = read_message(Path(path), role, datetime.now(UTC))
    parts = {part: change(content) for part, content in message.parts.items()}
    write_message(Path(path), replace(message, parts=parts, **different).sealed())


def cut(path: str) -> None:
    Path(path).write_bytes(Path(path).read_bytes()[:-9])


def rename_key() -> None:
    Path(KEY).write_text(Path(KEY).read_text().replace("overlap", "fingerprint"))


NOW = datetime.now(UTC)
SPOILED: dict[str, tuple[Callable[[], object], str]] = {
    "a request cut off": (lambda: cut(REQUEST), "cannot be read"),
    "an answer cut off": (lambda: cut(ANSWER), "cannot be read"),
    "an empty answer": (lambda: Path(ANSWER).write_bytes(b""), "cannot be read"),
    "no answer": (lambda: Path(ANSWER).unlink(), "cannot be read: No such file"),
    "an answer of other counts": (lambda: alter(Path(ANSWER), records=1), "was altered"),
    "an answer of an unknown kind": (lambda: alter(Path(ANSWER), kinds={"shoe": 1}), "not a file of"),
    "an answer of no kind": (lambda: alter(Path(ANSWER), kinds={}), "not a file of"),
    "an answer of a later format": (lambda: alter(Path(ANSWER), format=2), "does not know"),
    "an answer of other forms": (lambda: forge(ANSWER, normalizer="0"), "another release"),
    "an old answer": (lambda: forge(ANSWER, made_at=NOW - timedelta(days=8)), "may be used for 7 days"),
    "an answer of the future": (lambda: forge(ANSWER, made_at=NOW + timedelta(days=2)), "may be used for 7 days"),
    "a request for an answer": (
        lambda: Path(ANSWER).write_bytes(Path(REQUEST).read_bytes()),
        "is a request, and not an answer",
    ),
    "another Parquet file": (lambda: pq.write_table(pa.table({"a": [1]}), ANSWER), "not a file of"),
    "an answer with a value cut off": (lambda: forge(ANSWER, lambda content: content[:-1]), "is damaged"),
    "an answer with few values": (lambda: forge(ANSWER, lambda content: content[:40]), "is damaged"),
    "an answer with no values": (lambda: forge(ANSWER, lambda content: b""), "is damaged"),
    "an answer that leaves a kind out": (lambda: forge(ANSWER, kinds={"person": 1}), "does not say of each kind"),
    "a request that was made anew": (lambda: forge(REQUEST), "was not made with the key"),
    "no key": (lambda: Path(KEY).unlink(), "cannot be read"),
    "a key for fingerprints": (rename_key, "not a key for overlaps"),
    "a key that all may read": (lambda: Path(KEY).chmod(0o644), "Others than its owner"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_was_not_compared_is_errored(exchanged: Project, kind: str) -> None:
    spoil, sentence = SPOILED[kind]
    spoil()
    result = count(exchanged)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err, result.err
    assert "Traceback" not in result.err


def test_an_answer_to_another_request_is_refused(exchanged: Project) -> None:
    Path(KEY).unlink()
    assert ask(exchanged).code == 0
    result = count(exchanged)
    assert (result.code, "answers another request" in result.err) == (2, True)


def test_a_request_that_asks_which_values_are_shared_is_refused(compared: Project) -> None:
    assert ask(compared).code == 0
    asks_which = psi.client.CreateWithNewKey(True)
    forge(REQUEST, lambda content: asks_which.CreateRequest([f"{n}" for n in range(121)]).SerializeToString())
    refused = reply(compared)
    assert (refused.code, "asks for more than a number" in refused.err) == (2, True)
    assert not Path(ANSWER).exists()


def test_a_key_that_is_there_is_kept(compared: Project) -> None:
    Path(KEY).write_text("mine")
    refused = ask(compared)
    assert (refused.code, "is there already" in refused.err) == (2, True)
    assert Path(KEY).read_text() == "mine"
    refused = compared.cli("overlap", "request", "contact", "--out", "/proc/none/r.parquet", "--new-key", "other")
    assert (refused.code, Path("other").exists()) == (2, False)


def test_a_file_is_never_written_over_the_key_or_the_request(compared: Project) -> None:
    refused = compared.cli("overlap", "request", "contact", "--out", "same", "--new-key", "./same")
    assert (refused.code, "cannot be both files" in refused.err, Path("same").exists()) == (2, True, False)
    assert ask(compared).code == 0
    content = Path(REQUEST).read_bytes()
    refused = compared.cli("overlap", "answer", "customer", REQUEST, "--out", REQUEST)
    assert (refused.code, Path(REQUEST).read_bytes() == content) == (2, True)


def test_without_the_library_it_says_how_to_install_it(compared: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "private_set_intersection.python", None)
    refused = ask(compared)
    assert (refused.code, "pip install 'synth-expectations[psi]'" in refused.err) == (2, True)
    assert not Path(KEY).exists()


def test_an_answer_by_another_key_is_no_zero() -> None:
    secret, values = create_secret(), [str(number) for number in range(9)]
    answer = answer_request(encrypt_values(secret, values), 9, values[:4])
    assert count_shared(secret, 9, *answer) == 4
    with pytest.raises(SynthError, match="what both sides have was not found"):
        count_shared(create_secret(), 9, *answer)
    with pytest.raises(SynthError, match="another number of values"):
        answer_request(encrypt_values(secret, values), 8, values)


def test_the_order_of_an_answer_says_nothing() -> None:
    secret, values = create_secret(), [str(number) for number in range(200)]
    held, both = answer_request(encrypt_values(secret, values), 200, values)
    setup, response = psi.ServerSetup(), psi.Response()
    setup.ParseFromString(held)
    response.ParseFromString(both)
    for elements in (list(setup.raw.encrypted_elements), list(response.encrypted_elements)):
        assert elements == sorted(elements)


def test_a_key_is_not_shown() -> None:
    key = ComparisonKey(create_secret(), datetime.now(UTC))
    assert key.secret.hex() not in repr(key)
