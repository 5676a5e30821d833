"""A page of the site, and how it becomes HTML: every text is escaped, and shows what it hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from synth_expectations.engine.template_bytecode import TemplateBytecode
from synth_expectations.evidence.kept_state import compute_software_digest
from synth_expectations.evidence.records.results import RuleRecord
from synth_expectations.evidence.site import file_names
from synth_expectations.redaction import escape_invisible

NOT_KNOWN = "not counted"
LONGEST_TEXT = 600
"""Characters of a name, a reason or a sentence that a page shows; it says how many there are."""


@dataclass(frozen=True)
class SiteFrame:
    """What every page of a site has.

    Attributes:
        project: the name that pages give it.
        policy: the digest of the policy of the newest run; empty without one.
        schema: of the records.
        objects: the path from the site to the objects of the ledger; None if they are not beside it.
    """

    project: str
    policy: str
    schema: str
    objects: str | None


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        path: in the site.
        template: its file in `templates`.
        title: its one heading, and its name in the browser.
        until: the last entry that it shows something of; 0 for none.
        content: what the template shows.
        policy: the digest of the policy that its foot names; None for that of the newest run.
    """

    path: str
    template: str
    title: str
    until: int
    content: Mapping[str, Any] = field(default_factory=dict)
    policy: str | None = None

    def render(self, frame: SiteFrame) -> bytes:
        """Return the page as HTML, in UTF-8."""
        root = "../" * self.path.count("/")
        template = open_templates().get_template(self.template)
        policy = frame.policy if self.policy is None else self.policy
        text = template.render(page=self, frame=frame, root=root, foot_policy=policy, **self.content)
        return text.encode("utf-8", "backslashreplace")


def show_text(value: Any) -> Any:
    """Return text as a page shows it: hidden and directing characters as escapes, and of a very long one the start."""
    if type(value) is str:
        if len(value) > LONGEST_TEXT:
            value = f"{value[:LONGEST_TEXT]}… ({len(value):,} characters)"
        return value if value.isascii() and value.isprintable() else escape_invisible(value)
    return "" if value is None else value


def format_time(time: datetime | None) -> str:
    """Return a time in UTC, with its zone: `2026-11-28 04:30:00 UTC`."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if time else "no time on record"


def format_number(value: float | None) -> str:
    """Return a number with its thousands apart, or that nobody counted."""
    return NOT_KNOWN if value is None else f"{value:,}"


def format_age(time: date | datetime | None, until: datetime | None) -> str:
    """Return how many days a time lies before another one."""
    if time is None or until is None:
        return "not known"
    day = time.astimezone(UTC).date() if isinstance(time, datetime) else time
    days = (until.astimezone(UTC).date() - day).days
    return "the same day" if days == 0 else f"{days:,} {'day' if days == 1 else 'days'}"


def join_reasons(reasons: Sequence[str]) -> str:
    """Return reasons as one text, whether or not they are whole sentences."""
    return "; ".join(reason.rstrip(".") for reason in reasons)


@lru_cache(maxsize=1024)
def name_check(type_name: str) -> str:
    """Return the type of an expectation as words: `Expect records to be tagged`."""
    return type_name.replace("_", " ").capitalize()


def format_rules(rules: Sequence[RuleRecord]) -> Markup:
    """Return the rules of a result with their counts; cached, since most results of most runs have the same."""
    return _format_rules(tuple((rule.name, rule.count, rule.judged) for rule in rules))


@lru_cache(maxsize=4096)
def _format_rules(rules: tuple[tuple[str, int, bool], ...]) -> Markup:
    parts = []
    for index, (name, count, judged) in enumerate(rules):
        number = Markup('<data data-from="#/rules/{}/count">{}</data>').format(index, format_number(count))
        shown = number if count or not judged else Markup("0")
        parts.append(Markup("{}: {}{}").format(shown, show_text(name), "" if judged else " (reported only)"))
    return Markup("; ").join(parts)


@lru_cache(maxsize=4096)
def format_badge(status: str, text: str = "") -> Markup:
    """Return a status with the class of its colour; the status itself stays beside it, for those who see none."""
    name = str(status).replace("_", " ")
    return Markup('<span class="badge {}">{}</span>').format(name.replace(" ", "-"), text or name)


@lru_cache(maxsize=64)
def format_cell(label: str, short: str) -> Markup:
    """Return a cell of a calendar: a sign, with its word for those who point at it or have it read to them."""
    return Markup('<span class="cell {}" role="img" aria-label="{}" title="{}">{}</span>').format(
        label.replace(" ", "-"), label, label, short
    )


@cache
def open_templates() -> Environment:
    """Return the templates of the package."""
    environment = Environment(
        loader=PackageLoader("synth_expectations.evidence.site"),
        bytecode_cache=TemplateBytecode(Path(__file__).parent / "templates", compute_software_digest()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show_text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "time": format_time,
        "number": format_number,
        "badge": format_badge,
        "rules": format_rules,
        "reasons": join_reasons,
        "check_name": name_check,
    }
    environment.globals |= {
        "format_age": format_age,
        "format_cell": format_cell,
        "run_page": file_names.find_run_page,
        "table_page": file_names.find_table_page,
        "regulation_page": file_names.find_regulation_page,
        "requirement_page": file_names.find_requirement_page,
    }
    return environment
