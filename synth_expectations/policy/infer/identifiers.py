"""The columns that identify a person: found by their names, without reading values."""

from __future__ import annotations

from dataclasses import dataclass, field

from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.calling_codes import CodeGuess
from synth_expectations.policy.infer.model import ProposedValue, TableProfile


@dataclass(frozen=True)
class IdentifierProposal:
    """The identifiers of a table by the policy's words, and notes for the reader."""

    found: dict[str, ProposedValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find_identifiers(profile: TableProfile, excluded: list[str]) -> IdentifierProposal:
    """Return the identifiers of a table of people.

    A name, a telephone or a postcode alone belongs to a company, an order, a shop: without an e-mail address, a birth
    date or a surname the table is not one of people.
    """
    columns = profile.list_families()
    filled = {column.name: column.filled for column in profile.columns}
    named = {
        word: names.put_filled_first(names.find_columns(word, columns, excluded=excluded), filled)
        for word in names.IDENTIFIERS
    }
    if names.is_of_things(profile.name):  # the name of an order is its number
        named["full_name"] = [name for name in named["full_name"] if names.split_words(name) != ("name",)]
    if not (named["email"] or named["birth_date"] or named["last_name"]):
        return IdentifierProposal()
    columns_by_word: dict[str, ProposedValue] = {}
    for word in ("email", "phone"):
        if named[word]:
            columns_by_word[word] = _propose_first(profile, named[word])
    notes = []
    if named["phone"] and (guess := _find_code(profile, named["phone"][0])):
        if guess.code:
            columns_by_word["calling_code"] = ProposedValue(guess.code, guess.why)
        else:
            notes.append(f"no identifiers.calling_code for {named['phone'][0]}: {guess.why}")
    if named["first_name"] and named["last_name"]:
        columns_by_word["name"] = ProposedValue([named["first_name"][0], named["last_name"][0]], "name")
    elif whole := named["full_name"] or named["last_name"]:
        columns_by_word["name"] = _propose_first(profile, whole)
    for word in ("birth_date", "postcode"):
        if named[word]:
            columns_by_word[word] = _propose_first(profile, named[word])
    return IdentifierProposal(columns_by_word, tuple(notes))


def _find_code(profile: TableProfile, phone: str) -> CodeGuess | None:
    return next(column.calling_code for column in profile.columns if column.name == phone)


def _propose_first(profile: TableProfile, columns: list[str]) -> ProposedValue:
    filled = next(column.filled for column in profile.columns if column.name == columns[0])
    why = "name" if filled is None else f"name; filled in {filled:,} of {profile.rows:,}"
    return ProposedValue(columns[0], why + (f"; not {', '.join(columns[1:])}" if columns[1:] else ""))
