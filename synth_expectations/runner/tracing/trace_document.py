"""A trace as text for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from synth_expectations.redaction import escape_invisible
from synth_expectations.runner.tracing.dataset_trace import DatasetTrace
from synth_expectations.runner.tracing.record_trace import RecordTrace, TracePlace


@dataclass(frozen=True)
class TraceContext:
    """What surrounds a trace.

    Attributes:
        why: the request, as whoever traced says.
        by: who traced, as they say.
        made_at: when.
        entry: the entry of the ledger that says so.
        is_erasure: whether it looked for what an erasure left behind.
        results: the digests of results in the ledger that hold the key.
    """

    why: str
    by: str
    made_at: datetime
    entry: int
    is_erasure: bool = False
    results: Sequence[str] = ()


def format_record_trace(trace: RecordTrace, context: TraceContext) -> str:
    """Return the trace of a record as text, a line each; keys and values show what they hide."""
    return "\n".join(escape_invisible(line) for line in _write_record(trace, context)) + "\n"


def encode_record_trace(trace: RecordTrace, context: TraceContext) -> str:
    """Return the trace of a record as JSON."""
    document = {
        "schema": "record-trace/1",
        "table": trace.table,
        "key": trace.key,
        "comparable_key": trace.form,
        "as_of": _format_time(trace.as_of),
        **_encode_context(context),
        "places": [asdict(place) for place in trace.places],
        "results": list(context.results),
        "not_searched": [{"what": place, "why": reason} for place, reason in trace.not_searched],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def format_dataset_trace(trace: DatasetTrace) -> str:
    """Return the trace of a dataset as text."""
    return "\n".join(escape_invisible(line) for line in _write_dataset(trace)) + "\n"


def _encode_context(context: TraceContext) -> dict[str, object]:
    return {
        "why": context.why,
        "by": context.by,
        "made_at": _format_time(context.made_at),
        "entry": context.entry,
        "erasure": context.is_erasure,
    }


def _write_record(trace: RecordTrace, context: TraceContext) -> Iterator[str]:
    title = "What an erasure left of" if context.is_erasure else "Trace of"
    yield f"{title} a record of {trace.table}"
    yield ""
    yield f"key        {trace.key}"
    if trace.form is None:
        yield "           It cannot be compared: it is of another kind than the keys of the table."
    elif trace.form != trace.key:
        yield f"           compared as {trace.form}"
    if not any(place.table == trace.table and place.link == "key" for place in trace.found):
        yield f"           No record of {trace.table} has it."
    yield f"as of      {_format_time(trace.as_of)}"
    yield f"why        {context.why}"
    yield f"by         {context.by}, {_format_time(context.made_at)}, entry {context.entry} of the ledger"
    yield f"found in   {len(trace.found)} of {len(trace.places)} searches"
    yield ""
    if context.is_erasure:
        yield from _write_remainders(trace, context)
    for place in trace.found:
        yield from _write_place(place)
    if context.results:
        yield "Results in the ledger that hold the key: remove each with audit redact"
        yield from (f"  {digest}" for digest in context.results)
        yield ""
    yield "Searched, and nothing found"
    yield from (f"  {place.table}, {place.how}" for place in trace.places if not place.rows)
    yield ""
    yield "Not searched"
    yield from (f"  {place}: {reason}" for place, reason in trace.not_searched)


def _write_remainders(trace: RecordTrace, context: TraceContext) -> Iterator[str]:
    left = [f"{place.table}: {_count(place)}" for place in trace.remainders]
    count = len(context.results)
    left += [f"the ledger: {count} {'result' if count == 1 else 'results'}"] if count else []
    if left:
        yield "Left behind"
        yield from (f"  {line}" for line in left)
    else:
        yield "Nothing was left behind where this looked. What was not searched is below."
    yield ""


def _write_place(place: TracePlace) -> Iterator[str]:
    what = "other records with the same identifiers" if place.is_twin else ", ".join(place.roles)
    yield f"{place.table} ({what}): {_count(place)}, {place.how}"
    for number, row in enumerate(place.rows, 1):
        states = f": {', '.join(row.states)}" if row.states else ""
        yield f"  {number}{states}"
        yield from (f"     {label}: {value}" for label, value in row.values.items() if value is not None)
    yield ""


def _count(place: TracePlace) -> str:
    count = len(place.rows)
    more = " and more" if place.has_more else ""
    return f"{count}{more} {'row' if count == 1 and not more else 'rows'}"


def _write_dataset(trace: DatasetTrace) -> Iterator[str]:
    yield f"dataset   {trace.dataset}"
    if trace.registry:
        yield f"registry  {trace.registry}"
        yield from (f"          {word}: {value}" for word, value in trace.entry.items() if value is not None)
    else:
        yield "registry  No registry of the policy has an entry with this id."
    yield ""
    yield "What descends from it"
    descending = [group for group in trace.descendants if group.count]
    for group in descending:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(group.kinds.items()))
        yield f"  {group.table} ({', '.join(group.roles)}): {group.count:,}{f' ({kinds})' if kinds else ''}, {group.how}"
        if group.keys:
            more = f" and {group.count - len(group.keys):,} more" if group.count > len(group.keys) else ""
            yield f"     {', '.join(group.keys)}{more}"
    if not descending:
        yield "  Nothing was found."
    yield ""
    if nothing := [group for group in trace.descendants if not group.count]:
        yield "Searched, and nothing found"
        yield from (f"  {group.table}, {group.how}" for group in nothing)
        yield ""
    yield "Not searched"
    yield from (f"  {place}: {reason}" for place, reason in trace.not_searched)


def _format_time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
