# Two commands do everything on a machine with Python 3.11 and make: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint docs bench interop wheel clean

demo: $(VENV)/.demo
	$(BIN)/modelcard validate examples --fail-on never

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What is generated: the pages of docs/, the draft-07 copies and the bundled schema, the list of SPDX ids.
docs: $(VENV)/.dev
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/schema.py
	$(BIN)/python tools/spdx.py

# Paired runs against yamllint, check-jsonschema and huggingface_hub, on an installed wheel.
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

# Other people's tools: ajv, the SARIF validator, yaml-language-server, pre-commit, act. Each is skipped by name
# where it cannot be had.
interop: $(VENV)/.dev
	$(BIN)/python tests/interop/run.py

wheel: $(VENV)/.dev
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.demo: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.demo
