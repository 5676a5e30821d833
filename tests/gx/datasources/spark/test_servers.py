"""An address of Spark at which nobody answers is named within seconds, with the reason, and without what is secret."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from synth_expectations.gx.datasources.spark.servers import refuse_silent_servers
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def refused(address: str) -> str:
    with pytest.raises(UnreadableTableError) as raised:
        refuse_silent_servers(address)
    return str(raised.value)


def test_nobody_listens(closed_port: int) -> None:
    master = refused(f"spark://127.0.0.1:{closed_port}")
    assert f"Spark cannot be reached at spark://127.0.0.1:{closed_port}: connection refused." in master
    assert "spark.master names it" in master
    remote = refused(f"sc://127.0.0.1:{closed_port}/;token=s3cret;use_ssl=true")
    assert f"Spark cannot be reached at sc://127.0.0.1:{closed_port}: connection refused." in remote
    assert "SPARK_REMOTE names it" in remote
    assert "s3cret" not in remote


def test_one_of_several_masters_is_enough(open_port: int, closed_port: int) -> None:
    refuse_silent_servers(f"spark://127.0.0.1:{closed_port},127.0.0.1:{open_port}")
    both = refused(f"spark://127.0.0.1:{closed_port},127.0.0.1:{closed_port}")
    assert both.count("connection refused") == 2


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("spark://", "this is not a host and port"),
        ("sc://:1", "this is not a host and port"),
        ("spark://127.0.0.1:port", "this is not a host and port"),
        ("spark://127.0.0.1:99999", "this is not a host and port"),
        (f"spark://{'a' * 300}.invalid:7077", "no such host"),
        ("sc://user:s3cret@127.0.0.1:1", "this is not a host and port"),
    ],
)
def test_addresses_that_are_wrong(address: str, reason: str) -> None:
    message = refused(address)
    assert reason in message
    assert "s3cret" not in message


@pytest.mark.parametrize("address", ["", "local[2]", "yarn", "k8s://https://127.0.0.1:1", "local-cluster[2,1,1024]"])
def test_other_masters_are_left_to_spark(address: str) -> None:
    refuse_silent_servers(address)
