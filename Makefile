# Every target sets up what it needs. The README gives the same commands without make.
PYTHON    ?= python3
GENERATOR ?= mkdocs
VENV      := .venv
BIN       := $(VENV)/bin
TOOLS     := .ci/node_modules
LOCK      := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q \
             $(if $(UPGRADE),--upgrade --exclude-newer '7 days') pyproject.toml requirements/build.in
export PATH := $(CURDIR)/$(TOOLS)/.bin:$(PATH)

.PHONY: serve build check annotate links test soak coverage mutants fuzz lint tools bench scale lowest audit schema record architecture lock release clean

serve: $(VENV)/.base ## serve the playbook at http://127.0.0.1:8000, rebuilt on every edit
	$(BIN)/playbook serve

build: $(VENV)/.$(GENERATOR) ## write the site into site/
	$(BIN)/playbook build --generator $(GENERATOR)

check: $(VENV)/.base ## validate data and pages
	$(BIN)/playbook check

annotate: $(VENV)/.base ## like check, as annotations for a pull request on GitHub
	$(BIN)/playbook check --format github

links: $(VENV)/.base ## list the links that leave the site (ASK=1: and ask whether each is still there)
	$(BIN)/python .ci/links.py $(if $(ASK),--ask)

test: $(VENV)/.dev ## all tests
	$(BIN)/pytest -n 2 --dist loadgroup

soak: $(VENV)/.dev ## kill builds at random moments, and serve through hundreds of edits (some minutes)
	KILLS=30 EDITS=220 $(BIN)/pytest -q -s tests/site/test_kills.py tests/site/test_serve_edits.py

coverage: $(VENV)/.dev ## lines of macros/ that no unit test has run
	$(BIN)/pytest tests/unit -q --cov --cov-report=term

mutants: $(VENV)/.dev ## whether the tests would notice small mistakes (some minutes)
	$(BIN)/python tests/mutants/run.py -n 2 --units

fuzz: $(VENV)/.dev ## random cases; SECONDS=20 for each subject, SUBJECT= for one
	$(BIN)/python tests/fuzz/run.py --seconds $(or $(SECONDS),20) $(SUBJECT)

lint: $(VENV)/.dev ## style, types and terms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy .ci/release.py .ci/record.py .ci/vendored.py .ci/sbom.py .ci/links.py deploy/csp.py
	$(BIN)/python .ci/record.py --check
	$(BIN)/python tests/terms.py
	if command -v prettier > /dev/null; then prettier --check docs/assets; fi

tools: $(TOOLS)/.package-lock.json ## install tsc and prettier, which check the scripts (needs npm)

bench: $(VENV)/.dev ## measure build and loading, as ratios
	$(BIN)/python tests/bench/bench.py $(ROUNDS)

lowest: requirements/dev.txt requirements/lowest.txt ## units and a build with the oldest version of each dependency
	$(PYTHON) -m venv --clear $(VENV)-lowest
	$(VENV)-lowest/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(VENV)-lowest/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/lowest.txt
	$(VENV)-lowest/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . --config-settings editable_mode=compat
	$(VENV)-lowest/bin/python -m pytest tests/unit tests/site/test_build.py tests/site/test_exports.py \
	  --ignore tests/unit/test_project.py -q -n 2 --dist loadgroup # its tools want newer ones

audit: $(VENV)/.dev ## hold locked packages, tools and vendored scripts against the published vulnerabilities
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements/dev.txt
	npm audit --prefix .ci
	$(BIN)/python .ci/vendored.py audit

scale: $(VENV)/.dev $(VENV)/.zensical ## measure how loading and building grow, to 1,000 times the data (some minutes)
	$(BIN)/python -m tests.scale.measure

schema: $(VENV)/.base ## write data/schema/ anew from the models
	$(BIN)/playbook schema

record: $(VENV)/.base ## write upstream/ anew: what the kit's files are, before a commit (ARCHIVE=1: and their contents)
	$(BIN)/python .ci/record.py $(if $(ARCHIVE),--archive)

architecture: $(VENV)/.base ## write the table and the picture of the rooms in docs/contributing/ anew
	$(BIN)/python tests/rooms.py

lock: $(VENV)/.dev ## resolve requirements/*.txt anew (needs uv); UPGRADE=1 takes newer versions, a week old at least
	$(LOCK) -o requirements/base.txt
	$(LOCK) -c requirements/base.txt --extra zensical -o requirements/zensical.txt
	$(LOCK) -c requirements/base.txt --extra dev -o requirements/dev.txt
	$(LOCK) --resolution lowest-direct --extra zensical -o requirements/lowest.txt

release: $(VENV)/.base ## VERSION=0.2.0: changelog, version, commit and tag (DRY_RUN=1 only says so)
	$(BIN)/python .ci/release.py make $(if $(DRY_RUN),--dry-run) "$(VERSION)"

clean: ## remove what was built and installed
	rm -rf site dist .build .cache $(VENV) $(VENV)-lowest $(TOOLS)

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed, this is ' + sys.version.split()[0])"
	$(PYTHON) -m venv $(VENV)

# One stamp a set of dependencies: base serves and builds, zensical adds the second
# generator, dev adds the tests and the linters. Hashes are required, so what is
# installed is what was locked.
$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . --config-settings editable_mode=compat
	$(BIN)/python -m compileall -q macros # a fifth of the first build, and of each where Python may not write it
	touch $@

$(TOOLS)/.package-lock.json: .ci/package.json .ci/package-lock.json .ci/.npmrc
	npm ci --prefix .ci
	touch $@

$(VENV)/.mkdocs: $(VENV)/.base
	touch $@
