"""Results as JUnit: a test case for each rule and file, which fails where the result reaches the level that fails."""

from __future__ import annotations

from html import escape

from synth_expectations.gate.model import GateRun, Level
from synth_expectations.gate.outputs.text import format_place
from synth_expectations.gate.rules.base import all_rules
from synth_expectations.redaction import escape_invisible


def format_junit(run: GateRun, fail_on: Level) -> str:
    """Return the results of a run as a test suite; a rule without results passes."""
    cases = []
    failures = errors = skipped = 0
    for rule in all_rules():
        found = [finding for finding in run.findings if finding.rule == rule.id]
        if not found:
            cases.append(_case(rule.id, rule.name, ""))
        for finding in found:
            detail = ", ".join(map(format_place, finding.records.places))
            if not finding.counts:
                skipped += 1
                body = f"<skipped message={_quote(finding.accepted or 'in the baseline')}/>"
            elif finding.level.reaches(fail_on):
                failures += 1
                because = f" Bound for production: {finding.because}." if finding.because else ""
                message = _quote(f"{finding.message}{because}")
                body = f'<failure message={message} type="{finding.level}">{_text(detail)}</failure>'
            else:
                body = f"<system-out>{_text(f'{finding.level}: {finding.message} {detail}')}</system-out>"
            cases.append(_case(rule.id, finding.path, body))
    for file in run.unread:
        errors += file.is_needed
        skipped += not file.is_needed
        tag = "error" if file.is_needed else "skipped"
        cases.append(_case("not-read", file.path, f"<{tag} message={_quote(file.describe())}/>"))
    for problem in run.problems:
        errors += 1
        cases.append(_case("policy", "waivers", f"<error message={_quote(problem)}/>"))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    suite = f'<testsuite name="synth-gate" {counts} skipped="{skipped}" time="0">'
    body = "\n".join(cases)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n{suite}\n{body}\n</testsuite>\n</testsuites>\n'
    )


def _case(classname: str, name: str, body: str) -> str:
    return f'<testcase classname={_quote(classname)} name={_quote(name)} time="0">{body}</testcase>'


def _quote(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    return escape(escape_invisible(text))  # of HTML: the same five characters as in XML, without the imports of xml.sax
