# Faro. `make run` sets everything up and starts it; `make test` sets everything up and runs the tests.
# Needed on a fresh machine: Python 3 and make. uv is fetched when absent and brings Python 3.13 and 3.10.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test testenclave testfacts testgateway check score train bench clean format

UV = $(shell python3 deploy/find_uv.py)
GATEWAY = .venv/.installed
ENCLAVE = bot/.venv/.installed
# Sorting by hash must not differ between two trainings.
export PYTHONHASHSEED = 0
export UV_NO_PROGRESS = 1
PYTEST = .venv/bin/python -m pytest
FACTS = tests/content tests/directory tests/packs tests/rules
BOT_PYTEST = bot/.venv/bin/python -m pytest -c bot/pyproject.toml --rootdir .

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(GATEWAY): requirements.lock pyproject.toml
	@echo "[1/4] Gateway environment (Python 3.13) ..." >&2
	@uv="$(UV)"; test -n "$$uv" || exit 1; \
	test -x .venv/bin/python || "$$uv" venv --quiet .venv; \
	"$$uv" pip sync --quiet --require-hashes requirements.lock && \
	"$$uv" pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(ENCLAVE): bot/requirements.lock bot/requirements-dev.lock
	@echo "[2/4] Enclave environment (Python 3.10, Rasa) ... this is the long one" >&2
	@uv="$(UV)"; test -n "$$uv" || exit 1; cd bot && \
	{ test -x .venv/bin/python || "$$uv" venv --quiet .venv; } && \
	"$$uv" pip sync --quiet --require-hashes requirements.lock requirements-dev.lock
	@touch $@

setup: $(GATEWAY) $(ENCLAVE) ## both environments, places and model
	@echo "[3/4] Places ..." >&2
	@.venv/bin/python -m faro.places
	@echo "[4/4] Model ..." >&2
	@bot/.venv/bin/python -m bot.train

run: setup ## set everything up and start it
	@.venv/bin/faro up

train: $(GATEWAY) $(ENCLAVE) ## train the model when its data or code changed
	@.venv/bin/python -m faro.places
	@bot/.venv/bin/python -m bot.train

# The longest comes first: side by side, the others end while it runs.
test: testgateway testenclave testfacts ## all tests of both environments

testenclave: setup ## tests of the enclave's environment
	$(BOT_PYTEST) tests/bot tests/actions tests/contract

testfacts: setup ## tests of facts, words, the directory and the rules of the house
	$(PYTEST) $(FACTS)

testgateway: setup ## tests of everything else: what runs
	$(PYTEST) $(FACTS:%=--ignore=%)

check: $(GATEWAY) $(ENCLAVE) ## lint, types, import directions, packs, messages, phrases of danger, scores of what was held back
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	bot/.venv/bin/python -m mypy --config-file bot/pyproject.toml
	.venv/bin/lint-imports
	.venv/bin/faro check
	.venv/bin/python -m faro.places
	bot/.venv/bin/python -m bot.lint_phrases
	bot/.venv/bin/python -m bot.score --check

score: setup ## how well messages are understood that nothing was trained on
	bot/.venv/bin/python -m bot.score

bench: setup ## measure against stock Rasa (installs it on demand; long)
	.venv/bin/python bench/engine.py

format: $(GATEWAY) ## put the code into shape
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

clean: ## remove everything that was made, data of conversations included
	rm -rf .venv bot/.venv .tools var
