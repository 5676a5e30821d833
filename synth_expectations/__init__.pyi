# Made by `python -m tools.stubs` from the expectation classes. Edit those, not this file.
"""Great Expectations for synthetic records in a retail CRM."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NotRequired, TypeAlias, TypedDict

from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.core.result_format import ResultFormat
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.model_field_types import ConditionParser
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.expectations.window import Window
from great_expectations.render.components import RenderedAtomicContent

from synth_expectations.gx import references as references
from synth_expectations.gx.guard import GuardAction as GuardAction

__version__: str

SuiteParameter = TypedDict("SuiteParameter", {"$PARAMETER": str})
"""An argument whose value is given to each run: `{"$PARAMETER": "name"}`."""

_Value: TypeAlias = bool | int | float | str
_ResultFormat: TypeAlias = ResultFormat | Literal["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]
_Severity: TypeAlias = FailureSeverity | Literal["critical", "warning", "info"]

class _Target(TypedDict):
    """A table that columns point into, and which of its records are synthetic.

    Attributes:
        columns: Here: the columns that hold its keys.
        reference: The table that they point into.
        key: In it: the key.
        marker_column: Its marker.
        synthetic_values: Its values for synthetic records.
        partial_values: Its values for real people with imputed fields.
        real_values: Its values for records that are real or masked.
        all_records: For a table without a marker: what all its records are.
    """

    columns: str | Sequence[str]
    reference: str
    key: str
    marker_column: NotRequired[str | None]
    synthetic_values: NotRequired[_Value | Sequence[_Value]]
    partial_values: NotRequired[_Value | Sequence[_Value]]
    real_values: NotRequired[_Value | Sequence[_Value]]
    all_records: NotRequired[Literal["synthetic", "real"] | None]

class _KeyPart(TypedDict):
    """A part of a key: columns on both sides, and how they are made comparable.

    Attributes:
        columns: Here; several are read as one text, in that order.
        reference_columns: In the reference; the same names if empty.
    """

    columns: str | Sequence[str]
    reference_columns: NotRequired[str | Sequence[str]]
    kind: NotRequired[Literal["text", "email", "phone", "name", "postcode", "date"]]

class _SyntheticDataExpectation(BatchExpectation):
    marker_column: str | SuiteParameter | None
    synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    real_values: _Value | Sequence[_Value] | SuiteParameter
    partial_values: _Value | Sequence[_Value] | SuiteParameter
    masked_values: _Value | Sequence[_Value] | SuiteParameter
    all_records: Literal["synthetic", "real"] | SuiteParameter | None
    record_key: str | SuiteParameter | None
    mostly: float | SuiteParameter
    require_records: bool | SuiteParameter
    empty_references: list[str] | tuple[str, ...] | SuiteParameter
    key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter
    row_condition: RowConditionType
    condition_parser: ConditionParser | None

    def _validate(
        self,
        metrics: dict[str, object],
        runtime_configuration: dict[str, object] | None = None,
        execution_engine: ExecutionEngine[object] | None = None,
    ) -> ExpectationValidationResult | dict[str, object]: ...

class ExpectHumanOversightToBeEffective(_SyntheticDataExpectation):
    """Expect human oversight to be effective.

    A reviewer's name in a column is not oversight. It takes a person, not a service account, who was authorised and
    trained at the time, who looked after the model's output and before the decision took effect (a review that the
    customer asked for may follow), left an outcome, and did not sign a pile in one second.

    Does not show: competence and attention.

    Args:
        reviewer: Who reviewed: a key of `people`, or a name.
        reviewed_at: When the review was done.
        model_output_at: When the model gave its output.
        effective_at: When the decision took effect.
        outcome: What the review came to.
        decision_type: The column of the type of decision.
        not_regulated: Types of decision that need no oversight.
        review_kind: The column of how the review came about.
        on_request: Its values for a review that the customer asked for.
        overturned: Outcomes that changed the decision.
        people: The table of reviewers.
        people_key: In people: what names a person.
        authorised_from: In people: since when they may review.
        authorised_until: In people: until when they may review.
        trained_from: In people: since when their training counts.
        trained_until: In people: until when their training counts.
        automated: Patterns of account names, in lower case, that are no person.
        max_batch: How many reviews one person can do in one second.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    reviewer: str | SuiteParameter
    reviewed_at: str | SuiteParameter
    model_output_at: str | SuiteParameter
    effective_at: str | SuiteParameter
    outcome: str | SuiteParameter
    decision_type: str | SuiteParameter | None
    not_regulated: _Value | Sequence[_Value] | SuiteParameter
    review_kind: str | SuiteParameter | None
    on_request: _Value | Sequence[_Value] | SuiteParameter
    overturned: _Value | Sequence[_Value] | SuiteParameter
    people: str | SuiteParameter | None
    people_key: str | SuiteParameter | None
    authorised_from: str | SuiteParameter | None
    authorised_until: str | SuiteParameter | None
    trained_from: str | SuiteParameter | None
    trained_until: str | SuiteParameter | None
    automated: list[str] | tuple[str, ...] | SuiteParameter
    max_batch: int | SuiteParameter
    def __init__(
        self,
        *,
        reviewer: str | SuiteParameter,
        reviewed_at: str | SuiteParameter,
        model_output_at: str | SuiteParameter,
        effective_at: str | SuiteParameter,
        outcome: str | SuiteParameter,
        decision_type: str | SuiteParameter | None = None,
        not_regulated: _Value | Sequence[_Value] | SuiteParameter = (),
        review_kind: str | SuiteParameter | None = None,
        on_request: _Value | Sequence[_Value] | SuiteParameter = ("on_request",),
        overturned: _Value | Sequence[_Value] | SuiteParameter = ("overturned", "reversed", "changed"),
        people: str | SuiteParameter | None = None,
        people_key: str | SuiteParameter | None = None,
        authorised_from: str | SuiteParameter | None = None,
        authorised_until: str | SuiteParameter | None = None,
        trained_from: str | SuiteParameter | None = None,
        trained_until: str | SuiteParameter | None = None,
        automated: list[str] | tuple[str, ...] | SuiteParameter = ...,
        max_batch: int | SuiteParameter = 5,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectLegalHoldsToBeHonored(_SyntheticDataExpectation):
    """Expect legal holds to be honored.

    Each hold that was placed and not released by now names a record or dataset, and that is still in the table that is
    held. One that is only marked as deleted is gone too: the hold forbids that as well.

    Does not show: that the record is unchanged, and whether it was there when the hold was placed.

    Args:
        frozen_record: The column of what is held: a key of the held table.
        held: The table of what is held.
        held_key: In the held table: what a hold names.
        placed_at: The column of when the hold began.
        released_at: The column of when it ended; empty while it is active.
        held_deleted: In the held table: whether the record is marked as deleted.
        deleted_values: Its values for yes.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    frozen_record: str | SuiteParameter
    held: str | SuiteParameter
    held_key: str | SuiteParameter
    held_deleted: str | SuiteParameter | None
    deleted_values: _Value | Sequence[_Value] | SuiteParameter
    placed_at: str | SuiteParameter
    released_at: str | SuiteParameter
    def __init__(
        self,
        *,
        frozen_record: str | SuiteParameter,
        held: str | SuiteParameter,
        held_key: str | SuiteParameter,
        placed_at: str | SuiteParameter,
        released_at: str | SuiteParameter,
        held_deleted: str | SuiteParameter | None = None,
        deleted_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectPromotionsToBeApproved(_SyntheticDataExpectation):
    """Expect promotions to be approved.

    What is promoted from a sandbox to production was asked for by one person and approved by another, before it was
    promoted, on a validation that passed. An emergency may be approved afterwards, if it says that it is one.

    Does not show: promotions that nobody logged, and whether the approver looked.

    Args:
        requester: The column of who asked for it.
        approver: The column of who approved it.
        approved_at: The column of when.
        promoted_at: The column of when it was promoted.
        validation_run: The column of the validation that it rests on.
        validation_status: The column of how that validation ended.
        passed: What a validation that passed says.
        emergency: The column that says whether it was an emergency.
        emergency_values: Its values for an emergency.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    requester: str | SuiteParameter
    approver: str | SuiteParameter
    approved_at: str | SuiteParameter
    promoted_at: str | SuiteParameter
    validation_run: str | SuiteParameter
    validation_status: str | SuiteParameter | None
    passed: _Value | Sequence[_Value] | SuiteParameter
    emergency: str | SuiteParameter | None
    emergency_values: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        requester: str | SuiteParameter,
        approver: str | SuiteParameter,
        approved_at: str | SuiteParameter,
        promoted_at: str | SuiteParameter,
        validation_run: str | SuiteParameter,
        validation_status: str | SuiteParameter | None = None,
        passed: _Value | Sequence[_Value] | SuiteParameter = ("passed", "success"),
        emergency: str | SuiteParameter | None = None,
        emergency_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectRealRecordsToHaveNoSyntheticProvenance(_SyntheticDataExpectation):
    """Expect real records to have no synthetic provenance.

    A record marked real that names a generator, a generation time or a synthetic dataset was either untagged by hand or
    overwritten by a test load. Partial and masked records are exempt: they were really processed. The purpose is not
    asked about: real records have one too.

    Does not show: synthetic records that lost both their tag and their provenance.

    Args:
        fields: Columns of synthetic provenance: source, generation time, dataset.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    fields: str | Sequence[str] | SuiteParameter
    def __init__(
        self,
        *,
        fields: str | Sequence[str] | SuiteParameter,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectRecordsToBeTagged(_SyntheticDataExpectation):
    """Expect records to be tagged.

    A record without a marker is neither synthetic nor real: no later check can place it, and a sync job that drops
    the marker makes synthetic customers look like real ones.

    Does not show: that the tag is true. A synthetic record tagged real passes.

    Args:
        marker_can_be_empty: False for a column that is never empty, such as a Salesforce checkbox: it proves no
            tagging.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    marker_can_be_empty: bool | SuiteParameter
    def __init__(
        self,
        *,
        marker_can_be_empty: bool | SuiteParameter = True,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectReferencesToNotResolveToSyntheticRecords(_SyntheticDataExpectation):
    """Expect references to not resolve to synthetic records.

    An order, a case or a consent in production belongs to somebody. Each key that a record holds of another table must
    be known there, and must not be that of a synthetic or partial record: what is added up over it would count people
    who do not exist. A key that may be of several tables, as a Salesforce WhoId is of leads and contacts, is looked up
    in all of them, and its keys must be unique among them. Records that say themselves that they are synthetic or
    partial may point at others; a record that points at nothing is not asked.

    Does not show: that a record points at the right person, columns that are not named, and aggregates that were
    computed already.

    Args:
        targets: The tables that columns point into; a column may be named by several. Each: columns here, reference and
            key there, marker_column with its values there, or all_records.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    targets: Sequence[_Target] | SuiteParameter
    def __init__(
        self,
        *,
        targets: Sequence[_Target] | SuiteParameter,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectRegulatedDecisionsToExcludeSyntheticRecords(_SyntheticDataExpectation):
    """Expect regulated decisions to exclude synthetic records.

    A credit score or an eligibility decision on a person who does not exist distorts what real people get. Each
    regulated decision must name a subject that is known, and not synthetic or partial, unless a named person reviewed
    it between the model's output and its effect. A decision of a type that the policy does not list is a violation:
    renaming is no way out.

    Does not show: what the model was trained on.

    Args:
        decision_type: What kind of decision it is.
        regulated: The types of decision that are regulated.
        subject: Whom the decision is about: a key of the reference.
        reference: The table of subjects.
        reference_key: In the reference: what the subject names.
        not_regulated: The types that are known not to be.
        reference_marker_column: In the reference: what says which kind a record is.
        reference_synthetic_values: Its values for synthetic records.
        reference_partial_values: Its values for real people with imputed or augmented fields.
        reference_real_values: Values for records that are real or masked.
        reference_all_records: For a reference without a marker: what all its records are.
        reviewer: Who reviewed. Without these five, no review excuses a decision.
        reviewed_at: When the review was done.
        model_output_at: When the model gave its output.
        effective_at: When the decision took effect.
        outcome: What the review came to.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    decision_type: str | SuiteParameter
    regulated: _Value | Sequence[_Value] | SuiteParameter
    not_regulated: _Value | Sequence[_Value] | SuiteParameter
    subject: str | SuiteParameter
    reference: str | SuiteParameter
    reference_key: str | SuiteParameter
    reference_marker_column: str | SuiteParameter | None
    reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    reference_partial_values: _Value | Sequence[_Value] | SuiteParameter
    reference_real_values: _Value | Sequence[_Value] | SuiteParameter
    reference_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    reviewer: str | SuiteParameter | None
    reviewed_at: str | SuiteParameter | None
    model_output_at: str | SuiteParameter | None
    effective_at: str | SuiteParameter | None
    outcome: str | SuiteParameter | None
    def __init__(
        self,
        *,
        decision_type: str | SuiteParameter,
        regulated: _Value | Sequence[_Value] | SuiteParameter,
        subject: str | SuiteParameter,
        reference: str | SuiteParameter,
        reference_key: str | SuiteParameter,
        not_regulated: _Value | Sequence[_Value] | SuiteParameter = (),
        reference_marker_column: str | SuiteParameter | None = None,
        reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        reference_partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        reference_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        reference_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        reviewer: str | SuiteParameter | None = None,
        reviewed_at: str | SuiteParameter | None = None,
        model_output_at: str | SuiteParameter | None = None,
        effective_at: str | SuiteParameter | None = None,
        outcome: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectRegulatedModelsToExcludeSyntheticTrainingData(_SyntheticDataExpectation):
    """Expect regulated models to exclude synthetic training data.

    Each row of the training runs is one dataset that one model was trained on. Where the model makes regulated
    decisions and the registry says that the dataset is synthetic or partial, somebody else than who trained the model
    must have approved it before the model was deployed, and the approval must not have expired while the model was in
    use. Models for watched purposes, such as fraud detection, need the same approval. The chain must be whole: a model
    without a run, a model or dataset that nobody knows, a type of decision in no list, are violations too.

    Does not show: training outside of the runs on record, and whether a model without a time of deployment is in use.

    Args:
        model: The column of the model that was trained: a key of models.
        dataset_id: The column of the dataset it was trained on: a key of the registry.
        trainer: The column of who trained it.
        approver: The column of who approved the dataset for the model.
        approved_at: The column of when.
        regulated: The types of decision that are regulated.
        models: The table of models: one row a model and type of decision.
        models_key: In the models: what names a model.
        models_decision_type: In models: the type of decision that the model makes.
        models_deployed_at: In models: since when; empty if it is not deployed.
        registry: The table of datasets, synthetic and real ones.
        registry_key: In the registry: what names a dataset.
        registry_marker_column: In the registry: what a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what all datasets are.
        approval_expires_at: The column of until when; empty for no end.
        watched: Types that are not regulated, but need the same approval.
        not_regulated: The types that need none.
        models_retired_at: In models: until when; empty while it is in use.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    registry_marker_column: str | SuiteParameter | None
    registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    registry_partial_values: _Value | Sequence[_Value] | SuiteParameter
    registry_real_values: _Value | Sequence[_Value] | SuiteParameter
    registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    model: str | SuiteParameter
    dataset_id: str | SuiteParameter
    trainer: str | SuiteParameter
    approver: str | SuiteParameter
    approved_at: str | SuiteParameter
    approval_expires_at: str | SuiteParameter | None
    regulated: _Value | Sequence[_Value] | SuiteParameter
    watched: _Value | Sequence[_Value] | SuiteParameter
    not_regulated: _Value | Sequence[_Value] | SuiteParameter
    models: str | SuiteParameter
    models_key: str | SuiteParameter
    models_decision_type: str | SuiteParameter
    models_deployed_at: str | SuiteParameter
    models_retired_at: str | SuiteParameter | None
    registry: str | SuiteParameter
    registry_key: str | SuiteParameter
    def __init__(
        self,
        *,
        model: str | SuiteParameter,
        dataset_id: str | SuiteParameter,
        trainer: str | SuiteParameter,
        approver: str | SuiteParameter,
        approved_at: str | SuiteParameter,
        regulated: _Value | Sequence[_Value] | SuiteParameter,
        models: str | SuiteParameter,
        models_key: str | SuiteParameter,
        models_decision_type: str | SuiteParameter,
        models_deployed_at: str | SuiteParameter,
        registry: str | SuiteParameter,
        registry_key: str | SuiteParameter,
        registry_marker_column: str | SuiteParameter | None = None,
        registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        registry_partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        registry_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        approval_expires_at: str | SuiteParameter | None = None,
        watched: _Value | Sequence[_Value] | SuiteParameter = (),
        not_regulated: _Value | Sequence[_Value] | SuiteParameter = (),
        models_retired_at: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSandboxesToContainNoRealRecords(_SyntheticDataExpectation):
    """Expect sandboxes to contain no real records.

    A sandbox is open to more people than production. A record there must not be marked real or partial; a masked one
    may stay if no identifier of it is found in production. A record whose id is one of production comes from a person
    whatever its marker says, and so does one with a customer's e-mail address: a refreshed sandbox keeps both. Records
    of production that are known to be synthetic are no people; all others are. With fingerprints, nothing of production
    is seen but fingerprints.

    Does not show: real people who are not in production, free text and attachments, and whether masking can be undone.

    Args:
        reference: The table of production that the sandbox may hold copies of.
        fingerprints: The fingerprints of this table: the reference is then a table of fingerprints too.
        reference_key: In production: what names a customer; not needed of fingerprints.
        match: Keys of a person, each a list of parts: a record matches where all parts of one key are equal.
        reference_marker_column: Production's marker, if it holds others too.
        reference_synthetic_values: Its values for synthetic records: no people.
        max_shared: More real records than that with one key: reported, not counted.
        calling_code: Of national phone numbers.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    fingerprints: str | SuiteParameter | None
    reference: str | SuiteParameter
    reference_key: str | SuiteParameter | None
    match: Sequence[Sequence[_KeyPart]] | SuiteParameter
    reference_marker_column: str | SuiteParameter | None
    reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    max_shared: int | SuiteParameter
    calling_code: str | SuiteParameter | None
    def __init__(
        self,
        *,
        reference: str | SuiteParameter,
        fingerprints: str | SuiteParameter | None = None,
        reference_key: str | SuiteParameter | None = None,
        match: Sequence[Sequence[_KeyPart]] | SuiteParameter = (),
        reference_marker_column: str | SuiteParameter | None = None,
        reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        max_shared: int | SuiteParameter = 20,
        calling_code: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticComponentsToKeepHistory(_SyntheticDataExpectation):
    """Expect synthetic components to keep history.

    A custom object or a flow that holds synthetic data has a version, and keeps the history of its marker and of its
    provenance: without that, nobody can say later who changed what a record is. A component of which nobody knows
    whether it holds synthetic data is asked too.

    Does not show: that the history is kept long enough, or that nobody can delete it.

    Args:
        component_version: The column of the component's version.
        history: Columns that say whether a history is kept: of marker, of provenance.
        history_values: Their values for yes.
        holds_synthetic: The column that says whether it holds synthetic data.
        holds_synthetic_values: Its values for no: such components are not asked.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    component_version: str | SuiteParameter
    history: str | Sequence[str] | SuiteParameter
    history_values: _Value | Sequence[_Value] | SuiteParameter
    holds_synthetic: str | SuiteParameter | None
    holds_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        component_version: str | SuiteParameter,
        history: str | Sequence[str] | SuiteParameter,
        history_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        holds_synthetic: str | SuiteParameter | None = None,
        holds_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticDatasetsToBeRetainedForAudit(_SyntheticDataExpectation):
    """Expect synthetic datasets to be retained for audit.

    What a model was trained on must be there when somebody asks, for as long as its class demands after its last use.
    That is computed from the training runs and from the retirement of the models they made, never taken from what the
    registry declares. A dataset that is alive has a snapshot and a checksum. Runs count too: one that names no dataset
    of the registry leaves it unknown what must be kept. Entries of real datasets are not judged, where a marker tells.

    Does not show: that a restore works, and uses other than the runs on record.

    Args:
        dataset_id: The column of the dataset: the key of the registry.
        deleted_at: The column of when the dataset was deleted; empty while it is there.
        snapshot_location: The column of where its snapshot lies.
        checksum: The column of the snapshot's checksum.
        min_ages: How long each class is kept after its last use; without classes one duration for all.
        training_runs: The table of training runs: one row a run and dataset.
        training_runs_dataset_id: In the runs: the dataset that was trained on.
        training_runs_ended_at: In the runs: when the run used the dataset.
        retention_class: The column that names the class of the dataset.
        training_runs_key: In the runs: what names a run in samples.
        training_runs_model: In the runs: the model, a key of models.
        models: The table of models, which are in use until they retire.
        models_key: In the models: what names a model.
        models_retired_at: In models: until when; empty while it is in use.
        placeholders: Texts that count as empty.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    dataset_id: str | SuiteParameter
    deleted_at: str | SuiteParameter
    snapshot_location: str | SuiteParameter
    checksum: str | SuiteParameter
    min_ages: Mapping[str, str] | str | SuiteParameter
    retention_class: str | SuiteParameter | None
    training_runs: str | SuiteParameter
    training_runs_key: str | SuiteParameter | None
    training_runs_dataset_id: str | SuiteParameter
    training_runs_ended_at: str | SuiteParameter
    training_runs_model: str | SuiteParameter | None
    models: str | SuiteParameter | None
    models_key: str | SuiteParameter | None
    models_retired_at: str | SuiteParameter | None
    placeholders: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        dataset_id: str | SuiteParameter,
        deleted_at: str | SuiteParameter,
        snapshot_location: str | SuiteParameter,
        checksum: str | SuiteParameter,
        min_ages: Mapping[str, str] | str | SuiteParameter,
        training_runs: str | SuiteParameter,
        training_runs_dataset_id: str | SuiteParameter,
        training_runs_ended_at: str | SuiteParameter,
        retention_class: str | SuiteParameter | None = None,
        training_runs_key: str | SuiteParameter | None = None,
        training_runs_model: str | SuiteParameter | None = None,
        models: str | SuiteParameter | None = None,
        models_key: str | SuiteParameter | None = None,
        models_retired_at: str | SuiteParameter | None = None,
        placeholders: _Value | Sequence[_Value] | SuiteParameter = ...,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticDatasetsToNotReachRegulatedDecisions(_SyntheticDataExpectation):
    """Expect synthetic datasets to not reach regulated decisions without an approved step between.

    Each row of the lineage says that a step of a job reads or writes a dataset. What a registered generator writes, and
    what the registry calls synthetic, is followed through all steps: it must not arrive at a job or a dataset that makes
    regulated decisions, unless a job between was approved by then and the approval has not expired. Datasets that the
    registry calls neither synthetic nor real are followed too. Approvals name a job exactly; everything else is followed
    in any case.

    Does not show: data that moved outside of the lineage, which rows of a dataset a step used, and what an approved step
    did with them.

    Args:
        step: The column of the step: rows that share it belong to one run of a job.
        job: The column of the job.
        dataset: The column of the dataset that it reads or writes.
        direction: The column that says reads or writes.
        regulated_decisions: The jobs and datasets that make regulated decisions, as the lineage names them.
        registry: The table of datasets, synthetic and real ones.
        registry_marker_column: In the registry: what a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what all datasets are.
        registry_generator: In the registry: the job that generates a dataset.
        registry_lineage_name: In the registry: what the lineage calls a dataset.
        approvals: The table of jobs that may pass synthetic data on.
        approvals_key: In approvals: the job.
        approvals_approver: In approvals: who allowed it.
        approvals_approved_at: In approvals: when.
        approvals_approval_expires_at: In approvals: until when; empty for no end.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    registry_marker_column: str | SuiteParameter | None
    registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    registry_partial_values: _Value | Sequence[_Value] | SuiteParameter
    registry_real_values: _Value | Sequence[_Value] | SuiteParameter
    registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    step: str | SuiteParameter
    job: str | SuiteParameter
    dataset: str | SuiteParameter
    direction: str | SuiteParameter
    regulated_decisions: _Value | Sequence[_Value] | SuiteParameter
    registry: str | SuiteParameter
    registry_generator: str | SuiteParameter | None
    registry_lineage_name: str | SuiteParameter | None
    approvals: str | SuiteParameter | None
    approvals_key: str | SuiteParameter | None
    approvals_approver: str | SuiteParameter | None
    approvals_approved_at: str | SuiteParameter | None
    approvals_approval_expires_at: str | SuiteParameter | None
    def __init__(
        self,
        *,
        step: str | SuiteParameter,
        job: str | SuiteParameter,
        dataset: str | SuiteParameter,
        direction: str | SuiteParameter,
        regulated_decisions: _Value | Sequence[_Value] | SuiteParameter,
        registry: str | SuiteParameter,
        registry_marker_column: str | SuiteParameter | None = None,
        registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        registry_partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        registry_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        registry_generator: str | SuiteParameter | None = None,
        registry_lineage_name: str | SuiteParameter | None = None,
        approvals: str | SuiteParameter | None = None,
        approvals_key: str | SuiteParameter | None = None,
        approvals_approver: str | SuiteParameter | None = None,
        approvals_approved_at: str | SuiteParameter | None = None,
        approvals_approval_expires_at: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticInfluenceToBeDisclosed(_SyntheticDataExpectation):
    """Expect synthetic influence to be disclosed.

    An offer, score or text that a customer was shown names a disclosure that was approved at that time, if synthetic or
    partial records influenced it: because the output says so, or because a run of its model used such a dataset,
    whatever the output says. Where the model, its runs or their datasets are not known, nobody can tell, and that is a
    violation too. Outputs without a time at which they were shown have not been shown.

    Does not show: that anyone read it.

    Args:
        shown_at: The column of when a customer was shown it; empty if nobody was.
        disclosure: The column of the disclosure shown with it.
        approved_disclosures: The table of disclosures: one row a disclosure and approval.
        approved_disclosures_key: In the approved disclosures: what names one.
        approved_disclosures_approved_at: In the disclosures: since when it may be used.
        registry_marker_column: In the registry: what a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what all datasets are.
        approved_disclosures_withdrawn_at: In the disclosures: until when; empty while it may be used.
        influence: The column that says whether synthetic records influenced it.
        influence_values: Its values for yes.
        no_influence_values: Its values for no.
        model: The column of the model that made it: a key of models.
        models: The table of models.
        models_key: In the models: what names a model.
        training_runs: The table of training runs: one row a run and dataset.
        training_runs_model: In the runs: the model.
        training_runs_dataset_id: In the runs: the dataset, a key of registry.
        registry: The table of datasets, synthetic and real ones.
        registry_key: In the registry: what names a dataset.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    registry_marker_column: str | SuiteParameter | None
    registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    registry_partial_values: _Value | Sequence[_Value] | SuiteParameter
    registry_real_values: _Value | Sequence[_Value] | SuiteParameter
    registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    shown_at: str | SuiteParameter
    disclosure: str | SuiteParameter
    approved_disclosures: str | SuiteParameter
    approved_disclosures_key: str | SuiteParameter
    approved_disclosures_approved_at: str | SuiteParameter
    approved_disclosures_withdrawn_at: str | SuiteParameter | None
    influence: str | SuiteParameter | None
    influence_values: _Value | Sequence[_Value] | SuiteParameter
    no_influence_values: _Value | Sequence[_Value] | SuiteParameter
    model: str | SuiteParameter | None
    models: str | SuiteParameter | None
    models_key: str | SuiteParameter | None
    training_runs: str | SuiteParameter | None
    training_runs_model: str | SuiteParameter | None
    training_runs_dataset_id: str | SuiteParameter | None
    registry: str | SuiteParameter | None
    registry_key: str | SuiteParameter | None
    def __init__(
        self,
        *,
        shown_at: str | SuiteParameter,
        disclosure: str | SuiteParameter,
        approved_disclosures: str | SuiteParameter,
        approved_disclosures_key: str | SuiteParameter,
        approved_disclosures_approved_at: str | SuiteParameter,
        registry_marker_column: str | SuiteParameter | None = None,
        registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        registry_partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        registry_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        approved_disclosures_withdrawn_at: str | SuiteParameter | None = None,
        influence: str | SuiteParameter | None = None,
        influence_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        no_influence_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        model: str | SuiteParameter | None = None,
        models: str | SuiteParameter | None = None,
        models_key: str | SuiteParameter | None = None,
        training_runs: str | SuiteParameter | None = None,
        training_runs_model: str | SuiteParameter | None = None,
        training_runs_dataset_id: str | SuiteParameter | None = None,
        registry: str | SuiteParameter | None = None,
        registry_key: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticPersonasToBeAccessedByAllowedRoles(_SyntheticDataExpectation):
    """Expect synthetic personas to be accessed by allowed roles.

    Whoever opens an admin console as a synthetic persona acts without being themselves. Each access names a person, in
    a role that may use personas, with training that counted at the time of the access. An access whose person, role or
    time nobody knows is a violation.

    Does not show: accesses that the log did not keep.

    Args:
        accessed_by: The column of who accessed.
        accessed_at: The column of when.
        access_role: The column of the role in which.
        allowed_roles: The roles that may use personas.
        accessed: The column of the persona: a key of personas.
        personas: The table of personas, if the log holds other accesses too.
        personas_key: In the personas: what an access names.
        people: The table of people and their training.
        people_key: In people: what names a person.
        trained_from: In people: since when their training counts.
        trained_until: In people: until when.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    accessed_by: str | SuiteParameter
    accessed_at: str | SuiteParameter
    access_role: str | SuiteParameter
    allowed_roles: _Value | Sequence[_Value] | SuiteParameter
    accessed: str | SuiteParameter | None
    personas: str | SuiteParameter | None
    personas_key: str | SuiteParameter | None
    people: str | SuiteParameter | None
    people_key: str | SuiteParameter | None
    trained_from: str | SuiteParameter | None
    trained_until: str | SuiteParameter | None
    def __init__(
        self,
        *,
        accessed_by: str | SuiteParameter,
        accessed_at: str | SuiteParameter,
        access_role: str | SuiteParameter,
        allowed_roles: _Value | Sequence[_Value] | SuiteParameter,
        accessed: str | SuiteParameter | None = None,
        personas: str | SuiteParameter | None = None,
        personas_key: str | SuiteParameter | None = None,
        people: str | SuiteParameter | None = None,
        people_key: str | SuiteParameter | None = None,
        trained_from: str | SuiteParameter | None = None,
        trained_until: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticProvenanceToBeWellFormed(_SyntheticDataExpectation):
    """Expect synthetic provenance to be well formed.

    A generation time in the future, a version called `latest` or a purpose that nobody approved is provenance in name
    only. What is missing is the business of expect_synthetic_records_to_have_provenance; here it breaks nothing.

    Does not show: that the record was really made then, by that version, for that purpose.

    Args:
        generated_at: The column of the generation time.
        not_before: The earliest generation time that can be true.
        clock_skew: How far after as_of a generation time may lie.
        loaded_at: The column of the time at which the record was loaded.
        algorithm_version: The column of the generator's version.
        version_format: Its form.
        version_pattern: For version_format regex: the pattern of the whole text.
        method: The column of the generation method.
        methods: The methods that are allowed.
        purpose: The column of the purpose.
        purposes: The purposes that are allowed.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    generated_at: str | SuiteParameter | None
    not_before: datetime | str | SuiteParameter | None
    clock_skew: str | SuiteParameter
    loaded_at: str | SuiteParameter | None
    algorithm_version: str | SuiteParameter | None
    version_format: Literal["semver", "calver", "git", "regex"] | SuiteParameter
    version_pattern: str | SuiteParameter | None
    method: str | SuiteParameter | None
    methods: _Value | Sequence[_Value] | SuiteParameter
    purpose: str | SuiteParameter | None
    purposes: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        generated_at: str | SuiteParameter | None = None,
        not_before: datetime | str | SuiteParameter | None = None,
        clock_skew: str | SuiteParameter = "PT5M",
        loaded_at: str | SuiteParameter | None = None,
        algorithm_version: str | SuiteParameter | None = None,
        version_format: Literal["semver", "calver", "git", "regex"] | SuiteParameter = "semver",
        version_pattern: str | SuiteParameter | None = None,
        method: str | SuiteParameter | None = None,
        methods: _Value | Sequence[_Value] | SuiteParameter = (),
        purpose: str | SuiteParameter | None = None,
        purposes: _Value | Sequence[_Value] | SuiteParameter = (),
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToBeRegistered(_SyntheticDataExpectation):
    """Expect synthetic records to be registered.

    Each synthetic or partial record names its dataset, and the registry holds that dataset: registered before the
    record was generated, not retired by then, and for the purpose that the record says.

    Does not show: registered datasets that have no record here, and whether what is registered is true.

    Args:
        dataset_id: The column of the dataset: a key of the registry.
        registry: The table of synthetic datasets.
        registry_key: In the registry: what names a dataset.
        generated_at: The column of the generation time.
        registry_registered_at: In the registry: since when the dataset is.
        registry_retired_at: In the registry: until when; empty while it is in use.
        purpose: The column of the purpose.
        registry_purpose: In the registry: what the dataset is for.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    dataset_id: str | SuiteParameter
    registry: str | SuiteParameter
    registry_key: str | SuiteParameter
    generated_at: str | SuiteParameter | None
    registry_registered_at: str | SuiteParameter | None
    registry_retired_at: str | SuiteParameter | None
    purpose: str | SuiteParameter | None
    registry_purpose: str | SuiteParameter | None
    def __init__(
        self,
        *,
        dataset_id: str | SuiteParameter,
        registry: str | SuiteParameter,
        registry_key: str | SuiteParameter,
        generated_at: str | SuiteParameter | None = None,
        registry_registered_at: str | SuiteParameter | None = None,
        registry_retired_at: str | SuiteParameter | None = None,
        purpose: str | SuiteParameter | None = None,
        registry_purpose: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToExpireOnTime(_SyntheticDataExpectation):
    """Expect synthetic records to expire on time.

    Each class of synthetic data has a longest age, counted from its generation, after which it must be gone, unless a
    legal hold that is active today freezes it. A record whose age or class is unknown can never expire, so it is a
    violation too. Records that are only marked as deleted are still kept.

    Does not show: copies outside this table, and whether what expired was really destroyed.

    Args:
        anchor: The column from which age counts: the generation time.
        retention_class: The column that names the class of the record.
        max_ages: The longest age of each class.
        max_age: Without classes: the longest age of all records.
        holds: The table of legal holds.
        hold_key: What is looked up in it: the record's hold id, or its key.
        holds_key: In the table of holds: what hold_key is found in.
        placed_at: In the table of holds: when the hold began.
        released_at: In the table of holds: when it ended; empty while active.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    anchor: str | SuiteParameter
    retention_class: str | SuiteParameter | None
    max_ages: Mapping[str, str] | SuiteParameter
    max_age: str | SuiteParameter | None
    holds: str | SuiteParameter | None
    hold_key: str | SuiteParameter | None
    holds_key: str | SuiteParameter | None
    placed_at: str | SuiteParameter | None
    released_at: str | SuiteParameter | None
    def __init__(
        self,
        *,
        anchor: str | SuiteParameter,
        retention_class: str | SuiteParameter | None = None,
        max_ages: Mapping[str, str] | SuiteParameter = {},
        max_age: str | SuiteParameter | None = None,
        holds: str | SuiteParameter | None = None,
        hold_key: str | SuiteParameter | None = None,
        holds_key: str | SuiteParameter | None = None,
        placed_at: str | SuiteParameter | None = None,
        released_at: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToHaveLineage(_SyntheticDataExpectation):
    """Expect synthetic records to have lineage.

    Each synthetic or partial record names the run that brought it, and the log of runs knows that run, says that it
    succeeded and that it was meant for this table. A run that ended before the record was loaded did not bring it. Logs
    may lag: a record loaded within the grace period is not asked for a run that the log does not know yet.

    Does not show: what the run did with the record on its way.

    Args:
        sync_run_id: The column of the run that brought the record.
        sync_runs: The log of sync runs.
        sync_runs_key: In the log: what names a run.
        sync_runs_status: In the log: how the run ended.
        succeeded: What a run that ended well says.
        sync_runs_target: In the log: the table that the run was meant for.
        target: What the log calls this table.
        loaded_at: The column of the time at which the record was loaded.
        sync_runs_ended_at: In the log: when the run ended.
        grace: How long the log may lag behind.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    sync_run_id: str | SuiteParameter
    sync_runs: str | SuiteParameter
    sync_runs_key: str | SuiteParameter
    sync_runs_status: str | SuiteParameter | None
    succeeded: _Value | Sequence[_Value] | SuiteParameter
    sync_runs_target: str | SuiteParameter | None
    target: str | SuiteParameter | None
    loaded_at: str | SuiteParameter | None
    sync_runs_ended_at: str | SuiteParameter | None
    grace: str | SuiteParameter
    def __init__(
        self,
        *,
        sync_run_id: str | SuiteParameter,
        sync_runs: str | SuiteParameter,
        sync_runs_key: str | SuiteParameter,
        sync_runs_status: str | SuiteParameter | None = None,
        succeeded: _Value | Sequence[_Value] | SuiteParameter = ("succeeded", "success", "completed"),
        sync_runs_target: str | SuiteParameter | None = None,
        target: str | SuiteParameter | None = None,
        loaded_at: str | SuiteParameter | None = None,
        sync_runs_ended_at: str | SuiteParameter | None = None,
        grace: str | SuiteParameter = "PT24H",
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToHaveProvenance(_SyntheticDataExpectation):
    """Expect synthetic records to have provenance.

    An auditor asks of a synthetic record who made it, when, with which version of what, and for which purpose. A field
    that is NULL, blank or a placeholder such as `n/a` answers nothing. Partial records count too.

    Does not show: that the values are right.

    Args:
        fields: The provenance columns that must be filled.
        placeholders: Texts that count as empty.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    fields: str | Sequence[str] | SuiteParameter
    placeholders: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        fields: str | Sequence[str] | SuiteParameter,
        placeholders: _Value | Sequence[_Value] | SuiteParameter = ...,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToKeepTheirDistance(_SyntheticDataExpectation):
    """Expect synthetic records to keep their distance from the records that their generator learned from.

    A generator that learned real people by heart gives them away, even where every identifier is new. So synthetic
    records are held against the training records and against as many of a holdout that the generator never saw: they
    may be nearer to the training no more often than chance allows, nor near to it but for one column, nor the same as a
    training record, or nearly. Whether records are the same is asked of all of them; the rest of samples, drawn by a hash
    of the record key: the same ones on every engine. Only copies are named: the other findings are about a share of the
    table, and count the records beyond what chance gives.

    Does not show: fewer than about a dozen copies, which chance could explain; records that were changed a little, and
    were not drawn; those that differ in a column that is not compared; and nothing at all if the holdout's people were in
    the training too.

    Args:
        training: The table of the records that the generator learned from.
        holdout: A table of records of the same kind that it never saw.
        numeric: Columns of numbers, called the same in all three tables.
        categorical: Columns of text that is the same or not.
        training_key: The record key of training, if it is called otherwise.
        holdout_key: The record key of holdout, if it is called otherwise.
        alpha: Of how small a chance a finding must be; each of two.
        near_zero: What mean difference of the columns is nearly the same.
        sample_size: How many synthetic records are drawn at most.
        reference_size: How many of training, and of holdout.
        seed: Of the samples and of the permutations: another seed, other samples.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    training: str | SuiteParameter
    holdout: str | SuiteParameter
    numeric: str | Sequence[str] | SuiteParameter
    categorical: str | Sequence[str] | SuiteParameter
    training_key: str | SuiteParameter | None
    holdout_key: str | SuiteParameter | None
    alpha: float | SuiteParameter
    near_zero: float | SuiteParameter
    sample_size: int | SuiteParameter
    reference_size: int | SuiteParameter
    seed: int | SuiteParameter
    def __init__(
        self,
        *,
        training: str | SuiteParameter,
        holdout: str | SuiteParameter,
        numeric: str | Sequence[str] | SuiteParameter = (),
        categorical: str | Sequence[str] | SuiteParameter = (),
        training_key: str | SuiteParameter | None = None,
        holdout_key: str | SuiteParameter | None = None,
        alpha: float | SuiteParameter = 0.001,
        near_zero: float | SuiteParameter = 0.001,
        sample_size: int | SuiteParameter = 5000,
        reference_size: int | SuiteParameter = 20000,
        seed: int | SuiteParameter = 0,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToNotCopyRealRecords(_SyntheticDataExpectation):
    """Expect synthetic records to not copy real records.

    A synthetic record with a real person's e-mail address, or name, birth date and postcode together, is that person's
    data without their protection. Values are compared without case, spaces, punctuation and accents; a key with a
    missing part matches nothing; a key that many real records share (a switchboard, a household's mailbox) is only
    reported. With fingerprints, the reference holds no identifier of a person.

    Names, birth dates and postcodes coincide by chance, the more often the larger the tables. With a table of people that
    the generator never saw (`unseen`), such keys are judged together: synthetic records that have the key of somebody in
    one of the two tables must not have it in the reference more often than its size explains.

    Does not show: without `unseen`, whether a match of names is a copy or chance; and copies that were paraphrased.

    Args:
        reference: The table of real records.
        match: Keys, each a list of parts: a record matches where all parts of one key are equal.
        fingerprints: The fingerprints of this table: the reference is then a table of fingerprints too.
        reference_key: In the reference: what names a record, to count it once.
        reference_marker_column: The reference's marker, if it holds others too.
        reference_real_values: Its values for records of real people.
        max_shared: More real records than that with one key: reported, not counted.
        calling_code: Of national phone numbers.
        unseen: Real people that the generator never saw, a row each: what chance gives names and dates.
        alpha: With unseen: of how small a chance a share must be.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    fingerprints: str | SuiteParameter | None
    reference: str | SuiteParameter
    match: Sequence[Sequence[_KeyPart]] | SuiteParameter
    reference_key: str | SuiteParameter | None
    reference_marker_column: str | SuiteParameter | None
    reference_real_values: _Value | Sequence[_Value] | SuiteParameter
    max_shared: int | SuiteParameter
    calling_code: str | SuiteParameter | None
    unseen: str | SuiteParameter | None
    alpha: float | SuiteParameter
    def __init__(
        self,
        *,
        reference: str | SuiteParameter,
        match: Sequence[Sequence[_KeyPart]] | SuiteParameter,
        fingerprints: str | SuiteParameter | None = None,
        reference_key: str | SuiteParameter | None = None,
        reference_marker_column: str | SuiteParameter | None = None,
        reference_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        max_shared: int | SuiteParameter = 20,
        calling_code: str | SuiteParameter | None = None,
        unseen: str | SuiteParameter | None = None,
        alpha: float | SuiteParameter = 1e-06,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticRecordsToStayInSandbox(_SyntheticDataExpectation):
    """Expect synthetic records to stay in their sandbox.

    Each synthetic or partial record names the environment that it was loaded into, and that is one of those where such
    records may be. A record that names none may be anywhere, so it is a violation too.

    Does not show: copies of the record in environments that are not in this table.

    Args:
        environment: The column of the environment that a record was loaded into.
        allowed: The environments where synthetic records may be.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    environment: str | SuiteParameter
    allowed: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        environment: str | SuiteParameter,
        allowed: _Value | Sequence[_Value] | SuiteParameter,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticTagsToPersist(_SyntheticDataExpectation):
    """Expect synthetic tags to persist.

    A record that was synthetic or partial in the previous snapshot, and is still here, is so today. Its generation
    time, version and dataset are those that it had: a new generation time sets the retention clock back. A correction
    with a reason and an approver excuses. At the first snapshot, which has none before it, there is nothing to check.

    Does not show: records that were never tagged, changes between two snapshots that were undone, and records that are
    gone.

    Args:
        reference: The previous snapshot of this table, or of the one that its records were converted from.
        reference_key: In the snapshot: the key of the record here; after a conversion, what the record became.
        key_before: The column of the key that a record had in the snapshot, if it is not the record key.
        reference_marker_column: In the snapshot: its marker; else named as here.
        reference_synthetic_values: Its values for synthetic records; else as here.
        reference_partial_values: Its values for partial ones; else as here.
        reference_all_records: For a snapshot without a marker: what all its records are.
        generated_at: The column of the generation time.
        reference_generated_at: In the snapshot; else named as here.
        algorithm_version: The column of the generator's version.
        reference_algorithm_version: In the snapshot; else named as here.
        dataset_id: The column of the dataset.
        reference_dataset_id: In the snapshot; else named as here.
        reference_taken_at: In the snapshot: when it was taken.
        max_snapshot_age: How old the snapshot may be.
        corrections: The table of corrections that were decided on.
        corrections_key: In it: the record key.
        corrections_reason: In it: why.
        corrections_approver: In it: who approved it.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    reference: str | SuiteParameter
    reference_key: str | SuiteParameter
    key_before: str | SuiteParameter | None
    reference_marker_column: str | SuiteParameter | None
    reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter | None
    reference_partial_values: _Value | Sequence[_Value] | SuiteParameter | None
    reference_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    generated_at: str | SuiteParameter | None
    reference_generated_at: str | SuiteParameter | None
    algorithm_version: str | SuiteParameter | None
    reference_algorithm_version: str | SuiteParameter | None
    dataset_id: str | SuiteParameter | None
    reference_dataset_id: str | SuiteParameter | None
    reference_taken_at: str | SuiteParameter | None
    max_snapshot_age: str | SuiteParameter | None
    corrections: str | SuiteParameter | None
    corrections_key: str | SuiteParameter | None
    corrections_reason: str | SuiteParameter | None
    corrections_approver: str | SuiteParameter | None
    def __init__(
        self,
        *,
        reference: str | SuiteParameter,
        reference_key: str | SuiteParameter,
        key_before: str | SuiteParameter | None = None,
        reference_marker_column: str | SuiteParameter | None = None,
        reference_synthetic_values: _Value | Sequence[_Value] | SuiteParameter | None = None,
        reference_partial_values: _Value | Sequence[_Value] | SuiteParameter | None = None,
        reference_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        generated_at: str | SuiteParameter | None = None,
        reference_generated_at: str | SuiteParameter | None = None,
        algorithm_version: str | SuiteParameter | None = None,
        reference_algorithm_version: str | SuiteParameter | None = None,
        dataset_id: str | SuiteParameter | None = None,
        reference_dataset_id: str | SuiteParameter | None = None,
        reference_taken_at: str | SuiteParameter | None = None,
        max_snapshot_age: str | SuiteParameter | None = None,
        corrections: str | SuiteParameter | None = None,
        corrections_key: str | SuiteParameter | None = None,
        corrections_reason: str | SuiteParameter | None = None,
        corrections_approver: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectSyntheticUseToBeDocumented(_SyntheticDataExpectation):
    """Expect synthetic use to be documented.

    Each use on record has an owner, a purpose, a legal basis, a reference to its impact assessment and, where the risk
    is high, to its conformity assessment; compliance was told before it began, and somebody looked at it again in time.
    Training runs, A/B tests and personalisation count too: each on synthetic or partial data names a use on record. One
    that names none is excused only if the registry says that its dataset is real.

    Does not show: that the documents it refers to exist and say so, and runs and experiments that nobody logged.

    Args:
        use_id: The column of the use: what runs and experiments name.
        owner: The column of who answers for it.
        purpose: The column of what it is for.
        legal_basis: The column of the legal basis.
        dpia: The column of the reference to the impact assessment.
        compliance_told_at: The column of when compliance was told.
        started_at: The column of when the use began, or will.
        last_review_at: The column of its last review; empty before the first one.
        registry_marker_column: In the registry: what a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what all datasets are.
        risk: The column of how high the risk is.
        high_risk: Its values for high.
        no_high_risk: Its values for anything else.
        conformity: The column of the reference to the conformity assessment.
        ended_at: The column of when it ended; empty while it goes on.
        max_review_age: How long a review holds; the first is due so long after the start.
        training_runs: The table of training runs: one row a run and dataset.
        training_runs_key: In the runs: what names one in samples.
        training_runs_use_id: In the runs: the use.
        training_runs_dataset_id: In the runs: the dataset, a key of registry.
        experiments: The table of A/B tests and personalisation.
        experiments_key: In the experiments: what names one in samples.
        experiments_use_id: In the experiments: the use.
        experiments_dataset_id: In the experiments: the dataset.
        registry: The table of datasets, synthetic and real ones.
        registry_key: In the registry: what names a dataset.
        placeholders: Texts that count as empty.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time for which the expectation is evaluated; else the as_of of the run, else now.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    as_of: datetime | str | SuiteParameter | None
    registry_marker_column: str | SuiteParameter | None
    registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter
    registry_partial_values: _Value | Sequence[_Value] | SuiteParameter
    registry_real_values: _Value | Sequence[_Value] | SuiteParameter
    registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None
    use_id: str | SuiteParameter
    owner: str | SuiteParameter
    purpose: str | SuiteParameter
    legal_basis: str | SuiteParameter
    dpia: str | SuiteParameter
    risk: str | SuiteParameter | None
    high_risk: _Value | Sequence[_Value] | SuiteParameter
    no_high_risk: _Value | Sequence[_Value] | SuiteParameter
    conformity: str | SuiteParameter | None
    compliance_told_at: str | SuiteParameter
    started_at: str | SuiteParameter
    ended_at: str | SuiteParameter | None
    last_review_at: str | SuiteParameter
    max_review_age: str | SuiteParameter
    training_runs: str | SuiteParameter | None
    training_runs_key: str | SuiteParameter | None
    training_runs_use_id: str | SuiteParameter | None
    training_runs_dataset_id: str | SuiteParameter | None
    experiments: str | SuiteParameter | None
    experiments_key: str | SuiteParameter | None
    experiments_use_id: str | SuiteParameter | None
    experiments_dataset_id: str | SuiteParameter | None
    registry: str | SuiteParameter | None
    registry_key: str | SuiteParameter | None
    placeholders: _Value | Sequence[_Value] | SuiteParameter
    def __init__(
        self,
        *,
        use_id: str | SuiteParameter,
        owner: str | SuiteParameter,
        purpose: str | SuiteParameter,
        legal_basis: str | SuiteParameter,
        dpia: str | SuiteParameter,
        compliance_told_at: str | SuiteParameter,
        started_at: str | SuiteParameter,
        last_review_at: str | SuiteParameter,
        registry_marker_column: str | SuiteParameter | None = None,
        registry_synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        registry_partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        registry_real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        registry_all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        risk: str | SuiteParameter | None = None,
        high_risk: _Value | Sequence[_Value] | SuiteParameter = ("high",),
        no_high_risk: _Value | Sequence[_Value] | SuiteParameter = ("limited", "minimal", "low"),
        conformity: str | SuiteParameter | None = None,
        ended_at: str | SuiteParameter | None = None,
        max_review_age: str | SuiteParameter = "P1Y",
        training_runs: str | SuiteParameter | None = None,
        training_runs_key: str | SuiteParameter | None = None,
        training_runs_use_id: str | SuiteParameter | None = None,
        training_runs_dataset_id: str | SuiteParameter | None = None,
        experiments: str | SuiteParameter | None = None,
        experiments_key: str | SuiteParameter | None = None,
        experiments_use_id: str | SuiteParameter | None = None,
        experiments_dataset_id: str | SuiteParameter | None = None,
        registry: str | SuiteParameter | None = None,
        registry_key: str | SuiteParameter | None = None,
        placeholders: _Value | Sequence[_Value] | SuiteParameter = ...,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        as_of: datetime | str | SuiteParameter | None = None,
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectTableToContainNoSyntheticRecords(_SyntheticDataExpectation):
    """Expect the table to contain no synthetic records.

    Production tables, reports and customer communications speak of real people: a synthetic or partial record in them
    is a leak. Untagged records are the business of expect_records_to_be_tagged.

    Does not show: aggregates already computed from synthetic records, and synthetic records that lost their tag.

    Args:
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    def __init__(
        self,
        *,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectTableToHaveProvenanceColumns(_SyntheticDataExpectation):
    """Expect the table to have provenance columns.

    What has no column is written down nowhere: before an auditor can ask who made a record and when, the table needs
    somewhere to say so. A generation time is a time, a date, or text, since extracts hold ISO text; a number is none. A
    version is text: as a number, 1.10 and 1.1 are one. It is columns that are counted here, not records.

    Does not show: that they are filled.

    Args:
        fields: Columns that must be there, whatever they hold.
        source: The column of the source: text.
        generated_at: The column of the generation time: a time, or text.
        method: The column of the generation method: text.
        algorithm_version: The column of the generator's version: text.
        purpose: The column of the purpose: text.
        dataset_id: The column of the dataset: text or a number.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    fields: str | Sequence[str] | SuiteParameter
    source: str | SuiteParameter | None
    generated_at: str | SuiteParameter | None
    method: str | SuiteParameter | None
    algorithm_version: str | SuiteParameter | None
    purpose: str | SuiteParameter | None
    dataset_id: str | SuiteParameter | None
    def __init__(
        self,
        *,
        fields: str | Sequence[str] | SuiteParameter = (),
        source: str | SuiteParameter | None = None,
        generated_at: str | SuiteParameter | None = None,
        method: str | SuiteParameter | None = None,
        algorithm_version: str | SuiteParameter | None = None,
        purpose: str | SuiteParameter | None = None,
        dataset_id: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...

class ExpectUntaggedRecordsToNotLookSynthetic(_SyntheticDataExpectation):
    """Expect untagged records to not look synthetic.

    A synthetic record that lost its tag is taken for a real person. What generators write betrays it: addresses of
    reserved domains, numbers kept for fiction, test cards, numbers that are never given out. Shoppers who will not give
    their address write such things too, so one kind of field alone is only reported: it takes two, or one mark that
    nothing but a generator writes. Where more values of a column look so than people's ever do, the table is in
    violation, whichever records they are. Partial and masked records are not asked about: their fields were replaced.

    Does not show: synthetic records whose fields could be a person's; docs/signatures.md has the measured rates.

    Args:
        emails: Columns of e-mail addresses.
        phones: Columns of telephone numbers.
        cards: Columns of payment card numbers.
        ssns: Columns of US social security numbers.
        names: Columns of one person's name, the first name first.
        definitive: By column, patterns in lower case of what only a generator of yours writes: an id, a canary.
        min_tier: The tier of signatures that count, and all surer ones.
        min_fields: How many kinds of field must match to make a violation.
        calling_code: Of national phone numbers.
        base_rates: By signature of a table, the share that people reach, from 0 to 1; 1 leaves it out.
        alpha: How probable a share may be, at the rate of people, that is a violation.
        min_count: How many values a column must have for its share to be judged.
        min_share: The smallest share that is a violation of the table.
        cleared: The table of records that were looked into, and are real.
        cleared_key: In it: the record key.
        marker_column: The column that says what a record is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what all its records are.
        record_key: The column that names a record in samples; not an identifier of a person.
        mostly: The share of the population that must hold.
        require_records: Whether a population of zero records is an error.
        empty_references: The references in which there may be nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        severity: How serious a violation is.
        row_condition: Check only the rows that meet this condition.
        condition_parser: How Great Expectations reads a row_condition that is text.
        description: A short description, shown in Data Docs.
        notes: Notes for readers of the suite.
        meta: Anything else to store with the expectation, as JSON.
        id: The expectation's identifier; Great Expectations sets it when it stores one.
        batch_id: Set by Great Expectations during a run.
        result_format: How much detail a result holds.
        catch_exceptions: Whether an error becomes part of the result.
        rendered_content: Set by Great Expectations, for display.
        windows: For Great Expectations Cloud: windows of earlier results.
    """

    emails: str | Sequence[str] | SuiteParameter
    phones: str | Sequence[str] | SuiteParameter
    cards: str | Sequence[str] | SuiteParameter
    ssns: str | Sequence[str] | SuiteParameter
    names: str | Sequence[str] | SuiteParameter
    definitive: Mapping[str, list[str] | tuple[str, ...]] | SuiteParameter
    min_tier: Literal["definitive", "reserved", "generator", "weak"] | SuiteParameter
    min_fields: int | SuiteParameter
    calling_code: str | SuiteParameter | None
    base_rates: Mapping[str, float] | SuiteParameter
    alpha: float | SuiteParameter
    min_count: int | SuiteParameter
    min_share: float | SuiteParameter
    cleared: str | SuiteParameter | None
    cleared_key: str | SuiteParameter | None
    def __init__(
        self,
        *,
        emails: str | Sequence[str] | SuiteParameter = (),
        phones: str | Sequence[str] | SuiteParameter = (),
        cards: str | Sequence[str] | SuiteParameter = (),
        ssns: str | Sequence[str] | SuiteParameter = (),
        names: str | Sequence[str] | SuiteParameter = (),
        definitive: Mapping[str, list[str] | tuple[str, ...]] | SuiteParameter = {},
        min_tier: Literal["definitive", "reserved", "generator", "weak"] | SuiteParameter = "reserved",
        min_fields: int | SuiteParameter = 2,
        calling_code: str | SuiteParameter | None = None,
        base_rates: Mapping[str, float] | SuiteParameter = {},
        alpha: float | SuiteParameter = 1e-06,
        min_count: int | SuiteParameter = 20,
        min_share: float | SuiteParameter = 0.1,
        cleared: str | SuiteParameter | None = None,
        cleared_key: str | SuiteParameter | None = None,
        marker_column: str | SuiteParameter | None = None,
        synthetic_values: _Value | Sequence[_Value] | SuiteParameter = (True,),
        real_values: _Value | Sequence[_Value] | SuiteParameter = (False,),
        partial_values: _Value | Sequence[_Value] | SuiteParameter = (),
        masked_values: _Value | Sequence[_Value] | SuiteParameter = (),
        all_records: Literal["synthetic", "real"] | SuiteParameter | None = None,
        record_key: str | SuiteParameter | None = None,
        mostly: float | SuiteParameter = 1.0,
        require_records: bool | SuiteParameter = False,
        empty_references: list[str] | tuple[str, ...] | SuiteParameter = (),
        key_kinds: Mapping[str, Mapping[str, Literal["salesforce_id", "uuid", "number", "text"]]] | SuiteParameter = {},
        severity: _Severity = FailureSeverity.CRITICAL,
        row_condition: RowConditionType = None,
        condition_parser: ConditionParser | None = None,
        description: str | None = None,
        notes: str | list[str] | None = None,
        meta: Mapping[str, object] | None = None,
        id: str | None = None,
        batch_id: str | None = None,
        result_format: _ResultFormat | Mapping[str, object] = ResultFormat.BASIC,
        catch_exceptions: bool = False,
        rendered_content: list[RenderedAtomicContent] | None = None,
        windows: list[Window] | None = None,
    ) -> None: ...
