"""Every form of an expression is true for the same rows on every engine: those of `golden/forms.txt`, all in one query."""

from __future__ import annotations

from collections.abc import Callable

from synth_expectations.engine.compiler import Compiler
from synth_expectations.testing import Engine
from tests.engine.forms import AS_OF, FORMS, ROWS, TABLE


def test_every_form_is_true_for_the_same_rows(engine: Engine, assert_golden: Callable[[str, str], None]) -> None:
    adapter = engine.adapter(TABLE, {})
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    conditions = [compiler.compile(form) for form in FORMS.values()]
    rows = [row for piece in adapter.stream_violations(conditions, ["id"], len(ROWS), where="1 = 1") for row in piece]
    lines = [
        f"{name}: {' '.join(map(str, sorted(key for key, *flags in rows if flags[number])))}".rstrip()
        for number, name in enumerate(FORMS)
    ]
    assert_golden("forms.txt", "\n".join(lines) + "\n")
