"""A policy, a glob or a baseline that is wrong ends in a sentence or a note, and never in a pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gate.conftest import Gate
from tests.gate.texts import PEOPLE

WAIVER = "{{rule: {}, path: {}, reason: {}, approved_by: {}, until: {}}}"
WRONG: dict[str, tuple[str, str]] = {
    "a rule that is not there": (
        WAIVER.format("SD999", "x", "r", "a", "'2099-01-01'"),
        "gate.accept[1].rule is no rule",
    ),
    "rules in a list": (WAIVER.format("[SD001]", "x", "r", "a", "'2099-01-01'"), "gate.accept[1].rule is no rule"),
    "paths in a list": (
        WAIVER.format("SD001", "[x]", "r", "a", "'2099-01-01'"),
        "gate.accept[1].path is not a path: list",
    ),
    "nobody who approved": (
        WAIVER.format("SD001", "x", "r", "' '", "'2099-01-01'"),
        "gate.accept[1] lacks approved_by",
    ),
    "a day with something behind": (
        WAIVER.format("SD001", "x", "r", "a", "2099-01-01x"),
        "gate.accept[1].until is not a day",
    ),
    "a day that no month has": (
        WAIVER.format("SD001", "x", "r", "a", "'2099-02-30'"),
        "gate.accept[1].until is not a day",
    ),
    "a day without dashes": (WAIVER.format("SD001", "x", "r", "a", "20990101"), "gate.accept[1].until is not a day"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_waiver_is_refused(gate: Gate, tmp_path: Path, kind: str) -> None:
    waiver, says = WRONG[kind]
    (tmp_path / "policy.yml").write_text(f"gate: {{accept: [{waiver}]}}\n", encoding="utf-8")
    ended = gate()
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("{production: {a: b}}", "gate.production is not a path: dict"),
        ("{production: [7]}", "gate.production is not a path: int"),
        ("{production: ['']}", "gate.production is empty"),
        ("{production: ['!data']}", "gate.production begins with an exclamation mark"),
        ("{objects: [Contact]}", "gate.objects is not a mapping"),
        ("{objects: {Contact: {table: [a]}}}", "gate.objects.Contact names a table that the policy does not have"),
    ],
)
def test_a_wrong_section_is_refused(gate: Gate, tmp_path: Path, section: str, says: str) -> None:
    (tmp_path / "policy.yml").write_text(f"gate: {section}\n", encoding="utf-8")
    ended = gate()
    assert ended.code == 2
    assert says in ended.err


@pytest.mark.parametrize(
    "glob", ["data\\**", "{x,data}/**", "./data", "data/{a,p}.csv", "ROOT/data/**", "data/[p].csv"]
)
def test_globs_of_each_spelling_name_files(gate: Gate, tmp_path: Path, glob: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ("[p].csv" if "[" in glob else "p.csv")).write_text(PEOPLE, encoding="utf-8")
    assert gate("--production", glob.replace("ROOT", tmp_path.as_posix())).code == 1


@pytest.mark.parametrize("glob", ["", " ", "!data/**"])
def test_globs_that_name_nothing_are_refused(gate: Gate, glob: str) -> None:
    ended = gate("--production", glob)
    assert ended.code == 2
    assert "A glob of --production" in ended.err


def test_the_words_of_a_marker_are_those_of_its_column(gate: Gate, tmp_path: Path) -> None:
    policy = (
        "tables:\n  a: {marker: {column: is_real, synthetic: ['no'], real: ['yes']}}\n"
        "  b: {marker: {column: is_synthetic, synthetic: ['yes'], real: ['no']}}\n"
        "  c: {marker: {column: kind, synthetic: [both, made], real: [both, real]}}\ngate: {production: ['data/**']}\n"
    )
    (tmp_path / "policy.yml").write_text(policy, encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name, column, word in (
        ("real", "is_real", "yes"),
        ("made", "is_real", "no"),
        ("tagged", "is_synthetic", "yes"),
        ("denied", "is_synthetic", "no"),
        ("both", "kind", "both"),
        ("kind", "kind", "made"),
    ):
        text = f"LastName,Email,{column}\nMoor,a.moor@example.com,{word}\nLund,b.lund@example.com,{word}\n"
        (tmp_path / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    results = json.loads(gate("--output", "json").out)["results"]
    untagged = {Path(result["path"]).stem for result in results if result["rule"] == "SD001"}
    assert untagged == {"real", "denied", "both"}


def test_what_is_stale_is_said(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "p.csv").write_text(PEOPLE, encoding="utf-8")
    waivers = [WAIVER.format("SD001", path, "r", "a", "'2099-01-01'") for path in ("'gone/**'", "'data\\p.csv'")]
    policy = f"gate: {{production: ['data/**'], accept: [{', '.join(waivers)}]}}\n"
    (tmp_path / "policy.yml").write_text(policy, encoding="utf-8")
    entry = {"rule": "SD001", "path": "data\\p.csv", "count": 2, "records": [], "fingerprint": "0"}
    (tmp_path / "known.json").write_text(json.dumps({"version": 1, "results": [entry]}), encoding="utf-8")
    ended = gate("--baseline", "known.json")
    assert ended.code == 0  # the second waiver fits, whatever its slashes
    assert "The waiver of SD001 for gone/** accepts nothing: there is no such result. Remove it." in ended.out
    assert "1 result of the baseline is gone, or at another path" in ended.out
    assert "accepts nothing" not in gate("data").out  # the rest of the repository was not looked at


@pytest.mark.parametrize("count", ["1e999", "-1e999", "NaN", '"x"', "[]"])
def test_a_baseline_with_a_wrong_count_is_refused(gate: Gate, tmp_path: Path, count: str) -> None:
    text = f'{{"version": 1, "results": [{{"rule": "SD001", "path": "p", "count": {count}, "records": [], "fingerprint": "0"}}]}}'
    (tmp_path / "known.json").write_text(text, encoding="utf-8")
    ended = gate("--baseline", "known.json")
    assert ended.code == 2
    assert "known.json is not a baseline of the gate" in ended.err
