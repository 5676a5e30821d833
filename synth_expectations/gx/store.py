"""The expectations store of our projects."""

from __future__ import annotations

from great_expectations.data_context.store import ExpectationsStore as GxExpectationsStore


class ExpectationsStore(GxExpectationsStore):
    """Great Expectations' own store, under a module of ours.

    A `great_expectations.yml` that names it makes every process that opens the project import us, or fail loudly.
    Without that, Great Expectations drops the expectations that it does not know, and passes with what is left.
    """
