# `make run` and `make test` are all that a fresh machine needs. CI runs `.ci/run`: `make test`, then `make check`.

SHOP := testdata/plans/shop/plan.json

.PHONY: run test check lists prices accept bench clean

# Builds planwise and checks a plan that has problems on purpose.
run:
	@echo 'Building planwise (the first time takes a minute or two), then: planwise check $(SHOP) --exit-zero --no-repo'
	@echo
	@cargo run --locked --release --quiet -- check $(SHOP) --exit-zero --no-repo
	@echo
	@echo 'This plan has problems on purpose. Without --exit-zero planwise exits with 1, which make takes for an error.'

test:
	cargo test --locked

# What reviewers need not look at: layout, lints, documentation, generated text.
check:
	cargo fmt --check
	cargo clippy --locked --all-targets -- --deny warnings
	RUSTDOCFLAGS='--deny warnings' cargo doc --locked --no-deps
	cargo test --locked --lib -- tests::lists tests::docs

# After adding a rule or a resource type, or changing what the shop's report says: rewrites the lists in
# src/rules/*/mod.rs and src/catalogue/*/mod.rs, the names of the rules, the pages in docs/rules, and the generated
# places of README.md. The tests fail when they rewrite something, so the second run is the one that counts.
lists:
	@INSTA_UPDATE=always cargo test --locked --quiet --lib -- tests::lists tests::docs >/dev/null 2>&1 || \
		INSTA_UPDATE=always cargo test --locked --quiet --lib -- tests::lists tests::docs

# Makes the price book anew from ../shared/facts: see docs/prices.md. The test fails when it rewrites it, so the second run
# is the one that counts.
prices:
	@INSTA_UPDATE=always cargo test --locked --quiet --lib -- tests::book >/dev/null 2>&1 || \
		INSTA_UPDATE=always cargo test --locked --quiet --lib -- tests::book

# Writes new and changed snapshots. Read the diff before you commit it.
accept:
	INSTA_UPDATE=always cargo test --locked

bench:
	cargo bench --locked --bench check

clean:
	cargo clean --locked
