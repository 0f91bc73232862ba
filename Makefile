# Works on a machine with Python 3.11+, pip and make; everything else goes into .venv. Windows: the same
# commands stand in docs/how-to/without-make.md.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
FOLDER := Scripts
else
FOLDER := bin
endif

BIN := .venv/$(FOLDER)

.PHONY: demo demo-google test check bench soak fuzz docs lock locked build sbom audit clean

demo: .venv/ready  ## build an invented partnership, run two nights and a week's digest on it
	$(BIN)/engage demo demo

demo-google: .venv/ready-dev  ## the same on Google Sheets and .xlsx mixed, against a server on this machine
	$(BIN)/python -m tests.google_demo demo-google

# One worker more than processors: each now and then waits for the disk.
WORKERS = $(shell $(PYTHON) -c "import os; print(1 + (os.cpu_count() or 1))")
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

test: .venv/ready-dev  ## the tests, but for those that take seconds each
	$(PYTEST) -m "not slow"

check: .venv/ready-dev  ## what CI runs: format, lint, types, layers, all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test
	$(PYTEST) -m slow

bench: .venv/ready-dev  ## measure; the last run is kept in benchmarks/RESULTS.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev,bench]"
	$(BIN)/python -m benchmarks

soak: export ENGAGE_SOAK = 1
soak: .venv/ready-dev  ## the long property tests
	$(BIN)/python -m pytest -n auto tests/test_promises.py tests/test_promises_google.py tests/test_killed.py \
		tests/test_faults_google.py tests/test_two_years.py tests/test_killed_sending.py \
		tests/modelling --timeout 14400
	$(BIN)/python -m tests.random_nights --nights 10000

fuzz: .venv/ready-dev  ## ten minutes of files and cells made at random for the readers
	$(BIN)/python -m tests.fuzz --minutes 10

docs: .venv/ready-dev  ## pages that are made from the code
	$(BIN)/engage schema --markdown > docs/reference/schema.md
	$(BIN)/engage schema --data-map > docs/privacy/data-map.md
	$(BIN)/python -m tests.command_pages

# What is installed, by version and hash, on every system and Python that we support; no registry is named.
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --quiet

lock: .venv/ready-supply  ## pin what pyproject.toml asks for; versions that are pinned already stay, if they may
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

locked:  ## .venv from the lock, each package by its hash
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(PYTHON) -c "open('.venv/ready', 'w').close(); open('.venv/ready-dev', 'w').close()"

build: sbom  ## wheel and sdist in dist/, with the list of what they need beside them
	$(BIN)/python -m build --outdir dist .

sbom: .venv/ready-supply  ## CycloneDX: what is installed with Engage, from the lock, with licences
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-run
	$(BIN)/uv pip install --quiet --python .venv-run/$(FOLDER)/python --require-hashes -r requirements.lock
	$(PYTHON) -c "import os; os.makedirs('dist', exist_ok=True)"
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON \
		-o dist/engage-register.cdx.json .venv-run/$(FOLDER)/python

audit: .venv/ready-supply  ## known weaknesses of what is pinned; without a database, that the lock is what runs
	$(BIN)/python -m tests.audit

clean:
	rm -rf .venv .venv-run build dist *.egg-info demo demo-google

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(PYTHON) -c "open('.venv/ready', 'w').close()"

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	$(PYTHON) -c "open('.venv/ready-dev', 'w').close()"

.venv/ready-supply: .venv/ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[supply]"
	$(PYTHON) -c "open('.venv/ready-supply', 'w').close()"
