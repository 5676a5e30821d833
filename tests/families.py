"""What columns of each kind of a test's table hold, where no engine is asked."""

from __future__ import annotations

from synth_expectations.engine.schema import Family
from synth_expectations.testing.tables import Kind

FAMILIES = {
    Kind.TEXT: Family.TEXT,
    Kind.BINARY: Family.BINARY,
    Kind.VOID: Family.NOTHING,
    Kind.BOOLEAN: Family.BOOLEAN,
    Kind.INTEGER: Family.NUMBER,
    Kind.FLOAT: Family.FLOAT,
    Kind.DECIMAL: Family.DECIMAL,
    Kind.DATE: Family.DATE,
    Kind.TIMESTAMP: Family.NAIVE,
    Kind.TIMESTAMPTZ: Family.ZONED,
}
