"""A copy of the demo that is spoiled, run, and thrown away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.demo import AS_OF, Manifest, generate
from synth_expectations.demo.project import read_policy_text
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.compiler import CompiledPolicy, compile_policy
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport
from synth_expectations.runner import Options, Selection, run
from tools.mutations.stores import Store, read_tables
from tools.mutations.table_changes import TableWords

CONTACTS = 1_000
SEED = 7
CHECKPOINT = "nightly"


@dataclass(frozen=True)
class Findings:
    """What a run found.

    Attributes:
        reports: by table and type of the expectation.
        keys: of all violating records, by table, type and rule.
        errors: of the run as a whole.
    """

    reports: Mapping[tuple[str, str], ExpectationReport] = field(default_factory=dict)
    keys: Mapping[tuple[str, str], Mapping[str, Set[str]]] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChosenTables(Selection):
    """A selection of tables by their names.

    Attributes:
        names: of the tables.
    """

    names: frozenset[str] = frozenset()

    def is_met_by(self, about: Mapping[str, Any]) -> bool:
        """Return whether a table is one of them."""
        return about["table"] in self.names


class CrmCopy:
    """The demo in a directory: its data, and its compiled project.

    Args:
        root: the directory.
        manifest: what is planted.
        store: where its tables lie.
        tables: as the demo generated them, by name.
    """

    def __init__(self, root: Path, manifest: Manifest, store: Store, tables: Mapping[str, pa.Table]) -> None:
        self.root, self.manifest, self.store, self.tables = root, manifest, store, tables

    @classmethod
    def make(cls, root: Path, store: Store) -> CrmCopy:
        """Generate the demo, store its tables, and compile its policy."""
        manifest = generate(root / "extracts", CONTACTS, SEED)
        copy = cls(root, manifest, store, read_tables(root / "extracts"))
        store.fill(root, copy.tables)
        copy.project.mkdir()
        text = store.adjust_policy(read_policy_text(), {name: table.schema for name, table in copy.tables.items()})
        (copy.project / "policy.yml").write_text(text, encoding="utf-8")
        copy.compiled.write()
        return copy

    @property
    def project(self) -> Path:
        """The directory of the Great Expectations project."""
        return self.root / "great_expectations"

    @cached_property
    def compiled(self) -> CompiledPolicy:
        """The policy, compiled when that was first asked for."""
        return compile_policy(self.project / "policy.yml")

    @cached_property
    def references(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The tables in which each expectation looks something up, by its table and type."""
        return {
            (suite.table, planned.type): frozenset(planned.expectation.references() if planned.expectation else ())
            for suite in self.compiled.suites
            for planned in suite.expectations
        }

    @contextmanager
    def duplicate(self) -> Iterator[CrmCopy]:
        """Give a copy that may be spoiled, and remove it; unspoiled files of tables are shared, not copied."""
        root = self.root.with_name(f"{self.root.name}-spoiled")
        shutil.copytree(self.root, root, copy_function=_copy)
        self.store.duplicate(self.root, root)
        try:
            yield CrmCopy(root, self.manifest, self.store, self.tables)
        finally:
            self.store.remove(root)
            shutil.rmtree(root)

    def change_table(self, name: str, change: Callable[[pa.Table, TableWords], pa.Table]) -> None:
        """Replace a table by what a change makes of it."""
        words = TableWords.read(self.compiled.policy.tables[name])
        self.store.write(self.root, name, change(self.tables[name], words))

    def run(self, tables: frozenset[str]) -> Findings:
        """Run the checkpoint for some tables, and read what it found."""
        self.store.prepare_run(self.root)
        options = Options(as_of=AS_OF, quarantine=self.root / "quarantine", selection=ChosenTables(names=tables))
        try:
            report = run(CHECKPOINT, self.project, options)
        except SynthError as error:
            return Findings(errors=(str(error),))
        return Findings(
            {(table.table, found.type): found for table in report.tables for found in table.expectations},
            _read_keys(report),
            report.errors,
        )


def _copy(source: str, target: str) -> None:
    if Path(source).name.startswith("part-"):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)


def _read_keys(report: RunReport) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return the keys of all violating records; of samples and columns, which no quarantine lists, those shown."""
    keys: dict[tuple[str, str], dict[str, set[str]]] = {}
    for table in report.tables:
        for expectation in table.expectations:
            shown = (expectation.details.get("sample") or {}).get("by_rule", {})
            keys[table.table, expectation.type] = {rule: set(values) for rule, values in shown.items()}
        if table.quarantined and table.quarantined.file:
            rows = pq.read_table(table.quarantined.file, columns=["expectation", "rule", "key"]).to_pylist()
            for row in rows:
                keys[table.table, row["expectation"]].setdefault(row["rule"], set()).add(str(row["key"]))
    return keys
