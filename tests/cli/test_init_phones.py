"""What `init` proposes where one table tells of another or of a country: the calling code, and the last snapshot."""

from __future__ import annotations

from tests.cli.project import Said
from tests.policy.infer.profiles import parquet, read

DANISH = [f"32 12 34 {number:02}" for number in range(20)]


def test_init_proposes_the_code_and_shows_no_number(tmp_path, monkeypatch, cli) -> None:
    monkeypatch.chdir(tmp_path)
    for name, countries in {"contact": ["Denmark"] * 20, "lead": ["Elbonia"] * 20}.items():
        columns = {"Id": [f"{name}{i}" for i in range(20)], "Email": [f"p{i}@firm.example" for i in range(20)]}
        columns |= {"Phone": DANISH, "MailingCountry": countries, "is_synthetic": [i % 2 == 0 for i in range(20)]}
        parquet(tmp_path / "crm" / name / "part-0.parquet", **columns)
    said: Said = cli("init", "--parquet", "crm/**/*.parquet")
    assert said.code == 0, said.err
    text = (tmp_path / "great_expectations/policy.yml").read_text()
    tables = read(text)["tables"]
    assert tables["contact"]["identifiers"]["calling_code"] == "45"
    assert "calling_code" not in tables["lead"]["identifiers"]
    assert "no identifiers.calling_code for Phone: 20 of 20 numbers" in text
    assert not any(number in text + said.out for number in (*DANISH, "Elbonia"))


def test_a_table_of_the_day_before_is_the_snapshot(tmp_path, monkeypatch, cli) -> None:
    monkeypatch.chdir(tmp_path)
    columns = {"Id": [f"c{i}" for i in range(20)], "is_synthetic": [i % 2 == 0 for i in range(20)]}
    tables = {"contact": columns, "contact_previous": columns | {"taken": ["x"] * 20}, "lead": columns}
    tables |= {"lead_snapshot": {"Id": columns["Id"]}, "contact_archive": columns}
    for name, made in tables.items():
        parquet(tmp_path / "crm" / name / "part-0.parquet", **made)
    assert cli("init", "--parquet", "crm/**/*.parquet").code == 0
    proposed = read((tmp_path / "great_expectations/policy.yml").read_text())["tables"]
    snapshots = {name: table.get("references", {}).get("snapshot") for name, table in proposed.items()}
    assert snapshots == dict.fromkeys(snapshots) | {"contact": {"table": "contact_previous"}}
