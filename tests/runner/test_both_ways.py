"""A run without Great Expectations leaves what one through it leaves, and does not import it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from synth_expectations.demo import AS_OF, generate
from synth_expectations.demo.project import PATH_IN_THE_REPOSITORY, read_policy_text
from synth_expectations.policy.compile.compiler import compile_policy
from tests.paths import ROOT
from tests.postgres_server import serve_postgres
from tests.runner.ways import Remains, list_modules, run_and_read

LARGE = {"great_expectations", "pandas", "scipy", "altair", "pyspark", "pyarrow", "fsspec", "cryptography"}
"""What a run of expectations of this package needs not."""
OF_OTHER_COMMANDS = {
    f"synth_expectations.{name}"
    for name in ("cli.audit.group", "evidence.site.samples", "evidence.sampling.entries", "runner.lineage_events")
}
"""Modules of this package that a run needs not: of other commands, of draws, and of an option."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the demo, compiled, that has no run yet."""
    root = tmp_path_factory.mktemp("demo")
    generate(root / "extracts", 1_000, 7)
    policy = root / "great_expectations/policy.yml"
    policy.parent.mkdir()
    policy.write_text(read_policy_text().replace(PATH_IN_THE_REPOSITORY, "../extracts"))
    compile_policy(policy).write()
    return root


def copy(project: Path, to: Path) -> Path:
    """Return the directory of great_expectations.yml of a copy, as compile writes it: with a site of Data Docs."""
    shutil.copytree(project, to)
    assert "\ndata_docs_sites:\n  docs:\n" in (to / "great_expectations/great_expectations.yml").read_text()
    return to / "great_expectations"


@pytest.fixture(scope="module")
def remains(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Remains, Remains]:
    """What a run left without Great Expectations, and what one through it left."""
    root = tmp_path_factory.mktemp("ways")
    direct, slow = copy(demo, root / "direct/shop"), copy(demo, root / "slow/shop")
    return (
        run_and_read(direct, AS_OF, root / "direct/keys", through_great_expectations=False),
        run_and_read(slow, AS_OF, root / "slow/keys", through_great_expectations=True),
    )


@pytest.mark.parametrize("part", ["results", "report", "records", "sql", "quarantine", "pages"])
def test_the_demo_leaves_the_same(remains: tuple[Remains, Remains], part: str) -> None:
    direct, slow = (getattr(left, part) for left in remains)
    assert direct
    if isinstance(direct, dict):
        assert direct.keys() == slow.keys()
        for name in direct:
            assert direct[name] == slow[name], name
    assert direct == slow


def test_each_run_says_which_way_it_went(remains: tuple[Remains, Remains]) -> None:
    direct, slow = remains
    assert direct.great_expectations == {""}
    assert slow.great_expectations == {"--through-great-expectations was given"}


RUN = """
from datetime import UTC, datetime
from pathlib import Path
from synth_expectations.evidence.recorder.publication import publish_run
from synth_expectations.runner import Options, run
report = publish_run(run("nightly", Path({project!r}), Options(as_of=datetime(2026, 11, 1, tzinfo=UTC))))
assert not report.errors and all(table.expectations and not table.error for table in report.tables), report
"""


@pytest.mark.full  # the command below makes the same run, and `test_run_pages` asks for pages
def test_the_demo_imports_nothing_large(demo: Path, tmp_path: Path) -> None:
    project = copy(demo, tmp_path / "shop")
    assert not LARGE & list_modules(RUN.format(project=str(project)))
    assert not list((project / "uncommitted").rglob("*.html"))
    with_docs = RUN.format(project=str(project)).replace("Options(", "Options(docs=True, ")
    assert "great_expectations" in list_modules(with_docs)
    assert list((project / "uncommitted").rglob("*.html"))


def test_the_command_imports_nothing_large(demo: Path, tmp_path: Path) -> None:
    project = copy(demo, tmp_path / "shop")
    command = [sys.executable, "-X", "importtime", "-m", "synth_expectations", "run", "nightly"]
    said = subprocess.run(
        [*command, "--as-of", "2026-11-01", "--project", str(project)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert said.returncode == 1, said.stderr[-3000:]  # what is planted was found
    imported = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}
    assert {"duckdb", "synth_expectations.evidence.site.pages"} <= imported
    assert not LARGE & {name.partition(".")[0] for name in imported}
    assert not OF_OTHER_COMMANDS & imported
    assert not list((project / "uncommitted").rglob("*.html"))


def test_check_imports_nothing_large(demo: Path, tmp_path: Path) -> None:
    project = copy(demo, tmp_path / "shop")
    code = f"""
from pathlib import Path
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.runner.preflight import check
findings = check(compile_policy(Path({str(project / "policy.yml")!r})))
assert findings.problems == (), findings.problems
"""
    assert not LARGE & list_modules(code)


POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  crm: {type: postgres, connection: "${CRM}"}
defaults:
  data_source: crm
  marker: {column: origin, synthetic: [synthetic], real: [real]}
allowed: {methods: [ctgan], purposes: [testing]}
retention: {classes: {testing: {max: P90D}}}
tables:
  contact:
    role: mixed
    table: contact
    columns: {key: id, source: source, generated_at: made_at, method: method, purpose: purpose, dataset_id: dataset}
  narrowed:
    role: mixed
    table: Odd Contact
    where: id <> 'c9'
    columns: {key: id, source: source, generated_at: made_at, method: method, purpose: purpose, dataset_id: dataset}
  daily:
    role: mixed
    table: daily
    batch: {by: day, column: loaded}
    columns: {key: id, source: source, generated_at: made_at, method: method, purpose: purpose, dataset_id: dataset}
"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a project of three tables of PostgreSQL, compiled, that has no run yet."""
    root = tmp_path_factory.mktemp("warehouse")
    (root / "great_expectations").mkdir()
    (root / "great_expectations/policy.yml").write_text(POLICY)
    compile_policy(root / "great_expectations/policy.yml").write()
    return root


def test_postgresql_leaves_the_same(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_postgres() as server:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        fill(address)
        monkeypatch.setenv("CRM", address)
        direct, slow = copy(warehouse, tmp_path / "direct/shop"), copy(warehouse, tmp_path / "slow/shop")
        left = run_and_read(direct, AS_OF, tmp_path / "keys", through_great_expectations=False, batch="2026-11-21")
        expected = run_and_read(slow, AS_OF, tmp_path / "others", through_great_expectations=True, batch="2026-11-21")
        assert left.results == expected.results
        assert (left.report, left.records, left.sql) == (expected.report, expected.records, expected.sql)
        assert left.quarantine == expected.quarantine
        assert left.great_expectations == {""}
        project = copy(warehouse, tmp_path / "shop")
        code = RUN.format(project=str(project)).replace("Options(", "Options(batch='2026-11-21', ")
        assert not LARGE & list_modules(code)


def fill(address: str) -> None:
    """Make the three tables, with synthetic records that lack their provenance."""
    columns = (
        "id text, origin text, source text, made_at text, method text, purpose text, dataset text, loaded timestamptz"
    )
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        for table in ("contact", '"Odd Contact"', "daily"):
            connection.execute(sa.text(f"CREATE TABLE {table} ({columns})"))
            for number in range(1, 10):
                origin, day = "real" if number % 2 else "synthetic", 20 + number % 2
                values = {"id": f"c{number}", "origin": origin, "loaded": f"2026-11-{day}T23:30:00Z"}
                connection.execute(
                    sa.text(f"INSERT INTO {table} (id, origin, loaded) VALUES (:id, :origin, :loaded)"), values
                )
    engine.dispose()
