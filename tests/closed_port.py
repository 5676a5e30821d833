"""A port at which nobody answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hold_closed_port() -> Iterator[int]:
    """Yield a port that is taken, so that no other process can listen at it meanwhile, and refuses connections."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
