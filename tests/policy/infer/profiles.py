"""What tests of proposals share: profiles without files, and a reader that asks YAML twice."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from ruamel.yaml import YAML

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import ColumnProfile, TableProfile

TEXT, BOOLEAN, NUMBER, NAIVE = Family.TEXT, Family.BOOLEAN, Family.NUMBER, Family.NAIVE
PROVENANCE_COLUMNS = {
    name: NAIVE if name.endswith("_at") else TEXT
    for name in ("source", "generated_at", "method", "algorithm_version", "purpose", "dataset_id")
}


def table(name="contact", rows=10, partitions=(), **columns):
    """A profile; a column is a family, or values with counts, or a whole ColumnProfile."""
    made = []
    for column, what in columns.items():
        if isinstance(what, dict):
            family = {bool: BOOLEAN, str: TEXT, int: NUMBER}[type(next(iter(what), ""))]
            made.append(ColumnProfile(column, family, sum(what.values()), tuple(what.items())))
        else:
            made.append(what if isinstance(what, ColumnProfile) else ColumnProfile(column, what, rows))
    return TableProfile(name, "parquet", f"{name}/*.parquet", "ex", "duckdb", rows, tuple(made), partitions)


def found(proposal, block):
    return {word: said.value for word, said in proposal.entry.get(block, {}).items()}


def read(text):
    """The policy, and a proof that YAML 1.1 and 1.2 read the same in it."""
    policy = YAML(typ="safe", pure=True).load(text)
    assert policy == yaml.safe_load(text)
    return policy


def parquet(path, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return str(path)
