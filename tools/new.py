"""Start an expectation: write its class and its cases, small and working, for the author to edit.

`python -m tools.new expect_… --family governance [--role mixed]`, or `make new NAME=expect_… FAMILY=governance`.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.roles import ROLES
from synth_expectations.policy.types import format_unknown

ROOT = Path(__file__).parents[1]
EXPECTATIONS = Path("synth_expectations", "expectations")
CASES = Path("tests", "cases")

CLASS = '''\
"""TODO: what holds, in one line."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Column
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import field, is_blank
from synth_expectations.rules.model import Rule
{imports}

class {class_name}(SyntheticDataExpectation):
    """{sentence}.

    TODO: why it matters, and when a record breaks it.

    Does not show: TODO: what a pass does not prove.
    """

    value: Column = Field(description="The column that must be filled.")

{declarations}
    def rules(self) -> Iterator[Rule]:
        """Yield one rule: the value is missing."""
        yield Rule(f"{{self.value}} is missing", is_blank(field(self.value)))
'''

POPULATION = '''\
    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced
'''

CASE_FILE = """\
columns: {id: text, is_synthetic: text, value: text}
row: {is_synthetic: "true", value: given}
arguments: {marker_column: is_synthetic, record_key: id, value: value}

cases:
  - name: a value on every synthetic record, and none on a real one
    kind: pass
    rows: [{id: synthetic}, {id: real, is_synthetic: "false", value: ~}]
    expect: {records: 1}

  - name: a synthetic record without a value
    kind: fail
    rows: [{id: good}, {id: bad, value: ~}]
    expect:
      records: 2
      violations:
        value is missing: [bad]

  - name: a marker that is NULL
    kind: "null"
    rows: [{id: good}, {id: untagged, is_synthetic: ~, value: ~}]
    expect: {records: 1}

  - name: a value that is blank
    kind: blank
    rows: [{id: good}, {id: empty, value: ""}, {id: white, value: " \\t\\u00a0"}]
    expect:
      records: 3
      violations:
        value is missing: [empty, white]

  - name: a table without rows
    kind: empty
    rows: []
    expect: {nothing_to_check: true}

  - name: every column name is quoted
    kind: odd_name
    rename: {is_synthetic: "Is Synthetic?", value: '"va.lue"', id: "Id%"}
    arguments: {marker_column: "Is Synthetic?", record_key: "Id%", value: '"va.lue"'}
    rows: [{id: good}, {id: bad, value: ~}]
    expect:
      records: 2
      violations:
        '"va.lue" is missing': [bad]

  - name: partial records count, masked ones do not
    kind: marker_variants
    arguments: {synthetic_values: [synthetic], real_values: [real], partial_values: [partial], masked_values: [masked]}
    row: {value: ~}
    rows:
      - {id: synthetic, is_synthetic: " Synthetic "}
      - {id: partial, is_synthetic: partial}
      - {id: masked, is_synthetic: masked}
      - {id: real, is_synthetic: real}
    expect:
      records: 2
      violations:
        value is missing: [synthetic, partial]
"""

CASE_FILE_WITHOUT_MARKER = """\
columns: {id: text, value: text}
row: {value: given}
arguments: {record_key: id, value: value}

cases:
  - name: a value on every record
    kind: pass
    rows: [{id: one}, {id: two}]
    expect: {records: 2}

  - name: a record without a value
    kind: fail
    rows: [{id: good}, {id: bad, value: ~}]
    expect:
      records: 2
      violations:
        value is missing: [bad]

  - name: values that are all NULL
    kind: "null"
    rows: [{id: one, value: ~}, {id: two, value: ~}]
    expect:
      records: 2
      violations:
        value is missing: [one, two]

  - name: a value that is blank
    kind: blank
    rows: [{id: good}, {id: empty, value: ""}, {id: white, value: " \\t\\u00a0"}]
    expect:
      records: 3
      violations:
        value is missing: [empty, white]

  - name: a table without rows
    kind: empty
    rows: []
    expect: {nothing_to_check: true}

  - name: every column name is quoted
    kind: odd_name
    rename: {value: '"va.lue"', id: "Id%"}
    arguments: {record_key: "Id%", value: '"va.lue"'}
    rows: [{id: good}, {id: bad, value: ~}]
    expect:
      records: 2
      violations:
        '"va.lue" is missing': [bad]

  - name: a marker changes nothing
    kind: marker_variants
    columns: {is_synthetic: boolean}
    arguments: {marker_column: is_synthetic}
    row: {value: ~}
    rows: [{id: synthetic, is_synthetic: true}, {id: real, is_synthetic: false}, {id: untagged, is_synthetic: ~}]
    expect:
      records: 3
      violations:
        value is missing: [synthetic, real, untagged]
"""


def write_expectation(name: str, family: str, role: str | None = None, root: Path = ROOT) -> list[Path]:
    """Write the class and the cases of a new expectation.

    Args:
        name: its snake-case type, such as `expect_records_to_have_a_steward`.
        family: the folder of the catalogue that it belongs to.
        role: the role of tables that asks for it; none if the policy names it itself.
        root: the repository.

    Returns:
        The two files, by their path from the root.

    Raises:
        SynthError: the name, the family or the role does not do, or a file exists.
    """
    class_name = "".join(word.capitalize() for word in name.split("_"))
    if not re.fullmatch(r"expect(_[a-z][a-z0-9]*)+", name):
        raise SynthError(f"{name} is not a name of an expectation.", "Write expect_records_to_…, in small letters.")
    if name in all_expectations():
        raise SynthError(f"{name} exists already.", f"Edit {all_expectations()[name].__module__}.")
    families = sorted(folder.parent.name for folder in (root / EXPECTATIONS).glob("*/__init__.py"))
    families.remove("signatures")
    if family not in families:
        raise SynthError(f"FAMILY: {format_unknown('family', family, families)}")
    if role and role not in ROLES:
        raise SynthError(f"ROLE: {format_unknown('role', role, ROLES)}")
    has_marker = ROLES[role].has_marker if role else True
    roles = f'    roles = {{"{role}": None}}\n' if role else ""
    with_population, without_marker = f"{roles}\n{POPULATION}".lstrip("\n"), f"{roles}    needs_marker = False\n"
    text = CLASS.format(
        class_name=class_name,
        sentence=name.replace("_", " ").capitalize(),
        imports="from synth_expectations.rules.nodes import Condition\n" if has_marker else "",
        declarations=with_population if has_marker else without_marker,
    )
    files = {
        EXPECTATIONS / family / f"{name}.py": text,
        CASES / family / f"{name}.yml": CASE_FILE if has_marker else CASE_FILE_WITHOUT_MARKER,
    }
    for path in files:
        if (root / path).exists():
            raise SynthError(f"{path} exists already.", "Remove it, or choose another name.")
    for path, content in files.items():
        (root / path).write_text(content, encoding="utf-8")
    return list(files)


def main() -> int:
    """Write both files, and say what to do next."""
    parser = argparse.ArgumentParser(prog="python -m tools.new", description="Start an expectation.")
    parser.add_argument("name", help="its type, such as expect_records_to_have_a_steward")
    parser.add_argument("--family", required=True, help="its folder, such as governance")
    parser.add_argument("--role", help="the role of tables that asks for it, such as mixed")
    options = parser.parse_args()
    try:
        files = write_expectation(options.name, options.family, options.role or None)
    except SynthError as error:
        print(f"ERROR  {error.message} {error.hint}".rstrip(), file=sys.stderr)
        return 1
    print(*files, sep="\n")
    print(
        f"Edit both, then: pytest tests/conformance -k {options.name.removeprefix('expect_')} --engines duckdb,pandas"
    )
    print("At the end: make generate, make lint, make test")
    return 0


if __name__ == "__main__":
    sys.exit(main())
