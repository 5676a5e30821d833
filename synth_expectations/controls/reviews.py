"""The reviews of a policy, held against the requirements that there are."""

from __future__ import annotations

from collections.abc import Iterable

from synth_expectations.controls.load import load_installed
from synth_expectations.errors import nearest
from synth_expectations.policy.errors import combine_errors
from synth_expectations.policy.load.loader import Policy


def list_unknown_requirements(names: Iterable[str]) -> list[str]:
    """Return a sentence for each name, such as `gdpr/Article 35(7)`, that is not a requirement of an installed regulation."""
    named = dict.fromkeys(names)
    if not named:
        return []
    known = [
        f"{regulation.id}/{requirement.id}"
        for regulation in load_installed()
        for requirement in regulation.requirements
    ]
    sentences = []
    for name in named:
        if name not in known:
            guess = nearest(name, known)
            hint = f"Did you mean {guess}?" if guess else "synth-expectations controls lists them."
            sentences.append(f"There is no requirement {name}. {hint}")
    return sentences


def check_reviews(policy: Policy) -> None:
    """Look up the requirement of each review of a policy.

    Raises:
        PolicyError: one is of no installed regulation.
    """
    errors = [
        policy.error(("manual", number, "requirement"), f"manual.{number}.requirement: {sentence}")
        for number, review in enumerate(policy.words.manual)
        for sentence in list_unknown_requirements([review.requirement])
    ]
    if error := combine_errors(errors):
        raise error
