"""The tables that a validation read: what it judged, and what it looked records up in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.engine.schema import Columns
from synth_expectations.engine.table_input import ReadFile, Role, TableInput
from synth_expectations.rules.partitions import ALL_ROWS
from synth_expectations.validation.batch_plan import BatchPlan
from synth_expectations.validation.dataset_names import find_tables
from synth_expectations.validation.sources.duckdb.file_table import FileTable
from synth_expectations.validation.sources.file_set import FilesState
from synth_expectations.validation.sources.files import with_variables
from synth_expectations.validation.sources.parquet_rows import count_parquet_rows


def read_inputs(
    plans: Sequence[BatchPlan],
    states: Mapping[str, FilesState],
    asset: Any,
    engine_name: str,
    fingerprinter: Fingerprinter,
) -> tuple[TableInput, ...]:
    """Return the tables that a validation read, the judged one first; no query is sent.

    Args:
        plans: of the validation.
        states: of the files of each view that its engine has.
        asset: that was judged.
        engine_name: what reads the records, such as `duckdb`.
        fingerprinter: reads the files of the tables.
    """
    assets = {known.name: known for known in asset.datasource.assets}
    inputs: dict[tuple[str, Role], TableInput] = {}
    for name, columns, state, adapter in _find_read(plans, states, asset.name):
        table = name.removesuffix(ALL_ROWS)
        role: Role = "judged" if name == asset.name else "reference"
        is_whole = not getattr(assets.get(name), "where", None)
        read = columns is not None or adapter is None
        files = _identify(assets.get(name), state, fingerprinter) if read else ()
        inputs[table, role] = TableInput(
            table=table,
            role=role,
            locator=locate_asset(assets[name]) if name in assets else "",
            engine=engine_name,
            read=read,
            rows=count_parquet_rows(state) if files and role == "reference" and is_whole else None,
            columns=_list_columns(columns),
            files=files,
            snapshot=(_name_objects(state) or getattr(adapter, "snapshot", None)) if read else None,
            place=find_place(assets[name]) if name in assets else "",
        )
    return tuple(sorted(inputs.values(), key=lambda table_input: (table_input.role, table_input.table)))


def locate_asset(asset: Any) -> str:
    """Return where an asset's records are, as a policy says it; empty if that cannot be told."""
    source = asset.datasource.name
    try:
        if isinstance(asset, FileTable):
            return ", ".join(f"{source}/{_hide_above(glob)}" for glob in asset.patterns)
        engine: sa.Engine = asset.datasource.get_engine()
        tables = dict.fromkeys(".".join(filter(None, parts)) for parts in find_tables(asset, engine))
        return ", ".join(f"{source}:{table}" for table in tables)
    except Exception:  # noqa: BLE001 - the report of the table says what is wrong with its data source
        return str(source)


def find_place(asset: Any) -> str:
    """Return where an asset's records are on this machine or network, without a password; empty if that cannot be told.

    A policy says it with variables, and two runs under one policy may read from two places.
    """
    try:
        if isinstance(asset, FileTable):
            base = asset.datasource.base()
            return "\n".join(os.path.join(base, with_variables(pattern)) for pattern in asset.patterns)
        url = asset.datasource.get_engine().url
        parts = (url.host, url.port, url.database, *sorted(url.query.get(name, "") for name in ("host", "port")))
        return "\n".join(str(part or "") for part in parts)
    except Exception:  # noqa: BLE001 - the report of the table says what is wrong with its data source
        return ""


def _find_read(
    plans: Sequence[BatchPlan], states: Mapping[str, FilesState], judged: str
) -> Iterator[tuple[str, Columns | None, FilesState | None, Adapter | None]]:
    """Yield each table that a plan read: its name, its columns, the state of its files, and the plan's adapter."""
    if not plans and judged in states:  # only Great Expectations' own expectations, which need no plan
        yield judged, None, states[judged], None
    for known in plans:
        adapter = known.plan.adapter
        if adapter is None:
            continue
        described = adapter.described
        yield judged, described.get(None), known.watch.states.get(judged), adapter
        for name in known.watch.references:
            yield name, described.get(name), known.watch.states.get(name), adapter


def _list_columns(columns: Columns | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, columns.find(name).family.name) for name in columns.names) if columns else ()


def _identify(asset: Any, state: FilesState | None, fingerprinter: Fingerprinter) -> tuple[ReadFile, ...]:
    """Return the files of a table; nothing if one of them is no longer the file that was read."""
    if not state or not isinstance(asset, FileTable):
        return ()
    base = asset.datasource.base()
    files = []
    for path, file_state in state:
        if file_state is None:
            return ()
        if is_address(path):
            files.append(ReadFile(_make_relative(path, base), _find_size(file_state)))
            continue
        if (found := fingerprinter.read(path, file_state)) is None:
            return ()
        files.append(ReadFile(_make_relative(path, base), found.size, found.sha256, found.footer_sha256))
    return tuple(files)


def _make_relative(path: str, base: str) -> str:
    """Return the path of a file below the root of its source; only its name if it lies elsewhere."""
    if is_address(path):
        below = path.removeprefix(base.rstrip("/") + "/")
        return below if below != path else path.rpartition("/")[2]
    for file, root in ((path, base), (os.path.realpath(path), os.path.realpath(base))):
        if file.startswith(os.path.join(root, "")):
            return _printable(os.path.relpath(file, root).replace(os.sep, "/"))
    return _printable(os.path.basename(path))


def _printable(path: str) -> str:
    """Return a path that may be no Unicode as text that is."""
    return path.encode("utf-8", "backslashreplace").decode()


def _hide_above(glob: str) -> str:
    """Return a glob without the directories of the machine."""
    return glob.rpartition("/")[2] if os.path.isabs(glob) or is_address(glob) else glob


def _find_size(state: tuple[object, ...]) -> int:
    return next((part for part in state if isinstance(part, int)), 0)


def _name_objects(state: FilesState | None) -> str | None:
    """Return one name for the tags of all objects of a table; None if its files are local."""
    if not state or not is_address(state[0][0]):
        return None
    listing = "\n".join(f"{path} {tags}" for path, tags in state)
    return f"tags:{hashlib.sha256(listing.encode()).hexdigest()}"
