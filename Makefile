# The verbs of this project. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo app test test-clients test-browser test-contract test-instances test-schemathesis lint lint-contract fmt openapi bruno bench bench-instructions bench-peers bench-reports soak released fuzz migrate deny clean

help: ## list the verbs
	@awk -F ':[^#]*## ' '/^[a-z-]+:[^#]*## / { printf "  make %-17s  %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Without JWT_SECRET the server may keep a generated one beside its SQLite file.
ifndef JWT_SECRET
run: export KEEP_SECRET ?= true
endif
run: ## serve on 127.0.0.1:8080 (debug build), settings from the environment
	cargo run --locked -- serve

demo: ## serve a filled example workplace and print its sign-ins
	cargo run --release --locked -- demo

app: ## build the app at /app/, which the next build of the program then carries (needs Node)
	@scripts/ensure-clients
	@npm --prefix clients run --silent build --workspace typescript
	@npm --prefix clients run --silent build --workspace notebook

# The app goes first: the program that is tested then carries it.
test: app lint ## lint, then every test: SQLite, PostgreSQL, the contract, the clients, a browser
	@if [ -n "$${TEST_DATABASE_URL:-}" ]; then \
		echo "== PostgreSQL: the database that TEST_DATABASE_URL names"; \
	else \
		scripts/ensure-postgres; \
	fi
	@scripts/ensure-lrs
	@echo "== tests"
	@cargo test --locked
	@$(MAKE) --no-print-directory lint-contract test-contract test-clients test-browser
	@echo "== all tests passed"

test-clients: ## build, check and test the packages under clients/
	@scripts/ensure-clients
	@echo "== the server that they are tested against"
	@cargo build -q --locked
	@echo "== clients"
	@npm --prefix clients run --silent check
	@echo "== all clients passed"

test-browser: app ## try the app in Chromium, on a program that carries it
	@scripts/ensure-chromium
	@echo "== the program with the app in it"
	@cargo build -q --locked
	@echo "== the app in a browser"
	@npm --prefix clients run --silent test:browser --workspace notebook
	@echo "== the app passed"

lint: ## check formatting, migration names and clippy; changes nothing
	@echo "== formatting"
	@cargo fmt --check || { echo "not formatted: run make fmt" >&2; exit 1; }
	@echo "== migrations: the same names for both databases"
	@diff --label migrations/sqlite --label migrations/postgres -u \
		<(cd migrations/sqlite && find . -type f | LC_ALL=C sort) \
		<(cd migrations/postgres && find . -type f | LC_ALL=C sort) \
		|| { echo "each migration needs a folder of the same name under migrations/sqlite and migrations/postgres" >&2; exit 1; }
	@echo "== clippy"
	@cargo clippy --locked --all-targets -- -D warnings

lint-contract: ## hold the contract up to its rules, and to the last released one
	@scripts/ensure-clients
	@echo "== the contract's rules"
	@npm --prefix clients/contract run --silent lint

test-contract: ## generate clients from the contract, compile them, call a server with each; attack one shortly
	@scripts/ensure-clients
	@scripts/ensure-schemathesis
	@cargo build --quiet --locked
	@echo "== clients generated from the contract, and a short attack"
	@npm --prefix clients/contract run --silent test

test-schemathesis: ## attack a server with all that the contract allows and does not (takes an hour)
	@scripts/ensure-clients
	@scripts/ensure-schemathesis
	@cargo build --quiet --locked
	@echo "== Schemathesis"
	@npm --prefix clients/contract run --silent schemathesis

fmt: ## format the code
	cargo fmt

openapi: ## write the contract to openapi/feedbacklus.json
	@mkdir -p openapi
	@trap 'rm -f openapi/.feedbacklus.json.new' EXIT; \
		cargo run -q --locked -- openapi > openapi/.feedbacklus.json.new && \
		mv openapi/.feedbacklus.json.new openapi/feedbacklus.json
	@echo "wrote openapi/feedbacklus.json"
	@if [ -d clients/node_modules ]; then \
		npm --prefix clients run --silent generate && echo "wrote clients/typescript/src/schema.ts"; \
	else \
		echo "clients/typescript/src/schema.ts follows with: npm ci && npm run generate, in clients/"; \
	fi

bruno: ## write the Bruno collection in clients/bruno from the contract
	@scripts/ensure-clients
	@npm --prefix clients/contract run --silent bruno

test-instances: export TEST_INSTANCES ?= 2
test-instances: ## every API test with two instances on each PostgreSQL, behind nginx (needs nginx; 20 minutes)
	@command -v nginx >/dev/null || { echo "make test-instances needs nginx" >&2; exit 1; }
	@cargo test --locked --test api

bench: ## measure a release build beside its limits and keep it in benches/RESULTS.md, PARTS or all (needs wrk and an hour)
	@python3 benches/speed.py $(PARTS)

bench-reports: ## measure reports and exports on a release build, up to 1,000,000 observations (takes half an hour)
	@python3 benches/reports.py

bench-peers: ## measure a release build beside PocketBase (from PyPI; needs wrk)
	@python3 benches/peers.py

bench-instructions: ## count what the hottest operations take beside what is kept in benches/instructions.json, KEEP=true keeps it (needs valgrind)
	@python3 benches/instructions.py $(if $(KEEP),--keep)

# The tests of faults themselves, for long, on the release build; its temporary folder is on a disk, where fsync costs.
soak: export SOAK := 1
soak: export SOAK_PROGRAM ?= $(CURDIR)/target/release/feedbacklus
soak: export SOAK_KILLS ?= 100
soak: export SOAK_SECONDS ?= 60
soak: export SOAK_CLIENTS ?= 64
soak: export SOAK_SLOW ?= 400
soak: export SOAK_RECORDS ?= 5000
soak: export SOAK_BACKUPS ?= 3
soak: export TMPDIR ?= /var/tmp
soak: ## kill, fill, hang and overload a release build and tell what came of it (half an hour; SOAK_KILLS=100 SOAK_SECONDS=60)
	@scripts/ensure-postgres
	@[ -x "$$SOAK_PROGRAM" ] || cargo build --release --locked
	@cargo test -q --locked --test api --no-run
	@echo "== $$("$$SOAK_PROGRAM" --version), $$(nproc) processors, $$SOAK_KILLS kills a database, $$SOAK_SECONDS s of overload"
	@ulimit -n 8192; log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
		cargo test -q --locked --test api -- --nocapture --test-threads=1 $${SOAK_ONLY:-faults:: backups::} 2>"$$log" \
		| sed -un 's/^.*soak: //p' || { tail -n 40 "$$log" >&2; echo "soak: failed" >&2; exit 1; }
	@echo "== all held"

released: ## write tests/api/migrations/released/VERSION: databases of this version, for later ones to bring up to date
	@[ -n "$(VERSION)" ] || { echo "released: say VERSION=0.1.0, the version that is released" >&2; exit 1; }
	@RELEASED=$(VERSION) cargo test -q --locked --test api migrations::released::a_fixture
	@ls -l tests/api/migrations/released/$(VERSION)

fuzz: ## look for inputs that break what must hold, FUZZ_SECONDS (600) a target, TARGETS or all (needs nightly)
	@scripts/fuzz

migrate: ## bring the database that DATABASE_URL names up to date
	cargo run -q --locked -- migrate

deny: ## check advisories, licences, duplicates and sources of the dependencies
	@if cargo deny --version >/dev/null 2>&1; then \
		cargo deny check; \
	else \
		echo "cargo-deny is not installed: cargo install cargo-deny --locked" >&2; exit 1; \
	fi

clean: ## remove what was built
	cargo clean
