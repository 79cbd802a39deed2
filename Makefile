# From a fresh clone: `make build` writes the editions into build/, `make test` runs the tests.
# Each sets up what it needs first, under .venv and without asking; later runs skip that.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
LOCK := $(VENV)/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

# Python keeps what it compiles, as pytest does: else every process compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help build test test-full accept lint format lock clean system-build system-test system-test-full readers

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) \
		| awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

build: $(VENV)/ready-to-build system-build  ## write all editions into build/
	$(BIN)/publish build

test: $(VENV)/ready-to-test system-test  ## run the tests, without the slow ones
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-full: $(VENV)/ready-to-test system-test-full readers  ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile -m ""

accept: $(VENV)/ready-to-test system-test  ## write the expected outputs anew; read the diff
	$(BIN)/python -m pytest --accept -m ""

lint: $(VENV)/ready-to-test  ## check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/ready-to-test  ## mend what can be mended of style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)/lock/bin/uv  ## choose the newest versions of all packages and pin them
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group build --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	bash .ci/readers/lock $(abspath $(VENV))/lock/bin/uv

clean:  ## remove what was built and all caches; .venv stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find publish tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- set-up

$(VENV)/made:
	bash .ci/make-venv $(VENV)
	@touch $@

# Nothing is fetched but pinned files whose hashes match.
$(VENV)/ready-to-build: requirements.txt pyproject.toml | $(VENV)/made
	$(PIP) install --quiet --require-hashes --requirement requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: requirements-dev.txt pyproject.toml | $(VENV)/made
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/ready-to-build

$(VENV)/lock/bin/uv: | $(VENV)/made
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet "uv>=0.13"

system-build: | $(VENV)/made
	@bash .ci/system-packages build $(BIN)/python

system-test: | $(VENV)/made
	@bash .ci/system-packages test $(BIN)/python

system-test-full: | $(VENV)/made
	@bash .ci/system-packages test-full $(BIN)/python

readers: | $(VENV)/made
	@bash .ci/readers/install $(VENV)/readers $(BIN)/python
