"""A run as JUnit XML: a test suite a table, a test case an expectation."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from synth_expectations.report.model import ExpectationReport, RunReport, TableReport
from synth_expectations.verdicts import Verdict


def to_junit(run: RunReport) -> str:
    """The document; nothing to check is skipped, with its reason."""
    root = Xml.Element("testsuites", name=run.checkpoint, time=f"{run.seconds:.3f}")
    for table in run.tables:
        root.append(_suite(run, table))
    if run.errors:
        whole = Xml.SubElement(root, "testsuite", name="run", tests=str(len(run.errors)), errors=str(len(run.errors)))
        for number, message in enumerate(run.errors):
            case = Xml.SubElement(whole, "testcase", classname="run", name=f"evaluated everything {number + 1}")
            Xml.SubElement(case, "error", message=message)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(run: RunReport, table: TableReport) -> Xml.Element:
    name = (
        f"{table.table} ({table.batch or 'whole table'})" if table.scope == "batch" else f"{table.table} (whole table)"
    )
    suite = Xml.Element("testsuite", name=name, time=f"{table.seconds:.3f}")
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for each in table.expectations:
        counts["tests"] += 1
        case = Xml.SubElement(suite, "testcase", classname=table.table, name=each.type)
        match each.counts_as(run.fail_on):
            case Verdict.FAILED:
                counts["failures"] += 1
                Xml.SubElement(case, "failure", message=_message(each)).text = _rules(each)
            case Verdict.ERRORED:
                counts["errors"] += 1
                Xml.SubElement(case, "error", message=each.error)
            case Verdict.NOTHING_TO_CHECK:
                counts["skipped"] += 1
                Xml.SubElement(case, "skipped", message=each.reason)
    if table.error and not table.expectations:
        counts["tests"] += 1
        counts["errors"] += 1
        case = Xml.SubElement(suite, "testcase", classname=table.table, name="table can be read")
        Xml.SubElement(case, "error", message=table.error)
    for kind, count in counts.items():
        suite.set(kind, str(count))
    return suite


def _message(each: ExpectationReport) -> str:
    if each.element_count is None:
        return each.sentence
    return f"{each.sentence}: {each.unexpected_count} of {each.element_count} records break a rule"


def _rules(each: ExpectationReport) -> str:
    counted = [f"{rule.name}: {rule.count}" for rule in each.rules if rule.count]
    if each.sample:
        counted.append(f"{each.sample.key}: {', '.join(each.sample.values)}")
    return "\n".join(counted)
