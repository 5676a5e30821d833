"""A run as JUnit XML: a test suite a table, a test case an expectation."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as Xml

from synth_expectations.redaction import escape_invisible
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict


def to_junit(run: RunReport) -> str:
    """Return a run as JUnit XML; an expectation with nothing to check is skipped, with its reason."""
    root = Xml.Element("testsuites", name=run.checkpoint, time=f"{run.seconds:.3f}")
    for table in run.tables:
        root.append(_build_suite(run, table))
    messages = [*run.errors, *(exclusion.format_sentence() for exclusion in run.excluded if exclusion.expired)]
    if messages:
        whole = Xml.SubElement(root, "testsuite", name="run", time="0.000")
        for number, message in enumerate(messages, start=1):
            case = Xml.SubElement(whole, "testcase", classname="run", name=f"evaluated everything {number}")
            Xml.SubElement(case, "error", message=message)
    for suite in root:
        _count(suite, [suite])
    _count(root, list(root))
    for element in root.iter():  # control characters, which a key may hold, are not XML, not even escaped
        element.text = escape_invisible(element.text, keep="\n") if element.text else None
        for name, value in element.attrib.items():
            element.set(name, escape_invisible(value))
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True)


def _count(element: Xml.Element, suites: list[Xml.Element]) -> None:
    cases = [case for suite in suites for case in suite.iter("testcase")]
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _build_suite(run: RunReport, table: TableReport) -> Xml.Element:
    suite = Xml.Element("testsuite", name=f"{table.table} ({table.format_scope()})", time=f"{table.seconds:.3f}")
    seen: Counter[str] = Counter()
    for expectation in table.expectations:
        seen[expectation.type] += 1
        number = seen[expectation.type]  # a case is known by its name: each has its own
        name = expectation.type if number == 1 else f"{expectation.type} {number}"
        case = Xml.SubElement(suite, "testcase", classname=table.table, name=name)
        match expectation.counts_as(run.fail_on):
            case Verdict.FAILED:
                Xml.SubElement(case, "failure", message=_format_failure(expectation)).text = _format_rules(expectation)
            case Verdict.ERRORED:
                Xml.SubElement(case, "error", message=expectation.error)
            case Verdict.NOTHING_TO_CHECK:
                Xml.SubElement(case, "skipped", message=expectation.reason)
            case Verdict.PASSED if expectation.verdict is Verdict.FAILED:  # below fail_on: shown, and fails nothing
                Xml.SubElement(
                    case, "system-out"
                ).text = f"{_format_failure(expectation)}\n{_format_rules(expectation)}"
    if not table.expectations:
        case = Xml.SubElement(suite, "testcase", classname=table.table, name="table can be read")
        Xml.SubElement(case, "error", message=table.error or "Nothing was evaluated.")
    return suite


def _format_failure(expectation: ExpectationReport) -> str:
    if expectation.element_count is None or expectation.unexpected_count is None:
        return expectation.sentence
    return f"{expectation.sentence}: {expectation.format_count()}"


def _format_rules(expectation: ExpectationReport) -> str:
    counted = list(expectation.table_findings)
    counted += [f"{rule.format_name()}: {rule.count}" for rule in expectation.rules if rule.count]
    if expectation.sample:
        counted.append(f"{expectation.sample.key}: {', '.join(expectation.sample.values)}")
    return "\n".join(map(escape_invisible, counted))
