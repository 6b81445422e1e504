# make run   opens the archive at http://127.0.0.1:8000/ (PORT=8080 for another port)
# make admin creates an administrator
# make test, make lint, make bench are for those who work on the code

VENV ?= .venv
PYTHON = $(VENV)/bin/python
PIP = $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: help run admin test lint bench bench-search
.DELETE_ON_ERROR:

help:
	@sed -n '1,3s/^# //p' Makefile

run: $(VENV)/.packages
	@exec $(PYTHON) manage.py serve

admin: $(VENV)/.packages
	@exec $(PYTHON) manage.py create_administrator

test: $(VENV)/.development-packages
	@exec $(PYTHON) -m pytest -n 2 $(ARGS)

lint: $(VENV)/.development-packages
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy

bench: $(VENV)/.development-packages
	@exec $(PYTHON) -m benchmarks.run

bench-search: $(VENV)/.development-packages
	@exec $(PYTHON) -m benchmarks.searching.run $(VOLUMES) $(ARGS)

$(VENV)/.packages: requirements.txt
	@$(PYTHON) -c '' 2>/dev/null || { $(MAKE_VENV); }
	@echo "Installing what the archive needs (once; this takes a minute)."
	@$(PIP) -r requirements.txt || { $(NOT_INSTALLED); }
	@touch $@

$(VENV)/.development-packages: requirements-dev.txt $(VENV)/.packages
	@echo "Installing what the tests need (once)."
	@$(PIP) -r requirements-dev.txt || { $(NOT_INSTALLED); }
	@touch $@

# The first Python that is new enough and can make an environment.
define MAKE_VENV
for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { $$python -m venv --clear $(VENV); exit; }; \
done; \
echo "The archive needs Python 3.11 or later with its venv module: install it (Debian: apt install python3-venv) and run make again." >&2; \
exit 1
endef

define NOT_INSTALLED
echo "The packages could not be installed: see that the network works and run make again." >&2; exit 1
endef
