"""Hold files of fingerprints against what they say of themselves: a comparison of others would find no copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import TableReport
from synth_expectations.rules.fingerprints import KINDS, NORMALIZER
from synth_expectations.rules.verdict import Verdict
from synth_expectations.validation.source_tables import locate
from synth_expectations.validation.sources.file_listing import list_files

if TYPE_CHECKING:
    from synth_expectations.runner.fingerprints.file import FingerprintFile

_NO_PERSON = "id"
"""The kind of a record key."""
_AGAIN = "Fingerprint both tables anew, with one key."


_Files = Sequence[tuple[str, "FingerprintFile"]]


def _find_other_kinds(name: str, own: _Files, reference: _Files) -> str:
    """Return that a reference is of other identifiers than a table, as a sentence: no person would be found in it.

    A table may have lost all values of an identifier, as that is what masking does; a reference may not.
    """
    asked = {kind for _, file in own for kind in file.kinds if kind != _NO_PERSON}
    known = {kind for _, file in reference for kind, count in file.kinds.items() if count and kind != _NO_PERSON}
    if asked & known or not own or not reference:  # a table of a database has no files
        return ""
    return f"The fingerprints of {name} are of {_describe(known)}, and those of this table of {_describe(asked)}."


def _describe(kinds: set[str]) -> str:
    return " and ".join(KINDS.get(kind, kind) for kind in sorted(kinds)) or "no identifier"


@dataclass(frozen=True)
class FingerprintCheck:
    """Holds the files of fingerprints that expectations compared against their digests, keys and dates.

    Tables of databases have no metadata: of them, the rules of the expectations alone compare the keys.

    Attributes:
        policy: None for a project without one.
        as_of: the time for which expectations are evaluated, in UTC.
    """

    policy: Policy | None
    as_of: datetime
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    def verify(self, report: TableReport) -> TableReport:
        """Return the report of a table; what compared fingerprints that prove nothing is errored in it."""
        return replace(report, expectations=tuple(self._verify(expectation) for expectation in report.expectations))

    def _verify(self, report: ExpectationReport) -> ExpectationReport:
        parameters = report.details.get("parameters") or {}
        if self.policy is None or not parameters.get("fingerprints") or report.verdict is Verdict.ERRORED:
            return report
        tables = str(parameters["fingerprints"]), str(parameters["reference"])
        name = " ".join(tables)
        if name not in self._known:
            self._known[name] = self._find_fault(tables)
        if not (fault := self._known[name]):
            return report
        return replace(report, verdict=Verdict.ERRORED, error=fault, next_step=_AGAIN)

    def _find_fault(self, tables: tuple[str, str]) -> str:
        """Return why the files of a table and its reference cannot be compared, as a sentence; empty if they can."""
        from synth_expectations.runner.fingerprints.file import read_file  # it imports pyarrow

        try:
            own, reference = ([(path.name, read_file(path)) for path in self._list_files(table)] for table in tables)
        except SynthError as error:
            return error.message
        stated = [self._find_other_file(table, files) for table, files in zip(tables, (own, reference), strict=True)]
        files = [*own, *reference]
        faults = (self._find_fault_of(name, file, files[0][1]) for name, file in files)
        return next(filter(None, [*stated, *faults]), "") or _find_other_kinds(tables[1], own, reference)

    def _find_other_file(self, table: str, files: _Files) -> str:
        """Return that a file is none whose digest the policy states, as a sentence; it needs not state any."""
        assert self.policy is not None
        stated = self.policy.tables[table].sha256
        other = next((name for name, file in files if stated and file.sha256 not in stated), "")
        return f"The fingerprints {other} are not those whose digest the policy states." if other else ""

    def _find_fault_of(self, name: str, file: FingerprintFile, first: FingerprintFile) -> str:
        if file.normalizer != NORMALIZER:
            return (
                f"The fingerprints {name} were made by another release: their normal forms are not those of this one."
            )
        if file.key_id != first.key_id:
            return f"The fingerprints {name} were made with another key: no record would match."
        if self.as_of > file.expires_at:
            return f"The fingerprints {name} expired on {file.expires_at:%Y-%m-%d}."
        return ""

    def _list_files(self, table: str) -> Iterable[Path]:
        assert self.policy is not None
        entry = self.policy.tables.get(table)
        if entry is None or not entry.holds_fingerprints:
            raise SynthError(f"{table} is not a table of fingerprints: its role in the policy is different.")
        for pattern in entry.parquet or ():
            name, _, glob = pattern.partition("/")
            base = locate(str(self.policy.words.data_sources[name].path), self.policy.directory)
            if "://" not in base:
                yield from map(Path, list_files(table, base, glob)[1])
