"""A session that the caller of our package made: it stands in New York, and tests of one process share it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import great_expectations as gx
import pytest

from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from synth_expectations.testing.engines import SparkEngine
from tests.cli.project import Said, calling
from tests.conftest import HOSTILE_ZONE

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.parent == HERE]
    if "spark" not in config.getoption("--engines").split(","):
        items[:] = [item for item in items if item not in ours]
        config.hook.pytest_deselected(items=ours)


@pytest.fixture
def session() -> SparkSession:
    made: SparkSession = SparkEngine().start()
    made.conf.set("spark.sql.session.timeZone", HOSTILE_ZONE)
    return made


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    return calling(capfd, monkeypatch)


@pytest.fixture
def source(lake: Path, session: SparkSession) -> SparkParquetDatasource:
    made = gx.get_context(mode="ephemeral").data_sources.add_spark_parquet("lake", path=str(lake))
    assert isinstance(made, SparkParquetDatasource)
    return made
