"""The command `audit sample`: draw records that people review."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_user, open_ledger, read_ledger
from synth_expectations.cli.audit.pack import find_pseudonym_key
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.runner.sampling.drawing import DrawnSample
    from synth_expectations.runner.sampling.record_draw import SampleTerms

Pseudonyms = Annotated[
    Path | None,
    typer.Option(
        help="The key for pseudonyms of record keys; by default uncommitted/pseudonym.key in the project.",
        metavar="FILE",
    ),
]


def sample(
    table: Annotated[str | None, typer.Argument(help="A table of the policy. Without a table, list all draws.")] = None,
    stratum: Annotated[
        str,
        typer.Option(
            help="tagged-real, tagged-synthetic, untagged, broken, passed, decisions, by:COLUMN or by:COLUMN=VALUE."
        ),
    ] = "untagged",
    confidence: Annotated[str, typer.Option(help="The confidence, in percent.")] = "95",
    tolerable: Annotated[str, typer.Option(help="The rate of exceptions to rule out, in percent.")] = "5",
    expected: Annotated[int, typer.Option(help="How many exceptions the sample may have.", min=0)] = 0,
    nonce: Annotated[
        str, typer.Option(help="A value that the auditor chose, so that nobody else can choose the records.")
    ] = "",
    size: Annotated[int | None, typer.Option(help="Draw this number of records, whatever it can show.", min=1)] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The time at which rules are evaluated (ISO 8601; UTC); by default now.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="The worksheet, .xlsx or .parquet; by default sample-NUMBER in both formats.", metavar="FILE"
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="Who draws; by default the user of this process.")] = "",
    again: Annotated[
        int | None, typer.Option(help="Write the worksheet of this draw again, and report changes.", metavar="NUMBER")
    ] = None,
    withdraw: Annotated[
        int | None, typer.Option(help="Withdraw this draw. It stays on record.", metavar="NUMBER")
    ] = None,
    reason: Annotated[str, typer.Option(help="With --withdraw: the reason.")] = "",
    pseudonyms: Pseudonyms = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Draw a sample of records for people to review, and write the worksheet for their answers."""
    if sum(given is not None for given in (table, again, withdraw)) > 1:
        raise SynthError("Only one thing at a time: TABLE draws, --again repeats a draw, --withdraw gives one up.")
    if withdraw is not None:
        _withdraw(open_ledger(project, ledger), withdraw, reason, by or find_user())
    elif again is not None:
        _repeat(read_ledger(project, ledger), find_project(project), again, out, pseudonyms)
    elif table is None:
        _list_draws(read_ledger(project, ledger))
    else:
        _check_targets(_list_targets(out, None))
        terms = _read_terms(confidence, tolerable, expected, size)
        at = _read_time(as_of)
        drawn = _draw(project, ledger, (table, stratum, nonce, by or find_user()), terms, pseudonyms, at)
        _show_draw(drawn, terms)
        _write(drawn, out, find_pseudonym_key(project) if pseudonyms is None else pseudonyms)


def _draw(
    project: Path | None,
    ledger: str | None,
    wanted: tuple[str, str, str, str],
    terms: SampleTerms,
    pseudonyms: Path | None,
    as_of: datetime,
) -> DrawnSample:
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.sampling.strata import Stratum
    from synth_expectations.runner.policy_tables import PolicyTables
    from synth_expectations.runner.sampling.drawing import SampleRequest, draw_sample

    table, stratum, nonce, by = wanted
    request = SampleRequest(table, Stratum.parse(stratum), terms, nonce, by)
    tables = PolicyTables.read(find_project(project))
    tables.find_key(table)
    opened = open_ledger(project, ledger)
    key = PseudonymKey(pseudonyms or find_pseudonym_key(project))
    return draw_sample(opened, tables, request, key, as_of)


def _read_terms(confidence: str, tolerable: str, expected: int, size: int | None) -> SampleTerms:
    from synth_expectations.evidence.sampling.size import LARGEST
    from synth_expectations.runner.sampling.record_draw import SampleTerms

    if size is not None and size > LARGEST:
        raise SynthError(f"--size: a sample has at most {LARGEST:,} records.", "Give a smaller one.")
    return SampleTerms(
        _read_percent(confidence, "--confidence"), _read_percent(tolerable, "--tolerable"), expected, size
    )


def _read_time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    from synth_expectations.cli.run import parse_timestamp

    return parse_timestamp(text)


def _read_percent(text: str, option: str) -> Fraction:
    try:
        share = Fraction(text.strip().removesuffix("%").strip()) / 100 if len(text) < 20 else Fraction(0)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share < 1:
        raise SynthError(
            f"{option}: {text[:40]} is not a percentage between 0 and 100.", f"Write {option} 95, for example."
        )
    return share


