"""Uses of the package that a type checker refuses: each line names what mypy and pyright call its error."""
# pyright: standard

from __future__ import annotations

from pathlib import Path

import great_expectations as gx

import synth_expectations as se
from synth_expectations import ExpectRecordToBeTagged  # attr-defined, reportAttributeAccessIssue
from synth_expectations.runner import Options, Selection, run
from synth_expectations.testing import find_cases

print(ExpectRecordToBeTagged)
suite = gx.ExpectationSuite(name="contacts")

se.ExpectNothingOfTheKind()  # attr-defined, reportAttributeAccessIssue
suite.add_expectation(se.ExpectRecordToBeTagged(marker_column="a"))  # attr-defined, reportAttributeAccessIssue
suite.add_expectation(se.ExpectRecordsToBeTagged(marker_colum="a"))  # call-arg, reportCallIssue
se.ExpectRecordsToBeTagged("a")  # call-arg, reportCallIssue
se.ExpectSyntheticRecordsToHaveProvenance(marker_column="a")  # call-arg, reportCallIssue
se.ExpectLegalHoldsToBeHonored(frozen_record="a", held="b", held_key="c", placed_at="d")  # call-arg, reportCallIssue
se.ExpectRecordsToBeTagged(marker_column=3)  # arg-type, reportArgumentType
se.ExpectRecordsToBeTagged(marker_column=["a"])  # arg-type, reportArgumentType
se.ExpectRecordsToBeTagged(marker_column={"PARAMETER": "a"})  # arg-type, reportArgumentType
se.ExpectRecordsToBeTagged(mostly="all")  # arg-type, reportArgumentType
se.ExpectRecordsToBeTagged(all_records="fake")  # arg-type, reportArgumentType
se.ExpectRecordsToBeTagged(severity="grave")  # arg-type, reportArgumentType
se.ExpectSyntheticRecordsToHaveProvenance(fields=[1])  # list-item, reportArgumentType
se.ExpectSyntheticRecordsToExpireOnTime(anchor="a", max_age=90)  # arg-type, reportArgumentType
no_copies = se.ExpectSyntheticRecordsToNotCopyRealRecords
no_copies(reference="a", match=[[{"colums": "b"}]])  # typeddict-item, reportArgumentType
print(se.ExpectRecordsToBeTagged().marker_column + 1)  # operator, reportOperatorIssue
se.GuardAction(nme="guard")  # call-arg, reportCallIssue
se.GuardAction(name="guard", fail_on="grave")  # arg-type, reportArgumentType
se.references.ad("a", [])  # attr-defined, reportAttributeAccessIssue

report = run("nightly", Path(), Options(worker=2))  # call-arg, reportCallIssue
run("nightly")  # call-arg, reportCallIssue
run("nightly", Path(), Options(selection=Selection(tables=1)))  # arg-type, reportArgumentType
print(report.verdikt)  # attr-defined, reportAttributeAccessIssue
find_cases("cases")  # arg-type, reportArgumentType
