"""Write how each country writes its telephone numbers, from the metadata of the library phonenumbers.

`python -m tools.phone_plans` writes them again; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberFormat, format_number

PATH = Path("synth_expectations/rules/phone_plans.txt")
_FEWEST_DIGITS = 6
"""Of a number without its calling code; some islands have five, which is not a number to tell people apart by."""
_HEADER = f"""\
# How each country writes its telephone numbers: the calling code, its main region, what is written before a national number
# (- is nothing), the lengths of numbers behind it, and the lengths of numbers that are written without it (- is none).
# Made by `python -m tools.phone_plans` from the metadata of phonenumbers {phonenumbers.__version__}; edit nothing here.
"""


def build() -> str:
    """Return the text of the file."""
    return _HEADER + "".join(f"{line}\n" for line in _build_lines())


def _build_lines() -> Iterator[str]:
    for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items(), key=lambda entry: str(entry[0])):
        plan = PhoneMetadata.metadata_for_region(regions[0], None) if regions[0] != "001" else None
        if plan is None:
            continue
        bare: set[int] = set()
        lengths: set[int] = set()
        for kind in (plan.fixed_line, plan.mobile):
            if kind is None or not kind.example_number:
                continue
            lengths |= set(kind.possible_length)
            if _is_written_bare(code, plan, kind.example_number):
                # behind a prefix, a local number without its area may be as long as a whole one elsewhere
                bare |= {len(kind.example_number)} if plan.national_prefix else set(kind.possible_length)
        long_enough = {length for length in bare if length >= _FEWEST_DIGITS}
        yield " ".join((str(code), regions[0], _find_prefix(plan), _join(lengths), _join(long_enough)))


def _find_prefix(plan: PhoneMetadata) -> str:
    """Return what is written before national numbers; the prefixes of single operators are left out."""
    prefixes = {plan.national_prefix, *_list_other_prefixes(plan.national_prefix_for_parsing or "")} - {None, ""}
    return "|".join(sorted(map(str, prefixes), key=lambda prefix: (-len(prefix), prefix))) or "-"


def _list_other_prefixes(pattern: str) -> Iterator[str]:
    """Yield the prefixes of a pattern that is nothing but a few, such as `[08]` and `0|80?`."""
    alternatives = pattern.split("|")
    if not all(re.fullmatch(r"\[[0-9]+]|[0-9]{1,2}|[0-9]{2}\?", alternative) for alternative in alternatives):
        return
    for alternative in alternatives:
        if alternative.startswith("["):
            yield from alternative.strip("[]")
        elif alternative.endswith("?"):
            yield from (alternative[0], alternative[:2])
        else:
            yield alternative


def _is_written_bare(code: int, plan: PhoneMetadata, example: str) -> bool:
    """Return whether a number is written without a prefix, or may be."""
    if not plan.national_prefix:
        return True
    number = phonenumbers.PhoneNumber(country_code=code, national_number=int(example))
    written = re.sub("[^0-9]", "", format_number(number, PhoneNumberFormat.NATIONAL))
    return written == example or any(
        layout.national_prefix_optional_when_formatting
        for layout in plan.number_format
        if re.fullmatch(str(layout.pattern), example)
        and (not layout.leading_digits_pattern or re.match(layout.leading_digits_pattern[-1], example))
    )


def _join(lengths: set[int]) -> str:
    return ",".join(map(str, sorted(lengths))) or "-"


if __name__ == "__main__":
    PATH.write_text(build(), encoding="utf-8")
