# Everything runs from .venv, which `make demo` and `make test` set up themselves (scripts/set_up.py), so that
# Python 3.11 or newer and make are all that must be there. Paths are relative: the checkout's own may hold blanks.

PYTHON ?= python3
RUN := .venv/bin/python -m
SET_UP = @command -v "$(PYTHON)" >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name it, as in make demo PYTHON=python3.12." >&2; exit 1; }; "$(PYTHON)" scripts/set_up.py
COMPILE := $(RUN) uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
# What a new checkout gets besides; legacy-office is left to who needs it.
EXTRAS := --extra ocr --extra hwp-pages --extra seven-zip

.DEFAULT_GOAL := help
.PHONY: help demo test check format lock kit hooks clean installed installed-dev

help: ## show this list
	@echo "make TARGET, with one of these targets:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile
	@echo "PYTHON=python3.12 names the Python that .venv is made with (at first, or after make clean)."

demo: installed ## set up, then try Gongmun on the sample release (WEB=0: without the web page)
	.venv/bin/gongmun demo $(if $(filter 0,$(WEB)),--no-web)

test: installed-dev ## set up, then run the tests (ARGS="-k quotes" goes to pytest)
	$(RUN) pytest $(ARGS)

check: installed-dev ## style, types and structure: what must hold before a commit
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) pytest --quiet tests/test_architecture.py

format: installed-dev ## put the code in its standard form
	$(RUN) ruff check --fix
	$(RUN) ruff format

lock: installed-dev ## write both lock files again after a change of pyproject.toml (ARGS=--upgrade: newest versions)
	$(COMPILE) $(ARGS) $(EXTRAS) --group build --output-file requirements.lock
	$(COMPILE) $(ARGS) $(EXTRAS) --group dev --constraints requirements.lock --output-file requirements-dev.lock

kit: installed-dev ## write dist/kit, which installs Gongmun without a network (ARGS="--platform windows-x86_64 --python 3.12")
	.venv/bin/python scripts/kit.py $(ARGS)

hooks: ## let git run make check before each commit
	git config core.hooksPath .githooks

clean: ## remove .venv and everything else that can be made again
	rm -rf .venv .demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name .git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

installed:
	$(SET_UP)

installed-dev:
	$(SET_UP) --dev
