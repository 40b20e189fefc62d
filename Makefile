# Voci: `make` alone prints what there is.
PYTHON ?= python3
PORT ?= 8765
PIP = .venv/bin/python -m pip --quiet --disable-pip-version-check
RUN = .venv/bin
TOO_OLD = 'Voci needs Python 3.11 or newer, and $(PYTHON) is older: \
	install one, and say for example make demo PYTHON=python3.12'
LOCKED = uv pip compile pyproject.toml --universal \
	--generate-hashes --no-header --no-annotate --no-emit-index-url

# Tests start many processes: without bytecode each would compile all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test thorough check messages bench figures endurance faults mutants audit lock clean
help:
	@echo "make demo       try Voci in your browser: no Telegram account needed (PORT=$(PORT))"
	@echo "make test       tests of everything, in minutes (the browser test needs Chromium)"
	@echo "make thorough   the tests that make test leaves out: long walks, kills, screens on PostgreSQL"
	@echo "make check      style, types, imports, catalogues, documentation"
	@echo "make messages   write new texts into the catalogues, and say what is to be translated"
	@echo "make bench      speed, as ratios measured in one run; fails where a limit is missed"
	@echo "make figures    the same, written into docs/performance.md"
	@echo "make endurance  long runs: kill -9, redelivery, faults (KILLS=1000, of ballots and of sends each)"
	@echo "make faults     short lives on a machine that lets them down, from seeds (LIVES=1000 SEED=a number)"
	@echo "make mutants    do the tests notice broken code? what differs from main, or ROOM=a/folder"
	@echo "make audit      known weaknesses in the locked dependencies (asks the package index; OFFLINE=1 skips it and says so)"
	@echo "make lock       lock the dependencies anew (needs uv)"
	@echo "make clean      remove .venv and caches"

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and $(TOO_OLD))"
	$(PYTHON) -m venv .venv
	@$(RUN)/python deploy/install.py requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@$(RUN)/python deploy/install.py requirements-dev.lock
	@touch $@

demo: .venv/ready
	$(RUN)/voci demo --port $(PORT)

# How many processes: tests/conftest.py. Whoever has nothing left takes over from the others, so
# that no long test at the end is waited for by all.
test: .venv/ready-dev
	$(RUN)/python -m pytest -n auto --dist worksteal -m "not thorough and not long"

# Both together are what .ci/run wants: tests/conftest.py says which are which.
thorough: .venv/ready-dev
	$(RUN)/python -m pytest -n auto --dist worksteal -m "thorough and not long"

check: .venv/ready-dev
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/python -m pytest -q tests/test_catalogues.py tests/test_documentation.py \
		tests/test_glossary.py tests/test_mirror.py tests/test_enums.py

messages: .venv/ready
	$(RUN)/python -m locales

bench: .venv/ready-dev
	$(RUN)/python -m bench

figures: .venv/ready-dev
	$(RUN)/python -m bench --into docs/performance.md

endurance: .venv/ready-dev
	$(RUN)/python -m pytest -m long -s

# SEED of the first life, LIVES so many; docs/faults.md has what was seen.
faults: .venv/ready-dev
	PYTHONPATH=tests:. $(RUN)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(LIVES),--lives $(LIVES))

# SAMPLE and SEED: so many mutants of each file, drawn. docs/mutants.md has the figures.
mutants: .venv/ready-dev
	$(RUN)/python -m tests.mutants $(ROOM) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

audit: .venv/ready-dev
ifdef OFFLINE
	@echo "OFFLINE is set: nothing was looked up, and nothing is known about weaknesses."
else
	$(RUN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock \
		|| { echo "A weakness, or a package that could not be looked up. Without a network: make audit OFFLINE=1"; exit 1; }
endif

lock:
	$(LOCKED) --all-extras --group build -o requirements.lock
	$(LOCKED) --all-extras --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCKED) --extra postgres --group build -c requirements.lock -o requirements-core.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
