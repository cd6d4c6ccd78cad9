# landbridge: `make help` lists the targets. Everything is installed into .venv from constraints.txt.
SHELL := /bin/sh
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
DAY ?= 2025-06-01
PAGE := demo/mumbai-moscow.html

.DEFAULT_GOAL := help
.PHONY: help install demo test lint unit network bench pages clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(VENV)/.test ## .venv with the package and what its tests need

demo: $(VENV)/.base ## two containers from Mumbai to Moscow: a table here, a page with the map in demo/
	@mkdir -p $(dir $(PAGE))
	@$(BIN)/landbridge route Mumbai Moscow --teu 2 --on $(DAY) --html $(PAGE)
	@echo "The page with the map, the legs and the evidence: $(CURDIR)/$(PAGE)"

test: lint unit ## everything that must hold: lint, types, rooms, tests and doctests

lint: $(VENV)/.test ## ruff (rules and form), mypy and the import contract
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

unit: $(VENV)/.test ## the tests and doctests alone
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

network: $(VENV)/.dev ## rebuild the shipped network from its sources
	@$(BIN)/python tools/build_network.py
	@$(BIN)/python tools/build_sky.py
	@$(BIN)/python tools/build_order.py
	@$(BIN)/python tools/build_facts.py --only gates
	@$(BIN)/python tools/build_order.py

bench: $(VENV)/.test ## measure against published values; writes docs/accuracy.md
	@$(BIN)/python -m bench

pages: $(VENV)/.test ## rewrite the pages that are made from tables and from the command line
	@$(BIN)/python tools/build_coverage.py
	@$(BIN)/python tools/build_tables_page.py
	@$(BIN)/python tools/build_facts_page.py
	@$(BIN)/python tools/build_command_page.py
	@$(BIN)/python tools/build_readme.py

clean: ## remove .venv, caches and the demo page
	rm -rf $(VENV) demo dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/pyvenv.cfg:
	@python=$$(PYTHON="$(PYTHON)" tools/python.sh) && echo "making $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(VENV)/.base: $(VENV)/pyvenv.cfg pyproject.toml constraints.txt
	@echo "installing landbridge"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	@echo "installing what building the network needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
