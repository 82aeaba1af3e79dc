# Communique: what a newcomer types. `make demo` shows it, `make test` checks it.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export OMP_NUM_THREADS ?= 1

.PHONY: accurate help demo test check evaluate bench torture torture-quick licences bom wheel docs lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      install into $(VENV) and show a brief made of the sample articles"
	@echo "make test      all tests"
	@echo "make check     style, types and licences, in about a minute"
	@echo "make evaluate  scores on the gold sets in $(SHARED), against their floors"
	@echo "make bench     speed"
	@echo "make torture   kills, full disks, flipped bytes, hostile input: torture/results; torture-quick in minutes"
	@echo "make wheel     the wheel, built twice and compared; make bom: what the install brings, as CycloneDX"
	@echo "make docs      write docs/commands.md anew from the commands' own help"
	@echo "make lock      compile the two lock files anew (needs uv)"
	@echo "make clean     remove $(VENV) and what tools left behind"

# The stamps hold the work that is done: a lock that did not change installs nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Communique needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 | cut -d" " -f2)." \
	       "Say which one to use: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make virtual environments: install its venv module" >&2; exit 1; }

$(VENV)/runtime.stamp: requirements.lock | $(BIN)/python
	@test -e $(VENV)/dev.stamp -a $(VENV)/dev.stamp -nt requirements.lock || { \
	  echo "Installing what requirements.lock names (a minute or two, once)"; \
	  $(PIP) --require-hashes -r requirements.lock; }
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	@echo "Installing what requirements-dev.lock names (a minute or two, once)"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/project.stamp: pyproject.toml | $(BIN)/python
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/runtime.stamp
	@$(MAKE) --silent --no-print-directory $(VENV)/project.stamp
	@$(BIN)/communique demo

.PHONY: dev
dev: $(VENV)/dev.stamp
	@$(MAKE) --silent --no-print-directory $(VENV)/project.stamp

test: dev
	$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.materials licences

evaluate: dev
	$(BIN)/python evaluation/run.py $(SHARED)

# The larger encoder, in a package of its own: needs torch, some 40 minutes on one quiet core, 110 MB of weights.
accurate: dev
	$(BIN)/python -m pip install --quiet -r training/requirements.txt
	$(BIN)/python training/train.py --base mpnet --epochs 2 --out accurate/src/communique_accurate/weights
	$(BIN)/python -m pip install --quiet --no-deps ./accurate

torture: dev
	$(BIN)/python -m torture.run --kills 300 --troubles 44 --flips 1000 --beside 3600 --inputs 200000 --guided 20000 --answers 50 --server 30 --report torture/results/torture.json

# The same with other, smaller numbers: for every change, in under ten minutes.
torture-quick: dev
	$(BIN)/python -m torture.run --kills 24 --troubles 11 --flips 100 --beside 30 --inputs 300 --answers 1 --server 4

# Nothing under the GPL or LGPL in the default install; what is in it; the wheel, built twice to the same bytes.
licences: dev
	$(BIN)/python -m tools.materials licences

bom: dev
	@mkdir -p dist
	$(BIN)/python -m tools.materials bom -o dist/communique.cdx.json

wheel: dev
	$(BIN)/python -m tools.wheel --into dist

bench: dev
	$(BIN)/python benchmarks/run.py $(SHARED)

docs: dev
	$(BIN)/python -m communique.cli.reference > docs/commands.md

# No index and no host stands in the locks: they install from whatever registry this machine uses.
lock:
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --constraint requirements.lock \
	  --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