def _show_draw(drawn: DrawnSample, terms: SampleTerms) -> None:
    from synth_expectations.evidence.sampling.size import explain_size

    body, number = drawn.body, drawn.entry.header.seq
    say(f"draw        {number}")
    say(f"table       {body.table}, {body.stratum}: {body.parsed_stratum.meaning}")
    say(f"population  {body.population:,}")
    say(f"size        {body.size:,}, and {len(body.records) - body.size:,} replacements")
    say(f"seed        {body.seed}")
    say(f"            of entry {body.head}, {body.head_sha256}, and the nonce {body.nonce or '(none)'}")
    for value in body.values:
        say(
            f"            {value.size:,} of {value.population:,} with {value.value if value.value is not None else 'no value'}"
        )
    tell(explain_size(body.size, body.population, terms.confidence, terms.tolerable, terms.expected))
    for note in body.notes:
        tell(f"Note: {note}")


def _write(drawn: DrawnSample, out: Path | None, key_file: Path) -> None:
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.sampling.links import RecordLinks
    from synth_expectations.evidence.sampling.worksheet import WorksheetContent, write_worksheet

    links = RecordLinks(PseudonymKey(key_file).load())
    header = drawn.entry.header
    content = WorksheetContent(
        header.seq, header.body_sha256, drawn.body, [links.make(key) if key is not None else "" for key in drawn.keys]
    )
    targets = _list_targets(out, header.seq)
    _check_targets(targets)
    for path in targets:
        try:
            write_worksheet(content, path)
        except OSError as error:
            raise SynthError(
                f"{path.name} cannot be written: {error.strerror or error}. Draw {header.seq} is on record all the same.",
                f"Write its worksheet again: audit sample --again {header.seq} --out FILE",
            ) from None
        tell(f"Wrote {path}")


def _list_targets(out: Path | None, number: int | None) -> list[Path]:
    from synth_expectations.evidence.sampling.worksheet import find_format

    if out is not None:
        find_format(out)
        return [out]
    return [Path(f"sample-{number}.{ending}") for ending in ("xlsx", "parquet")] if number is not None else []


def _check_targets(targets: list[Path]) -> None:
    for path in targets:
        if path.exists():
            raise SynthError(f"{path} is there already.", "Give another name, or remove it.")
        if not path.absolute().parent.is_dir():
            raise SynthError(f"There is no directory {path.parent}.", "Make it, or name another: --out FILE")


def _repeat(ledger: EvidenceLedger, root: Path, number: int, out: Path | None, pseudonyms: Path | None) -> None:
    from synth_expectations.cli.audit.pack import PSEUDONYM_KEY
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.sampling.samples import find_sample
    from synth_expectations.runner.policy_tables import PolicyTables
    from synth_expectations.runner.sampling.drawing import repeat_draw

    sample = find_sample(ledger, number)
    targets = _list_targets(out, number)
    _check_targets(targets)
    tables = PolicyTables.read(root)
    key_file = pseudonyms or root / PSEUDONYM_KEY
    drawn = repeat_draw(sample, tables, PseudonymKey(key_file))
    missing = [record.rank for record, key in zip(drawn.body.records, drawn.keys, strict=True) if key is None]
    same = len(drawn.body.records) - len(missing)
    say(f"draw  {number}: {same:,} of {len(drawn.body.records):,} records are drawn again from its seed")
    if missing:
        ranks = ", ".join(map(str, missing[:20])) + (" …" if len(missing) > 20 else "")
        tell(
            f"The table changed since: rank {ranks} would not be drawn today. They stay in the sample, without a link."
        )
    if tables.policy.sha256 != sample.body.policy_sha256:
        tell("The policy is another one than at the draw.")
    _write(drawn, out, key_file)


def _withdraw(ledger: EvidenceLedger, number: int, reason: str, by: str) -> None:
    from synth_expectations.evidence.sampling.samples import withdraw_sample

    if not reason.strip():
        raise SynthError("Why is the draw given up?", "Give --reason. It stays on record.")
    entry = withdraw_sample(ledger, number, reason, by)
    say(f"entry  {entry.header.seq} gives draw {number} up")


def _list_draws(ledger: EvidenceLedger) -> None:
    from synth_expectations.evidence.sampling.samples import read_samples

    now = datetime.now(UTC)
    samples = read_samples(ledger)
    for drawn in samples:
        body = drawn.body
        answers = drawn.answers
        outcome = f": {answers.exceptions:,} of {answers.reviewed:,} are exceptions" if answers else ""
        day = f"{drawn.drawn.header.at:%Y-%m-%d}"
        say(f"{drawn.number:>5}  {day}  {body.table}, {body.stratum}  {body.size:,}  {drawn.name_state(now)}{outcome}")
    if not samples:
        tell("No sample was drawn. Draw one: audit sample TABLE --stratum untagged --nonce NONCE")
