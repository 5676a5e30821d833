"""The data sources of a policy, as Great Expectations configures them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from synth_expectations.engine.dialects.registry import find_dialect, suggest_engines
from synth_expectations.engine.dialects.unsupported import UNSUPPORTED
from synth_expectations.policy.compile.ids import stable_id
from synth_expectations.policy.compile.lockfile import read_lock
from synth_expectations.policy.compile.project_files import CONFIG
from synth_expectations.policy.compile.suites import Suite
from synth_expectations.policy.compile.table_checks import EXTRACTS, ON_SPARK, gx_source_of, source_of
from synth_expectations.policy.compile.where_spark import for_spark
from synth_expectations.policy.compile.where_sql import PARAMETER, condition, engine_of, table_name
from synth_expectations.policy.data_source import OF_FILES as DIRECTORIES
from synth_expectations.policy.data_source import SQL_TYPES, DataSource
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import read_yaml
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.rules.acceptances import NO_DAY, ROW_LEVEL_SECURITY
from synth_expectations.rules.partitions import ALL_ROWS, PARTITIONERS
from synth_expectations.rules.time_limit import TIMEOUT

DUCKDB = "duckdb_parquet"
SPARK = "spark_parquet"
OF_FILES = (DUCKDB, "duckdb", SPARK)
"""Types of data source that this package adds to Great Expectations."""

ALL = "all"
"""The batch definition of a whole table."""

_CREATES_NO_TABLES = {"create_temp_table": False}


def asset_of(suite: Suite) -> str:
    """Return the asset that a suite reads."""
    return suite.table + (ALL_ROWS if suite.part == ALL_ROWS else "")


def batch_of(policy: Policy, suite: Suite) -> str:
    """Return the batch definition that a suite runs on."""
    batch = policy.tables[suite.table].batch
    return batch.by if batch and not suite.part else ALL


def data_sources(policy: Policy, suites: list[Suite], errors: list[PolicyError]) -> dict[str, dict[str, Any]]:
    """Return the block `fluent_datasources`, by name; what is wrong is appended to the errors."""
    sources: dict[str, dict[str, Any]] = {}
    for name, source in policy.words.data_sources.items():
        try:
            config = _config(policy, name, source)
            own = [gx_source_of(entry) for entry in policy.tables.values() if source_of(entry) == name]
            if name + ON_SPARK in own:
                sources[name + ON_SPARK] = _on_spark(policy, name, config, suites, errors)
            if name in own or not own:
                assets = _assets(policy, name, config, suites, errors)
                sources[name] = _joined(policy, name, source, assets) or {**config, **_own(name, assets)}
        except PolicyError as error:
            errors.extend(error.errors)
    return sources


def _own(name: str, assets: dict[str, Any]) -> dict[str, Any]:
    return {"id": stable_id("data_source", name), "assets": assets}


def _on_spark(
    policy: Policy, name: str, config: dict[str, Any], suites: list[Suite], errors: list[PolicyError]
) -> dict[str, Any]:
    """Return the data source of the files that Spark reads."""
    on_spark = name + ON_SPARK
    if on_spark in policy.words.data_sources:
        message = f"The data source {on_spark} has the name that compile gives to {name} on Spark."
        raise policy.error(("data_sources", on_spark), message, "Rename it.")
    assets = _assets(policy, on_spark, {**config, "type": SPARK}, suites, errors)
    return {"type": SPARK, "path": config.get("path", "."), **_own(on_spark, assets)}


def _assets(
    policy: Policy, source: str, config: dict[str, Any], suites: list[Suite], errors: list[PolicyError]
) -> dict[str, Any]:
    """Return the tables of a data source, and those that their suites look records up in, on any engine."""
    assets: dict[str, Any] = {}
    own = {table for table, entry in policy.tables.items() if gx_source_of(entry) == source}
    # to judge them, or to count what `where` leaves out
    with_all_rows = {
        suite.table for suite in suites if asset_of(suite) != suite.table or policy.tables[suite.table].where
    }
    with_all_rows &= own
    looked_up = {
        reference
        for suite in suites
        for planned in suite.expectations
        if suite.table in own and planned.expectation
        for reference in planned.expectation.references()
    }
    for table, entry in policy.tables.items():
        if table not in own | looked_up:
            continue
        try:
            assets[table] = _asset(policy, source, table, entry, config, table)
            if table in with_all_rows:
                asset = f"{table}{ALL_ROWS}"
                unnarrowed = entry.model_copy(update={"where": None})
                assets[asset] = _asset(policy, source, table, unnarrowed, config, asset)
        except PolicyError as error:
            errors.extend(error.errors)
    return assets


def _joined(policy: Policy, name: str, source: DataSource, assets: dict[str, Any]) -> dict[str, Any]:
    """Return the id and assets of a data source that the policy's own project already has; else nothing."""
    if not source.use or (policy.directory / source.use).resolve() != policy.directory.resolve():
        return {}
    known = read_yaml(policy.directory / CONFIG)["fluent_datasources"][name]
    before = read_lock(policy.directory).assets.get(name, [])
    foreign = {asset: config for asset, config in (known.get("assets") or {}).items() if asset not in before}
    for asset in sorted(foreign.keys() & assets.keys()):
        message = f"The data source {name} has an asset {asset} already."
        raise policy.error(("tables", asset), message, "Give the table of the policy another name.")
    return {"id": stable_id("data_source", name), **known, "assets": {**foreign, **assets}}


def _config(policy: Policy, name: str, source: DataSource) -> dict[str, Any]:
    if source.use:
        config = _borrowed(policy, name, source.use)
        _refuse_without_rules(policy, name, str(config["type"]), config.get("connection_string"))
        return config
    if source.type in DIRECTORIES:
        return {"type": DUCKDB, "path": source.path}
    _refuse_without_rules(policy, name, str(source.type), source.connection)
    return {"type": source.type, "connection_string": source.connection, **_CREATES_NO_TABLES}


