# Each target creates its virtual environment on first use. Requires Python 3.11 or later and a package index.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$each >/dev/null && $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v $$each; break; }; done)
VENV ?= .venv
VENV_NEWEST ?= .venv-newest
NEWEST := great-expectations duckdb pandas pyarrow sqlglot
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
unexport PYTHONDONTWRITEBYTECODE
# Engines that are only rendered; the extra of each has its name.
DIALECTS := synth_expectations/engine/dialects
RENDERED = $(shell grep -l "status=Status.RENDERED" $(DIALECTS)/*.py | xargs -n 1 basename | sed 's/[.]py$$//' | paste -s -d , -)

SNAPSHOTS = $(shell grep -rl --include='test_*.py' --exclude-dir=airflow --exclude-dir=warehouses SnapshotAssertion tests)

.PHONY: demo dist test test-all test-rest test-airflow test-warehouses lint format new generate mutations docs bench bench-peers bench-copies constraints clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed ## create a small CRM with planted violations, and find them
	$(BIN)/synth-expectations demo

test: $(VENV)/.tested ## test every engine in minutes; on Spark, run one failing case of each expectation
	$(BIN)/python -m pytest -n auto --dist loadgroup

test-all: test test-rest ## run every test: all cases on all engines, and all seeds of the demo

test-rest: $(VENV)/.tested ## run what `make test` leaves out
	$(BIN)/python -m pytest -n auto --dist loadgroup -m full

test-airflow: .venv-airflow/.installed ## test the operator and the example DAGs in Airflow itself
	.venv-airflow/bin/python -m pytest -o addopts="-ra --strict-markers" tests/airflow --confcutdir tests/airflow

test-warehouses: .venv-warehouses/.installed ## test the SQL for warehouses; Snowflake's runs on an emulator
	.venv-warehouses/bin/python -m pytest -o addopts="-ra --strict-markers" tests/warehouses -n auto $(ARGS)

test-newest: $(VENV_NEWEST)/.installed ## the newest Great Expectations, DuckDB, pandas, pyarrow and sqlglot: a report of what broke
	$(VENV_NEWEST)/bin/python -m pip --disable-pip-version-check install --quiet --upgrade $(NEWEST)
	$(VENV_NEWEST)/bin/python -m tools.newest $(ARGS)

lint: $(VENV)/.tested ## style, types, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/synth-expectations compile --check
	$(BIN)/python -m tools.docs --check
	$(BIN)/python -m tools.stubs --check
	$(BIN)/python -m tools.evidence_schemas --check

format: $(VENV)/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

new: $(VENV)/.tested ## start an expectation: NAME=expect_… FAMILY=governance, and ROLE=mixed if a role asks for it
	$(BIN)/python -m tools.new $(NAME) --family "$(FAMILY)" $(if $(ROLE),--role $(ROLE))

generate: $(VENV)/.tested ## refresh what is made from the code: stubs, compiled policy, docs, snapshots
	$(BIN)/python -m tools.gx_expectations
	$(BIN)/python -m tools.stubs
	$(BIN)/synth-expectations compile
	$(BIN)/python -m tools.docs
	$(BIN)/python -m tools.evidence_schemas
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --snapshot-update $(SNAPSHOTS)
	$(BIN)/python -m pytest -q --update-golden tests/engine/test_golden.py
	$(BIN)/python -m pytest -q --update-golden --engines duckdb tests/engine/test_forms.py

mutations: $(VENV)/.tested ## spoil what stands around each planted violation: no one may go by without a word; takes minutes
	$(BIN)/python -m tools.mutations $(ARGS)

docs: $(VENV)/.tested ## generate the pages from the code, and build a site in build/site
	$(BIN)/python -m tools.docs
	$(BIN)/mkdocs build --quiet

bench: $(VENV)/.tested ## compare the speed with SQL by hand; takes minutes
	$(BIN)/python -m benchmarks

bench-peers: $(VENV)/.tested ## compare the speed with other validators; ROWS="1000000 50000000" for other sizes, ROUNDS=3
	$(BIN)/python -m benchmarks.peers $(if $(ROWS),--rows $(ROWS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(ARGS)

bench-copies: $(VENV)/.tested ## measure how many copies of people are found, beside SDMetrics; takes an hour
	$(BIN)/python -m benchmarks.copies

dist: $(VENV)/.packaged ## build the wheels and the sdist, check them, and try the wheels on each Python at hand
	$(BIN)/python -m tools.distribution

constraints: $(VENV)/.tested $(VENV)/.packaged ## pin the versions that are installed here for everyone
	{ head -1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | grep -v '^#\|^-e'; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) .venv-airflow .venv-newest .venv-warehouses build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later was not found. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) could not create a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PIP) "pip>=25.1"

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --constraint constraints.txt --editable .
	@touch $@

# Airflow needs other versions, so it has its own environment and constraints.
.venv-airflow/.installed: pyproject.toml constraints-airflow.txt | $(BIN)/python
	"$(PYTHON)" -m venv .venv-airflow
	.venv-airflow/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints-airflow.txt \
		--editable ".[airflow,airflow-openlineage]" apache-airflow pytest
	@touch $@

# The packages of the warehouses need other versions too.
.venv-warehouses/.installed: pyproject.toml constraints-warehouses.txt | $(BIN)/python
	"$(PYTHON)" -m venv .venv-warehouses
	.venv-warehouses/bin/python -m pip --disable-pip-version-check install --quiet "pip>=25.1"
	.venv-warehouses/bin/python -m pip --disable-pip-version-check install --quiet \
		--constraint constraints-warehouses.txt --group warehouses --editable ".[$(RENDERED)]"
	@touch $@

# pip upgrades past the bounds of pyproject.toml: that is what this environment is for.
$(VENV_NEWEST)/.installed: pyproject.toml constraints.txt
	"$(PYTHON)" -m venv $(VENV_NEWEST)
	$(VENV_NEWEST)/bin/python -m pip --disable-pip-version-check install --quiet "pip>=25.1"
	$(VENV_NEWEST)/bin/python -m pip --disable-pip-version-check install --quiet \
		--constraint constraints.txt --group test --editable .
	@touch $@

$(VENV)/.tested: pyproject.toml constraints.txt $(VENV)/.installed
	$(PIP) --constraint constraints.txt --group test --group lint --group docs
	@touch $@

$(VENV)/.packaged: pyproject.toml constraints.txt $(VENV)/.installed
	$(PIP) --constraint constraints.txt --group dist
	@touch $@
