# Works on a machine with Python 3.11+, pip and make; everything else goes into .venv. Windows: the same
# commands stand in docs/how-to/without-make.md.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: demo demo-google test check bench soak docs clean

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

docs: .venv/ready-dev  ## pages that are made from the code
	$(BIN)/engage schema --markdown > docs/reference/schema.md
	$(BIN)/engage schema --data-map > docs/privacy/data-map.md
	$(BIN)/python -m tests.command_pages

clean:
	rm -rf .venv build dist *.egg-info demo demo-google

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(PYTHON) -c "open('.venv/ready', 'w').close()"

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	$(PYTHON) -c "open('.venv/ready-dev', 'w').close()"
