# `make` alone lists the targets. Needs python3 (3.11 or newer) with venv, and make; everything else is installed into .venv.
# `make test` and `make bench` also need Node.js (18 or newer) with npm: CQL's own translator and engine, and FHIR's validators, are JavaScript.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NODE   := tests/cql/node_modules/.package-lock.json tests/fhir/node_modules/.package-lock.json
Q      ?= What is the initial management for patients with lumbosacral radiculopathy?
A      ?= clinician
PORT   ?= 8642
export Q A

.DEFAULT_GOAL := help
.PHONY: help ask serve test check bench golden lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

ask: $(VENV)/run ## answer Q="…" for A=clinician|therapist|student|patient
	@$(BIN)/rootline ask --audience "$$A" -- "$$Q"

serve: $(VENV)/run ## open Rootline in the browser, on this machine alone, at PORT=8642
	@$(BIN)/rootline serve --port "$(PORT)"

test: $(VENV)/dev $(NODE) $(VENV)/browser $(VENV)/postgres ## run every test and the style checks
	@$(BIN)/ruff check --quiet src tests bench
	@$(BIN)/mypy
	@$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/dev ## hold the topic pack to account: lint, vignettes, proofs, mutants
	@$(BIN)/rootline check

bench: $(VENV)/dev $(NODE) $(VENV)/browser ## measure, side by side with plain peers
	@PYTHONPATH=. $(BIN)/python bench/run.py

golden: $(VENV)/dev ## rewrite the golden answers and generated docs; read the diff before you commit it
	@$(BIN)/python -m tests.golden.refresh

lock: ## renew the hash-locked requirements (needs uv, npm)
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements/run.txt pyproject.toml requirements/build.in >/dev/null
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra dev -o requirements/dev.txt pyproject.toml requirements/build.in >/dev/null
	@npm install --prefix tests/browser --package-lock-only --no-audit --no-fund --loglevel=error >/dev/null
	@for folder in cql fhir; do (cd tests/$$folder && npm install --silent --package-lock-only --no-audit --no-fund && node ../cql/lock.mjs) || exit 1; done

clean: ## remove the environment and caches
	@rm -rf $(VENV) tests/cql/node_modules tests/fhir/node_modules tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rootline needs Python 3.11 or newer: install python3.11 or set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: install it (Debian, Ubuntu: apt install python3-venv)"; rm -rf $(VENV); exit 1; }

$(VENV)/run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/run
	@echo "Adding the test tools (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/browser: tests/browser/package-lock.json $(VENV)/dev
	@.ci/browser
	@touch $@

$(VENV)/postgres: .ci/postgres | $(VENV)/bin/python
	@.ci/postgres
	@touch $@

$(NODE): %/node_modules/.package-lock.json: %/package.json %/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "Node.js with npm is missing: install it first (Debian, Ubuntu: apt install nodejs npm)"; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { echo "The tests need Node.js 18 or newer"; exit 1; }
	@echo "Adding the packages of $* (once) …"
	@cd $* && npm ci --loglevel=error --no-audit --no-fund
	@touch $@
