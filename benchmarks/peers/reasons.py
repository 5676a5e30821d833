"""Why a peer is faster than this package, and why it misses a goal, from profiles. The page prints them only where it is so."""

from __future__ import annotations

_IMPORTS = (
    "A run of this package reads a policy, a checkpoint and suites, and records evidence: beside the queries it takes 1.4 s of "
    "processor, most of it to import SQLAlchemy, sqlglot, pydantic, DuckDB and its own modules. That dominates with few records."
)

REASONS = {
    "soda": (
        "Soda Core gets the SQL by hand, and evaluates all row checks and the unique key in one scan. This package also brings "
        "ids to one form, looks whether the subject of a decision is known and tagged, and trims every kind of white space. "
        f"{_IMPORTS}"
    ),
    "pandera": (
        "Polars reads the ten columns once, keeps them in memory, and runs each expression on all cores. "
        f"Its memory grows with the records. {_IMPORTS}"
    ),
    "pointblank-polars": f"As with pandera, the time is that of Polars. {_IMPORTS}",
    "pointblank-duckdb": _IMPORTS,
    "gx": _IMPORTS,
}
"""The reasons by peer."""

MISSED = {
    "engine, Parquet": (
        "the statements take 1.27 × the processor's time of those by hand, at one million and at ten. Addresses are read twice, "
        "and looked at for white space at both ends; the subject of a decision is also looked up to see whether it is known and "
        "tagged, so the id of every contact is brought to one form (0.14 s at a million, 0.07 s by hand). Planning takes "
        "0.08 s. Tried, and kept: keys that several records share are found by their hashes (0.35 s became 0.25 s), short keys "
        "need no pattern (0.16 s became 0.07 s for the registry), patterns are searched from the end of a text, those that "
        "begin with a capital only in texts that do, and once where two rules ask for one (0.64 s became 0.54 s for the rules "
        "of a record). Of a million contacts, 0.1 s is DuckDB's parsing and planning of the statements, on one core: values that "
        "rules share are made in stages, and words searched in one text, so that there is less to plan (57 ms became 43 ms for "
        "a small table). Tried, without gain: one scan for all rules of a record and the census, lists of words as arrays, the "
        "digits of a phone number in a stage of their own. Of DuckDB's optimizers, the pushdown of "
        "partial aggregates is left out (0.78 s became 0.74 s for the four large statements); without others it takes longer."
    ),
    "keys, Parquet": (
        "keys of the rules of one record are read while they are counted, those of lookups too: 0.2 s more at a million, "
        "mostly to read the key of each record, once in each of the four scans. It is the counting that misses the goal: see "
        "above. Tried, without gain: the aggregate of the smallest keys with a FILTER takes twice as long."
    ),
    "engine, PostgreSQL": (
        "at a million contacts, the statements take as much of the server's processor as those by hand (6.8 and 7.1 s). With "
        "fewer records, planning and the statements that describe tables count. Tried, and kept: plain ASCII is not normalised, "
        "ids are known without patterns, words are searched before patterns; records that share a key are joined alone (3.3 s "
        "became 1.1 s: each worker had grouped all keys again). Half of the rest is the search of addresses for words, 0.8 s "
        "for twenty of them. Tried, without gain: one pattern for these words takes ten times as long."
    ),
    "keys, PostgreSQL": (
        "PostgreSQL has no aggregate for the smallest values, so the keys of broken rules take another scan for the rules of one "
        "record: 3.0 s of processor on top of 6.8 s. An array of all keys would do it in one scan, but its size has no bound, "
        "and neither do workers read in parallel for an array in order. The conditions of rules that no record breaks are left "
        "out already. Tried, and kept: those of lookups are read from what was joined to count them (3.0 s became 0.1 s)."
    ),
    "Soda Core": "Soda Core evaluates the conditions by hand in one scan; this package asks more. See the goal of the engine.",
    "whole": (
        "beside the statements, a run takes 1.4 s of processor at any size, more than half of it imports, the rest the policy, "
        "plans, results and evidence; Soda Core takes 1.5 s with its statements. Tried, and kept: Great Expectations is not "
        "imported, Data Docs are built when asked for; models of pydantic are built when they are used, cryptography is "
        "imported to sign and to verify, DuckDB opens four databases instead of five, and sqlglot copies fewer trees: 1.62 s "
        "became 1.43 s with 1,000 contacts, on a busy machine; fields of expectations are declared so that pydantic builds them "
        "sooner (all imports took 4,133 million instructions, and take 3,915). Tried, and given up: a dialect of our own "
        "instead of duckdb_engine saves 0.1 s, but a kept library is worth more. Of the imports, 0.2 s make models of pydantic "
        "and 0.15 s data classes."
    ),
    "Great Expectations": (
        "a run of ten million contacts would have to end in 7.5 s, with the keys of every failing rule; its queries take 7.6 s. "
        "When it only counts, it takes 8.2 s."
    ),
    "memory": (
        "a process that has imported all that a run needs takes 112 MB, and the hash table of the keys 90 MB at a million "
        "contacts. pyarrow, numpy and fsspec are not imported for Parquet (313 MB became 242 MB), nor is cryptography, and one "
        "database less is opened: 249 MB became 233 MB with keys, 243 MB became 224 MB when it only counts."
    ),
    "growth": "see the ratios to the SQL by hand at both sizes.",
}
"""Why a goal is missed, and what was tried, by the kind of the goal."""
