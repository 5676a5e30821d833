r"""What people and programs write where there is no value: no key, no address, no name, and no provenance.

`nan`, `NaT` and `<NA>` are pandas', `None` Python's, `null` JSON's, `\N` that of PostgreSQL's and MySQL's exports,
`(null)` and `[null]` those of SQL clients, `#N/A` a spreadsheet's. Compared folded. A person called Null or Nan has no
name to look up: records without a usable key are counted.
"""

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
