# Two commands: `make run` does the main job on sample_data/, `make test` runs all tests. Each sets
# up what it needs first: a virtual environment in .venv with the pinned dependencies and the model.
.DEFAULT_GOAL := help
.PHONY: help run serve test soak check fix bench bench-scale wheelhouse clean

PYTHON ?= $(shell ./tools/find-python)
VENV := .venv
BIN := $(VENV)/bin
# Named after what they were made of: another lock file, or other metadata, is installed anew. The
# lock is whole, so nothing is resolved (which older pips refuse with hashes); pip check says so.
PINNED := $(VENV)/.pinned-$(shell cksum < requirements.lock | cut -d' ' -f1)
READY := $(VENV)/.ready-$(shell cat requirements.lock pyproject.toml | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Not to be confused with a study's own workspace, into which sample data must never be copied.
SAMPLE_WORKSPACE := build/workspace
# Every test process would compile the tests anew, and every process of a run the program.
unexport PYTHONDONTWRITEBYTECODE

help:  ## show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 12

$(PINNED):
	@./tools/find-python --check "$(PYTHON)"
	@echo "Setting up $(VENV): about 1 GB, some minutes the first time"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@touch $@

$(READY): $(PINNED)
	@$(PIP) --no-build-isolation --no-deps -e .
	@$(BIN)/python -m compileall -q deid flows || true
	@$(BIN)/python -m pip check --disable-pip-version-check > $(VENV)/check.log || { cat $(VENV)/check.log; exit 1; }
	@touch $@

define FILL_SAMPLE
@$(BIN)/deid init --workspace $(SAMPLE_WORKSPACE) > /dev/null
@umask 077 && cp sample_data/register.csv $(SAMPLE_WORKSPACE)/ && cp sample_data/inbox/* $(SAMPLE_WORKSPACE)/inbox/
endef

run: $(READY)  ## de-identify sample_data/ into build/workspace; again: does what changed
	$(FILL_SAMPLE)
	@$(BIN)/deid run --workspace $(SAMPLE_WORKSPACE)

serve: $(READY)  ## the Prefect UI and the nights of build/workspace, until Ctrl-C
	$(FILL_SAMPLE)
	@$(BIN)/deid serve --workspace $(SAMPLE_WORKSPACE)

test: $(READY)  ## run all tests, in one process more than there are cores
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder

soak: $(READY)  ## kill parts of the service in seven nights of forty transcripts, 35 kills; ROUNDS=20 and more
	DEID_TEST_ROUNDS=$(or $(ROUNDS),7) $(BIN)/python -m pytest tests/flows/test_service_kills.py

check: $(READY)  ## lint, types and import contracts; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY)  ## repair what can be repaired by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## speed and memory against stock Presidio, as ratios; the leak check's own
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.leaks

bench-scale: $(READY)  ## how cost grows with the number of transcripts; SCALE="--words 8000" and more
	$(BIN)/python -m bench.scale $(SCALE)

wheelhouse: $(READY)  ## build/wheelhouse: what a machine without internet installs from
	$(BIN)/python tools/build_wheelhouse.py build/wheelhouse

clean:  ## remove everything that was made
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
