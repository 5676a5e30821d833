"""Data Docs of every expectation: passed, failed, errored, nothing to check. Read as text: offline there is no style."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import great_expectations as gx
import pytest
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.expectation_validation_result import expectationValidationResultSchema
from great_expectations.render.renderer.inline_renderer import InlineRenderer

import synth_expectations as se
from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx.data_docs.renderers import exception_message, sentence_of, verdict_of
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.rules.model import SchemaCheck
from synth_expectations.rules.verdict import Verdict
from synth_expectations.testing import Case, CaseKind, expectation_of
from tests.case_files import all_cases
from tests.gx.contacts import contacts, provenance, tagged
from tests.gx.places import DuckdbPlace
from tests.gx.projects import Project, written_once

KINDS = {
    "passed": {CaseKind.PASS},
    "failed": {CaseKind.FAIL},
    "errored": {CaseKind.FAIL},
    "nothing to check": {CaseKind.EMPTY, CaseKind.NOTHING_TO_CHECK},
}


class Text(HTMLParser):
    """The words of a page, a line each; a row of a table is one."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden:
            self.lines.append(" ".join(data.split()))


def words(html: str) -> list[str]:
    reader = Text()
    reader.feed(html)
    return reader.lines


@dataclass
class Page:
    case: Case
    html: str

    @property
    def lines(self) -> list[str]:
        """What is said of the expectation: below the head of its table."""
        every = words(self.html)
        return every[
            every.index("Observed Value") + 1 : every.index("Stay current on everything GX with our newsletter")
        ]


def _of(case: Case) -> str:
    """What is counted."""
    return "columns" if isinstance(expectation_of(case).check, SchemaCheck) else "records"


def _cases() -> dict[tuple[str, str], Case]:
    chosen: dict[tuple[str, str], Case] = {}
    for case in all_cases():
        for verdict, kinds in KINDS.items():
            if case.kind not in kinds or case.expected.error is not None:
                continue
            if verdict != "errored" or _of(case) == "records":  # columns are asked for without a record key
                chosen.setdefault((case.type_name, verdict), case)
    return chosen


CHOSEN = _cases()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Page]:
    """One table and suite a case, run in one project; its docs, built once."""
    project = Project.made(tmp_path_factory.mktemp("docs"))
    place = project.place()
    with written_once(place.context):
        for number, ((type_name, verdict), case) in enumerate(CHOSEN.items()):
            _run(place, f"t{number}", type_name, verdict, case)
    place.context.build_data_docs()
    found = {}
    for number, (name, case) in enumerate(CHOSEN.items()):
        [page] = (project.docs / "validations" / f"t{number}").rglob("*.html")
        found[name] = Page(case, page.read_text())
    return found


def _run(place: DuckdbPlace, table: str, type_name: str, verdict: str, case: Case) -> None:
    place.fill(table, case.batch)
    arguments = dict(case.arguments)
    for name, reference in case.references.items():
        place.fill(f"{table}_{name}", reference)
    for argument in all_expectations()[type_name].arguments_of_kind(ArgumentKind.REFERENCE):
        if argument in arguments:
            arguments[argument] = f"{table}_{arguments[argument]}"
    if targets := arguments.get("targets"):
        arguments["targets"] = [{**each, "reference": f"{table}_{each['reference']}"} for each in targets]
    if verdict == "errored":
        arguments["record_key"] = "no such key"
    made = getattr(se, all_expectations()[type_name].__name__)(**arguments)
    suite = place.context.suites.add(gx.ExpectationSuite(table, expectations=[made]))
    definition = gx.ValidationDefinition(name=table, data=place.definition(table), suite=suite)
    with evaluate_as_of(case.as_of):
        place.context.validation_definitions.add(definition).run()


def test_every_expectation_is_read_with_every_verdict() -> None:
    assert {name for name, _ in CHOSEN} == set(all_expectations())
    missing = {(name, verdict) for name in all_expectations() for verdict in KINDS} - set(CHOSEN)
    assert missing == {("expect_table_to_have_provenance_columns", "errored")}


@pytest.mark.parametrize("name", CHOSEN, ids="-".join)
def test_the_verdict_is_a_word(pages: dict[tuple[str, str], Page], name: tuple[str, str]) -> None:
    type_name, verdict = name
    lines = pages[name].lines
    assert lines[0] == verdict
    assert lines[1].startswith(all_expectations()[type_name].summary())
    begins = {"nothing to check": "Nothing to check. ", "errored": "Errored, not checked: nothing is known about it. "}
    assert lines[2].startswith(begins.get(verdict, f"{verdict.capitalize()}: "))


@pytest.mark.parametrize("type_name", all_expectations())
def test_a_failure_has_its_rules_counts_and_keys(pages: dict[tuple[str, str], Page], type_name: str) -> None:
    page = pages[type_name, "failed"]
    expected, lines = page.case.expected, page.lines
    text = "\n".join(lines)
    assert f"{expected.all_violating()} of {expected.records} {_of(page.case)}" in lines
    for rule, keys in expected.violations.items():
        place = lines.index(rule)
        assert lines[place + 1] == str(keys if isinstance(keys, int) else len(keys))
        for key in keys if isinstance(keys, list) else []:
            assert key in lines[place + 2]
    for rule, count in expected.counted.items():
        if count:
            place = lines.index(rule)
            assert lines[place + 1 : place + 3] == [str(count), "reported, not counted"]
    assert f"Does not show: {all_expectations()[type_name].does_not_show()}" in text


