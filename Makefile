# Every target sets up what it needs. The README gives the same commands without make.
PYTHON    ?= python3
GENERATOR ?= mkdocs
VENV      := .venv
BIN       := $(VENV)/bin

.PHONY: serve build check annotate test lint bench schema lock clean

serve: $(VENV)/.base ## serve the playbook at http://127.0.0.1:8000, rebuilt on every edit
	$(BIN)/playbook serve

build: $(VENV)/.$(GENERATOR) ## write the site into site/
	$(BIN)/playbook build --generator $(GENERATOR)

check: $(VENV)/.base ## validate data and pages
	$(BIN)/playbook check

annotate: $(VENV)/.base ## like check, as annotations for a pull request on GitHub
	$(BIN)/playbook check --format github

test: $(VENV)/.dev ## all tests
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.dev ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	if command -v prettier > /dev/null; then prettier --check docs/assets; fi

bench: $(VENV)/.dev ## measure build and loading, as ratios
	$(BIN)/python tests/bench/bench.py

schema: $(VENV)/.base ## write data/schema/ anew from the models
	$(BIN)/playbook schema

lock: $(VENV)/.dev ## resolve requirements/*.txt anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  pyproject.toml requirements/build.in -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --extra zensical pyproject.toml requirements/build.in -c requirements/base.txt -o requirements/zensical.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
	  --extra dev pyproject.toml requirements/build.in -c requirements/base.txt -o requirements/dev.txt

clean: ## remove what was built and installed
	rm -rf site .build .cache $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed, this is ' + sys.version.split()[0])"
	$(PYTHON) -m venv $(VENV)

# One stamp a set of dependencies: base serves and builds, zensical adds the second
# generator, dev adds the tests and the linters. Hashes are required, so what is
# installed is what was locked.
$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . --config-settings editable_mode=compat
	touch $@

$(VENV)/.mkdocs: $(VENV)/.base
	touch $@
