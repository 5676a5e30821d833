"""`init` on CSV and JSON Lines: what it proposes is compiled and run as it stands."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import Said
from tests.policy.infer.profiles import parquet, read

Cli = Callable[..., Said]
POLICY = Path("great_expectations/policy.yml")


def customers(delimiter: str = ",", rows: int = 12) -> str:
    lines = [["Id", "Email", "PostalCode", "is_synthetic", "Created"]]
    for number in range(rows):
        synthetic = str(number % 3 == 0).lower()
        lines.append([f"003{number}", f"jos\xe9.{number}@gmail.com", f"0{number}", synthetic, "2026-11-01T10:00:00Z"])
    return "".join(delimiter.join(line) + "\n" for line in lines)


@pytest.fixture
def proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Callable[..., dict[str, Any]]:
    """Write files, let `init` propose from them, and return the policy."""
    monkeypatch.chdir(tmp_path)

    def make(files: dict[str, bytes], *arguments: str) -> dict[str, Any]:
        for name, content in files.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
        said = cli("init", *arguments)
        assert said.code == 0, said.err
        assert "gmail.com" not in said.out + said.err + POLICY.read_text()
        policy: dict[str, Any] = read(POLICY.read_text())
        return policy

    return make


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (customers().encode(), None),
        (customers(";").encode("cp1252"), {"encoding": "cp1252", "delimiter": ";"}),
        (customers("\t").encode("utf-16"), {"encoding": "utf-16", "delimiter": "tab"}),
        (gzip.compress(customers("|").encode("utf-8-sig")), {"delimiter": "|"}),
    ],
    ids=["plain", "semicolons in cp1252", "tabs in UTF-16", "pipes in gzip"],
)
def test_one_file_is_governed(proposed: Any, cli: Cli, content: bytes, words: Any) -> None:
    policy = proposed({"customers.csv": content}, "customers.csv")
    table = policy["tables"]["customers"]
    assert table.get("format") == words
    assert table["types"] == {"Created": "timestamptz"}  # post codes stay text
    assert table["csv"] == "lake/customers.csv"
    POLICY.write_text(POLICY.read_text().replace("owner: TODO", "owner: crm@retailer.example"))
    assert cli("compile").code == 0
    said = cli("run", "nightly")
    assert said.code == 0, said.out + said.err
    assert "customers  whole table       12          4  passed" in said.out


def test_a_folder_of_all_kinds(proposed: Any) -> None:
    parquet(Path("crm/product/part-0.parquet"), Id=["p"], Name=["x"])
    files = {
        "crm/customers.csv": customers().encode(),
        "crm/consent.jsonl.gz": gzip.compress(b'{"Id": 1, "at": "2026-01-01", "to": {"email": "x"}}\n'),
        "crm/readme.md": b"",
    }
    policy = proposed(files, "crm")
    tables = policy["tables"]
    assert policy["data_sources"]["lake"]["type"] == "files"
    assert tables["customers"]["csv"].endswith("customers.csv")
    assert tables["consent"]["json"].endswith("consent.jsonl.gz")
    assert tables["consent"]["types"] == {"at": "date"}
    assert any("parquet" in table for table in tables.values())


def test_snapshots_by_partition(proposed: Any) -> None:
    files = {f"crm/customer/day=2026-11-2{day}/x.csv": customers().encode() for day in (1, 2)}
    table = proposed(files, "--csv", "crm/customer/*/*.csv")["tables"]["customer"]
    assert table["csv"] == "lake/customer/*/*.csv"
    assert table["batch"] == {"by": "day", "column": "day"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"ann@gmail.com,1\nbob@gmail.com,2\n", "The first row of x.csv looks like data"),
        (b"id,a\n1,2\n3\n", "x.csv, line 3: it has 1 field, too few for 2 columns."),
        (b"id,ID\n1,2\n", "x.csv, line 1: in the header, two columns are called ID and id."),
        (b"", "x.csv: it is empty, without even a header."),
    ],
)
def test_what_is_no_csv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli, content: bytes, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_bytes(content)
    said = cli("init", "x.csv")
    assert said.code != 0
    assert sentence in said.err
    assert "gmail" not in said.err
    assert not POLICY.exists()


def test_files_of_two_encodings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tmp_path)
    for name, encoding in (("x_1.csv", "utf-8"), ("x_2.csv", "cp1252")):
        Path(name).write_bytes(customers().encode(encoding))
    said = cli("init", "--csv", "x_*.csv")
    assert "written in several encodings: cp1252, utf-8" in said.err


def test_a_file_of_another_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tmp_path)
    assert "x.xls names no file that ends in .parquet" in cli("init", "x.xls").err
