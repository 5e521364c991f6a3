# `make site` builds the site, `make test` runs all tests. A bare machine needs Python 3.11 or newer, git and make.
# PYTHON names another interpreter (`make site PYTHON=python3.13`); ARGS goes on to the command (`make test ARGS="-k names"`).

PYTHON ?= python3
ARGS ?=
FORMAT ?= text
# The names of the command line reach the commands through the environment, where no shell reads them.
export SINCE ?=
# Texts that are not part of the repository; some measurements and tests use them.
SHARED ?= $(or $(ARCHIVE_SHARED),../shared)
# How many articles the build is measured on; empty: 100, 1,000 and 10,000.
SIZES ?=

# Written last, so that an installation that was broken off is begun again.
READY := .venv/.ready
ZIM := .venv/.zim

# Material for MkDocs announces the end of its life before any code of ours could speak. The project knows.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install zim site bundle check changes serve test lint golden bench bench-peers bench-names renderers lock clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

install: $(READY) ## create .venv with the locked packages and the command `archive`

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is missing or older than Python 3.11. Name a newer one: make site PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make environments. On Debian and Ubuntu install the package python3-venv." >&2; exit 1; }
	@echo "Installing the locked packages into .venv: once, and again when requirements.lock or pyproject.toml changes."
	@$(PYTHON) -m venv --clear .venv
	@.venv/bin/python -m pip install -qq --require-hashes -r requirements.lock
	@.venv/bin/python -m pip install -qq --no-index --no-deps --no-build-isolation -e .
	@touch $@

zim: $(ZIM) ## add to .venv what `archive bundle --zim` needs: libzim, which is under the GPL

$(ZIM): $(READY) requirements-zim.lock
	@.venv/bin/python -m pip install -qq --require-hashes -r requirements-zim.lock
	@touch $@

site: $(READY) ## check the archive and build it into site/
	@.venv/bin/archive check
	@.venv/bin/archive build --strict

bundle: $(READY) $(if $(findstring --zim,$(ARGS)),$(ZIM)) ## write site and data as one file to download (ARGS=--zim: one for Kiwix too)
	@.venv/bin/archive bundle $(ARGS)

check: $(READY) ## check everything in archive/ and docs/ (FORMAT=text, github or json), or what changed (SINCE=main)
	@.venv/bin/archive check --format $(FORMAT) $(if $(SINCE),--since "$$SINCE")

changes: $(READY) ## say in build/changes.md what the archive changes in the record since a commit or branch (SINCE=main)
	@mkdir -p build
	@.venv/bin/archive changes "$$SINCE" > build/changes.md
	@cat build/changes.md

serve: $(READY) ## show the site in a browser and refresh it after every change
	@.venv/bin/archive serve $(ARGS)

test: $(READY) ## run all tests
	@.venv/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(READY) ## style, types, and the one direction in which the rooms know each other
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

golden: $(READY) ## write the expected pages of the golden archive again: review them as a diff
	@PYTHONPATH=tests .venv/bin/python tests/golden/regenerate.py $(ARGS)

bench: $(READY) ## measure how the build grows (SIZES="100 1000": to there), and where the texts for it are (SHARED=their folder) the rest
	@echo "== tests/bench/scale.py"
	@PYTHONPATH=tests .venv/bin/python tests/bench/scale.py "$(SHARED)" $(SIZES)
	@echo "== tests/bench/site_build.py"
	@PYTHONPATH=tests .venv/bin/python tests/bench/site_build.py
	@echo "== tests/bench/check_changed.py"
	@PYTHONPATH=tests .venv/bin/python tests/bench/check_changed.py
	@echo "== tests/bench/anchoring.py"
	@.venv/bin/python tests/bench/anchoring.py
	@for name in false_deletions extraction harvest search_index search_terminal search_reading shared_text suggestions; do \
		echo "== tests/bench/$$name.py"; \
		if [ -d "$(SHARED)/corpora" ]; then \
			PYTHONPATH=tests .venv/bin/python tests/bench/$$name.py "$(SHARED)" || exit 1; \
		else echo "left out: no texts to measure on in $(SHARED)"; fi; \
	done

bench-peers: $(READY) ## let other programs make a site of the same texts (SIZES=1000: of so many); fetches them from a package index
	@PYTHONPATH=tests .venv/bin/python tests/bench/peers.py "$(SHARED)" $(SIZES)

bench-names: $(READY) ## measure the linking of names against human tags, where the texts for that are (SHARED=their folder)
	@if [ -d "$(SHARED)/corpora/reuters-dev" ]; then \
		PYTHONPATH=tests .venv/bin/python tests/bench/names.py "$(SHARED)" $(ARGS); \
	else echo "left out: no texts to measure on in $(SHARED)"; fi

# One lock for all systems and Python versions, with the build backend and the test tools. It names no index: hashes
# decide what is installed, wherever it comes from. Versions already locked stay; ARGS=--upgrade takes the newest.
renderers: $(READY) ## build the Markdown tree with Zensical and with ProperDocs, and tell what their sites lack (see docs/about/renderers.md)
	@$(PYTHON) -m venv build/renderers/zensical-venv && build/renderers/zensical-venv/bin/pip install -qq zensical
	@$(PYTHON) -m venv build/renderers/properdocs-venv && build/renderers/properdocs-venv/bin/pip install -qq properdocs properdocs-theme-mkdocs
	@.venv/bin/archive build
	@rm -rf build/renderers/tree
	@.venv/bin/archive generate --to build/renderers/tree
	@.venv/bin/python tests/renderers/render.py site build/renderers/tree build/renderers \
		"$(CURDIR)/build/renderers/zensical-venv/bin/zensical" "$(CURDIR)/build/renderers/properdocs-venv/bin/properdocs"

lock: ## write requirements.lock and requirements-zim.lock again from pyproject.toml
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install -qq uv
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		> build/lock/backend.in
	@UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --no-config --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--extra test pyproject.toml build/lock/backend.in -o requirements.lock $(ARGS)
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["zim"], sep="\n")' \
		> build/lock/zim.in
	@UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --no-config --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--constraint requirements.lock build/lock/zim.in -o requirements-zim.lock $(ARGS)

clean: ## remove what was built; .venv stays
	@rm -rf build site
