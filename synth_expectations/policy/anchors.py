"""Where copies of the head of a ledger go, so that its owner alone cannot write it anew: `evidence.anchor` of policy.yml."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, field_validator

from synth_expectations.errors import SynthError
from synth_expectations.policy.types import ClosedModel, Text


class TimestampAuthority(ClosedModel):
    """A time stamping authority (RFC 3161), which signs the digest of the head and the time."""

    rfc3161: Text = Field(
        description="The address of a time stamping authority, such as https://tsa.example/tsr; may be ${VAR}."
    )
    root: Text = Field(
        description="Its root certificate in PEM, relative to the policy; intermediate ones may follow in the file."
    )

    @field_validator("rfc3161")
    @classmethod
    def _check_address(cls, address: str) -> str:
        # what begins with a variable is looked at when the variable is known
        if not address.startswith("$") and (problem := _find_problem(address)):
            raise ValueError(problem)
        return address


class HeaderStore(ClosedModel):
    """A second store, best under another account, which keeps a copy of the head."""

    store: Text = Field(
        description="A directory relative to the policy, or an address such as s3://other-account/anchors; may be ${VAR}."
    )


class SignedTag(ClosedModel):
    """A git repository, which keeps the digest of the head in a signed tag."""

    git: Text = Field(description="A repository, relative to the policy, in which git can sign a tag.")
    remote: Text | None = Field(None, description="The remote that each tag is pushed to, such as origin.")


def _find_kind(value: Any) -> str:
    keys = value if isinstance(value, dict) else dict(value) if isinstance(value, ClosedModel) else {}
    return "a store" if "store" in keys else "a tag" if "git" in keys else "an authority"


# no tag is named as a key: an error of another key would be told as one of that key
AnchorTarget = Annotated[
    Annotated[TimestampAuthority, Tag("an authority")]
    | Annotated[HeaderStore, Tag("a store")]
    | Annotated[SignedTag, Tag("a tag")],
    Discriminator(_find_kind),
]


def resolve_target(target: AnchorTarget, resolve: Callable[[str], str]) -> AnchorTarget:
    """Return a target with its variables substituted.

    Args:
        target: as the policy has it.
        resolve: gives the value of a text with variables.

    Raises:
        SynthError: a variable is not set, or the address of an authority is none.
    """
    texts = {name: resolve(text) for name, text in target.model_dump().items() if isinstance(text, str)}
    if isinstance(target, TimestampAuthority) and (problem := _find_problem(texts["rfc3161"])):
        raise SynthError(f"evidence.anchor: {target.rfc3161}: {problem}.", "Set the variable to https://…")
    return target.model_copy(update=texts)


def _find_problem(address: str) -> str:
    """Return why an authority cannot be asked at an address, as a clause without the address; empty if it can."""
    if not re.match(r"https?://[^/]", address):
        return "it is not an address: one begins with https:// or http://"
    if re.match(r"https?://[^/]*@", address):
        return "the address has a name or a password in it: an authority that anybody can ask needs none"
    return ""
