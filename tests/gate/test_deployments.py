"""What dbt, Rails, Django and SQL load into production is bound for it, and the reason is shown; what cannot be told is said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.gate.conftest import Gate

PEOPLE = "id,last_name,email\n1,Moor,a.moor@example.com\n2,Lund,b.lund@example.com\n"
LIST = json.dumps([{"last_name": "Moor", "email": "a.moor@example.com"}])
FIXTURE = json.dumps([{"model": "crm.contact", "pk": 1, "fields": {"last_name": "Moor", "email": "a@example.com"}}])
RECORDS = "moor:\n  last_name: Moor\n  email: a@example.com\nlund:\n  last_name: Lund\n  email: b@example.com\n"
PROJECT = "name: shop\nprofile: shop\nversion: 1.0.0\nconfig-version: 2\n"
PROFILES = "shop: {{target: {}, outputs: {{dev: {{type: duckdb}}, prod: {{type: snowflake}}}}}}\n"
RAILS = "Rails.application.configure do\nend\n"


@dataclass(frozen=True)
class Deployed:
    """A repository: its files, the level of the result about its people, and what is said."""

    files: Mapping[str, str]
    level: str
    says: str


CASES = {
    "dbt: a pipeline names the target": Deployed(
        {
            "dbt_project.yml": PROJECT,
            "seeds/people.csv": PEOPLE,
            ".github/workflows/nightly.yml": "steps:\n- run: dbt deps && dbt build --target prod\n",
        },
        "error",
        ".github/workflows/nightly.yml loads seeds of dbt into the target prod.",
    ),
    "dbt: a script of another target": Deployed(
        {
            "dbt_project.yml": PROJECT,
            "seeds/people.csv": PEOPLE,
            ".github/workflows/pr.yml": "steps:\n- run: dbt build --target ci\n",
        },
        "note",
        "Nothing tells into which target dbt loads its seeds",
    ),
    "dbt: a pipeline of a project within": Deployed(
        {
            "warehouse/dbt_project.yml": PROJECT + "seed-paths: [data]\n",
            "warehouse/data/people.csv": PEOPLE,
            ".gitlab-ci.yml": "job: {script: ['dbt seed --project-dir warehouse -t production']}\n",
        },
        "error",
        ".gitlab-ci.yml loads seeds of dbt into the target production.",
    ),
    "dbt: seeds left out": Deployed(
        {
            "dbt_project.yml": PROJECT,
            "seeds/people.csv": PEOPLE,
            "deploy.sh": "dbt build --target prod --exclude resource_type:seed\n",
        },
        "note",
        "Nothing tells into which target dbt loads its seeds",
    ),
    "dbt: a seed left out by its name": Deployed(
        {
            "dbt_project.yml": PROJECT,
            "seeds/people.csv": PEOPLE,
            "deploy.sh": "dbt build --target prod --exclude archive.seed\n",
        },
        "error",
        "deploy.sh loads seeds of dbt into the target prod.",
    ),
    "dbt: seeds of one folder disabled": Deployed(
        {
            "dbt_project.yml": PROJECT + "seeds: {shop: {archive: {+enabled: false}}}\n",
            "seeds/people.csv": PEOPLE,
            "deploy.sh": "dbt seed --target prod\n",
        },
        "error",
        "deploy.sh loads seeds of dbt into the target prod.",
    ),
    "dbt: all seeds disabled": Deployed(
        {
            "dbt_project.yml": PROJECT + "seeds: {shop: {+enabled: false}}\n",
            "seeds/people.csv": PEOPLE,
            "deploy.sh": "dbt seed --target prod\n",
        },
        "note",
        "Nothing tells into which target dbt loads its seeds",
    ),
    "dbt: a profile of production": Deployed(
        {"dbt_project.yml": PROJECT, "profiles.yml": PROFILES.format("prod"), "seeds/people.csv": PEOPLE},
        "error",
        "profiles.yml names prod as the target of dbt.",
    ),
    "dbt: a profile with production among others": Deployed(
        {"dbt_project.yml": PROJECT, "profiles.yml": PROFILES.format("dev"), "seeds/people.csv": PEOPLE},
        "warning",
        "profiles.yml has the target prod of dbt, and nothing tells whether seeds are loaded into it",
    ),
    "dbt: seeds enabled by the target": Deployed(
        {
            "dbt_project.yml": PROJECT + "seeds: {shop: {+enabled: \"{{ target.name != 'prod' }}\"}}\n",
            "seeds/people.csv": PEOPLE,
            "Makefile": "seed:\n\tdbt seed --target prod\n",
        },
        "warning",
        "its setting +enabled decides by the target",
    ),
    "dbt: a profile that is broken": Deployed(
        {"dbt_project.yml": PROJECT, "profiles.yml": "shop: [", "seeds/people.csv": PEOPLE},
        "note",
        "profiles.yml: It cannot be read, so nothing tells where dbt loads seeds",
    ),
    "dbt: seeds of a package's own tests": Deployed(
        {
            "integration_tests/dbt_project.yml": PROJECT,
            "integration_tests/seeds/people.csv": PEOPLE,
            "deploy.sh": "dbt build --target prod\n",
        },
        "note",
        "integration_tests/seeds/people.csv: SD020",
    ),
    "Rails: a release seeds": Deployed(
        {
            "config/environments/production.rb": RAILS,
            "db/seeds.rb": "Customer.insert_all!(CSV.read(Rails.root.join('lib', 'people.csv')))\n",
            "lib/people.csv": PEOPLE,
            "Procfile": "web: bin/rails server\nrelease: bin/rails db:migrate db:seed\n",
        },
        "error",
        "Procfile runs db:seed.",
    ),
    "Rails: nothing tells": Deployed(
        {"config/environments/production.rb": RAILS, "db/seeds/people.json": LIST},
        "warning",
        "nothing tells whether db:seed is run there",
    ),
    "Rails: a folder named for production": Deployed(
        {"app/config/environments/production.rb": RAILS, "app/db/fixtures/production/people.yml": RECORDS},
        "error",
        "the folder app/db/fixtures/production is named for production.",
    ),
    "Rails: a folder named for development": Deployed(
        {
            "config/environments/production.rb": RAILS,
            "db/seeds/development/people.yml": RECORDS,
            "Procfile": "release: rake db:seed\n",
        },
        "note",
        "db/seeds/development/people.yml: SD020",
    ),
    "Rails: seeds in a pipeline of tests": Deployed(
        {
            "config/environments/production.rb": RAILS,
            "db/seeds/people.yml": RECORDS,
            ".github/workflows/test.yml": "env: {RAILS_ENV: test}\nsteps:\n- run: bin/rails db:seed\n",
        },
        "warning",
        "nothing tells whether db:seed is run there",
    ),
    "Rails: seeds that are code": Deployed(
        {
            "config/environments/production.rb": RAILS,
            "db/seeds.rb": "Customer.create!(email: 'a@example.com')\n",
            "bin/docker-entrypoint": "export RAILS_ENV=production\n./bin/rails db:prepare\n",
        },
        "",
        "db/seeds.rb: It creates records when it runs, which the gate does not see: bin/docker-entrypoint runs db:prepare.",
    ),
    "Rails: fixtures of tests that are loaded into production": Deployed(
        {
            "config/environments/production.rb": RAILS,
            "test/fixtures/people.yml": RECORDS,
            "bin/deploy": "RAILS_ENV=production bundle exec rake db:fixtures:load\n",
        },
        "error",
        "bin/deploy runs db:fixtures:load.",
    ),
    "Django: a release loads fixtures": Deployed(
        {
            "manage.py": "",
            "crm/fixtures/contacts.json": FIXTURE,
            "Procfile": "release: python manage.py migrate && python manage.py loaddata contacts\n",
        },
        "error",
        "Procfile runs loaddata with it.",
    ),
    "Django: a script with settings of production": Deployed(
        {
            "manage.py": "",
            "crm/fixtures/seed/contacts.json": FIXTURE,
            "scripts/load.sh": "python manage.py loaddata --settings=shop.settings.production seed/contacts.json\n",
        },
        "error",
        "scripts/load.sh runs loaddata with it.",
    ),
    "Django: a container of which nothing is known": Deployed(
        {
            "manage.py": "",
            "crm/fixtures/contacts.json": FIXTURE,
            "entrypoint.sh": "python manage.py loaddata crm/fixtures/contacts.json\n",
        },
        "warning",
        "entrypoint.sh runs loaddata with it, and nothing tells whether that is in production",
    ),
    "Django: a migration loads fixtures": Deployed(
        {
            "manage.py": "",
            "crm/fixtures/contacts.json": FIXTURE,
            "crm/migrations/0002_contacts.py": "def load(apps, editor):\n    call_command('loaddata', 'contacts', verbosity=0)\n",
        },
        "error",
        "the migration crm/migrations/0002_contacts.py loads it.",
    ),
    "Django: settings of production": Deployed(
        {"manage.py": "", "shop/settings/production.py": "DEBUG = False\n", "crm/fixtures/contacts.json": FIXTURE},
        "warning",
        "shop/settings/production.py shows a project in production, and nothing tells whether loaddata loads it there",
    ),
    "Django: fixtures of tests": Deployed(
        {
            "manage.py": "",
            "shop/settings/production.py": "",
            "crm/tests/fixtures/contacts.json": FIXTURE,
            ".github/workflows/ci.yml": "steps:\n- run: python manage.py loaddata contacts\n",
        },
        "note",
        "crm/tests/fixtures/contacts.json: SD020",
    ),
    "Django: fixtures that are not there": Deployed(
        {"manage.py": "", "Procfile": "release: ./manage.py loaddata nobody\n"},
        "",
        "Procfile: Its loaddata names nobody, which is not there",
    ),
    "SQL: a file that is loaded": Deployed(
        {
            "policy.yml": "gate: {production: [db/load.sql]}\n",
            "db/load.sql": "LOAD DATA LOCAL INFILE 'people.csv' INTO TABLE customer FIELDS TERMINATED BY ',';\n",
            "db/people.csv": PEOPLE,
        },
        "error",
        "db/load.sql loads it, and ",
    ),
    "SQL: a script that runs another": Deployed(
        {
            "policy.yml": "gate: {production: [db/all.sql]}\n",
            "db/all.sql": "\\i parts/people.sql\n",
            "db/parts/people.sql": "\\copy customer from '../people.csv' csv header\n",
            "db/people.csv": PEOPLE,
        },
        "error",
        "db/parts/people.sql loads it, and db/all.sql loads it, and ",
    ),
    "SQL: a file that is not there": Deployed(
        {
            "policy.yml": "gate: {production: [db/load.sql]}\n",
            "db/load.sql": "COPY customer (id) FROM '/var/lib/people.csv' CSV;\nBULK INSERT t FROM 'C:\\in\\x.csv';\n",
        },
        "",
        "db/load.sql: It loads /var/lib/people.csv, which is not in the repository",
    ),
    "SQL: a script that runs itself": Deployed(
        {
            "policy.yml": "gate: {production: [db/a.sql]}\n",
            "db/a.sql": "\\i a.sql\n.import b.csv t\n",
            "db/b.csv": PEOPLE,
        },
        "error",
        "db/a.sql loads it, and ",
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_what_is_deployed_is_bound_for_production(gate: Gate, tmp_path: Path, kind: str) -> None:
    case = CASES[kind]
    for path, text in case.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    ended = gate()
    levels = {result["level"] for result in json.loads(gate("--output", "json").out)["results"]}
    assert levels == ({case.level} if case.level else set()), ended.out
    assert case.says in ended.out
    assert ended.err == ""
