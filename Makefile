# Two commands are enough: `make run` and `make test`. Everything lives in .venv; nothing else on the machine is
# touched, except that root lets apt-get bring what is missing.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
BIN := .venv/bin
# Tests run in one process for each core, a file always in one of them, and the browser's files last. It is pytest's own
# closing lines that end the run.
PYTEST := $(BIN)/python -m pytest -q -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# What tests need from the system: a browser with Chinese letters, and what reads doc, wps, rtf and odt. Without
# libatomic1 Playwright's driver ends with no word said.
TEST_PACKAGES := chromium fonts-noto-cjk libatomic1 libreoffice-writer-nogui

.DEFAULT_GOAL := help
.PHONY: help install run test check unit browser bench bench-peers learn docs pictures clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
			&& echo "Installing python3-venv" && apt-get -q update && apt-get -qy install --no-install-recommends python3-venv; } \
		|| { echo "Python cannot make environments here; as root: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/runtime.stamp: .venv/pyvenv.cfg requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/login.stamp: .venv/runtime.stamp requirements-login.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-login.txt
	@touch $@

.venv/system.stamp: .venv/pyvenv.cfg Makefile
	@missing=""; for each in $(TEST_PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$each 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$each"; done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing$$missing"; \
			apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $$missing; \
		else \
			echo "Tests need:$$missing. As root: apt-get install --no-install-recommends$$missing"; exit 1; \
		fi; \
	fi
	@touch $@

install: .venv/runtime.stamp ## Make .venv with the pinned requirements

run: install $(if $(PEOPLE),.venv/login.stamp) ## Serve the dashboard and print its address (PORT=8501, HOST=127.0.0.1, CORPUS=folder, CHECKING=1, RULES=folder, PEOPLE=file)
	@echo "政衡: http://$(HOST):$(PORT)"
	@$(if $(CORPUS),ZHENGHENG_CORPUS="$(CORPUS)") $(if $(CHECKING),ZHENGHENG_CHECKING="$(CHECKING)") $(if $(RULES),ZHENGHENG_RULES="$(RULES)") $(if $(PEOPLE),ZHENGHENG_PEOPLE="$(PEOPLE)") exec $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

check: .venv/dev.stamp ## Fast checks: style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/dev.stamp .venv/system.stamp ## Tests without a browser
	$(PYTEST) --ignore=tests/browser

browser: .venv/dev.stamp .venv/system.stamp ## Tests that click through every page
	$(PYTEST) tests/browser

test: check .venv/system.stamp ## Everything: checks, unit, property, gold, page and browser tests
	$(PYTEST)

bench: .venv/dev.stamp .venv/system.stamp ## Measure speed and write docs/benchmarks.md
	$(BIN)/python tests/benchmarks/bench.py

.venv-peers/stamp: .venv/pyvenv.cfg requirements-peers.txt
	$(BIN)/python -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-peers.txt
	@touch $@

bench-peers: .venv/dev.stamp .venv-peers/stamp ## Hold the reading of numbers against JioNLP and Recognizers-Text
	$(BIN)/python tests/benchmarks/peers.py

learn: .venv/dev.stamp ## Learn the weights anew from all annotated texts at hand; write their figures
	$(BIN)/python -m analysis learn --write
	$(BIN)/python -m analysis comments stances tests/cases/stance_comments/*.csv tests/cases/stances.csv --write
	$(BIN)/python -m analysis.cli.generated

docs: .venv/dev.stamp ## Write the generated documents
	$(BIN)/python -m analysis.cli.generated

pictures: .venv/dev.stamp .venv/system.stamp ## Take the pictures of the README anew
	$(BIN)/python tests/browser/pictures.py

clean: ## Remove the environment and caches
	rm -rf .venv .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
