# make run: from a fresh checkout to a running, seeded house.   make test: every check and test that needs no extra service.
PYTHON ?= python3
PORT ?= 8000
export PORT
export HOUSE_DATA ?= $(CURDIR)/var
BIN := .venv/bin
UV := $(BIN)/uv

.PHONY: run check check-web test test-postgres pdf-libraries lock format bench screenshots clean

run: .venv/ready frontend/ready
	@$(BIN)/house start

check: .venv/ready-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files 'src/*.html')
	$(BIN)/djlint --lint --quiet src
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_doors.py src
	$(BIN)/house makemigrations --check --dry-run

# One process more than there are processors: what drives a browser mostly waits for it. Two more gained nothing.
test: .venv/ready-dev frontend/ready check
	$(BIN)/pytest -n $$(( $$(nproc 2>/dev/null || echo 2) + 1 ))

test-postgres: .venv/ready-dev frontend/ready
	tools/with_postgres $(BIN)/pytest -n auto -m "not browser"

# What the world sees, judged by the Nu HTML checker, Lighthouse, feedparser and extruct. Needs Java and Chromium.
check-web: .venv/ready-dev frontend/ready
	cd tools/web && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	$(BIN)/python tools/web/check.py

# One virtual environment; uv itself is pinned in the lock, so pip is used once.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

frontend/ready: frontend/package-lock.json frontend/build.mjs frontend/worldmap.mjs $(shell find frontend/src -type f 2>/dev/null)
	cd frontend && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	touch $@

# What WeasyPrint needs of the system, on Debian and Ubuntu; without it everything but PDFs works.
pdf-libraries:
	apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

lock:
	echo "uv" | $(UV) pip compile -q --no-header --no-annotate --generate-hashes --universal --python-version 3.11 - -o requirements-uv.lock
	$(UV) pip compile -q --no-header --generate-hashes --universal --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) pip compile -q --no-header --generate-hashes --universal --python-version 3.11 --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# What the shell says in other languages; needs Debian's gettext.
catalogues: .venv/ready-dev
	.venv/bin/python tools/catalogues.py

format:
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djade $$(git ls-files 'src/*.html')

clean:
	rm -rf .venv frontend/node_modules frontend/ready src/house/front/static/front