def _refuse_without_rules(policy: Policy, name: str, kind: str, connection: object) -> None:
    """Refuse an engine without support now, before anybody waits for a run."""
    engine = engine_of(kind, connection)
    if engine in UNSUPPORTED and find_dialect(engine) is None:  # a plug-in may support it
        at: Address = ("data_sources", name)
        message = f"The data source {name}: no rules can be run on {UNSUPPORTED[engine]}."
        raise policy.error(at, message, suggest_engines())


def _borrowed(policy: Policy, name: str, use: str) -> dict[str, Any]:
    """Return the data source of that name in another project, without its assets; that project is only read."""
    at: Address = ("data_sources", name, "use")
    file = policy.directory / use / CONFIG
    if not file.is_file():
        raise policy.error(at, f"There is no Great Expectations project in {use}.", "Correct the path.")
    known = read_yaml(file).get("fluent_datasources")
    known = known if isinstance(known, dict) else {}
    if not isinstance(known.get(name), dict):
        has = f"It has {', '.join(sorted(known))}." if known else "It has none."
        raise policy.error(at, f"The project in {use} has no data source {name}.", has)
    config = {key: value for key, value in known[name].items() if key not in {"id", "assets", "name"}}
    if config.get("type") in {DUCKDB, "duckdb"}:
        path = str(config.get("path", "."))
        return (
            config if Path(path).is_absolute() or "$" in path or "://" in path else {**config, "path": f"{use}/{path}"}
        )
    if config.get("type") not in SQL_TYPES:
        raise policy.error(
            at,
            f"The data source {name} of {use} is of type {config.get('type')}, which is not borrowed.",
            f"It may be one of {', '.join(SQL_TYPES)}; for files, name their directory as type files.",
        )
    return {**config, **_CREATES_NO_TABLES}


def _asset(
    policy: Policy, source: str, table: str, entry: TableEntry, config: dict[str, Any], asset: str
) -> dict[str, Any]:
    kind = str(config["type"])
    word = entry.files_word
    if (kind in OF_FILES) != bool(word) and policy.words.data_sources[source_of(entry)].use:
        at: Address = ("tables", table, word or "table")
        message = f"{table}: the data source {source} holds {'files' if kind in OF_FILES else 'tables'}."
        instead = "parquet:, csv: or json:" if kind in OF_FILES else "data_source and table:"
        raise policy.error(at, message, f"Write {instead} instead.")
    if kind == SPARK and word in EXTRACTS:
        message = f"{table}: {word}: is read by DuckDB, and a table with engine: spark looks records up in it."
        hint = "Let DuckDB read that table too, or write this one to Parquet."
        raise policy.error(("tables", table, str(word)), message, hint)
    where = condition(policy, table, entry.where) if entry.where else None
    common = {"id": stable_id("asset", source, asset), "batch_definitions": _batch_definitions(source, asset, entry)}
    if metadata := _metadata(entry):
        common["batch_metadata"] = metadata
    if word:
        globs = [glob.partition("/")[2] for glob in entry.files]
        narrows = for_spark(policy, table, where) if where is not None and kind == SPARK else entry.where
        narrowed: dict[str, Any] = {"where": narrows} if narrows else {}
        computed = {"first_of": {name: list(columns) for name, columns in entry.first_of.items()}}
        narrowed |= computed if entry.first_of else {}
        narrowed |= {"format": entry.format.words} if entry.format else {}
        narrowed |= {"types": dict(entry.types)} if entry.types else {}
        return {**common, "type": word, "glob": globs[0] if len(globs) == 1 else globs, **narrowed}
    name = table_name(policy, table)
    first_of = {alias: columns for alias, columns in entry.first_of.items() if len(columns) > 1}  # no nested columns
    if where is None and not first_of and (plain := name.as_great_expectations(kind)):
        return {**common, "type": "table", **plain}
    query = name.query(kind, config.get("connection_string"), where, first_of)
    if PARAMETER.search(query):
        message = f"{table}: it cannot be queried: Great Expectations takes the colon for the start of a parameter."
        raise policy.error(("tables", table, "where" if where else "table"), message, f"The query is: {query}")
    if "%" in query:
        message = f"{table}: it cannot be queried: Great Expectations doubles the percent sign of a name in a query."
        hint = "Read a view with another name; only a table without where may have a percent sign in its name."
        raise policy.error(("tables", table, "where" if where else "table"), message, hint)
    return {**common, "type": "query", "query": query}


def _metadata(entry: TableEntry) -> dict[str, str]:
    """Return what the policy accepts of a table, with the last day of each, and how long its queries may take."""
    metadata = {}
    if entry.row_level_security:
        metadata[ROW_LEVEL_SECURITY] = entry.row_level_security.accepted.until.isoformat()
    if entry.batch and entry.batch.no_day:
        metadata[NO_DAY] = entry.batch.no_day.allowed.until.isoformat()
    if entry.timeout:
        metadata[TIMEOUT] = entry.timeout
    return metadata


def _batch_definitions(source: str, asset: str, entry: TableEntry) -> dict[str, Any]:
    definitions: dict[str, Any] = {ALL: {"id": stable_id("batch", source, asset, ALL), "partitioner": None}}
    if entry.batch:
        definitions[entry.batch.by] = {
            "id": stable_id("batch", source, asset, entry.batch.by),
            "partitioner": {
                "column_name": entry.batch.column,
                "method_name": PARTITIONERS[entry.batch.by],
                "sort_ascending": True,
            },
        }
    return definitions
