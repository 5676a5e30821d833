"""Private set intersection by elliptic curves, as openmined-psi does it: it tells the number of shared values, and not which.

The protocol is that of Meadows (1986, https://doi.org/10.1109/SP.1986.10022) and of Huberman, Franklin and Hogg (1999,
https://doi.org/10.1145/336992.337012). The side that asks encrypts its values with its key; the side that answers encrypts
them again with a key of its own, in another order, and adds its own values, encrypted. Equal values are equal only once
both keys were used, so the side that asks can count them after it has taken its key off.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOTH_HAVE = "synth-expectations: a value that both sides have"
"""It is in both sets. If it is not found, the two were not compared, whatever the number says."""


def create_secret() -> bytes:
    """Return a new key for the side that asks.

    Raises:
        SynthError: the library is not installed.
    """
    return bytes(_load_library().client.CreateWithNewKey(False).GetPrivateKeyBytes())


def encrypt_values(secret: bytes, values: Sequence[str]) -> bytes:
    """Return the values as the other side may see them.

    Raises:
        SynthError: the library is not installed.
    """
    client = _load_library().client.CreateFromKey(secret, False)
    return bytes(client.CreateRequest([*values, _BOTH_HAVE]).SerializeToString())


def answer_request(request: bytes, asked: int, values: Sequence[str]) -> tuple[bytes, bytes]:
    """Return the own values, encrypted with a key that is then forgotten, and those of the request, encrypted once more.

    Args:
        request: from `encrypt_values`.
        asked: how many values the request says that it has.
        values: the own ones.

    Raises:
        SynthError: the library is not installed, or the request is none.
    """
    psi = _load_library()
    server = psi.server.CreateWithNewKey(False)  # it refuses requests that ask which values are shared
    with _refuse_damaged("The request is damaged, or asks for more than a number."):
        message = psi.Request()
        message.ParseFromString(request)
        if len(message.encrypted_elements) != asked + 1:
            raise SynthError("The request has another number of values than it says.", "Let the other side repeat it.")
        setup = server.CreateSetupMessage(0.0, asked + 1, [*values, _BOTH_HAVE], psi.DataStructure.RAW)
        response = server.ProcessRequest(message)
    return bytes(setup.SerializeToString()), bytes(response.SerializeToString())


def count_shared(secret: bytes, asked: int, setup: bytes, response: bytes) -> int:
    """Return how many of the values of a request the other side has.

    Args:
        secret: of the request.
        asked: how many values it has.
        setup: the values of the other side, encrypted.
        response: those of the request, encrypted by both.

    Raises:
        SynthError: the library is not installed, or the two sets were not compared.
    """
    psi = _load_library()
    client = psi.client.CreateFromKey(secret, False)
    with _refuse_damaged("The answer is damaged."):
        own, theirs = psi.Response(), psi.ServerSetup()
        own.ParseFromString(response)
        theirs.ParseFromString(setup)
        shared = int(client.GetIntersectionSize(theirs, own))
    if len(own.encrypted_elements) != asked + 1 or not 1 <= shared <= asked + 1:
        raise SynthError(
            "The answer does not fit the request: what both sides have was not found.",
            "Let the other side answer again.",
        )
    return shared - 1


@contextmanager
def _refuse_damaged(sentence: str) -> Iterator[None]:
    """Turn what the library raises of bytes that are no message, in Protocol Buffers and in C++, into a sentence."""
    try:
        yield
    except SynthError:
        raise
    except Exception:  # noqa: BLE001 - RuntimeError, ValueError and DecodeError, whose texts may hold what was sent
        raise SynthError(sentence, "Let the other side repeat it.") from None


def _load_library() -> ModuleType:
    try:
        return importlib.import_module("private_set_intersection.python")
    except ImportError:
        raise SynthError(
            "openmined-psi is not installed, which compares sets in private.",
            "Install it: pip install 'synth-expectations[psi]'",
        ) from None