@pytest.mark.parametrize("type_name", all_expectations())
def test_what_passed_says_of_how_many_and_what_it_does_not_show(
    pages: dict[tuple[str, str], Page], type_name: str
) -> None:
    page = pages[type_name, "passed"]
    text, of = "\n".join(page.lines), f"of {page.case.expected.records} {_of(page.case)}"
    assert f"Passed: none {of} breaks a rule." in text
    assert f"0 {of}" in page.lines
    assert "Does not show: " in text


@pytest.mark.parametrize("type_name", sorted(name for name, verdict in CHOSEN if verdict == "errored"))
def test_an_error_is_a_sentence_and_no_number(pages: dict[tuple[str, str], Page], type_name: str) -> None:
    lines = pages[type_name, "errored"].lines
    assert "Column no such key is not in t" in lines[2]
    assert lines[-1] == "--"
    assert "Traceback" not in pages[type_name, "errored"].html


@pytest.mark.parametrize("type_name", all_expectations())
def test_nothing_to_check_is_no_pass(pages: dict[tuple[str, str], Page], type_name: str) -> None:
    page = pages[type_name, "nothing to check"]
    assert page.lines[-1] == "nothing to check"
    assert "passed" not in "\n".join(page.lines).lower()
    assert "fa-check-circle" not in page.html.partition("Observed Value")[2]


# What narrows it, and what could break the page

MARKUP = "<script>alert('a & b')</script> $x $$y $PARAMETER"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.made(tmp_path_factory.mktemp("odd"))
    rows = [{"id": MARKUP, "is_synthetic": "perhaps"}, *[{"is_synthetic": MARKUP}] * 199, {"source": None}]
    project.checkpoint(
        project.place(contact=contacts(*rows)),
        tagged(real_values=[MARKUP]),
        tagged(mostly=0.25, row_condition='col("version") == "1.2.0"', condition_parser="great_expectations"),
        provenance(placeholders=[MARKUP], fields={"$PARAMETER": "fields"}),
    )
    with evaluate_as_of(None):
        project.run(expectation_parameters={"fields": ["source"]})
    return project


def page(project: Project, kind: str) -> str:
    [file] = (project.docs / kind).rglob("*.html")
    return file.read_text()


def test_markup_in_the_data_and_the_policy_stays_text(odd: Project) -> None:
    for kind in ("validations", "expectations"):
        assert "<script>alert" not in page(odd, kind)
    lines = words(page(odd, "validations"))
    assert MARKUP in lines  # the key, in its cell
    assert f"marker is not one of true, {MARKUP}" in lines
    assert not any("&#" in each or "&lt;" in each for each in lines)


def test_what_narrows_it_is_said(odd: Project) -> None:
    said = "Expect records to be tagged. Only records where version == 1.2.0. At least 25 % of them must hold."
    assert said in words(page(odd, "validations"))
    assert said in words(page(odd, "expectations"))


def test_a_parameter_is_shown_as_what_it_was(odd: Project) -> None:
    assert "Expect synthetic records to have provenance: source." in words(page(odd, "validations"))
    assert "Expect synthetic records to have provenance." in words(page(odd, "expectations"))


def test_many_are_counted_and_some_are_shown(odd: Project) -> None:
    lines = words(page(odd, "validations"))
    assert "Failed: 200 of 201 records (more than 99 %) break a rule." in lines
    assert any(each.endswith(" and 180 more") for each in lines)
    assert "Failed: 1 of 201 records (0.5 %) breaks a rule." in lines


def test_great_expectations_renders_them_for_others_too(odd: Project) -> None:
    """The atomic renderers, which Great Expectations Cloud and its plug-ins read."""
    [stored] = odd.results
    for each in json.loads(stored.read_text())["results"]:
        result = expectationValidationResultSchema.load(each)
        content = InlineRenderer(render_object=result).get_rendered_content()
        [prescriptive] = [one for one in content if one.name == "atomic.prescriptive.summary"]
        assert prescriptive.value.params["sentence"]["value"].startswith("Expect ")


def test_renderers_may_get_nothing() -> None:
    assert sentence_of(None, None) == ""
    assert verdict_of(None) is Verdict.ERRORED
    assert exception_message(None) == ""


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ({"raised_exception": True, "exception_message": "flat"}, "flat"),
        ({"raised_exception": False, "exception_message": None}, ""),
        ({"('metric', 1)": {"raised_exception": True, "exception_message": "by metric"}}, "by metric"),
    ],
)
def test_an_exception_is_read_in_either_form(info: dict[str, Any], said: str) -> None:
    assert exception_message(info) == said
    result = ExpectationValidationResult(success=True, exception_info=info)
    assert (verdict_of(result) is Verdict.ERRORED) == (bool(said) or not result.result)
