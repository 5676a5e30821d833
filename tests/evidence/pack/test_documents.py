"""The tables, the cover, the OSCAL document and the schemas of a pack."""

from __future__ import annotations

import csv
import io
import json
import posixpath
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from trestle.oscal.assessment_results import AssessmentResults

from synth_expectations.controls.load import load_regulations
from synth_expectations.evidence.keys.secret_file import SecretFileError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack
from synth_expectations.evidence.pack.oscal import make_token
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.pack.verifier.verify import format_cell
from tests.evidence.pack.sample_pack import HOSTILE_TABLE, make_pack, make_result
from tools.evidence_schemas import make_schemas


def read_rows(pack: EvidencePack, name: str) -> list[dict[str, str]]:
    """Return the lines of a table."""
    return list(csv.DictReader(io.StringIO(pack.files[f"tables/{name}.csv"].decode(), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "\uff1d", "\uff0b"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert format_cell(f"{start}1+1").startswith("'")
    table = PackTable("x", "", list_columns(("a", ""), ("b", "")), [{"a": f"{start}cmd()", "b": -3}])
    header, line = table.to_csv().decode().splitlines()
    assert header == '"a","b"' and line.startswith("\"'") and line.endswith(',"-3"')


def test_hostile_names_stay_text(pack: EvidencePack) -> None:
    coverage = next(row for row in read_rows(pack, "coverage") if "HYPERLINK" in row["table"])
    assert coverage["table"] == "'" + HOSTILE_TABLE
    finding = next(row for row in read_rows(pack, "findings") if "HYPERLINK" in row["table"])
    assert finding["owner"] == "<script>alert(1)</script>\\n\\u202e@moc"
    for path, content in pack.files.items():
        if path.startswith("tables/"):
            text = content.decode()
            assert len(text.splitlines()) == text.count("\n")
            assert not any(
                cell.startswith(("=", "+", "@", "\t")) for row in csv.reader(io.StringIO(text)) for cell in row
            )


def test_the_tables_count_what_the_records_say(pack: EvidencePack) -> None:
    """The numbers are those of the sample, counted by hand: see tests/evidence/sample_ledger.py."""
    runs = read_rows(pack, "runs")
    assert Counter(run["verdict"] for run in runs) == {"passed": 4, "failed": 2, "errored": 1}
    assert [run["policy_state"] for run in runs].count("expired") == 1
    limited = [run for run in runs if run["selection"]]
    assert [(run["selection"], run["planned"], run["selected"], run["evaluated"]) for run in limited] == [
        ("table customer", "4", "2", "2")
    ]
    finding = next(row for row in read_rows(pack, "findings") if row["table"] == "credit_decision")
    assert (finding["state"], finding["count_max"], finding["count_latest"]) == (
        "not found in the latest evaluation",
        "2",
        "0",
    )
    assert (finding["runs_evaluated"], finding["runs_with_violations"], finding["runs_since"]) == ("4", "1", "0")
    coverage = {row["table"] + row["check"]: row for row in read_rows(pack, "coverage")}
    order = coverage["orderexpect_synthetic_records_to_be_within_retention"]
    assert (order["runs"], order["nothing_to_check"], order["not_selected"], order["passed"]) == ("6", "5", "1", "0")
    assert order["reason"] == "narrowed by where: Only European shops.; No record is synthetic."
    decision = coverage["credit_decisionexpect_regulated_decisions_to_exclude_synthetic_data"]
    assert (decision["errored"], decision["not_read"], decision["rows_latest"]) == ("1", "1", "1904")
    assert coverage["orderexpect_synthetic_records_to_have_an_owner"]["until"] == "2026-12-31"


def test_each_requirement_has_a_line_and_none_is_called_met(pack: EvidencePack) -> None:
    rows = read_rows(pack, "controls")
    wanted = {(regulation.id, named.id) for regulation in load_regulations() for named in regulation.requirements}
    assert {(row["regulation"], row["requirement"]) for row in rows} >= wanted
    article = next(row for row in rows if row["requirement"] == "Article 22" and row["table"] == "credit_decision")
    assert {status: article[status] for status in ("contrary", "supports_in_part", "inconclusive", "not_run", "supports")} == {
        "contrary": "1", "supports_in_part": "3", "inconclusive": "1", "not_run": "1", "supports": "0"
    }  # fmt: skip
    assert article["runs"] == "6"
    assert all(row["does_not_show"] for row in rows if row["check"] and not row["because"].startswith("Mapped when"))
    assert all(row["status_latest"] not in {"met", "violated"} for row in rows)


class PageReader(HTMLParser):
    """Collects the tags, the addresses and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action", "style"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_cover_loads_nothing_and_its_links_are_in_the_pack(pack: EvidencePack) -> None:
    page = PageReader(pack.files["cover.html"].decode())
    assert (
        page.tags["script"] == page.tags["img"] == page.tags["link"] == 0 and page.tags["h1"] == page.tags["main"] == 1
    )
    assert page.addresses and all(address in pack.files for address in page.addresses)
    assert "<script>alert(1)</script>\\n\\u202e@moc" in page.text
    for word in ("met", "violated", "compliant", "effective"):
        assert word not in page.text.split()


def test_the_cover_states_what_is_not_shown(pack: EvidencePack) -> None:
    text = " ".join(PageReader(pack.files["cover.html"].decode()).text.split())
    for reservation in (
        "1 run evaluated a part of the plan",
        "On 85 of 92 days no run started.",
        "The last entry is of 2026-12-05, and the period ends on 2026-12-31: what came later is not here.",
        "No outside party confirmed when the entries were written",
        "Nobody signed this pack",
        "1 result is a copy with pseudonyms",
        "The policy was not approved as it stood at the start of 2 runs: changed in 1, expired in 1.",
        "The approval is asserted, not signed, in 5 runs.",
        f"In some runs {HOSTILE_TABLE} had another number of rows than its source.",
    ):
        assert reservation in text, reservation


def test_the_oscal_document_is_valid_and_concludes_nothing(pack: EvidencePack, shared_ledger: EvidenceLedger) -> None:
    """Trestle's model is made from NIST's schema; the installed one knows 1.2, which reads what 1.1.3 wrote."""
    content = pack.files["oscal/assessment-results.json"]
    document = json.loads(content)["assessment-results"]
    assert document["metadata"]["oscal-version"] == "1.1.3"
    document["metadata"]["oscal-version"] = "1.2.1"
    result = AssessmentResults.model_validate(document).results[0]
    assert b'"satisfied"' not in content
    assert {finding.target.status.state.value for finding in result.findings or []} == {"not-satisfied"}
    observed = {observation.uuid for observation in result.observations or []}
    related = [
        named.observation_uuid for finding in result.findings or [] for named in finding.related_observations or []
    ]
    assert related and set(related) <= observed
    assert len(observed) == sum(row["kind"] == "planned" for row in read_rows(pack, "coverage"))
    resources = {resource.uuid for resource in (AssessmentResults.model_validate(document).back_matter.resources or [])}  # type: ignore[union-attr]
    assert document["import-ap"]["href"].removeprefix("#") in resources
    assert make_pack(shared_ledger).files["oscal/assessment-results.json"] == content
    assert make_token("5(1)(d) é=<b>") == "_5-1-d-é-b"


def test_the_documents_are_what_their_schemas_say(pack: EvidencePack) -> None:
    """Whether the schemas in the package are up to date is asked by `make lint`."""
    schemas = {path.stem: json.loads(text) for path, text in make_schemas()}
    assert {f"schema/{name}.json" for name in schemas} == {path for path in pack.files if path.startswith("schema/")}
    documents = {
        "pack-1": [pack.files["MANIFEST.json"]],
        "ledger-1": pack.files["ledger/headers.jsonl"].splitlines(),
        "run-record-1": [content for content in pack.files.values() if content.startswith(b'{"actor"')],
    }
    for name, contents in documents.items():
        validator = jsonschema.Draft202012Validator(schemas[name])
        assert contents
        for content in contents:
            validator.validate(json.loads(content))


def test_the_key_of_pseudonyms_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "pseudonym.key"
    key = PseudonymKey(path)
    assert key.pseudonymise(b'{"result": {"unexpected_index_list": []}}', "0" * 64) is None
    assert not path.exists() and key.id is None
    copy = key.pseudonymise(make_result(2), "0" * 64)
    assert path.stat().st_mode & 0o777 == 0o600
    assert PseudonymKey(path).pseudonymise(make_result(2), "0" * 64) == copy
    assert sorted(path.parent.iterdir()) == [path]
    path.chmod(0o640)
    with pytest.raises(SecretFileError, match="chmod 600"):
        PseudonymKey(path).pseudonymise(make_result(2), "0" * 64)
    path.write_text("abc", encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(SecretFileError, match="64 hexadecimal digits"):
        PseudonymKey(path).pseudonymise(make_result(2), "0" * 64)


def test_the_site_knows_its_period_and_links_to_files_of_the_pack(pack: EvidencePack) -> None:
    """Headers of other periods are not gaps; a result with pseudonyms is linked under its name in the pack."""
    pages = {path: content.decode() for path, content in pack.files.items() if path.startswith("site/")}
    runs = {
        path.split("/")[2].removesuffix(".html") for path in pages if path.startswith("site/runs/2026") and "Z-" in path
    }
    assert runs == set(pack.manifest.runs)
    links = set()
    for path, page in pages.items():
        for address in PageReader(page).addresses if path.endswith(".html") else ():
            target = address.partition("#")[0]
            if target and "://" not in target:
                links.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
    assert links - set(pack.files) == set()
    assert {path.split("/")[0] for path in links} >= {"objects", "pseudonymised", "site"}

    assert "Before it, entr" not in pages["site/integrity.html"] and "cannot be read" not in pages["site/index.html"]
