"""Columns that list the tags of a record, as Mailchimp and Shopify export them: one of the tags may say synthetic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.model import TableProfile, TagCount

_NAMES = frozenset({"tags", "tag", "labels", "segments", "schlagworte", "etiquettes", "etiquetas"})
_SEPARATOR = re.compile("[,;|]")


def is_list_of_tags(name: str) -> bool:
    """Return whether a column is named like a list of tags."""
    return bool(_NAMES & set(names.split_words(name)[-1:]))


def count_tags(values: Iterable[Any]) -> TagCount | None:
    """Return the tag that says most often that a record is synthetic; None if no record has such a tag."""
    telling = names.MARKER_VALUES - {"real"} | set(names.load_data()["telling"])
    texts = [str(value) for value in values if value is not None]
    counts: Counter[str] = Counter()
    for text in texts:
        tags = {part.strip(" \t\r\n\"'[]{}").lower() for part in _SEPARATOR.split(text)}
        counts.update(tags & telling)
    if not counts:
        return None
    tag, number = min(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return TagCount(tag, number, len(texts))


def list_tag_notes(profile: TableProfile) -> list[str]:
    """Return a note for each column that lists tags with one that says synthetic: a marker is one value a record."""
    return [
        f"{column.name} lists tags, and {column.tags.tagged:,} of {column.tags.read:,} values that were read have the tag"
        f" {column.tags.tag}: if it means synthetic, export a column of its own with one value a record, and name it as marker"
        for column in profile.columns
        if column.tags
    ]
