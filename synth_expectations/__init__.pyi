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

    A reviewer's name in a column is not oversight. The reviewer must be a person, not a service account, and must have
    been authorised and trained at the time. The review must take place after the model's output and before the decision
    takes effect (a review that the customer requested may follow later), and must record an outcome. Nobody reviews a
    pile of decisions in one second.

    Does not show: competence and attention.

    Args:
        reviewer: The column of the reviewer: a key of `people`, or a name.
        reviewed_at: The column of the time of the review.
        model_output_at: The column of the time of the model's output.
        effective_at: The column of the time at which the decision took effect.
        outcome: The column of the outcome of the review.
        decision_type: The column of the type of decision.
        not_regulated: The types of decisions that need no oversight.
        review_kind: The column of the reason for the review.
        on_request: Its values for a review that the customer requested.
        overturned: Outcomes that changed the decision.
        people: The table of reviewers.
        people_key: In people: the key of a person.
        authorised_from: In people: the time from which they may review.
        authorised_until: In people: the time until which they may review.
        trained_from: In people: the time from which their training is valid.
        trained_until: In people: the time until which their training is valid.
        automated: Patterns, in lower case, of account names that are not people.
        max_batch: The maximum number of reviews by one person in one second.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Each active hold must name a record or dataset that still exists in the held table. A record that is only marked as
    deleted is a violation too: the hold forbids that as well.

    Does not show: that the record is unchanged, and whether it was there when the hold was placed.

    Args:
        frozen_record: The column of the record or dataset under hold: a key of the held table.
        held: The table of the records or datasets under hold.
        held_key: In the held table: the key that a hold refers to.
        placed_at: The column of the time at which the hold began.
        released_at: The column of the time at which it ended; empty while it is active.
        held_deleted: In the held table: whether the record is marked as deleted.
        deleted_values: Its values for yes.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    A promotion from a sandbox to production must be requested by one person and approved by another before it takes place,
    after a validation that passed. An emergency may be approved afterwards, if it is marked as one.

    Does not show: promotions that were not logged, and whether the approver looked at them.

    Args:
        requester: The column of the person who requested the promotion.
        approver: The column of the person who approved it.
        approved_at: The column of the time of the approval.
        promoted_at: The column of the time of the promotion.
        validation_run: The column of the validation run.
        validation_status: The column of the result of the validation.
        passed: Its values for a validation that passed.
        emergency: The column that says whether it was an emergency.
        emergency_values: Its values for an emergency.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    If a record is marked real but names a generator, a generation time or a synthetic dataset, its tag was changed by hand or
    it was overwritten by a test load. Partial and masked records are exempt, because they were in fact processed. The
    purpose is not checked, because real records have one too.

    Does not show: synthetic records that lost both their tag and their provenance.

    Args:
        fields: The columns of synthetic provenance: source, generation time, dataset.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A record without a marker is neither synthetic nor real: later checks cannot classify it, and a sync job that drops the
    marker makes synthetic customers look like real ones.

    Does not show: that the tag is right. A synthetic record that is tagged real passes.

    Args:
        marker_can_be_empty: False for a column that is never empty, such as a Salesforce checkbox: it proves no
            tagging.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    An order, a case or a consent in production belongs to a person. Each key that refers to another table must exist there,
    and must not be the key of a synthetic or partial record: otherwise, totals would count people who do not exist. A key
    that can refer to several tables, such as a Salesforce WhoId for leads and contacts, is looked up in all of them, and
    keys must be unique across them. Records that are themselves tagged as synthetic or partial may refer to others. Records
    without a reference are not checked.

    Does not show: that a record refers to the right person, columns that are not named, and aggregates that were already
    computed.

    Args:
        targets: The tables that columns point into; a column may be named by several. Each: columns here, reference and
            key there, marker_column with its values there, or all_records.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Credit scores and eligibility decisions about people who do not exist distort the outcomes for real people. Each
    regulated decision must have a known subject that is neither synthetic nor partial, unless a named person reviewed it
    between the model's output and its effect. A decision of a type that is not in the policy is a violation, so a type
    cannot be renamed to avoid the check.

    Does not show: what the model was trained on.

    Args:
        decision_type: The column of the type of decision.
        regulated: The types of decisions that are regulated.
        subject: The column of the subject of the decision: a key of the reference.
        reference: The table of subjects.
        reference_key: In the reference: the key that the subject refers to.
        not_regulated: The types of decisions that are not regulated.
        reference_marker_column: In the reference: its marker.
        reference_synthetic_values: Its values for synthetic records.
        reference_partial_values: Its values for real people with imputed or augmented fields.
        reference_real_values: Its values for real or masked records.
        reference_all_records: For a reference without a marker: what all its records are.
        reviewer: The column of the reviewer. Without all five columns, a review cannot excuse a decision.
        reviewed_at: The column of the time of the review.
        model_output_at: The column of the time of the model's output.
        effective_at: The column of the time at which the decision took effect.
        outcome: The column of the outcome of the review.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Each row of the training runs is one dataset that one model was trained on. If the model makes regulated decisions
    and the dataset is synthetic or partial in the registry, somebody other than the trainer must have approved the dataset
    before the model was deployed, and the approval must not have expired while the model was in use. Models for watched
    purposes, such as fraud detection, need the same approval. The chain must be complete: a model without a run, an
    unknown model or dataset, and a type of decision that is in no list are violations too.

    Does not show: training outside the recorded runs, and whether a model without a deployment time is in use.

    Args:
        model: The column of the trained model: a key of models.
        dataset_id: The column of the training dataset: a key of the registry.
        trainer: The column of the person who trained the model.
        approver: The column of the person who approved the dataset for the model.
        approved_at: The column of the time of the approval.
        regulated: The types of decisions that are regulated.
        models: The table of models: one row per model and type of decision.
        models_key: In models: the key of a model.
        models_decision_type: In models: the type of decision that the model makes.
        models_deployed_at: In models: the time of deployment; empty if it is not deployed.
        registry: The table of datasets, both synthetic and real.
        registry_key: In the registry: the key of a dataset.
        registry_marker_column: In the registry: the column that says what kind a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what kind all datasets are.
        approval_expires_at: The column of the time at which the approval expires; empty if it does not expire.
        watched: Types that are not regulated, but need the same approval.
        not_regulated: The types that need no approval.
        models_retired_at: In models: the time of retirement; empty while it is in use.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    More people can access a sandbox than production. A record in a sandbox must not be marked real or partial. A masked
    record is allowed if none of its identifiers is found in production. A record with an id from production belongs to a
    real person whatever its marker says, and so does a record with a customer's e-mail address: a refreshed sandbox keeps
    both. Production records count as real people unless they are known to be synthetic. With fingerprints, the check sees
    only fingerprints of production.

    Does not show: real people who are not in production, free text and attachments, and whether masking can be undone.

    Args:
        reference: The production table of which the sandbox may contain copies.
        fingerprints: The fingerprints of this table: the reference is then a table of fingerprints too.
        reference_key: In production: the key of a customer; not needed for fingerprints.
        match: Keys of a person, each a list of parts: a record matches where all parts of one key are equal.
        reference_marker_column: Production's marker, if the table also contains other records.
        reference_synthetic_values: Its values for synthetic records, which are not people.
        max_shared: A key that more real records share is reported, but not counted.
        calling_code: The calling code of national phone numbers.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A custom object or a flow with synthetic data must have a version, and must keep the history of its marker and of its
    provenance. Otherwise, nobody can find out later who changed the tag of a record. Components are checked, too, if it is
    unknown whether they hold synthetic data.

    Does not show: that the history is kept long enough, or that nobody can delete it.

    Args:
        component_version: The column of the component's version.
        history: The columns that say whether history is kept, of the marker and of provenance.
        history_values: Their values for yes.
        holds_synthetic: The column that says whether it holds synthetic data.
        holds_synthetic_values: Its values for no: such components are not checked.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    The training data of a model must be kept for the time that its class requires after its last use. The last use is
    computed from the training runs and from the retirement of their models, and is never taken from the registry. A dataset
    that is not deleted must have a snapshot and a checksum. Runs count too: if a run names no dataset in the registry, it is
    unknown what must be kept. If the registry has a marker, entries of real datasets are not checked.

    Does not show: that a restore works, and uses other than the recorded runs.

    Args:
        dataset_id: The column of the dataset: the key of the registry.
        deleted_at: The column of the time at which the dataset was deleted; empty while it exists.
        snapshot_location: The column of the location of its snapshot.
        checksum: The column of the snapshot's checksum.
        min_ages: How long each class is kept after its last use; without classes, one duration for all.
        training_runs: The table of training runs: one row per run and dataset.
        training_runs_dataset_id: In the runs: the training dataset.
        training_runs_ended_at: In the runs: the time at which the run used the dataset.
        retention_class: The column that names the class of the dataset.
        training_runs_key: In the runs: the key of a run, for samples.
        training_runs_model: In the runs: the model, a key of models.
        models: The table of models, which are in use until they are retired.
        models_key: In models: the key of a model.
        models_retired_at: In models: the time of retirement; empty while it is in use.
        placeholders: Texts that count as empty.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    Each row of the lineage says that a step of a job reads or writes a dataset. The output of registered generators, and
    datasets that are synthetic in the registry, are followed through all steps. They must not reach a job or a dataset that
    makes regulated decisions, unless a job on the way was approved by then and the approval has not expired. Datasets that
    are neither synthetic nor real in the registry are followed too. Approvals must name the job exactly; other names are
    compared regardless of case.

    Does not show: data that moved outside the lineage, which rows of a dataset a step used, and what an approved step
    did with them.

    Args:
        step: The column of the step: rows with the same step belong to one run of a job.
        job: The column of the job.
        dataset: The column of the dataset that the step reads or writes.
        direction: The column that says reads or writes.
        regulated_decisions: The jobs and datasets that make regulated decisions, by their names in the lineage.
        registry: The table of datasets, both synthetic and real.
        registry_marker_column: In the registry: the column that says what kind a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what kind all datasets are.
        registry_generator: In the registry: the job that generates a dataset.
        registry_lineage_name: In the registry: the dataset's name in the lineage.
        approvals: The table of jobs that may pass on synthetic data.
        approvals_key: In approvals: the job.
        approvals_approver: In approvals: the person who approved it.
        approvals_approved_at: In approvals: the time of the approval.
        approvals_approval_expires_at: In approvals: the time at which the approval expires; empty if it does not
            expire.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    If synthetic or partial records influenced an offer, score or text that a customer was shown, it must name a disclosure
    that was approved at that time. Influence is established if the output says so, or if a run of its model used such a
    dataset, whatever the output says. An unknown model, run or dataset leaves this open, which is a violation too. Outputs
    without a time at which they were shown have not been shown.

    Does not show: that anyone read the disclosure.

    Args:
        shown_at: The column of the time at which a customer was shown the output; empty if nobody was.
        disclosure: The column of the disclosure that was shown with it.
        approved_disclosures: The table of disclosures: one row per disclosure and approval.
        approved_disclosures_key: In the approved disclosures: the key of a disclosure.
        approved_disclosures_approved_at: In the disclosures: the time from which it may be used.
        registry_marker_column: In the registry: the column that says what kind a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what kind all datasets are.
        approved_disclosures_withdrawn_at: In the disclosures: the time until which it may be used; empty if there is no
            end.
        influence: The column that says whether synthetic records influenced it.
        influence_values: Its values for yes.
        no_influence_values: Its values for no.
        model: The column of the model that made the output: a key of models.
        models: The table of models.
        models_key: In models: the key of a model.
        training_runs: The table of training runs: one row per run and dataset.
        training_runs_model: In the runs: the model.
        training_runs_dataset_id: In the runs: the dataset, a key of the registry.
        registry: The table of datasets, both synthetic and real.
        registry_key: In the registry: the key of a dataset.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A synthetic persona lets people use an admin console under another identity. Each access must therefore name a person
    in a role that may use personas, whose training was valid at the time of the access. An access with an unknown person,
    role or time is a violation.

    Does not show: accesses that are not in the log.

    Args:
        accessed_by: The column of the person who used the persona.
        accessed_at: The column of the time of the access.
        access_role: The column of the person's role.
        allowed_roles: The roles that may use personas.
        accessed: The column of the persona: a key of personas.
        personas: The table of personas, if the log also contains other accesses.
        personas_key: In personas: the key that an access refers to.
        people: The table of people and their training.
        people_key: In people: the key of a person.
        trained_from: In people: the time from which their training is valid.
        trained_until: In people: the time until which their training is valid.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A generation time in the future, a version called `latest` or a purpose that nobody approved is provenance in name only.
    Missing values are not violations here; they are covered by expect_synthetic_records_to_have_provenance.

    Does not show: that the record was really made then, by that version, for that purpose.

    Args:
        generated_at: The column of the generation time.
        not_before: The earliest plausible generation time.
        clock_skew: By how much a generation time may be later than as_of.
        loaded_at: The column of the time at which the record was loaded.
        algorithm_version: The column of the generator's version.
        version_format: The format of the version.
        version_pattern: For version_format regex: the pattern, which must match the whole text.
        method: The column of the generation method.
        methods: The allowed methods.
        purpose: The column of the purpose.
        purposes: The allowed purposes.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    Each synthetic or partial record must name a dataset in the registry. The dataset must have been registered before the
    record was generated, must not have been retired by then, and must have the purpose of the record.

    Does not show: registered datasets that have no record here, and whether the registry is right.

    Args:
        dataset_id: The column of the dataset: a key of the registry.
        registry: The table of synthetic datasets.
        registry_key: In the registry: the key of a dataset.
        generated_at: The column of the generation time.
        registry_registered_at: In the registry: the time of registration.
        registry_retired_at: In the registry: the time of retirement; empty while the dataset is in use.
        purpose: The column of the purpose.
        registry_purpose: In the registry: the purpose of the dataset.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Each class of synthetic data has a maximum age, counted from its generation. Older records must be deleted, unless an
    active legal hold freezes them. A record whose age or class is unknown would never expire, so it is a violation too.
    Records that are only marked as deleted still exist.

    Does not show: copies outside this table, and whether expired records were really destroyed.

    Args:
        anchor: The column from which the age is counted: the generation time.
        retention_class: The column that names the class of the record.
        max_ages: The maximum age of each class.
        max_age: Without classes: the maximum age of all records.
        holds: The table of legal holds.
        hold_key: The column that is looked up in holds: the record's hold id, or its key.
        holds_key: In holds: the column in which hold_key is looked up.
        placed_at: In holds: the time at which the hold began.
        released_at: In holds: the time at which it ended; empty while active.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    Each synthetic or partial record must name the sync run that loaded it. The run must be in the log, must have
    succeeded, and must have had this table as its target. A run that ended before the record was loaded cannot have loaded
    it. Logs may lag: during the grace period, a record may name a run that is not in the log yet.

    Does not show: what the run did with the record.

    Args:
        sync_run_id: The column of the run that loaded the record.
        sync_runs: The log of sync runs.
        sync_runs_key: In the log: the key of a run.
        sync_runs_status: In the log: the status of the run.
        succeeded: Its values for a run that succeeded.
        sync_runs_target: In the log: the target table of the run.
        target: The name of this table in the log.
        loaded_at: The column of the time at which the record was loaded.
        sync_runs_ended_at: In the log: when the run ended.
        grace: How long the log may lag behind.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    For each synthetic record, an auditor asks who made it, when, with which version of which generator, and for which
    purpose. A field that is NULL, blank or a placeholder such as `n/a` does not answer this. Partial records count too.

    Does not show: that the values are right.

    Args:
        fields: The provenance columns that must be filled.
        placeholders: Texts that count as empty.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A generator that memorised real people reveals them, even if every identifier is new. Therefore, synthetic records are
    compared with the training records and with equally many records of a holdout that the generator never saw. Compared
    with the holdout, they must not be closer to the training records, close to them except for one column, or equal or
    nearly equal to them more often than chance allows. All records are checked for equality. The other comparisons use
    samples, drawn by a hash of the record key, so they are the same on every engine. Only copies are named: the other
    findings concern a share of the table, and count the records beyond what chance explains.

    Does not show: fewer than about a dozen copies, which could be chance; slightly changed records that were not drawn;
    differences in columns that are not compared. If the holdout's people were also in the training data, it shows nothing.

    Args:
        training: The table of the records that the generator learned from.
        holdout: A table of similar records that the generator never saw.
        numeric: Numeric columns, with the same names in all three tables.
        categorical: Text columns, which are compared for equality.
        training_key: The record key of training, if its name differs.
        holdout_key: The record key of holdout, if its name differs.
        alpha: The significance level of each of the two tests.
        near_zero: The mean difference of the columns up to which records are nearly equal.
        sample_size: The maximum number of synthetic records that are drawn.
        reference_size: The maximum number of records drawn from each of training and holdout.
        seed: The seed of the samples and permutations.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A synthetic record with a real person's e-mail address, or with the name, birth date and postcode of the same person, is
    personal data without protection. Values are compared without case, spaces, punctuation and accents. A key with a missing
    part matches nothing. A key that many real records share (a switchboard, a household's mailbox) is only reported. With
    fingerprints, the reference contains no identifiers of people.

    Names, birth dates and postcodes can match by chance, and more often in larger tables. If you name a table of people that
    the generator never saw (`unseen`), these keys are judged together: synthetic records that match somebody in only one of
    the two tables must not match the reference more often than its size explains.

    Does not show: without `unseen`, whether a match of names is a copy or chance; and paraphrased copies.

    Args:
        reference: The table of real records.
        match: Keys, each a list of parts: a record matches if all parts of a key are equal.
        fingerprints: The fingerprints of this table: the reference is then a table of fingerprints too.
        reference_key: In the reference: the key of a record, so that it is counted once.
        reference_marker_column: The reference's marker, if the table also contains other records.
        reference_real_values: Its values for records of real people.
        max_shared: A key that more real records share is reported, but not counted.
        calling_code: The calling code of national phone numbers.
        unseen: Real people that the generator never saw, one row each, to measure matches by chance.
        alpha: With unseen: the significance level.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Each synthetic or partial record must name the environment that it was loaded into, and synthetic records must be allowed
    there. A record that names no environment could be anywhere, so it is a violation too.

    Does not show: copies of the record in environments that are not in this table.

    Args:
        environment: The column of the environment that a record was loaded into.
        allowed: The environments in which synthetic records are allowed.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    If a record was synthetic or partial in the previous snapshot and still exists, it must still have that tag. Its
    generation time, version and dataset must not change: a new generation time would reset the retention clock. A correction
    with a reason and an approver excuses a change. For the first snapshot there is nothing to check.

    Does not show: records that were never tagged, changes that were undone between two snapshots, and removed records.

    Args:
        reference: The previous snapshot of this table, or of the table that its records were converted from.
        reference_key: In the snapshot: the key of the record; after a conversion, the key of the converted record.
        key_before: The column of the record's key in the snapshot, if it is not the record key.
        reference_marker_column: In the snapshot: its marker; by default the same name.
        reference_synthetic_values: Its values for synthetic records; by default the same values.
        reference_partial_values: Its values for partial records; by default the same values.
        reference_all_records: For a snapshot without a marker: what all its records are.
        generated_at: The column of the generation time.
        reference_generated_at: In the snapshot; else named as here.
        algorithm_version: The column of the generator's version.
        reference_algorithm_version: In the snapshot; else named as here.
        dataset_id: The column of the dataset.
        reference_dataset_id: In the snapshot; else named as here.
        reference_taken_at: In the snapshot: when it was taken.
        max_snapshot_age: How old the snapshot may be.
        corrections: The table of approved corrections.
        corrections_key: In corrections: the record key.
        corrections_reason: In corrections: the reason.
        corrections_approver: In corrections: the approver.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    Each recorded use must have an owner, a purpose, a legal basis, a reference to its impact assessment and, if the risk is
    high, to its conformity assessment. Compliance must have been informed before the use began, and reviews must be on
    time. Training runs, A/B tests and personalisation count too: if they use synthetic or partial data, they must name a
    recorded use. A run or test that names none is excused only if its dataset is real in the registry.

    Does not show: that the referenced documents exist and cover the use, and runs and experiments that were not logged.

    Args:
        use_id: The column of the key of the use, which runs and experiments refer to.
        owner: The column of the person responsible for it.
        purpose: The column of its purpose.
        legal_basis: The column of the legal basis.
        dpia: The column of the reference to the impact assessment.
        compliance_told_at: The column of the time at which compliance was informed.
        started_at: The column of the time at which the use began or will begin.
        last_review_at: The column of its last review; empty before the first one.
        registry_marker_column: In the registry: the column that says what kind a dataset is.
        registry_synthetic_values: Its values for synthetic datasets.
        registry_partial_values: Its values for augmented or imputed real data.
        registry_real_values: Its values for datasets of real or masked records.
        registry_all_records: For a registry without such a column: what kind all datasets are.
        risk: The column of the risk level.
        high_risk: Its values for a high risk.
        no_high_risk: Its values for any other risk.
        conformity: The column of the reference to the conformity assessment.
        ended_at: The column of the time at which it ended; empty while it continues.
        max_review_age: How long a review is valid; the first is due this long after the start.
        training_runs: The table of training runs: one row per run and dataset.
        training_runs_key: In the runs: the key of a run, for samples.
        training_runs_use_id: In the runs: the use.
        training_runs_dataset_id: In the runs: the dataset, a key of the registry.
        experiments: The table of A/B tests and personalisation.
        experiments_key: In the experiments: the key of an experiment, for samples.
        experiments_use_id: In the experiments: the use.
        experiments_dataset_id: In the experiments: the dataset.
        registry: The table of datasets, both synthetic and real.
        registry_key: In the registry: the key of a dataset.
        placeholders: Texts that count as empty.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
        key_kinds: The kinds of keys, by table (the records themselves are `@batch`) and column.
        as_of: The time at which the expectation is evaluated; by default the as_of of the run, or else now.
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

    Production tables, reports and customer communications are about real people, so a synthetic or partial record in them
    is a leak. Untagged records are covered by expect_records_to_be_tagged.

    Does not show: aggregates already computed from synthetic records, and synthetic records that lost their tag.

    Args:
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    Provenance that has no column is not recorded: before an auditor can ask who made a record and when, the table needs
    columns for it. A generation time is a timestamp, a date, or text, because extracts contain ISO text, but not a number. A
    version is text, because 1.10 and 1.1 are the same number. This expectation counts columns, not records.

    Does not show: that the columns are filled.

    Args:
        fields: Columns that must exist, whatever their type.
        source: The column of the source: text.
        generated_at: The column of the generation time: a time, or text.
        method: The column of the generation method: text.
        algorithm_version: The column of the generator's version: text.
        purpose: The column of the purpose: text.
        dataset_id: The column of the dataset: text or a number.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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

    A synthetic record that lost its tag looks like a real person. Values that generators write reveal it: addresses at
    reserved domains, phone numbers reserved for fiction, test cards, and numbers that are never issued. Shoppers who
    withhold their address type such values too, so a match in one kind of field is only reported. A violation takes two
    kinds, or one mark that only a generator writes. If more values of a column match than among real people, the table is
    in violation, whichever records they are in. Partial and masked records are not checked, because their fields were
    replaced.

    Does not show: synthetic records whose fields could belong to a person; docs/signatures.md has the measured rates.

    Args:
        emails: Columns of e-mail addresses.
        phones: Columns of telephone numbers.
        cards: Columns of payment card numbers.
        ssns: Columns of US social security numbers.
        names: The columns of a person's name, with the first name first.
        definitive: By column, patterns in lower case of values that only your generator writes, such as an id or a
            canary.
        min_tier: The lowest tier of signatures that count; all higher tiers count too.
        min_fields: How many kinds of fields must match for a violation.
        calling_code: The calling code of national phone numbers.
        base_rates: By signature of a table, the base rate of real people, from 0 to 1; 1 disables the signature.
        alpha: The significance level of a share, at the base rate of real people.
        min_count: The minimum number of values in a column for its share to be tested.
        min_share: The smallest share that is a violation of the table.
        cleared: The table of records that were reviewed and are real.
        cleared_key: In cleared: the record key.
        marker_column: The column that says what kind of record a row is.
        synthetic_values: Its values for synthetic records.
        real_values: Its values for real records.
        partial_values: Its values for real people with imputed or augmented fields.
        masked_values: Its values for real people whose identifiers were replaced.
        all_records: For a table without a marker: what kind all its records are.
        record_key: The column that identifies a record in samples; not an identifier of a person.
        mostly: The share of the population that must comply.
        require_records: Whether a population of zero records is an error.
        empty_references: The references that may contain nothing to find.
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
