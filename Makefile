# The two commands: `make demo` and `make test`. Both need only Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint bench lock model clean

demo: $(VENV)/.core
	@$(BIN)/standoff demo

test: $(VENV)/.test lint
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

# Trains the shipped model anew; see training/README.md.
model: $(VENV)/.training
	$(BIN)/python -m training

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Standoff into $(VENV) ..."
	$(PIP) install --no-compile --require-hashes -r requirements.lock
	PIP_CONSTRAINT=build-constraints.txt $(PIP) install --no-compile --no-deps -e .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.core
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.training: $(VENV)/.test
	$(PIP) install -e '.[training]'
	@touch $@

# Exact versions with hashes, no host named; run after a change of dependencies.
lock: | $(VENV)/bin/python
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --extra test pyproject.toml -o requirements-test.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
