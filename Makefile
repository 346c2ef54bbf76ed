# `make` lists what there is to do.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv is missing: apt install python3-venv" >&2; exit 1; }
	@echo "Installing what the site runs on (once, about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.txt
	@touch $@

run: .venv/run ## The site with its demo library, on http://localhost:8000
	@$(BIN)/python manage.py start

test: .venv/dev ## The whole test suite on the embedded defaults
	@$(BIN)/pytest -n auto --dist loadgroup

check: .venv/dev ## Lint, types, templates, system checks, missing migrations
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check-types check-words check-site migrated

# One program on one core, and longer than all others together: so those run beside it.
check-types:
	$(BIN)/mypy .

check-words:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files 'site/templates/*.html' | xargs $(BIN)/djangofmt --check
	git ls-files 'site/templates/*.html' | xargs $(BIN)/djangofmt check

check-site:
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py check
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

migrated: # what every suite starts from; made where it is needed first, if not here
	@$(BIN)/python -m tests.migrated

test-services: .venv/dev ## The service tests on real PostgreSQL, Elasticsearch, S3, SMTP and nginx
	@$(BIN)/python tests/services/run.py -- $(BIN)/pytest tests/services tests/search tests/courses/test_race.py

# Whose rows are contended for, or hold what a database may refuse. `make test-postgres APPS=` runs the whole suite.
# Search is in `make test-services`.
APPS := core courses episodes media provider
test-postgres: .venv/dev ## The tests of five apps once more, on PostgreSQL
	@$(BIN)/python tests/services/run.py --only postgres -- $(BIN)/pytest $(addprefix tests/,$(APPS)) -n auto --dist loadgroup

coverage: .venv/dev ## The suite again, slower: at least 95 % of lines and branches
	@$(BIN)/pytest -n auto --dist loadgroup --cov

test-browser: .venv/dev ## The browser tests, with Debian's Chromium
	@$(BIN)/pytest tests/browser -n 2 --dist loadfile --no-loadscope-reorder

bench: .venv/dev ## Benchmarks: a line each, figure and goal (not in the gate)
	@$(BIN)/python -m tests.bench

lock: ## Make the three lock files anew
	uv pip compile -q --universal --python-version 3.11 --no-header --annotation-style line --override overrides.txt requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --no-header --annotation-style line --override overrides.txt -c requirements.txt requirements-hearing.in -o requirements-hearing.txt
	uv pip compile -q --universal --python-version 3.11 --no-header --annotation-style line --override overrides.txt -c requirements.txt -c requirements-hearing.txt requirements-dev.in -o requirements-dev.txt

.PHONY: help run test check check-types check-words check-site migrated coverage test-services test-postgres test-browser bench lock
