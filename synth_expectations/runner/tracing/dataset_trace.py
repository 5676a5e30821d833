"""Follow one synthetic dataset through the tables of a policy: what descends from it, as counts, for its withdrawal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from synth_expectations.engine.adapters.match_queries import BOUND, MatchQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import format_key
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.errors import SynthError
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.rules.expressions import field as column_of
from synth_expectations.rules.expressions import normalize_key
from synth_expectations.runner.policy_tables import PolicyTables

MOST_KEYS = 10_000
"""Models, uses and other things of which the keys are followed on."""

_MOST_GROUPS = 1_000_000
"""Different rows of a table, by what is read of them."""

_NEVER_FOLLOWED = (
    ("records that lost their dataset_id, and copies of them", "nothing says where they came from"),
    ("tables that the policy does not name, files and notebooks", "nothing here reads them"),
    ("what a model learned", "a model that was trained on the dataset is listed, and what it kept is not known"),
)


@dataclass(frozen=True)
class Descendants:
    """What of a table descends from a dataset.

    Attributes:
        how: how it is reached, as a sentence without a full stop.
        count: how many rows.
        kinds: how many of them are of which kind, by the marker.
        keys: the first keys; none of tables whose records are about people.
    """

    table: str
    roles: tuple[str, ...]
    how: str
    count: int
    kinds: dict[str, int]
    keys: tuple[str, ...] = ()


@dataclass
class DatasetTrace:
    """What descends from a dataset.

    Attributes:
        dataset: its id, as it was given.
        registry: the table that has its entry; empty if none has.
        entry: what the registry says of it, by the word of the policy.
    """

    dataset: str
    registry: str = ""
    entry: dict[str, str | None] = field(default_factory=dict)
    descendants: list[Descendants] = field(default_factory=list)
    not_searched: list[tuple[str, str]] = field(default_factory=list)


def trace_dataset(tables: PolicyTables, dataset: str, at: datetime) -> DatasetTrace:
    """Return what descends from a dataset: its records, and through models and uses what was trained and shown.

    Args:
        tables: of the policy.
        dataset: the id of the dataset in the registry.
        at: a time, for the compiler of conditions.

    Raises:
        SynthError: no table of the policy has the role registry.
    """
    trace = DatasetTrace(dataset)
    tracer = _DatasetTracer(tables, trace, at)
    registries = [name for name, entry in tables.policy.tables.items() if "registry" in (entry.role or ())]
    if not registries:
        raise SynthError("No table of the policy has the role registry.", "Nothing registers datasets.")
    for name in registries:
        tracer.attempt(name, lambda name=name: tracer.read_entry(name))  # type: ignore[misc]
    tracer.follow("dataset_id", [dataset], "its dataset_id")
    models = tracer.keys_of("training_runs", "model")
    if models:
        tracer.follow("model", models, "the model that was trained on it")
        tracer.list_keys("models", models, "the models that were trained on it")
        types = tracer.keys_of("models", "decision_type")
        if types:
            tracer.follow(
                "decision_type", types, "the type of decision that these models make; others may have made it"
            )
    uses = sorted({*tracer.keys_of("training_runs", "use_id"), *tracer.keys_of("experiments", "use_id")})
    if uses:
        tracer.list_keys("uses", uses, "the uses that it was trained or tested for")
    seen = {row.table for row in trace.descendants} | set(registries)
    skipped = {name for name, _ in trace.not_searched}
    for name in tables.policy.tables:
        if name not in seen | skipped:
            trace.not_searched.append((name, "nothing in the policy leads from a dataset, a model or a use to it"))
    trace.not_searched += tables.list_filters(group.table for group in trace.descendants)
    trace.not_searched += _NEVER_FOLLOWED
    return trace


class _DatasetTracer:
    """Searches tables for keys, and keeps what leads on."""

    def __init__(self, tables: PolicyTables, trace: DatasetTrace, at: datetime) -> None:
        self._tables = tables
        self._trace = trace
        self._at = at
        self._held: dict[tuple[str, str], set[str]] = {}

    def keys_of(self, role: str, word: str) -> list[str]:
        """Return the values of a column that the rows found in tables of a role have."""
        return sorted(self._held.get((role, word), ()))[:MOST_KEYS]

    def attempt(self, table: str, search: object) -> None:
        """Search a table; what cannot be read is named, and ends nothing."""
        assert callable(search)
        try:
            search()
        except SynthError as error:
            self._trace.not_searched.append((table, str(error).rstrip(".")))

    def read_entry(self, table: str) -> None:
        """Read what a registry says of the dataset."""
        entry = self._tables.find(table)
        columns = {word: column for word, column in (entry.columns or {}).items() if column}
        key = self._tables.find_key(table)
        rows = self._match(table, key, [self._trace.dataset], list(columns.values()), [])
        for values, _ in rows[:1]:
            self._trace.registry, self._trace.entry = table, dict(zip(columns, values, strict=True))

    def follow(self, word: str, bound: Sequence[str], how: str) -> None:
        """Search each table that has a column for a word."""
        for name, entry in self._tables.policy.tables.items():
            column = (entry.columns or {}).get(word)
            if column and _leads_on(word, entry):
                self.attempt(name, lambda n=name, e=entry, c=column: self._count(n, e, c, bound, how))  # type: ignore[misc]

    def list_keys(self, role: str, bound: Sequence[str], how: str) -> None:
        """Search the tables of a role by their own key."""
        for name, entry in self._tables.policy.tables.items():
            key = (entry.columns or {}).get("key")
            if key and role in (entry.role or ()):
                self.attempt(name, lambda n=name, e=entry, k=key: self._count(n, e, k, bound, how))  # type: ignore[misc]

    def _count(self, table: str, entry: TableEntry, column: str, bound: Sequence[str], how: str) -> None:
        kinds = self._tables.list_kinds(table, self._tables.open(table).columns())
        leads = [word for word in ("model", "use_id", "decision_type") if (entry.columns or {}).get(word)]
        shows_keys = not kinds and not entry.identifiers and bool((entry.columns or {}).get("key"))
        words = ["key", *leads] if shows_keys else leads
        columns = [str((entry.columns or {})[word]) for word in words]
        counted: Counter[str] = Counter()
        keys: list[str] = []
        total = 0
        for values, (*flags, count) in self._match(
            table, column, bound, columns, [condition for _, condition in kinds]
        ):
            total += count
            counted.update({kind: count for (kind, _), flag in zip(kinds, flags, strict=True) if flag})
            for word, value in zip(words, values, strict=True):
                if value is None:
                    continue
                if word == "key":
                    keys.append(value)
                for role in entry.role or () if word != "key" else ():
                    self._held.setdefault((role, word), set()).add(value)
        roles, shown = tuple(entry.role or ()), tuple(sorted(set(keys))[:20])
        self._trace.descendants.append(Descendants(table, roles, f"by {how}", total, dict(counted), shown))

    def _match(
        self, table: str, column: str, bound: Sequence[str], read: Sequence[str], flags: Sequence[object]
    ) -> list[tuple[list[str | None], list[int]]]:
        adapter = self._tables.open(table)
        compiler = Compiler(adapter.columns(), adapter.dialect, self._at)
        text = Compiler(Columns([Column(BOUND, Family.TEXT)], "the id"), adapter.dialect, self._at)
        kind = self._tables.find(table).key_kinds.get(column, "")
        query = MatchQuery(
            value=compiler.compile(normalize_key(column_of(column), kind)),
            bound=bound,
            bound_form=text.compile(normalize_key(column_of(BOUND), kind)),
            read=[
                *(compiler.compile_text(name) for name in read),
                *(f"CASE WHEN {compiler.compile(flag)} THEN 1 ELSE 0 END" for flag in flags),  # type: ignore[arg-type]
            ],
            most=_MOST_GROUPS,
            is_counted=True,
        )
        _, rows = adapter.match(query)
        return list(_split(rows, len(read)))


def _leads_on(word: str, entry: TableEntry) -> bool:
    """Return whether rows of a table with a value are new: training runs led to the model, and only decisions are made."""
    roles = entry.role or ()
    return "training_runs" not in roles if word == "model" else word != "decision_type" or "decisions" in roles


def _split(rows: Sequence[Sequence[object]], count: int) -> Iterator[tuple[list[str | None], list[int]]]:
    for row in rows:
        values = [None if value is None else format_key(value) for value in row[:count]]
        yield values, [int(str(flag)) for flag in row[count:]]
