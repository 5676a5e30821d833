"""Stored files that were edited by hand never pass, under `run` and under Great Expectations alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import great_expectations as gx
import marshmallow
import pytest
from great_expectations.exceptions import (
    CheckpointRelatedResourcesFreshnessError,
    CheckpointRunWithoutValidationDefinitionError,
)
from pydantic.v1 import ValidationError

from synth_expectations.gx.guard import NotEvaluatedError
from synth_expectations.policy.compile.project_files import sha256
from synth_expectations.policy.compile.verification import verify_project
from synth_expectations.policy.load.loader import load_policy
from tests.cli.project import Project

Edit = Callable[[Path], None]


def store(root: Path, kind: str, name: str) -> Path:
    """Return a compiled file: a suite, a validation definition or a checkpoint."""
    [file] = [file for file in root.parent.rglob(f"{name}.json") if file.parent.name == kind]
    return file


def edits(kind: str, name: str, change: Callable[[dict[str, Any]], object]) -> Edit:
    def edit(root: Path) -> None:
        file = store(root, kind, name)
        document = json.loads(file.read_text())
        change(document)
        file.write_text(json.dumps(document))

    return edit


def suite(change: Callable[[list[dict[str, Any]]], object]) -> Edit:
    return edits("suites", "contact", lambda document: change(document["expectations"]))


def every(change: Callable[[dict[str, Any]], object]) -> Edit:
    return suite(lambda expectations: [change(expectation) for expectation in expectations])


def swap_suites(root: Path) -> None:
    one, other = store(root, "suites", "contact"), store(root, "suites", "customer")
    first, second = json.loads(one.read_text()), json.loads(other.read_text())
    first["expectations"], second["expectations"] = second["expectations"], first["expectations"]
    one.write_text(json.dumps(first))
    other.write_text(json.dumps(second))


def replace_in_config(old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / "great_expectations.yml"
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    return edit


EDITS: dict[str, Edit] = {
    "an expectation is gone": suite(lambda expectations: expectations.pop()),
    "all are gone": suite(list.clear),
    "mostly is lowered": every(lambda expectation: expectation["kwargs"].update(mostly=0.01)),
    "severity is lowered": every(lambda expectation: expectation.update(severity="info")),
    "severity is gone": every(lambda expectation: expectation.pop("severity")),
    "a row condition is added": every(
        lambda expectation: expectation["kwargs"].update(row_condition='col("Id") == "x"')
    ),
    "the digests are gone": every(lambda expectation: expectation.update(meta=None)),
    "ids are doubled": suite(lambda found: [expectation.update(id=found[0]["id"]) for expectation in found]),
    "ids are gone": every(lambda expectation: expectation.update(id=None)),
    "a type is another": suite(lambda found: found[0].update(type="expect_column_to_exist", kwargs={"column": "Id"})),
    "the suite's meta is gone": edits("suites", "contact", lambda document: document.update(meta=None)),
    "the suite allows an empty batch": edits(
        "suites", "contact", lambda document: document["meta"]["synth"].update(empty_batch="nothing_to_check")
    ),
    "the suite is renamed": edits("suites", "contact", lambda document: document.update(name="other")),
    "the suite is removed": lambda root: store(root, "suites", "contact").unlink(),
    "the suites are swapped": swap_suites,
    "a definition reads another table": edits(
        "validation_definitions",
        "contact",
        lambda document: document.update(
            data=json.loads(json.dumps(document["data"]).replace('"name": "contact"', '"name": "customer"'))
        ),
    ),
    "a definition has another suite": edits(
        "validation_definitions", "contact", lambda document: document["suite"].update(name="customer")
    ),
    "a definition is removed": lambda root: store(root, "validation_definitions", "contact").unlink(),
    "the checkpoint lost a definition": edits(
        "checkpoints", "nightly", lambda document: document["validation_definitions"].pop(0)
    ),
    "the checkpoint lost all": edits(
        "checkpoints", "nightly", lambda document: document["validation_definitions"].clear()
    ),
    "the guard is looser": edits(
        "checkpoints", "nightly", lambda document: document["actions"][1].update(fail_on="critical")
    ),
    "an asset reads other files": replace_in_config("contact/*.parquet", "customer/*.parquet"),
    "the lock is removed": lambda root: (root / "policy.lock.json").unlink(),
    "the policy is removed": lambda root: (root / "policy.yml").unlink(),
}
REFUSED_BY_GX: dict[str, type[Exception]] = {
    "a definition is removed": ValidationError,
    "the suite is removed": ValidationError,
    "the checkpoint lost all": CheckpointRunWithoutValidationDefinitionError,
    "the suite is renamed": CheckpointRelatedResourcesFreshnessError,
    "the suite's meta is gone": marshmallow.ValidationError,
}
FAST = {"severity is lowered", "the checkpoint lost a definition"}


def rehash(root: Path) -> None:
    """Make the lock say that the files on disk are those that were compiled."""
    file = root / "policy.lock.json"
    lock = json.loads(file.read_text())
    lock["files"] = {path: sha256((root / path).read_text()) for path in lock["files"] if (root / path).is_file()}
    file.write_text(json.dumps(lock))


def run_plain(root: Path) -> bool:
    """Return whether the checkpoint passes under Great Expectations alone."""
    context = gx.get_context(mode="file", context_root_dir=root)
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return bool(context.checkpoints.get("nightly").run().success)


def marked(names: set[str]) -> list[Any]:
    return [pytest.param(name, marks=() if name in FAST else pytest.mark.full, id=name) for name in sorted(names)]


def test_what_was_not_edited_passes(compiled: Project) -> None:
    said = compiled.run()
    assert said.code == 0, said.out
    assert run_plain(compiled.policy.parent)
    assert verify_project(compiled.policy.parent).changes == ()


@pytest.mark.parametrize("rehashed", [False, True], ids=["", "rehashed"])
@pytest.mark.parametrize("name", marked(set(EDITS)))
def test_an_edit_never_passes(compiled: Project, name: str, rehashed: bool) -> None:
    root = compiled.policy.parent
    EDITS[name](root)
    if rehashed and (root / "policy.lock.json").exists():
        rehash(root)
    said = compiled.run()
    assert said.code == 2, said.out
    assert "Traceback" not in said.out + said.err
    with pytest.raises(REFUSED_BY_GX.get(name, NotEvaluatedError)):
        run_plain(root)


def test_a_lock_over_another_policy_is_found(compiled: Project) -> None:
    root = compiled.policy.parent
    compiled.edit("max: P90D", "max: P9000D")
    lock = json.loads((root / "policy.lock.json").read_text())
    lock["policy"]["sha256"] = load_policy(root / "policy.yml").sha256
    (root / "policy.lock.json").write_text(json.dumps(lock))
    said = compiled.run()
    assert said.code == 2
    assert "policy.lock.json differs from what policy.yml compiles to" in said.out


def test_an_edit_is_named(compiled: Project) -> None:
    EDITS["severity is lowered"](compiled.policy.parent)
    changes = verify_project(compiled.policy.parent).changes
    assert any("severity: info -> " in change for change in changes), changes


def test_a_checkpoint_of_others_is_not_errored_by_the_policy(compiled: Project) -> None:
    root = compiled.policy.parent
    context = gx.get_context(mode="file", context_root_dir=root)
    data = context.data_sources.get("lake").get_asset("send").get_batch_definition("all")
    expectations = [gx.expectations.ExpectColumnToExist(column="SendId")]
    own = context.suites.add(gx.ExpectationSuite("stock", expectations=expectations))
    definition = context.validation_definitions.add(gx.ValidationDefinition(name="stock", data=data, suite=own))
    context.checkpoints.add(gx.Checkpoint(name="stock", validation_definitions=[definition]))
    EDITS["severity is lowered"](root)
    assert compiled.cli("run", "stock").code == 0
