# `make` alone lists the targets. Needs python3 (3.11 or newer) with venv, and make; everything else is installed into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
Q      ?= What is the initial management for patients with lumbosacral radiculopathy?
A      ?= clinician
PORT   ?= 8642
export Q A

.DEFAULT_GOAL := help
.PHONY: help ask serve test lint bench golden lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

ask: $(VENV)/run ## answer Q="…" for A=clinician|therapist|student|patient
	@$(BIN)/rootline ask --audience "$$A" -- "$$Q"

serve: $(VENV)/run ## open Rootline in the browser, on this machine alone, at PORT=8642
	@$(BIN)/rootline serve --port "$(PORT)"

test: $(VENV)/dev $(VENV)/browser ## run every test and the style checks
	@$(BIN)/ruff check --quiet src tests bench
	@$(BIN)/mypy
	@$(BIN)/pytest

lint: $(VENV)/run ## look for findings in the topic pack
	@$(BIN)/rootline lint

bench: $(VENV)/dev $(VENV)/browser ## measure, side by side with plain peers
	@PYTHONPATH=. $(BIN)/python bench/run.py

golden: $(VENV)/dev ## rewrite the golden answers and generated docs; read the diff before you commit it
	@$(BIN)/python -m tests.golden.refresh

lock: ## renew the hash-locked requirements (needs uv, npm)
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements/run.txt pyproject.toml requirements/build.in >/dev/null
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra dev -o requirements/dev.txt pyproject.toml requirements/build.in >/dev/null
	@npm install --prefix tests/browser --package-lock-only --no-audit --no-fund --loglevel=error >/dev/null

clean: ## remove the environment and caches
	@rm -rf $(VENV) tests/browser/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

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
