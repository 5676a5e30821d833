"""The evidence for each requirement: an item for each mapped check on each table, as the newest runs left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date

from synth_expectations.controls.coverage import Applies, compute_coverage, withhold
from synth_expectations.controls.model import Mapping, Regulation, Requirement
from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.evidence.sight import join_key
from synth_expectations.evidence.site.check_state import CheckState, RecordedEvidence, StatusChange
from synth_expectations.evidence.site.state import ExclusionState, LedgerNote, SiteState

_NO_RESULT = {EvidenceStatus.NOT_RUN, EvidenceStatus.NOT_READ}


@dataclass(frozen=True)
class EvidenceItem:
    """A mapped check on a table.

    Attributes:
        table: empty where no table has the check.
        status: what it may be counted as.
        since: the change that gave it its status; None if no run did.
        check: its latest result; None if it never had one.
    """

    table: str
    status: EvidenceStatus
    why: tuple[str, ...] = ()
    since: StatusChange | None = None
    history: tuple[StatusChange, ...] = ()
    check: CheckState | None = None
    exclusion: ExclusionState | None = None


@dataclass(frozen=True)
class MappingEvidence:
    """A mapping of a requirement, with its items."""

    mapping: Mapping
    needs: tuple[str, ...]
    items: tuple[EvidenceItem, ...]

    @property
    def counts(self) -> EvidenceCounts:
        """The statuses of its items."""
        return EvidenceCounts.of(item.status for item in self.items)


@dataclass(frozen=True)
class RequirementState:
    """A requirement, with all of its evidence.

    Attributes:
        others: items of checks that a run recorded for it, and that the installed file does not map to it.
        reviews: of a requirement that a person judges: the entries that record it.
        until: the last entry of the ledger that changed anything of it.
    """

    regulation: Regulation
    requirement: Requirement
    applies: Applies
    mappings: tuple[MappingEvidence, ...]
    others: tuple[EvidenceItem, ...]
    reviews: tuple[LedgerNote, ...]
    until: int

    @property
    def counts(self) -> EvidenceCounts:
        """The statuses of its items, each withheld while the requirement is not in force."""
        if self.requirement.manual:
            status = EvidenceStatus.MANUAL_DONE if self.reviews else EvidenceStatus.MANUAL_OPEN
            return EvidenceCounts.of([withhold(status, self.applies)])
        return EvidenceCounts.of(withhold(item.status, self.applies) for item in self.items)

    @property
    def items(self) -> list[EvidenceItem]:
        """All of its items."""
        return [*(item for mapping in self.mappings for item in mapping.items), *self.others]

    def sign(self) -> str:
        """Return all that its page shows of the ledger, as text: a page is made again if that differs."""
        items = [
            (item.table, item.status.value, item.why, item.since and item.since.since.seq, item.exclusion)
            for item in self.items
        ]
        return repr((self.until, self.applies.value, items, [note.seq for note in self.reviews]))

    @property
    def in_force(self) -> str:
        """Whether it is in force on the day, and its dates."""
        requirement = self.requirement
        if self.applies is Applies.NOT_YET:
            return f"not yet: from {requirement.applies_from}"
        if self.applies is Applies.NO_LONGER:
            return f"no longer: until {requirement.until}"
        until = f" until {requirement.until}" if requirement.until else ""
        return f"since {requirement.applies_from}{until}"

    @property
    def newest(self) -> CheckState | None:
        """The result that was seen last."""
        checks = [item.check for item in self.items if item.check]
        return max(checks, key=lambda check: check.seen.at, default=None)


def read_requirements(state: SiteState, regulations: Iterable[Regulation]) -> list[RequirementState]:
    """Return every requirement with its evidence, in force or not on the day of the newest run.

    Args:
        state: of the ledger.
        regulations: as they are installed.
    """
    by_type: dict[str, list[str]] = {}
    for key, type_name in state.planned_checks.items():
        by_type.setdefault(type_name, []).append(key)
    tables = {key: table for plan in state.plans.values() for key, table in plan.tables.items()}
    excluded = [item for items in state.exclusions.values() for item in items]
    recorded = _group_evidence(state)
    day = find_day(state)
    states = []
    for regulation in regulations:
        for coverage in compute_coverage(regulation, day):
            mappings = tuple(
                MappingEvidence(
                    mapping.mapping,
                    mapping.needs,
                    tuple(
                        _find_items(state, coverage.requirement, regulation, mapping.mapping, by_type, tables, excluded)
                    ),
                )
                for mapping in coverage.mappings
            )
            states.append(
                RequirementState(
                    regulation=regulation,
                    requirement=coverage.requirement,
                    applies=coverage.applies,
                    mappings=mappings,
                    others=tuple(
                        _find_others(recorded.get((regulation.id, coverage.requirement.id), ()), coverage.requirement)
                    ),
                    reviews=tuple(_find_reviews(state, regulation, coverage.requirement)),
                    until=state.requirement_entries.get(join_key(regulation.id, coverage.requirement.id), 0),
                )
            )
    return states


def find_day(state: SiteState) -> date:
    """Return the day of the newest run, in UTC; of a ledger without one, that of its last entry."""
    newest = state.last_run_at or state.head_at
    return newest.astimezone(UTC).date() if newest else date.min


def _find_items(
    state: SiteState,
    requirement: Requirement,
    regulation: Regulation,
    mapping: Mapping,
    by_type: dict[str, list[str]],
    tables: dict[str, str],
    excluded: list[ExclusionState],
) -> Iterator[EvidenceItem]:
    keys = by_type.get(mapping.expectation, [])
    for key in sorted(keys, key=lambda key: tables[key]):
        yield _read_item(state.checks.get(key), tables[key], regulation.id, requirement.id)
    planned = {tables[key] for key in keys}
    left_out = [item for item in excluded if item.type == mapping.expectation and item.table not in planned]
    for item in left_out:
        yield EvidenceItem(item.table, EvidenceStatus.EXCLUDED, (item.reason,), exclusion=item)
    if not keys and not left_out:
        yield EvidenceItem("", EvidenceStatus.NOT_RUN, ("no table has this check",))


def _read_item(check: CheckState | None, table: str, regulation: str, requirement: str) -> EvidenceItem:
    if check is None:
        return EvidenceItem(table, EvidenceStatus.NOT_RUN, ("planned, and no run on record evaluated it",))
    if check.status in _NO_RESULT and not check.evidence:
        return EvidenceItem(table, check.status, (check.why,), check=check)
    for evidence in check.evidence:
        if (evidence.regulation, evidence.requirement) == (regulation, requirement):
            latest = evidence.latest
            return EvidenceItem(table, latest.status, latest.why, latest, tuple(evidence.history), check)
    why = "its result was recorded without a status for this requirement"
    status = EvidenceStatus.CONTRARY if check.status is EvidenceStatus.CONTRARY else EvidenceStatus.INCONCLUSIVE
    return EvidenceItem(table, status, (why,), check=check)


def _group_evidence(state: SiteState) -> dict[tuple[str, str], list[tuple[CheckState, RecordedEvidence]]]:
    """Return what the planned checks say, by regulation and requirement."""
    grouped: dict[tuple[str, str], list[tuple[CheckState, RecordedEvidence]]] = {}
    for key in state.planned_checks:
        if check := state.checks.get(key):
            for evidence in check.evidence:
                grouped.setdefault((evidence.regulation, evidence.requirement), []).append((check, evidence))
    return grouped


def _find_others(
    recorded: Iterable[tuple[CheckState, RecordedEvidence]], requirement: Requirement
) -> Iterator[EvidenceItem]:
    mapped = {mapping.expectation for mapping in requirement.mappings or ()}
    for check, evidence in recorded:
        if check.type not in mapped:
            latest = evidence.latest
            yield EvidenceItem(check.table, latest.status, latest.why, latest, tuple(evidence.history), check)


def _find_reviews(state: SiteState, regulation: Regulation, requirement: Requirement) -> Iterator[LedgerNote]:
    name, day = f"{regulation.id}/{requirement.id}", find_day(state)
    for note in state.notes:
        if note.kind == "manual_done" and note.details.get("requirement") == name:
            until = note.details.get("until")
            if not until or until >= day.isoformat():
                yield note
