r"""What people and programs write where there is no value: no key, no address, no name, and no provenance.

`nan`, `NaT` and `<NA>` are pandas', `None` Python's, `null` JSON's, `\N` that of PostgreSQL's and MySQL's exports,
`(null)` and `[null]` those of SQL clients, `#N/A` a spreadsheet's. Compared folded. A person called Null or Nan has no
name to look up: records without a usable key are counted.
"""

from collections.abc import Iterable

NOTHING = (
    *("-", "--", "---", ".", "?", "n/a", "n.a.", "na", "nan", "nat", "nil", "none", "null", "unknown", "undefined"),
    *(
        "<na>",
        "<null>",
        "<none>",
        "(null)",
        "(none)",
        "[null]",
        "\\n",
        "#n/a",
        "#null!",
        "not available",
        "unspecified",
    ),
)

_NOTHING = frozenset(NOTHING)


def are_words_for_nothing(words: Iterable[str]) -> bool:
    """Return whether a list has words for nothing alone: a column that is compared with it may hold any values."""
    return _NOTHING.issuperset(words)
