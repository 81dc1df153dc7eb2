# The menu. The work is done by cargo, npm and the scripts in .ci.

PORT ?= 8088
SEED ?= 1
CORDBOARD := target/release/cordboard
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/vite-documents.ts web/tsconfig.json docs/contracts docs/decisions -type f)

.PHONY: help run build test check bench sim bless tour

help: ## Show this menu.
	@grep -hE '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.* ## /\1\t/' | expand -t 10

run: build ## Build everything, then serve the demo with simulated customers on 127.0.0.1:8088 (PORT=…).
	@$(CORDBOARD) serve --demo --demo-traffic 6 --data-dir ./data --listen 127.0.0.1:$(PORT) || \
	  { code=$$?; [ $$code -ne 98 ] || echo "Choose another port: make run PORT=$$(($(PORT) + 1))"; exit $$code; }

build: web/dist/index.html ## Leave the program in target/release/cordboard, the web pages inside it.
	@command -v cc >/dev/null || .ci/machine
	cargo build --release --locked -p server

test: ## Run everything that CI checks, from a fresh Debian with Rust, Node, git and make.
	.ci/machine
	.ci/test

check: web/node_modules/.package-lock.json ## Formats, lints and tidiness, without running the tests.
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cd web && npm run check
	cargo test -q --locked -p tidy

bench: build ## Measure what is promised about speed; one JSON object per line.
	.ci/bench

sim: build ## Play simulated days by seed, then crashes and wrong requests for the binary (SEED=…).
	.ci/sim $(SEED)

bless: web/node_modules/.package-lock.json ## Accept what the program does now as what the golden files expect.
	UPDATE_EXPECT=1 cargo test --workspace --locked
	cd web && npm run gen

tour: build ## Walk through the README's tour: print the real answers, and take its pictures (docs/tour).
	.ci/tour $(CORDBOARD)
	cd web && SHOTS=../docs/tour npx vitest run --config e2e/vitest.config.ts tour

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build
	@touch $@
