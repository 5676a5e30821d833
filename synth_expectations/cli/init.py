"""`init`: a policy, proposed from the data."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synth_expectations.cli.console import PROJECT, say, shortened, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.policy.infer import Proposal

_VARIABLE = re.compile(r"\$\{(\w+)\}")


def init(
    parquet: Annotated[
        list[str] | None, typer.Option(help="A glob of Parquet files; may be repeated.", metavar="GLOB")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(help="SOURCE:NAME, a table of a database; may be repeated.", metavar="SOURCE:NAME"),
    ] = None,
    connection: Annotated[
        str | None,
        typer.Option(help="For --table: the database's SQLAlchemy URL, as '${VARIABLE}' if it has a password."),
    ] = None,
    use: Annotated[
        Path | None, typer.Option(help="For --table: a Great Expectations project that has the data source SOURCE.")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Add to the policy that is there.")] = False,
    join: Annotated[
        Path | None,
        typer.Option(help="Put the policy into this Great Expectations project, instead of one of its own."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the policy calls the table, if it is one.")] = None,
    project: Annotated[Path, typer.Option(help="Where the policy goes.")] = Path(PROJECT),
) -> None:
    """Read tables, and propose a policy for them: every line with its reason, what is not known as TODO."""
    directory = join or project
    use = use or (None if connection else join)
    file = directory / "policy.yml"
    _refuse(directory, file, add=add, join=join is not None, some=bool(parquet or table))
    from synth_expectations.policy.infer import add_to_policy, render_policy

    known = _known_sources(file) if add else {}
    proposals = [*_of_parquet(parquet or [], directory)]
    sources: dict[str, dict[str, str]] = {}
    for each in table or []:
        proposal, source = _of_table(each, connection, use, directory, known)
        proposals.append(proposal)
        sources[proposal.data_source] = source
    if name is not None:
        if len(proposals) != 1:
            raise SynthError(f"--name is for one table, and these are {len(proposals)}.", "Name them in policy.yml.")
        proposals = [replace(proposals[0], table=name)]
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
    todo = "answer each TODO above, " if "TODO" in re.sub(r"#.*", "", text) else ""
    where = "" if directory == Path(PROJECT) else f" --project {shlex.quote(str(directory))}"
    tell(shortened(f"{file} written: {todo}correct what is wrong, then: synth-expectations check{where}"))


def _refuse(directory: Path, file: Path, *, add: bool, join: bool, some: bool) -> None:
    if not some:
        raise SynthError("Name the data.", "synth-expectations init --parquet 'PATH/*.parquet', or --table SOURCE:NAME")
    if file.exists() and not add:
        raise SynthError(f"{file} exists.", "Add a table to it with --add, or name another directory with --project.")
    if add and not file.is_file():
        raise SynthError(f"There is no {file} to add to.", "Leave --add out.")
    if join and not (directory / "great_expectations.yml").is_file():
        raise SynthError(f"There is no Great Expectations project in {directory}.", "Leave --join out.")
    if not join and not add and (directory / "great_expectations.yml").exists():
        raise SynthError(
            f"{directory} is a Great Expectations project already.",
            f"Keep the policy apart with --project NAME, or put it in there with --join {directory}.",
        )


def _of_parquet(globs: list[str], directory: Path) -> list[Proposal]:
    from synth_expectations.policy.infer import profile_parquet, propose, split_parquet

    tables = [each for glob in globs for each in split_parquet(glob)]
    return [propose(profile_parquet(each), beside=str(directory)) for each in tables]


def _of_table(
    text: str, connection: str | None, use: Path | None, directory: Path, known: dict[str, dict[str, Any]]
) -> tuple[Proposal, dict[str, str]]:
    """A table of a database, and what the policy says of its data source."""
    from synth_expectations.policy.infer import profile_table, propose

    source, colon, name = text.partition(":")
    if not (colon and source and name):
        raise SynthError(f"{text} is no SOURCE:NAME.", "Such as warehouse:crm.contact")
    if source in known and not (connection or use):
        connection, use = known[source].get("connection"), _beside(known[source].get("use"), directory)
    if bool(connection) == bool(use):
        raise SynthError(
            "Give the database of --table: either --connection or --use.", "--connection '${CRM_DATABASE}'"
        )
    if use is not None:
        database: Any = _borrowed_engine(use, source)
        said = {"use": os.path.relpath(use, directory).replace(os.sep, "/")}
    else:
        assert connection is not None
        _refuse_password(connection)
        database = _VARIABLE.sub(_from_environment, connection)
        said = {"type": _type_of(database), "connection": connection}
    profile = profile_table(database, name)
    return propose(profile, data_source=source, beside=str(directory)), said


def _refuse_password(connection: str) -> None:
    """The policy is a file that many read, so no password may get into it."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(connection)
    except ArgumentError:
        return  # a variable alone, or no address: said where it is used
    secret = re.compile("pass|pwd|secret|token|key", re.IGNORECASE)
    given = [url.password, *(value for name, value in url.query.items() if secret.search(name))]
    if any(each and not _VARIABLE.fullmatch(str(each)) for each in given):
        raise SynthError(
            "The connection holds a password.", "Set a variable to it, and write --connection '${VARIABLE}'"
        )


def _beside(use: str | None, directory: Path) -> Path | None:
    return directory / use if use else None


def _from_environment(variable: re.Match[str]) -> str:
    value = os.environ.get(variable[1])
    if value is None:
        raise SynthError(f"The variable {variable[1]} is not set.", "Set it to the database's SQLAlchemy URL.")
    return value


def _type_of(url: str) -> str:
    """Great Expectations' type of data source for an address; `sql` takes any."""
    name = url.partition(":")[0].partition("+")[0]
    return {"redshift": "redshift", "snowflake": "snowflake", "bigquery": "bigquery"}.get(name, "sql")


def _borrowed_engine(use: Path, source: str) -> Any:
    from synth_expectations.runner.project import open_project

    return open_project(use.resolve()).open_engine(source)


def _known_sources(file: Path) -> dict[str, dict[str, Any]]:
    from synth_expectations.policy.load.yaml import read_yaml

    return dict(read_yaml(file).get("data_sources") or {})


def _write(file: Path, text: str, join: Path | None) -> None:
    from synth_expectations.policy.compile.project_files import CONFIG, joined, write

    write(file, text)
    if join is not None:
        config = join / CONFIG
        write(config, joined(config.read_text(encoding="utf-8"), str(config)))
