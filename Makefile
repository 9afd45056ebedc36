# Two commands: `make run` does the main job on sample_data/, `make test` runs all tests. Each sets
# up what it needs first: a virtual environment in .venv with the pinned dependencies and the model.
.DEFAULT_GOAL := help
.PHONY: help run test check fix bench clean

PYTHON ?= $(shell ./tools/find-python)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml | cksum | cut -d' ' -f1)
WORKSPACE ?= build/workspace

help:  ## show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { ./tools/find-python --explain; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

run: $(READY)  ## the main job on sample_data/
	$(BIN)/deid init --workspace $(WORKSPACE) --study-register sample_data/register.csv --from sample_data/inbox
	$(BIN)/deid run --workspace $(WORKSPACE)

test: $(READY)  ## all tests
	$(BIN)/python -m pytest

check: $(READY)  ## lint, types and import contracts; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY)  ## repair what can be repaired by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## speed and memory against stock Presidio, as ratios
	$(BIN)/python bench/speed.py

clean:  ## remove everything that was made
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
