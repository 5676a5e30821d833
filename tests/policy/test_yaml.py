"""What YAML lets pass and a policy does not: keys twice, dates, gaps, numbers that are none."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.project_files import open_project, plain
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.bounded_yaml import parse, parse_plainly
from synth_expectations.policy.load.loader import load_policy
from tests.policy.conftest import Errors, change, said

LAST = "    columns: {key: SendId}\n"
INFINITE = f"{LAST}    expectations: {{expect_column_max_to_be_between: {{column: a, max_value: .inf}}}}\n"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  send:\n", "  contact: {}\n  send:\n", '31: It is not valid YAML: found duplicate key "contact".'),
        ("{key: SendId}", "{key: SendId, key: Id}", '35: It is not valid YAML: found duplicate key "key".'),
        ("testing: {max: P90D}", '1: {max: P1D}, "1": {max: P2D}', '7: The key 1 is there twice, also as "1".'),
        ("runbook: https", "runbook: " + "[" * 3000 + "]" * 3000 + "\nx: https", "3: It is not valid YAML: it is nested too"),
        ("runbook: https", "runbook: !secret https", "3: It is not valid YAML: the tag !secret does not belong here."),
        ("runbook: https", "\trunbook: https", "3: It is not valid YAML: found character '\\t'"),
        ("runbook: https", "---\nrunbook: https", "It is not valid YAML: but found another document."),
        (LAST, INFINITE, "max_value: inf is not a number. Write"),
        ("version: 1", "version: true", "1: version: True is not a version of this format: write 1."),
        ("version: 1", 'version: "1"', "1: version: '1' is not a version of this format: write 1."),
        ("owner: crm-data@retailer.example", "owner: 4711", "2: owner: a number, true or false, where text belongs"),
        ("methods: [ctgan]", "methods: [1.10]", "6: allowed.methods.0: a number, true or false, where text belongs"),
        ("{key: SendId}", "{key: 1}", "35: tables.send.columns.key: a number, true or false, where text belongs"),
        ("owner: crm", "approved: {by: dpo, on: 2026-10-01 12:00:00}\nowner: crm", '2: approved.on: a date without quotes. '),
        ("owner: crm", "dpia: {D1: {reviewed: 2026-10-01, every: P1Y}}\nowner: crm", "2: dpia.D1.reviewed: a date"),
        ("owner: crm", 'approved: {by: dpo, on: "2026-02-30"}\nowner: crm', "2: approved.on: '2026-02-30' is not a day"),
        ("owner: crm", 'approved: {by: dpo, on: "01.10.2026"}\nowner: crm', "2: approved.on: '01.10.2026' is not a day"),
        ("owner: crm", "review: {every: 90}\nowner: crm", "2: review.every: 90 is not a duration: write P90D"),
        ("owner: crm", 'review: {every: "90"}\nowner: crm', "2: review.every: '90' is not an ISO 8601 duration"),
        ("owner: crm", "review: {every: -P90D}\nowner: crm", "2: review.every: '-P90D' is negative"),
    ],
)  # fmt: skip
def test_refused_by_line(errors: Errors, old: str, new: str, sentence: str) -> None:
    assert any(sentence in each for each in errors((old, new))), sentence


def test_gaps_and_what_else_is_wrong_are_said_together(errors: Errors) -> None:
    answers = (("crm-data@retailer.example", "TODO"), ("max: P90D", "max: TODO"), ("key: Id", "key: TODO"))
    assert errors(*answers, ("role: mixed", "role: mixd")) == [
        "2: owner is still TODO. Fill it in: the comment says what belongs there.",
        "7: retention.classes.testing.max is still TODO. Fill it in: the comment says what belongs there.",
        "10: tables.contact.role: there is no role mixd: did you mean mixed?",
        "14: tables.contact.columns.key is still TODO. Fill it in: the comment says what belongs there.",
    ]


def test_a_todo_in_words_is_text(policy: Path) -> None:
    change(policy, "version: 1\n", "version: 1\ndescription: TODO of the team\n")
    assert load_policy(policy).words.description == "TODO of the team"


def test_yaml_1_2_has_no_yes_and_no(policy: Path) -> None:
    change(policy, "marker: {column: IsSynthetic}", "marker: {column: on, synthetic: [yes], real: [no]}")
    marker = load_policy(policy).tables["contact"].marker
    assert (marker.column, marker.synthetic, marker.real) == ("on", ("yes",), ("no",))  # type: ignore[union-attr]


def test_a_byte_order_mark_and_crlf_change_no_line(policy: Path) -> None:
    change(policy, "role: mixed", "role: mixd")
    before = said(policy)
    policy.write_bytes(b"\xef\xbb\xbf" + policy.read_bytes().replace(b"\n", b"\r\n"))
    assert said(policy) == before == ["10: tables.contact.role: there is no role mixd: did you mean mixed?"]


def test_anchors_are_lines_of_where_they_are_used(policy: Path) -> None:
    own = "    marker: {column: IsSynthetic}\n    columns: {key: SendId}"
    change(policy, "    marker: none\n    all: real\n", "    <<: &real {marker: none, all: real}\n")
    change(policy, own, "    <<: *real\n    columns: {key: SendId}")
    assert compile_policy(policy).policy.tables["send"].all == "real"


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"owner: \xfc"])
def test_other_encodings_are_refused(policy: Path, raw: bytes) -> None:
    policy.write_bytes(raw)
    assert said(policy) == [" It is not UTF-8 text. Save it as UTF-8."]


def test_a_directory_is_no_policy(tmp_path: Path) -> None:
    assert said(tmp_path) == [" It cannot be read: Is a directory. Check the path."]


def _bomb(width: int, depth: int) -> str:
    lines = [f"x0: &x0 [{', '.join('a' * width)}]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(lines) + "\n"


HOSTILE = {
    "a bomb of aliases": (_bomb(9, 9).encode(), "it holds more than 200,000 values, aliases included"),
    "a bomb of mappings": (
        (
            "x0: &x0 {a: 1, b: 2}\n" + "".join(f"x{n}: &x{n} {{a: *x{n - 1}, b: *x{n - 1}}}\n" for n in range(1, 30))
        ).encode(),
        "it holds more than 200,000 values, aliases included",
    ),
    "an alias of itself": (b"a: &a [1, *a]\n", "the alias *a is part of what it stands for"),
    "flow lists in lists": (b"a: " + b"[" * 10_000 + b"]" * 10_000, "it is nested too deeply, at most 32 levels"),
    "block lists in lists": (b"a:\n " + b"- " * 10_000 + b"b\n", "it is nested too deeply, at most 32 levels"),
    "mappings in mappings": (b"{a: " * 10_000 + b"}" * 10_000, "it is nested too deeply, at most 32 levels"),
    "python's own tag": (b"a: !!python/object/apply:os.system [echo]\n", "the tag tag:yaml.org,2002:python/object"),
    "a tag of a mapping": (b"a: !x {b: c}\n", "the tag !x does not belong here"),
    "a tag of binary": (b"a: !!binary aGVsbG8=\n", "the tag tag:yaml.org,2002:binary does not belong here"),
    "a tag of the whole": (b"!!set {a, b}\n", "the tag tag:yaml.org,2002:set does not belong here"),
    "a file too large": (b"a: 1\n" * 20_000_000, "It is larger than 1,024 KiB."),
    "a null byte": (b"version: 1\nowner: a\x00b\n", "2: It is not valid YAML: it holds the character \\x00."),
    "an escape": (b"version: 1\nowner: a\x1b]0;b\n", "2: It is not valid YAML: it holds the character \\x1b."),
    "UTF-16": ("version: 1\n".encode("utf-16"), "It is not UTF-8 text."),
    "Latin-1": ("version: 1\nowner: José\n".encode("latin-1"), "It is not UTF-8 text."),
    "a list as a key": (b"? [a, b]\n: c\n", ""),
    "a mapping as a key": (b"{a: b}: c\n", ""),
    "a time that is none": (b"a: 2026-99-99 25:61:61\n", "1: 2026-99-99 25:61:61 is not a day. Write it in quotes"),
    "a day that is none": (b"a: 1\nb: {c: [x, 2027-02-29]}\n", "2: 2027-02-29 is not a day."),
    "a month that is none, behind days": (b"a: 2028-02-29\nb: '2027-13-01'\nc: 2027-13-01\n", "3: 2027-13-01 is not a"),
    "a number too long": (b"a: " + b"9" * 10_000 + b"\n", "It is not valid YAML"),
    "an undefined alias": (b"a: *b\n", "found undefined alias"),
    "nothing": (b"", "It is not a mapping of keys to values."),
    "a byte order mark alone": (b"\xef\xbb\xbf", "It is not a mapping of keys to values."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_policy_ends_in_a_sentence_at_once(tmp_path: Path, name: str) -> None:
    content, sentence = HOSTILE[name]
    file = tmp_path / "policy.yml"
    file.write_bytes(content)
    started = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(PolicyError) as raised:
            load_policy(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sentence in str(raised.value)
    assert most < 100_000_000
    assert time.process_time() - started < 3  # a second, without tracemalloc


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "policy.yml")  # reading it would wait for a writer
    with pytest.raises(PolicyError, match="It cannot be read: Is not a file"):
        load_policy(tmp_path / "policy.yml")


@pytest.mark.parametrize("name", HOSTILE)
def test_great_expectations_own_file_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "great_expectations.yml").write_bytes(HOSTILE[name][0])
    with pytest.raises(PolicyError):
        open_project(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "a: 0777\nb: 0o17\nc: 1_000\nd: yes\ne: 1e3\nf: ~\ng: 'x''y'\nh: \"\\u00e9\\t\"\ni: |\n  b\n  c\n",
        "a: {b: [1, two, {c: 2026-01-02}]}\n",
        "a: &x {b: 1}\nc: *x\n",
        "a: {b: 1}\nc: {<<: {b: 2}, d: 3}\n",
        "%YAML 1.1\n---\na: yes\n",
        "",
    ],
)
def test_the_fast_reader_reads_what_the_bounded_one_does(text: str) -> None:
    assert plain(parse_plainly(text, "f")) == plain(parse(text, "f"))


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: !!x 1\n", "a: 1\n---\nb: 2\n", "a: [" * 40 + "]" * 40, "a: *b\n"])
def test_the_fast_reader_refuses_what_the_bounded_one_does(text: str) -> None:
    messages = []
    for read in (parse_plainly, parse):
        with pytest.raises(PolicyError) as raised:
            read(text, "f")
        messages.append(str(raised.value))
    assert messages[0] == messages[1]
