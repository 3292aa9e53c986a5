# Handoff. `make run` and `make test` are all a new machine needs; `make check` is the whole gate.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODE := config checks ghapp tests bench docs

.PHONY: run test check format lint types imports docs docs-fresh bench quality lock clean

run: $(VENV)/.run ## Start the server with what .env says; without credentials: the playground on loopback
	$(BIN)/ghapp serve

test: $(VENV)/.dev ## Run the tests
	$(BIN)/pytest -q -n auto $(TESTS)

check: format lint types imports docs-fresh ## The whole gate, the same line as in CI
	$(BIN)/pytest -q -n auto --cov --cov-report=term-missing:skip-covered --cov-fail-under=100

format: $(VENV)/.dev
	$(BIN)/ruff format --check $(CODE)

lint: $(VENV)/.dev
	$(BIN)/ruff check $(CODE)

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

docs: $(VENV)/.dev ## Write the generated pages and the policy's JSON Schema anew
	$(BIN)/python -m docs.generate

docs-fresh: $(VENV)/.dev
	$(BIN)/python -m docs.generate --check

bench: $(VENV)/.dev ## Measure what the README and docs promise
	$(BIN)/python -m bench

quality: $(VENV)/.quality ## Measure the verdicts on a folder of labelled texts: make quality CORPUS=folder
	$(BIN)/python -m bench.quality $(CORPUS) --write docs/quality.md

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --group build pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --group build --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --group quality -c requirements-dev.txt -o requirements-quality.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Handoff needs Python 3.11 or newer; say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/.quality: $(VENV)/.run requirements-quality.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-quality.txt
	touch $@
