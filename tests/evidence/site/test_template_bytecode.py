"""Templates are compiled once, and again when they are damaged or changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from synth_expectations.engine import template_bytecode
from synth_expectations.evidence.site import page as site_page
from synth_expectations.evidence.site.page import Page, SiteFrame, open_templates
from synth_expectations.evidence.site.static_text import MISSING_PAGES

FRAME = SiteFrame("project <script>", "0" * 64, "run-record/1", None)


def render(monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, list[str]]:
    """Return a page as a new process makes it, and the templates that it compiled."""
    compiled: list[str] = []
    compile_template = Environment.compile

    def count(environment: Environment, source: Any, name: str | None = None, *others: Any, **options: Any) -> Any:
        compiled.append(name or "")
        return compile_template(environment, source, name, *others, **options)

    missing = MISSING_PAGES[0]
    content = {"sentence": missing.sentence, "remedy": missing.remedy}
    open_templates.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", count)
        page = Page(missing.path, "missing.html", missing.title, 0, content).render(FRAME)
    open_templates.cache_clear()
    return page, compiled


@pytest.fixture(autouse=True)
def _bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_second_process_compiles_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    page, compiled = render(monkeypatch)
    assert {"missing.html", "base.html"} <= set(compiled)
    assert render(monkeypatch) == (page, [])


def test_damaged_bytecode_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, compiled = render(monkeypatch)
    for path in tmp_path.rglob("*.cache"):
        path.write_bytes(path.read_bytes()[:-9])
    assert render(monkeypatch) == (page, compiled)
    assert render(monkeypatch) == (page, [])


def test_another_jinja_or_another_state_of_the_package_compiles_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page, compiled = render(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(template_bytecode, "_JINJA", "4.0")
        assert render(monkeypatch) == (page, compiled)
    with monkeypatch.context() as patch:
        patch.setattr(site_page, "compute_software_digest", lambda: "another")
        assert render(monkeypatch) == (page, compiled)
