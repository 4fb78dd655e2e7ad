# The verbs of this project. Each sets up what it needs; `make` alone lists them.
# Another interpreter: make PYTHON=python3.12 VERB

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.stamp
DEV    := $(VENV)/.stamp-dev
PEERS  := $(VENV)/.stamp-bench
LOG    := $(VENV)/install.log
EXTRAS := [dev,browser,fast,keyring,tls]

# In one process: make test WORKERS=
WORKERS ?= $(shell $(BIN)/python -c 'import xdist' 2>/dev/null && echo '-n 2')

# Decided before anything is made, so that the demo can say which of the two it was.
ENVIRONMENT := $(if $(wildcard $(STAMP)),reused,made)

# $(call install,EXTRAS): the project itself, editable, at the pinned versions; quiet unless it fails.
define install
@$(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.$(1)' \
    > $(LOG) 2>&1 || { cat $(LOG) >&2; echo "could not install into $(VENV): see the lines above" >&2; exit 1; }
@touch $@
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv demo test coverage lint docs golden browser oracles bench live clean

help: ## list the verbs
	@grep -hE '^[a-z]+:.* ## ' $(firstword $(MAKEFILE_LIST)) | sed 's/:.* ## /\t/' | expand -t 10

venv: $(DEV) ## the environment in .venv, with what developing needs
	@echo ".venv ready"

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "stackmap needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11" >&2; \
	    exit 2; }
	@test ! -x $(BIN)/python || echo "bringing .venv up to date"
	@test -x $(BIN)/python || { echo "making .venv (once, about a minute)"; $(PYTHON) -m venv $(VENV); }
	$(call install,[tls])

$(DEV): $(STAMP)
	@echo "adding the tools for tests and lint to .venv"
	$(call install,$(EXTRAS))

$(PEERS): $(DEV)
	@echo "adding the graph library that the benchmark is held against to .venv"
	$(call install,[bench])

demo: $(STAMP) ## map a made-up company into ./demo
	@echo "[1/4] environment        .venv ready ($(ENVIRONMENT))"
	@$(BIN)/stackmap demo --out demo

test: $(DEV) ## all tests
	@$(BIN)/python -m pytest -q $(WORKERS)

coverage: $(DEV) ## all tests again, with the floor for coverage (takes about three times as long)
	@$(BIN)/python -m pytest -q $(WORKERS) --cov

lint: $(DEV) ## format, lint, types, and who may import whom
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

docs: $(DEV) ## write the generated blocks of the documents anew
	@$(BIN)/python -m pytest tests/test_docs.py tests/connectors/test_readmes.py --update-golden -q

golden: $(DEV) ## write the golden files anew; read the difference as prose
	@$(BIN)/python -m pytest -q --update-golden

browser: $(DEV) ## only the tests that open the map in Chromium
	@$(BIN)/python -m pytest -m browser

# $(call oracle,TIMES,TESTS): so many times as much as the suite tries.
oracle = STACKMAP_MANY=$(1) $(BIN)/python -m pytest -q -p tests.oracles.tally $(WORKERS) $(2)

oracles: $(DEV) ## brute force, the definition and the laws on 10,000 random stacks each (about half an hour)
	@$(call oracle,7,tests/unit/analysis/gates/test_solve.py)
	@$(call oracle,7,tests/unit/analysis/test_against_oracle.py -k leaving)
	@$(call oracle,20,tests/unit/analysis/test_against_oracle.py -k bus_factors)
	@$(call oracle,50,tests/unit/analysis/test_laws.py -k 'not needs_take')
	@$(call oracle,170,tests/unit/analysis/test_laws.py -k needs_take)
	@$(call oracle,170,tests/unit/analysis/what_if/test_laws_of_changes.py -k 'not put_in_and_taken_out')
	@$(call oracle,410,tests/unit/analysis/what_if/test_laws_of_changes.py -k put_in_and_taken_out)

bench: $(PEERS) ## time and memory against their targets and graph libraries (a quarter of an hour, 4 GB; BENCH=--quick: a minute)
	@$(BIN)/python -m tests.benchmarks $(or $(BENCH),--picture examples/pictures/bench.svg)

live: $(DEV) ## predict, delete, compare on a real n8n (first run: installs it, up to 11 minutes, 1.7 GB)
	@$(BIN)/python -m tests.live

clean: ## remove caches, builds and ./demo; .venv stays
	@rm -rf demo build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@rm -rf ./*.egg-info
	@find stackmap connectors tests examples -name __pycache__ -type d -prune -exec rm -rf {} +
