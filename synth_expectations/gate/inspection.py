"""An inspection: what was read of a tree, for the rules to judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from synth_expectations.gate.exclusions import is_of_tests
from synth_expectations.gate.formats.metadata import MetadataSource
from synth_expectations.gate.formats.sfdmu import ExportScript
from synth_expectations.gate.formats.snowfakery import RecipeObject
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import GateNote, UnreadFile
from synth_expectations.gate.production import ProductionScope
from synth_expectations.gate.repository import FileTree
from synth_expectations.gate.settings import GateSettings


@dataclass
class Inspection:
    """What was read of a tree.

    Attributes:
        tree: the files.
        settings: of the policy.
        as_of: the day that approvals are held against.
        scope: what is bound for production.
        loads: records, by file and object.
        scripts: of SFDMU, by path.
        recipes: object templates of Snowfakery, by path.
        metadata: of the Salesforce project.
        unread: files that were not read, or not wholly.
        notes: doubts.
        read: paths of files that were read.
        tools: the tool that a document is written for, by its path: its people are examples or settings.
    """

    tree: FileTree
    settings: GateSettings
    as_of: date
    scope: ProductionScope = field(default_factory=ProductionScope)
    loads: list[Load] = field(default_factory=list)
    scripts: dict[str, ExportScript] = field(default_factory=dict)
    recipes: dict[str, list[RecipeObject]] = field(default_factory=dict)
    metadata: MetadataSource = field(default_factory=MetadataSource)
    unread: list[UnreadFile] = field(default_factory=list)
    notes: list[GateNote] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    tools: dict[str, str] = field(default_factory=dict)

    def is_load(self, path: str) -> bool:
        """Return whether a file may hold records that results are about."""
        return self.tree.is_wanted(path) and (
            not is_of_tests(path) or self.tree.is_named(path) or self.scope.is_named(path)
        )

    def find_script(self, path: str) -> ExportScript | None:
        """Return the export.json of SFDMU that a file lies beside, or in whose `objectset_source` it lies."""
        folder = path.rpartition("/")[0]
        for candidate in (folder, folder.partition("/objectset_source")[0]):
            script = f"{candidate}/export.json" if candidate else "export.json"
            if script in self.scripts:
                return self.scripts[script]
        return None
