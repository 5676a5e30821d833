"""Compiles conditions to an engine's SQL: each once for all tables that have the same columns."""

from __future__ import annotations

from functools import cached_property

from sqlglot import exp

from synth_expectations.engine.compiled_conditions import compile_once, share_context
from synth_expectations.engine.rendering import render
from synth_expectations.engine.schema import Column
from synth_expectations.engine.translator import Translator
from synth_expectations.errors import NoTimeError
from synth_expectations.rules.canonical import parenthesize
from synth_expectations.rules.nodes import Condition


class Compiler(Translator):
    """Compiles conditions on one table to the SQL of one engine; the arguments are those of `Translator`."""

    _signature: frozenset[Column] | None = None
    _shared_context: tuple[object, ...] = ()

    @cached_property
    def _context(self) -> tuple[object, ...]:
        """What the SQL of a condition depends on beside the condition and the columns."""
        dialect, known = self._dialect, (frozenset(self._common.items()), frozenset(self._distinct_values.items()))
        return (dialect.name, dialect.encoding, dialect.keeps_dictionaries, self._as_of, known, self._repeating)

    def compile(self, condition: Condition) -> str:
        """Return the SQL of a condition; a condition is compiled once for all tables that have the same columns.

        Raises:
            ConditionError: a column is missing, or of a type that the condition cannot use.
        """
        try:
            return self._render(condition)
        except NoTimeError as error:
            if not self._columns.drop_type(error.column):
                raise
        return self.compile(condition)

    def compile_text(self, column: str) -> str:
        """Return the SQL of a column as text: a whole number has no `.0`, and NaN is NULL.

        Raises:
            ConditionError: there is no such column.
        """
        return render(self._dialect, self._to_text(exp.column(column)))

    def _render(self, condition: Condition) -> str:
        signature = self._columns.signature
        if signature is not self._signature:  # a column without values has lost its type, or it is the first time
            self._signature, self._shared_context = signature, share_context((signature, *self._context))
        return compile_once(condition, self._shared_context, lambda: self._compile(condition))

    def _compile(self, condition: Condition) -> str:
        return render(self._dialect, self.translate(parenthesize(condition)))
