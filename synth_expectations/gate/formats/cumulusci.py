"""CumulusCI: mappings of datasets, and the tasks and flows of a cumulusci.yml that load them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.marker import MarkerWords, Tag
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_LOADERS = {
    "load_dataset": "LoadData",
    "generate_and_load_from_yaml": "GenerateAndLoadDataFromYaml",
    "snowfakery": "Snowfakery",
}
_CLASSES = ("LoadData", "GenerateAndLoadData", "GenerateAndLoadDataFromYaml", "Snowfakery", "LoadSampleData")
_NOT_PRODUCTION = re.compile(
    "(^|_)(dev|qa|scratch|ci|test|tests|testing|feature|beta|sandbox|uat|staging|demo|trial|regression|robot|perf"
    "|performance|ldv|package|packaging|unit|e2e|apextest|sample|samples|local|develop|developer|integration|playground"
    "|workshop|training|debug|unmanaged)([0-9]*)(_|$)"
)
_PRODUCTION = re.compile("(^|_)(prod|production|customer|install|release|deploy|metadeploy|live|golive)(_|$)")


@dataclass(frozen=True)
class MappingStep:
    """A step of a mapping.

    Attributes:
        object: the sObject that the rows of a table become.
        table: the table of the dump.
        fields: the column of the dump by the field of the sObject.
        static: the value that every record gets, by field.
    """

    object: str
    table: str
    fields: dict[str, str]
    static: dict[str, Any]

    def name_values(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row by the fields of its sObject, with what every record gets; an empty text is not a value in a dump."""
        columns = {column.casefold(): name for name, column in self.fields.items()}
        values = {
            columns.get(column.casefold(), column): (None if value == "" else value) for column, value in row.items()
        }
        return {**values, **self.static}

    def is_tagged(self, words: MarkerWords) -> bool:
        """Return whether every record gets a marker that says synthetic."""
        return any(
            words.is_marker(name) and words.read(name, value) is Tag.SYNTHETIC for name, value in self.static.items()
        )


@dataclass(frozen=True)
class DataTask:
    """A step of a flow that loads data.

    Attributes:
        flow: its name; that of the plan for MetaDeploy.
        task: its name.
        mapping: the path of the mapping; empty if none is named.
        dataset: the path of the dump or recipe; empty if none is named.
        is_plan: whether a plan of MetaDeploy has it.
    """

    flow: str
    task: str
    mapping: str = ""
    dataset: str = ""
    is_plan: bool = False


@dataclass
class CumulusProject:
    """A cumulusci.yml.

    Attributes:
        path: of it.
        tasks: the steps of flows that load data.
    """

    path: str
    tasks: list[DataTask] = field(default_factory=list)


def is_for_production(name: str) -> bool | None:
    """Return whether a flow is one for production by its name, or None if the name does not tell."""
    folded = re.sub("[^a-z0-9]+", "_", name.casefold())
    if _NOT_PRODUCTION.search(folded):
        return False
    return True if _PRODUCTION.search(folded) else None


def is_mapping(file: SourceFile) -> bool:
    """Return whether a YAML file looks like a mapping."""
    return b"sf_object" in file.beginning


def read_mapping(file: SourceFile) -> list[MappingStep]:
    """Return the steps of a mapping.

    Raises:
        UnreadFileError: it is not a mapping.
    """
    data = read_yaml_file(file)
    if not isinstance(data, dict):
        raise UnreadFileError("it is not a mapping of CumulusCI")
    steps = []
    for name, step in data.items():
        if not isinstance(step, dict):
            continue
        target = str(step.get("sf_object") or name)
        fields = step.get("fields") or {}
        columns = (
            {str(key): str(value) for key, value in fields.items()}
            if isinstance(fields, dict)
            else {str(entry): str(entry) for entry in fields if isinstance(entry, str)}
            if isinstance(fields, list)
            else {}
        )
        static = step.get("static")
        steps.append(
            MappingStep(target, str(step.get("table") or target), columns, static if isinstance(static, dict) else {})
        )
    return steps


def read_key(row: dict[str, Any], number: int) -> Any:
    """Return the key of a row of a dump, or its number; 0 is a key."""
    return next((row[name] for name in ("id", "Id") if row.get(name) not in {None, ""}), number)


def read_project(file: SourceFile) -> CumulusProject:
    """Return the tasks of a cumulusci.yml that load data, by flow.

    Raises:
        UnreadFileError: it is not YAML.
    """
    data = read_yaml_file(file)
    if not isinstance(data, dict):
        raise UnreadFileError("it is not a cumulusci.yml")
    tasks, flows = _mapping(data.get("tasks")), _mapping(data.get("flows"))
    project = CumulusProject(file.path)
    called = {step.get("flow") for flow in flows.values() for step in _read_steps(flow)}
    for name in flows:
        if is_for_production(str(name)) is None and name in called:
            continue  # the flows that call it tell where it runs
        steps = _list_steps(flows, str(name), {str(name)})
        project.tasks += _load_tasks(str(name), steps, tasks, is_plan=False)
    for name, plan in _mapping(data.get("plans")).items():
        steps = [
            entry
            for step in _mapping(_mapping(plan).get("steps")).values()
            for entry in (
                [step]
                if "task" in _mapping(step)
                else _list_steps(flows, str(_mapping(step).get("flow")), set(), _mapping(_mapping(step).get("options")))
            )
        ]
        project.tasks += _load_tasks(str(name), steps, tasks, is_plan=True)
    return project


def _list_steps(
    flows: dict[str, Any], name: str, seen: set[str], given: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the steps of a flow and of the flows that it runs, each flow once.

    Args:
        flows: of the project.
        name: of the flow.
        seen: flows that called it.
        given: options of its tasks, as the step that calls it names them; they win.
    """
    steps: list[dict[str, Any]] = []
    given = given or {}
    for entry in _read_steps(flows.get(name)):
        called = entry.get("flow")
        if isinstance(called, str) and called in flows and called not in seen:
            own = _mapping(entry.get("options"))
            options = {task: {**_mapping(own.get(task)), **_mapping(given.get(task))} for task in {**own, **given}}
            steps += _list_steps(flows, called, {*seen, called}, options)
        elif "task" in entry:
            options = {**_mapping(entry.get("options")), **_mapping(given.get(str(entry["task"])))}
            steps.append({**entry, "options": options})
    return steps


def _read_steps(flow: Any) -> list[dict[str, Any]]:
    return [_mapping(step) for step in _mapping(_mapping(flow).get("steps")).values()]


def _load_tasks(flow: str, steps: list[dict[str, Any]], tasks: dict[str, Any], *, is_plan: bool) -> Iterator[DataTask]:
    for step in steps:
        task = str(step.get("task"))
        declared = _mapping(tasks.get(task))
        class_name = str(declared.get("class_path") or _LOADERS.get(task, "")).rpartition(".")[2]
        if class_name not in _CLASSES and task not in _LOADERS:
            continue
        options = {**_mapping(declared.get("options")), **_mapping(step.get("options"))}
        if class_name == "LoadData" and not options.keys() & {"mapping", "sql_path", "dataset"}:
            options = {"mapping": "datasets/mapping.yml", "sql_path": "datasets/sample.sql"}
        if name := options.get("dataset"):
            options = {
                "mapping": f"datasets/{name}/{name}.mapping.yml",
                "sql_path": f"datasets/{name}/{name}.dataset.sql",
            }
        dataset = options.get("sql_path") or options.get("generator_yaml") or options.get("recipe") or ""
        yield DataTask(flow, task, str(options.get("mapping") or ""), str(dataset), is_plan)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
