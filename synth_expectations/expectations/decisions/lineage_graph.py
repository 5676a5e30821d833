"""Follow datasets through a lineage graph, from registered generators to regulated decisions."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.rules.lineage_names import canonicalize_name, fold_name
from synth_expectations.rules.samples import SampledRows, SampleEvaluation

UNAPPROVED = "synthetic data reaches a regulated decision without an approved step"
INCOMPLETE = "step, job, dataset or direction is missing"
APPROVED = "synthetic data comes as far as an approved step: not counted"
JUDGED, REPORTED = (UNAPPROVED, INCOMPLETE), (APPROVED,)
"""Names of the rules, in the order of their counts."""

EDGES, GENERATORS, DATASETS, APPROVALS = "edges", "generators", "datasets", "approvals"
"""Names of the samples."""

_READS, _WRITES = "reads", "writes"
_MOST_PATHS, _MOST_NAMES, _MOST_AT_AN_END = 5, 5, 10


@dataclass(frozen=True)
class _Edge:
    """A row of the lineage: what one step reads or writes."""

    key: str
    step: str
    job: str
    direction: str
    dataset: str


@dataclass
class _Graph:
    """The edges by what they are looked up by; names are folded, so that one in another case is followed too."""

    edges: Sequence[_Edge]
    reading: dict[str, list[_Edge]] = field(default_factory=lambda: defaultdict(list))
    writing: dict[str, list[_Edge]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for edge in self.edges:
            if edge.direction == _READS:
                self.reading[fold_name(edge.dataset)].append(edge)
            else:
                self.writing[edge.step].append(edge)

    def nodes(self) -> set[str]:
        """Return the folded names of all jobs and datasets."""
        return {fold_name(name) for edge in self.edges for name in (edge.job, edge.dataset)}


@dataclass(frozen=True)
class LineagePaths:
    """Finds the steps by which synthetic data reaches regulated decisions.

    It follows what a registered generator writes, and registered synthetic datasets, through every step that is not
    approved. A run that failed may have written before, so its step counts. A circle is followed once.

    Attributes:
        decisions: names of jobs and datasets that make regulated decisions.
        may_be_empty: whether the registry may have nothing to follow.
    """

    decisions: tuple[str, ...]
    may_be_empty: bool

    def canonical(self) -> dict[str, object]:
        """See `SampleEvaluator`."""
        return {"lineage_paths": 1, **vars(self)}

    def __call__(self, sampled: Mapping[str, SampledRows]) -> SampleEvaluation:
        """See `SampleEvaluator`."""
        for name, sample in sampled.items():
            _require_whole(name, sample)
        rows = sampled[EDGES].rows
        if not sampled[EDGES].total:
            return SampleEvaluation(0, 0, (0,) * len((*JUDGED, *REPORTED)), {})
        complete = [row for row in rows if _is_complete(row)]
        incomplete = {str(row[0]) for row in rows if not _is_complete(row)}
        graph = _Graph([_read_edge(row) for row in complete])
        nodes = graph.nodes()
        generators, datasets = _fold(sampled, GENERATORS), _fold(sampled, DATASETS)
        if not generators and not datasets and not self.may_be_empty:
            raise SynthError(
                "The registry names no generator and no dataset of synthetic data: there is nothing to follow.",
                "Name in the registry the jobs that generate, as the lineage calls them.",
            )
        decisions = {fold_name(name) for name in self.decisions}
        _require_known(self.decisions, nodes)
        # what spares is exact: a job that is called alike was approved by nobody
        approved = {canonicalize_name(str(row[0])) for row in sampled.get(APPROVALS, SampledRows((), 0)).rows}
        search = _Search(graph, decisions, approved)
        search.follow(generators, datasets)
        unknown = sorted((generators | datasets) - nodes)
        figures = {
            "edges": len(rows),
            "followed": {"generators": len(generators & nodes), "datasets": len(datasets & nodes)},
            "reached": len(search.came_by),
            "approved_jobs": len(approved),
            "not_in_lineage": len(unknown),
            "paths": [search.paths[edge].keys() for edge in sorted(search.paths, key=_key_of)[:_MOST_PATHS]],
        }
        keys = {UNAPPROVED: {edge.key for edge in search.paths}, INCOMPLETE: incomplete}
        return SampleEvaluation(
            sampled[EDGES].total,
            len(keys[UNAPPROVED] | incomplete),
            (len(keys[UNAPPROVED]), len(incomplete), len({edge.key for edge in search.stopped})),
            figures | {"sentences": _describe(figures, unknown)},
            {name: sorted(of_rule) for name, of_rule in keys.items() if of_rule},
        )


@dataclass(frozen=True)
class _Path:
    """A way through the graph: its last edge, and the way before. Ways share what they have in common."""

    edge: _Edge
    before: _Path | None = None

    def keys(self) -> list[str]:
        """Return the record keys of the edges, from the beginning; of a long way those at both ends."""
        keys: list[str] = []
        path: _Path | None = self
        while path:
            keys.append(path.edge.key)
            path = path.before
        keys.reverse()
        return keys if len(keys) <= 2 * _MOST_AT_AN_END else [*keys[:_MOST_AT_AN_END], *keys[-_MOST_AT_AN_END:]]


@dataclass
class _Search:
    """What is found on the way.

    Attributes:
        came_by: the way to each dataset that was reached; None for one that the registry itself names.
        paths: the way to each edge at which synthetic data reaches a decision.
        stopped: the edges by which it came as far as an approved job.
    """

    graph: _Graph
    decisions: set[str]
    approved: set[str]
    came_by: dict[str, _Path | None] = field(default_factory=dict)
    paths: dict[_Edge, _Path] = field(default_factory=dict)
    stopped: set[_Edge] = field(default_factory=set)
    _queue: deque[str] = field(default_factory=deque)

    def follow(self, generators: set[str], datasets: set[str]) -> None:
        """Follow everything that generators write, and datasets, breadth first: each step once, by the shortest way."""
        for dataset in sorted(datasets):
            self._reach(dataset, None)
        known_decisions = datasets & self.decisions
        for edge in sorted(self.graph.edges, key=_key_of):
            if fold_name(edge.dataset) in known_decisions:
                self._violate(_Path(edge))
            if edge.direction == _WRITES and fold_name(edge.job) in generators:
                if fold_name(edge.job) in self.decisions:
                    self._violate(_Path(edge))
                self._write(_Path(edge))
        passed: set[str] = set()
        while self._queue:
            dataset = self._queue.popleft()
            for edge in self.graph.reading.get(dataset, ()):
                if canonicalize_name(edge.job) in self.approved:
                    self.stopped.add(edge)
                    continue
                path = _Path(edge, self.came_by[dataset])
                if fold_name(edge.job) in self.decisions:
                    self._violate(path)
                if edge.step not in passed:
                    passed.add(edge.step)
                    for written in self.graph.writing.get(edge.step, ()):
                        self._write(_Path(written, path))

    def _write(self, path: _Path) -> None:
        dataset = fold_name(path.edge.dataset)
        if dataset in self.decisions:
            self._violate(path)
        self._reach(dataset, path)

    def _reach(self, dataset: str, path: _Path | None) -> None:
        if dataset not in self.came_by:
            self.came_by[dataset] = path
            self._queue.append(dataset)

    def _violate(self, path: _Path) -> None:
        self.paths.setdefault(path.edge, path)


def _key_of(edge: _Edge) -> str:
    return edge.key


def _is_complete(row: Sequence[Any]) -> bool:
    return all(row[1:]) and str(row[3]).casefold() in (_READS, _WRITES)


def _read_edge(row: Sequence[Any]) -> _Edge:
    key, step, job, direction, dataset = (str(value) for value in row)
    return _Edge(key, step, job, direction.casefold(), dataset)


def _fold(sampled: Mapping[str, SampledRows], name: str) -> set[str]:
    return {fold_name(str(row[0])) for row in sampled.get(name, SampledRows((), 0)).rows}


def _require_whole(name: str, sample: SampledRows) -> None:
    """Raise an error unless all rows were read: a path through another row would not be seen."""
    if len(sample.rows) != sample.total:
        table = {EDGES: "lineage", APPROVALS: "approvals"}.get(name, "registry")
        raise SynthError(
            f"Of {sample.total:,} rows of the {table}, {len(sample.rows):,} could be read: the others have no key, or are "
            "too many.",
            "Give each row a key, or narrow the table with where.",
        )


def _require_known(decisions: Iterable[str], nodes: set[str]) -> None:
    if unknown := [name for name in decisions if fold_name(name) not in nodes]:
        raise SynthError(
            f"The lineage has no job and no dataset {', '.join(unknown[:_MOST_NAMES])}: whether synthetic data reaches it "
            "cannot be told.",
            "Write regulated_decisions as the lineage names them, or import the lineage that has them.",
        )


def _describe(figures: Mapping[str, Any], unknown: Sequence[str]) -> list[str]:
    """Return what a reader should know beside the counts."""
    sentences = [
        f"{figures['followed']['generators']} generators and {figures['followed']['datasets']} datasets were followed to "
        f"{figures['reached']} datasets."
    ]
    if unknown:
        sentences.append(
            f"{len(unknown)} registered generators or datasets are not in the lineage: where they lead is not known."
        )
    return sentences
