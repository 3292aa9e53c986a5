# Handoff. `make run` and `make test` are all a new machine needs; `make check` is the whole gate.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SBOM := sbom.cdx.json
CODE := config checks ghapp tests bench docs

.PHONY: run dev test check format lint types imports docs docs-fresh manual bench quality lock sbom clean

run: $(VENV)/.run ## Start the server with what .env says; without credentials: the playground, and the page that sets up the App
	$(BIN)/ghapp serve

dev: $(VENV)/.dev ## The same, begun anew at each change of the code; make dev TUNNEL=URL has GitHub's deliveries come to a laptop
	$(BIN)/watchfiles --sigint-timeout 25 '$(BIN)/ghapp serve $(if $(TUNNEL),--tunnel $(TUNNEL))' config checks ghapp

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

manual: $(VENV)/.docs ## Build the manual as a site in build/manual; a dead link or anchor fails it
	$(BIN)/sphinx-build --fail-on-warning --keep-going --nitpicky --quiet -c docs . build/manual

bench: $(VENV)/.dev ## Measure what the README and docs promise
	$(BIN)/python -m bench

quality: $(VENV)/.quality ## Measure the verdicts on a folder of labelled texts: make quality CORPUS=folder
	$(BIN)/python -m bench.quality $(CORPUS) --write docs/quality.md
	$(BIN)/python -m bench.trace_quality

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --group build pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --group build --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --group quality -c requirements-dev.txt -o requirements-quality.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --group docs -c requirements-dev.txt -o requirements-docs.txt
	$(MAKE) sbom

sbom: $(VENV)/.dev ## Write the bill of materials (CycloneDX) anew, of what requirements.txt pins
	sed -e '/^ /d' -e 's/ *\\$$//' requirements.txt | $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --short-PURLs --output-file $(SBOM) -

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

$(VENV)/.docs: $(VENV)/.run requirements-docs.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.txt
	touch $@

$(VENV)/.quality: $(VENV)/.run requirements-quality.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-quality.txt
	touch $@
