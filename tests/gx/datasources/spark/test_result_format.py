"""`result_format` on Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import great_expectations as gx
import pytest

import synth_expectations as se
from synth_expectations.testing.engines import SparkEngine
from tests.gx.contacts import customers
from tests.gx.result_formats import PERSON, find_differences, records

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.xdist_group("spark")


@pytest.mark.full
def test_a_batch(session: SparkSession) -> None:
    engine = SparkEngine()
    se.references.add("customer", engine.relation(customers(PERSON)))
    asset = gx.get_context(mode="ephemeral").data_sources.add_spark("frames").add_dataframe_asset("contact")
    definition = asset.add_batch_definition_whole_dataframe("all")
    batch = definition.get_batch({"dataframe": engine.relation(records())})
    assert list(find_differences(lambda made, form: batch.validate(made, result_format=form))) == []
