"""Whether the server of a Spark address answers: Spark itself asks again for minutes, and then names no reason."""

from __future__ import annotations

import re
import socket

from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

_SECONDS = 5.0
"""How long a server may take to accept a connection."""
_PORTS = {"spark": 7077, "sc": 15002}
"""By the scheme of an address, the port that Spark takes where none is given."""
_HIGHEST_PORT = 65_535
_ADDRESS = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(:(?P<port>[0-9]+))?$")


def refuse_silent_servers(address: str) -> None:
    """Refuse an address none of whose servers accepts a connection; another kind of address is left to Spark.

    Args:
        address: `spark://host:port`, also with several hosts between commas; or `sc://host:port`, also with parameters.

    Raises:
        UnreadableTableError: it names the servers, and the reason for each.
    """
    scheme, _, rest = address.partition("://")
    if scheme not in _PORTS:
        return
    servers = rest.partition("/")[0].partition(";")[0]  # what follows may hold a token
    problems = []
    for server in servers.split(","):
        problem = _find_problem(server, _PORTS[scheme])
        if not problem:
            return
        problems.append(f"{scheme}://{server.rpartition('@')[2]}: {problem}")
    raise UnreadableTableError(
        f"Spark cannot be reached at {', '.join(problems)}.",
        "SPARK_REMOTE names it: correct it, or start the server."
        if scheme == "sc"
        else "spark.master names it, in SPARK_CONF_DIR or PYSPARK_SUBMIT_ARGS: correct it, or start the master.",
    )


def _find_problem(server: str, usual_port: int) -> str:
    """Return why a server accepts no connection; empty if it accepts one."""
    parts = _ADDRESS.match(server)
    if parts is None or not parts["host"] or int(parts["port"] or usual_port) > _HIGHEST_PORT:
        return "this is not a host and port"
    host, port = parts["host"].strip("[]"), int(parts["port"] or usual_port)
    try:
        socket.create_connection((host, port), _SECONDS).close()
    except ConnectionRefusedError:
        return "connection refused"
    except TimeoutError:
        return f"no answer within {_SECONDS:.0f} seconds"
    except (socket.gaierror, UnicodeError):
        return "no such host"
    except OSError as error:
        return str(error.strerror or error).lower()
    return ""
