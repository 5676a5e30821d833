"""The command `init`: a policy proposed from the data."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synth_expectations.cli.console import PROJECT, say, shorten_paths, tell
from synth_expectations.cli.database_tables import propose_table
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.policy.infer import FileKind, ProfiledTable


def init(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files or directories of CSV, JSON Lines or Parquet; with --salesforce, objects such as Contact.",
            metavar="FILES",
            show_default=False,
        ),
    ] = None,
    parquet: Annotated[
        list[str] | None, typer.Option(help="A glob of Parquet files; may be repeated.", metavar="GLOB")
    ] = None,
    csv: Annotated[list[str] | None, typer.Option(help="A glob of CSV files; may be repeated.", metavar="GLOB")] = None,
    json: Annotated[
        list[str] | None, typer.Option(help="A glob of JSON Lines files; may be repeated.", metavar="GLOB")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(help="A database table, as SOURCE:NAME; may be repeated.", metavar="SOURCE:NAME"),
    ] = None,
    connection: Annotated[
        str | None,
        typer.Option(help="For --table: the database's SQLAlchemy URL, as '${VARIABLE}' if it has a password."),
    ] = None,
    use: Annotated[
        Path | None, typer.Option(help="For --table: a Great Expectations project that has the data source SOURCE.")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Add to the existing policy.")] = False,
    join: Annotated[
        Path | None,
        typer.Option(help="Put the policy into this Great Expectations project instead of a new one."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="The name of the table in the policy, if there is only one.")] = None,
    project: Annotated[Path, typer.Option(help="The directory for the policy.")] = Path(PROJECT),
    salesforce: Annotated[
        bool,
        typer.Option("--salesforce", help="Write the fields that tag synthetic records into a Salesforce project."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="For --salesforce: the package directory, such as force-app.", metavar="DIR")
    ] = None,
    marker: Annotated[
        str | None,
        typer.Option(help="For --salesforce: the marker field, if it differs from the policy's.", metavar="FIELD"),
    ] = None,
    no_audit_trail: Annotated[
        bool,
        typer.Option(
            "--no-audit-trail",
            help="For --salesforce: keep history for 18 months, because the org has no Field Audit Trail.",
        ),
    ] = False,
) -> None:
    """Read tables and propose a policy for them, with a reason for every line and TODO for unknown values."""
    others = (parquet, csv, json, table, connection, use, add, join, name)
    if _is_for_salesforce(salesforce, others, (out, marker, no_audit_trail)):
        from synth_expectations.cli.salesforce import write_salesforce

        write_salesforce(files or [], out, project, marker, has_archive=not no_audit_trail)
        return
    directory = join or project
    use = use or (None if connection else join)
    file = directory / "policy.yml"
    _check_options(directory, file, add=add, join=join is not None, some=bool(files or parquet or csv or json or table))
    from synth_expectations.policy.infer import add_references, add_to_policy, list_switches, render_policy

    known = _read_sources(file) if add else {}
    tables = _propose_files(files or [], {"parquet": parquet or [], "csv": csv or [], "json": json or []}, directory)
    sources: dict[str, dict[str, str]] = {}
    for text in table or []:
        profiled, source = propose_table(text, connection, use, directory, known)
        tables.append(profiled)
        sources[profiled.proposal.data_source] = source
    if name is not None:
        if len(tables) != 1:
            raise SynthError(f"--name is for one table, but there are {len(tables)}.", "Name them in policy.yml.")
        tables = [replace(tables[0], proposal=replace(tables[0].proposal, table=name))]
    tables = _make_names_unique(tables)
    shared = _find_shared(tables)
    proposals = add_references(tables, {table for table, _, _ in shared})
    if add:
        text = file.read_text(encoding="utf-8")
        for proposal in proposals:
            text = add_to_policy(text, proposal, file=str(file))
    else:
        text = render_policy(proposals, data_sources=sources)
    _write(file, text, join)
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(r"\bTODO\b", line.partition("#")[0]):
            say(f"{file}:{number}: {line.strip()}")
    for _, _, sentence in shared:
        tell(f"Note: {sentence}.")
    if switches := list_switches(proposals):
        tell("Off until the tables' entries name more:")
        for line in switches:
            tell(f"  {line}")
    todo = "answer each TODO above, " if "TODO" in re.sub(r"#.*", "", text) else ""
    where = "" if directory == Path(PROJECT) else f" --project {shlex.quote(str(directory))}"
    tell(shorten_paths(f"{file} written: {todo}correct what is wrong, then: synth-expectations check{where}"))


def _is_for_salesforce(salesforce: bool, of_tables: tuple[object, ...], of_salesforce: tuple[object, ...]) -> bool:
    """Return whether the source of a Salesforce project is meant, and not tables.

    Raises:
        SynthError: options of both are given.
    """
    if salesforce and any(of_tables):
        raise SynthError(
            "--salesforce takes objects, and no tables.", "Name objects, --out, --marker or --project alone."
        )
    if not salesforce and any(of_salesforce):
        raise SynthError("--out, --marker and --no-audit-trail go with --salesforce.", "Add --salesforce.")
    return salesforce


def _check_options(directory: Path, file: Path, *, add: bool, join: bool, some: bool) -> None:
    if not some:
        raise SynthError("Name the data.", "synth-expectations init FILE, a directory, or --table SOURCE:NAME")
    if file.exists() and not add:
        raise SynthError(f"{file} exists.", "Add a table to it with --add, or name another directory with --project.")
    if add and not file.is_file():
        raise SynthError(f"There is no {file} to add to.", "Omit --add.")
    if join and not (directory / "great_expectations.yml").is_file():
        raise SynthError(f"There is no Great Expectations project in {directory}.", "Omit --join.")
    if not join and not add and (directory / "great_expectations.yml").exists():
        raise SynthError(
            f"{directory} is a Great Expectations project already.",
            f"Keep the policy apart with --project NAME, or put it in there with --join {directory}.",
        )


def _propose_files(paths: list[str], globs: Mapping[FileKind, list[str]], directory: Path) -> list[ProfiledTable]:
    from synth_expectations.policy.infer import find_kinds, split_tables

    named = [(kind, glob) for kind, of_kind in globs.items() for glob in of_kind]
    named += [(kind, glob) for path in paths for kind, glob in find_kinds(path)]
    return [
        _propose_table_of_files(kind, table, directory) for kind, glob in named for table in split_tables(glob, kind)
    ]


def _propose_table_of_files(kind: FileKind, glob: str, directory: Path) -> ProfiledTable:
    from synth_expectations.policy.infer import (
        ProfiledTable,
        count_known_in_extract,
        count_known_in_files,
        list_files,
        profile_extract,
        profile_parquet,
        propose,
    )

    profile = profile_parquet(glob) if kind == "parquet" else profile_extract(glob, kind)
    count = (
        partial(count_known_in_files, glob)
        if kind == "parquet"
        else partial(count_known_in_extract, glob, kind, profile.format)
    )
    return ProfiledTable(profile, propose(profile, beside=str(directory)), count, tuple(list_files(glob, kind)))


def _make_names_unique(tables: list[ProfiledTable]) -> list[ProfiledTable]:
    from synth_expectations.policy.infer import make_names_unique

    named = make_names_unique([table.proposal for table in tables])
    return [replace(table, proposal=proposal) for table, proposal in zip(tables, named, strict=True)]


def _find_shared(tables: list[ProfiledTable]) -> list[tuple[str, str, str]]:
    """Return each table that was read before under another name, that name, and a sentence about them."""
    from synth_expectations.policy.infer import find_shared_files

    files = {table.proposal.table: table.files for table in tables}
    return list(find_shared_files(files))


def _read_sources(file: Path) -> dict[str, dict[str, Any]]:
    from synth_expectations.policy.load.yaml import read_yaml

    return dict(read_yaml(file).get("data_sources") or {})


def _write(file: Path, text: str, join: Path | None) -> None:
    from synth_expectations.policy.compile.project_files import CONFIG, joined, write

    write(file, text)
    if join is not None:
        config = join / CONFIG
        write(config, joined(config.read_text(encoding="utf-8"), str(config)))
