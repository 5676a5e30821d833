"""A server that accepts requests and never answers is named, and not waited for without end."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from synth_expectations.evidence.ledger import object_store
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.object_store import ObjectStore


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    import s3fs

    with socket.create_server(("127.0.0.1", 0)) as server:  # nobody accepts: connections wait in its queue
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2-4711")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        monkeypatch.setattr(object_store, "PATIENCE", 0.5)
        s3fs.S3FileSystem.clear_instance_cache()
        yield ObjectStore("s3://crm/evidence")
        s3fs.S3FileSystem.clear_instance_cache()


def test_a_store_that_never_answers_is_named(store: ObjectStore) -> None:
    with pytest.raises(LedgerError, match=r"s3://crm/evidence cannot be written: no answer within 0[.]5 seconds"):
        store.check_writable()
    with pytest.raises(LedgerError, match=r"s3://crm/evidence cannot be read: no answer within 0[.]5 seconds"):
        store.read("ledger/00000001.json")
    with pytest.raises(LedgerError, match=r"cannot be read: no answer within 0[.]5 seconds"):
        store.list_names("ledger")
