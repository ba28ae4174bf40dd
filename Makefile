# make demo    a first look: today's list on a copy of the example vault
# make test    everything that is checked: format, lint, types, tests
# make docs    the site, in site/
# make man     the manual pages, in man/
# make test-long   what tries to break edits and writes, many times over

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The originals that dates and properties are compared with, where node is present.
NODE := $(abspath $(VENV)/node)
ORIGINALS := npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=20000 \
	--prefix $(NODE) moment@2.29.4 js-yaml@4 yaml@2
PYTEST := if [ -d $(NODE)/node_modules/yaml ]; then \
	export VAULT_NODE_DIR=$(NODE) VAULT_MOMENT_DIR=$(NODE); fi; $(BIN)/python -m pytest
SCALE ?= 40
# What grows with the scale, and what is of one size but belongs to it.
LONG = $(sort $(shell grep -rl SCALE --include='test_*.py' tests) \
	$(addprefix tests/vault/test_,faults.py full_disk.py))
TODAY ?= $(shell date +%F)

.PHONY: demo test test-long format transcripts catalogues docs man clean

demo: $(VENV)/.installed
	@rm -rf demo-vault
	@$(BIN)/python tools/demo.py example-vault demo-vault --today $(TODAY)
	@$(BIN)/vault --vault demo-vault --today $(TODAY) due
	@echo "The list stands in demo-vault/Daily/$(TODAY).md. Ask on: $(BIN)/vault --vault demo-vault why liam"

test: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -n auto --dist worksteal

test-long: $(VENV)/.tested
	export VAULT_TEST_SCALE=$(SCALE); $(PYTEST) $(LONG)

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Rewrites what the commands print, in tests/commands and in the README.
transcripts: $(VENV)/.tested
	$(BIN)/python -m pytest tests/commands --rewrite

catalogues: $(VENV)/.tested
	$(BIN)/python tools/catalogues.py

# Fetches nothing while it builds, and takes every warning for an error.
docs: $(VENV)/.tested
	$(BIN)/python -m sphinx -q -E -W --keep-going -n -c docs -d site/.doctrees . site
	@echo "The site stands in site/index.html"

man: $(VENV)/.installed
	$(BIN)/python tools/man.py

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[holidays]'
	@touch $@

$(VENV)/.tested: $(VENV)/.installed constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--group test --group docs
	@if command -v node && command -v npm; then $(ORIGINALS) || true; fi >/dev/null
	@touch $@

clean:
	rm -rf $(VENV) demo-vault dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
