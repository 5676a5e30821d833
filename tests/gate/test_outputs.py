"""What the gate writes: valid by the schema of each format, and without a value of the data."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator, Draft7Validator

from synth_expectations.gate.command import OUTPUTS, main
from synth_expectations.gate.rules.base import all_rules
from tests.gate.conftest import VALUES, Gate

SCHEMAS = Path(__file__).parent / "schemas"
PATH = "scripts/data/People/Contact.csv"

pytestmark = pytest.mark.usefixtures("contacts")


def _read_schema(name: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return schema


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_value_is_in_any_output(gate: Gate, output: str) -> None:
    ended = gate("--output", output)
    assert ended.code == 1
    assert "SD001" in ended.out
    assert "runnableInProduction" in ended.out
    assert [value for value in VALUES if value in ended.out + ended.err] == []


def test_sarif_is_valid(gate: Gate) -> None:
    document = json.loads(gate("--output", "sarif").out)
    assert list(Draft4Validator(_read_schema("sarif-2.1.0.json")).iter_errors(document)) == []
    run = document["runs"][0]
    assert run["automationDetails"]["id"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in all_rules()]
    for result in run["results"]:
        assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert result["partialFingerprints"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == PATH
    assert all(rule["help"]["markdown"] for rule in run["tool"]["driver"]["rules"])


def test_the_schema_of_sarif_finds_faults(gate: Gate) -> None:
    document = json.loads(gate("--output", "sarif").out)
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert list(Draft4Validator(_read_schema("sarif-2.1.0.json")).iter_errors(document))


def test_gitlab_is_valid_and_fingerprints_are_unique(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "broken-plan.json").write_text('[{"sobject": "Contact", "files": [', encoding="utf-8")
    issues = json.loads(gate("--output", "gitlab").out)
    assert list(Draft7Validator(_read_schema("gitlab-code-quality.json")).iter_errors(issues)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 1
    assert list(
        Draft7Validator(_read_schema("gitlab-code-quality.json")).iter_errors([{**issues[0], "severity": "bad"}])
    )


def test_junit_has_the_shape_that_its_readers_take(gate: Gate) -> None:
    root = ElementTree.fromstring(gate("--output", "junit").out)
    suite = root.find("testsuite")
    assert (root.tag, suite is not None) == ("testsuites", True)
    assert suite is not None
    cases = suite.findall("testcase")
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == sum(case.find(tag) is not None for case in cases)
    assert int(suite.attrib["tests"]) == len(cases)
    assert {"classname": "SD001", "name": PATH, "time": "0"} in [case.attrib for case in cases]
    assert all(set(case.attrib) == {"classname", "name", "time"} for case in cases)


def test_json_has_counts_and_references(gate: Gate) -> None:
    document = json.loads(gate("--output", "json").out)
    found = {(entry["rule"], entry["path"]): entry for entry in document["results"]}
    entry = found["SD001", PATH]
    assert (entry["count"], entry["of"], document["exit_code"]) == (2, 2, 1)
    assert [place["reference"] for place in entry["records"]] == ["0035g00000AbCdEAAV", "record 2"]


def test_an_output_file_leaves_the_text_on_stdout(gate: Gate, tmp_path: Path) -> None:
    ended = gate("--output", "sarif", "--output-file", "gate.sarif")
    assert "ERROR" in ended.out
    assert json.loads((tmp_path / "gate.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_at_most_a_hundred_places_are_named(gate: Gate, contacts: Path) -> None:
    rows = "".join(f",A{number},Moor{number},m{number}@example.com,,\n" for number in range(250))
    contacts.write_text("Id,FirstName,LastName,Email,Phone,Birthdate\n" + rows, encoding="utf-8")
    entry = json.loads(gate("--output", "json").out)["results"][0]
    assert (entry["count"], len(entry["records"])) == (250, 100)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_terminal_of_another_encoding_takes_it(
    contacts: Path, tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pipes of Windows take the letters of a code page only."""
    contacts.with_name("Kontakte Ø 連絡.csv").write_bytes(contacts.read_bytes())
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    assert main([str(tmp_path), "--output", output, "--production", "**"]) == 1
    text = stream.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    path = "scripts/data/People/Kontakte Ø 連絡.csv"
    if output == "json":
        assert path in {entry["path"] for entry in json.loads(text)["results"]}
    if output == "junit":
        assert path in {case.attrib["name"] for case in ElementTree.fromstring(text.encode()).iter("testcase")}
