# Sets up a Python environment in .venv; everything else is `briefing ...` or a plain command,
# which the README gives for those who have no make (Windows, conda).

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
READY_DEV := .venv/ready-dev

# A value as one word for the shell, whatever spaces or quotes it has.
quoted = '$(subst ','\'',$(value $(1)))'

# A reading that is doubtful ends with 1 and has said so: that is no reason to stop.
go_on = $(if $(TRANSCRIPT), || test $$? = 1)

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --quiet

.DEFAULT_GOAL := help
.PHONY: help setup notebooks lab report student solutions test test-quick test-slow check docs simulation train accuracy mutate fuzz kills bench peers format lite lock system clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  make notebooks TRANSCRIPT="my briefing.txt" [ID=name]'
	@echo '                  the same on a transcript of your own, into build/ID/'

setup: $(READY) ## make the environment in .venv (again only when its lists change)

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python " + sys.version.split()[0] + " is too old, 3.11 or later is needed. If you have one: make setup PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	@echo 'Installing what requirements.lock lists (one to three minutes) ...'
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(READY)
	@echo 'Ready. Next: make notebooks'

$(READY_DEV): $(READY) requirements-dev.lock
	@echo "Installing the developers' tools that requirements-dev.lock lists (one to three minutes) ..."
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $(READY_DEV)

notebooks: $(READY) ## run every notebook, on the sample or on TRANSCRIPT=path
	@$(BIN)/briefing run$(if $(TRANSCRIPT), $(call quoted,TRANSCRIPT))$(if $(ID), --id $(call quoted,ID))$(go_on)

lab: $(READY) ## open the notebooks in JupyterLab
	@$(BIN)/briefing lab

report: $(READY) ## write the briefing report and the lessons as HTML pages, of the sample or of TRANSCRIPT=path
	@$(if $(TRANSCRIPT),$(BIN)/briefing run $(call quoted,TRANSCRIPT)$(if $(ID), --id $(call quoted,ID))$(go_on))
	@$(BIN)/briefing report$(if $(TRANSCRIPT), $(call quoted,TRANSCRIPT))$(if $(ID), --id $(call quoted,ID))$(go_on)

student: $(READY) ## copy the notebooks without solutions into build/student/
	@$(BIN)/briefing student

solutions: $(READY) ## check that every solution in the notebooks holds
	@$(BIN)/briefing solutions

PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist worksteal

test: $(READY_DEV) ## run the tests, but for those that only CI runs (four minutes)
	$(PYTEST) -m 'not slow'

test-quick: $(READY_DEV) ## those of them that draw nothing, start no process and invent no input (40 seconds)
	$(PYTEST) -m 'not slow and not whole and not hypothesis'

test-slow: $(READY_DEV) ## the other tests: browser, Spark, wheel, kernels, lessons on odd files, all real transcripts, benchmarks
	$(PYTEST) -m slow

check: $(READY_DEV) ## look the code over: ruff, its formatter, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(READY_DEV) ## build the documentation as a site, in build/docs
	$(BIN)/python -m sphinx -W --keep-going -q -c docs . build/docs
	@echo 'Open build/docs/index.html'

simulation: $(READY_DEV) ## see how often intervals hold, as the docs say (rates need ../shared; 5 minutes)
	$(BIN)/python tests/benchmarks/interval_simulation.py
	$(BIN)/python tests/benchmarks/keyness_simulation.py

train: $(READY_DEV) ## make the reader's weights anew from ../shared (45 minutes)
	PYTHONPATH=. OMP_NUM_THREADS=1 $(BIN)/python tests/training/train.py

accuracy: $(READY_DEV) ## how well transcripts are read, each house left out (after make train)
	PYTHONPATH=. $(BIN)/python tests/training/accuracy.py

mutate: $(READY_DEV) ## change the reader's code here and there, and see which tests notice
	PYTHONPATH=. $(BIN)/python tests/training/mutate.py

fuzz: $(READY_DEV) ## read N damaged inputs of every format and import (N=1000, FIRST=0)
	PYTHONPATH=.:tests $(BIN)/python tests/benchmarks/fuzz.py $(or $(N),1000) $(or $(FIRST),0)

kills: $(READY_DEV) ## kill run, report, figures, turns and corpus build N times each, and see what is left (N=10)
	$(BIN)/python tests/benchmarks/kills.py $(or $(N),10)

bench: $(READY_DEV) ## time and memory beside other tools, as many as are installed (an hour)
	$(BIN)/python tests/benchmarks/bench.py

peers: $(READY_DEV) ## install the other tools (1 GB, into .venv, newest versions)
	$(INSTALL) --no-build-isolation -e '.[bench]'
	$(INSTALL) --no-deps conc

lite: $(READY) build/lite/node_modules ## build the page that reads a transcript in the browser alone, in build/lite (needs npm)
	$(BIN)/python docs/lite/build.py build/lite/node_modules/pyodide build/lite/drop.html
	@echo 'Open build/lite/drop.html'

build/lite/node_modules: docs/lite/package-lock.json
	mkdir -p build/lite && cp docs/lite/package.json docs/lite/package-lock.json build/lite/
	npm ci --prefix build/lite --ignore-scripts --no-audit --no-fund
	@touch build/lite/node_modules

format: $(READY_DEV) ## put the code into the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## choose newer versions for the two locks (needs uv)
	$(LOCK) --group build --extra notebooks --upgrade -o requirements.lock
	$(LOCK) --group build --extra notebooks --extra dev --extra docs --upgrade -c requirements.lock -o requirements-dev.lock

system: ## install what the tests of browser and Spark need (Debian or Ubuntu, as root)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-liberation fonts-noto-cjk
	command -v java > /dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends default-jre-headless
	command -v npm > /dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends npm
	mkdir -p build/axe && cp tests/axe/package.json tests/axe/package-lock.json build/axe/
	npm ci --prefix build/axe --ignore-scripts --no-audit --no-fund
	$(MAKE) build/lite/node_modules

clean: ## remove the environment and the caches (build/ with your own runs stays)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
