"""The assets that are files: Parquet, CSV and JSON Lines."""

from __future__ import annotations

from typing import Any, Literal, cast

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core.batch_spec import SqlAlchemyDatasourceBatchSpec
from great_expectations.core.partitioners import (
    ColumnPartitioner,
    ColumnPartitionerDaily,
    ColumnPartitionerMonthly,
    ColumnPartitionerYearly,
)
from great_expectations.datasource.fluent.batch_request import BatchRequest
from great_expectations.datasource.fluent.sql_datasource import (
    SqlPartitionerYear,
    SqlPartitionerYearAndMonth,
    SqlPartitionerYearAndMonthAndDay,
)

from synth_expectations.engine.extracts.extract import Extract, build_extract
from synth_expectations.gx import internals
from synth_expectations.rules.partitions import PARTS
from synth_expectations.validation.sources.duckdb.file_table import FileTable


class _Year(SqlPartitionerYear):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(FileAsset, sql_asset).list_partitions(self.method_name, self.column_name)


class _Month(SqlPartitionerYearAndMonth):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(FileAsset, sql_asset).list_partitions(self.method_name, self.column_name)


class _Day(SqlPartitionerYearAndMonthAndDay):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(FileAsset, sql_asset).list_partitions(self.method_name, self.column_name)


_PARTITIONERS = {ColumnPartitionerYearly: _Year, ColumnPartitionerMonthly: _Month, ColumnPartitionerDaily: _Day}


class FileAsset(FileTable, internals.SqlAsset):
    """All files of a glob, as one table; see `FileTable`."""

    glob: str | list[str]
    where: str | None = None
    first_of: dict[str, list[str]] = {}

    def test_connection(self) -> None:
        """Test nothing: a project must open before its extracts have arrived."""

    def validate_batch_definition(self, partitioner: ColumnPartitioner) -> None:
        """Validate nothing, for the same reason."""

    def get_partitioner_implementation(self, abstract_partitioner: ColumnPartitioner) -> Any:
        """Return a partitioner; the ones for years, months and days also read text and Hive partitions."""
        partitioner = _PARTITIONERS.get(type(abstract_partitioner))
        return (
            partitioner(**abstract_partitioner.dict())
            if partitioner
            else super().get_partitioner_implementation(abstract_partitioner)
        )

    def build_batch_request(
        self, options: Any = None, batch_slice: Any = None, partitioner: Any = None
    ) -> BatchRequest:
        """Return a request for a batch; a whole table ignores the day that a checkpoint names for other tables."""
        if partitioner is None and options:
            options = {name: value for name, value in options.items() if name not in PARTS["day"]}
        return super().build_batch_request(options, batch_slice, partitioner)

    @internals.overrides(internals.BATCH_REQUESTS)
    def _fully_specified_batch_requests(self, batch_request: BatchRequest) -> Any:
        """Take a day, month or year that is given in full as it is, and read no column to find it."""
        partitioner = batch_request.partitioner
        if partitioner is not None and type(partitioner) in _PARTITIONERS:
            wanted = self.get_partitioner_implementation(partitioner).param_names
            given = {part: value for part in wanted if (value := batch_request.options.get(part)) is not None}
            if len(given) == len(wanted):
                # "07" and 7 are one batch, with one id
                options = {part: int(value) if str(value).isdecimal() else value for part, value in given.items()}
                request = BatchRequest(
                    datasource_name=batch_request.datasource_name,
                    data_asset_name=batch_request.data_asset_name,
                    options={**batch_request.options, **options},
                    partitioner=partitioner,
                )
                # a request without partitioner is answered with itself, in the form that this version expects
                whole = super()._fully_specified_batch_requests(
                    BatchRequest(
                        datasource_name=batch_request.datasource_name, data_asset_name=batch_request.data_asset_name
                    )
                )
                return ([request], *whole[1:]) if isinstance(whole, tuple) else [request]
        return super()._fully_specified_batch_requests(batch_request)

    def _create_batch_spec_kwargs(self) -> dict[str, Any]:
        self.try_view()
        return {
            "type": "table",
            "data_asset_name": self.name,
            "table_name": self.name,
            "schema_name": None,
            "batch_identifiers": {},
        }

    def _create_batch_spec(self, batch_spec_kwargs: dict[str, Any]) -> SqlAlchemyDatasourceBatchSpec:
        return SqlAlchemyDatasourceBatchSpec(**batch_spec_kwargs)


class ParquetAsset(FileAsset):
    """Parquet files as one table."""

    type: Literal["parquet"] = "parquet"


class ExtractAsset(FileAsset):
    """Files in text as one table, read once into DuckDB's memory.

    Attributes:
        format: how they are written, by the names of `CsvFormat` or `JsonFormat`, such as `{"delimiter": ";"}`.
        types: of columns, by name; all others are text.
    """

    type: Literal["csv", "json"]
    format: dict[str, Any] = {}
    types: dict[str, str] = {}

    @pydantic_v1.root_validator
    def _check_extract(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - pydantic's
        if {"type", "format", "types"} <= values.keys():
            build_extract(values["type"], values["format"], values["types"])
        return values

    def build_extract(self) -> Extract:
        """Return how the files are read."""
        return build_extract(self.type, self.format, self.types)


class CsvAsset(ExtractAsset):
    """CSV files as one table."""

    type: Literal["csv"] = "csv"


class JsonAsset(ExtractAsset):
    """Files of JSON Lines as one table."""

    type: Literal["json"] = "json"
