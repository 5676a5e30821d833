"""The names of jobs and datasets in a lineage graph, in one spelling.

A name is a namespace and a name in it, as OpenLineage writes them (https://openlineage.io/docs/spec/naming), joined by a
slash: `s3://lake/contact`, `postgres://db.example/crm.public.contact`, `airflow/score_credit`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(.*)", re.DOTALL)
_SCHEMES = {"s3a": "s3", "s3n": "s3", "gcs": "gs", "postgresql": "postgres", "wasb": "wasbs", "abfs": "abfss"}
"""Schemes of one storage, by the spelling that the naming rules of OpenLineage do not use."""
_PORTS = {"postgres": "5432", "mysql": "3306", "redshift": "5439", "oracle": "1521", "sqlserver": "1433"}
"""The port that is meant where none is written."""
_WITH_CONTAINER = ("abfss", "wasbs")
"""Schemes whose `@` stands behind a container, and not behind a user."""


def join_name(namespace: str, name: str) -> str:
    """Return the name of a job or a dataset in its one spelling."""
    return canonicalize_name(f"{namespace.strip()}/{name.strip()}" if namespace.strip() else name)


@lru_cache(maxsize=100_000)
def canonicalize_name(text: str) -> str:
    """Return a full name in its one spelling: scheme and host in lower case, no user, no default port, single slashes.

    The case of what follows the host stays: it counts in most stores.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not (address := _ADDRESS.fullmatch(text)):
        return re.sub("/{2,}", "/", text).strip("/")
    scheme, host, path = address[1].lower(), address[2].lower(), address[3]
    scheme = _SCHEMES.get(scheme, scheme)
    if scheme not in _WITH_CONTAINER:
        host = host.rpartition("@")[2]  # a user, and maybe a password, is not part of a name
    host = host.removesuffix(f":{_PORTS[scheme]}") if scheme in _PORTS else host
    return f"{scheme}://{host}{re.sub('/{2,}', '/', path)}".rstrip("/")


def fold_name(text: str) -> str:
    """Return a full name as it is compared where a name in another case may be meant."""
    return canonicalize_name(text).casefold()
