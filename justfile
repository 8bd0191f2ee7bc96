# What CI calls: `.ci/run` on one machine, one after the other, and `.github/workflows/ci.yml` on many, side by side.
# `just` lists the recipes. Each installs the tool that it needs, of the version named here.

set shell := ["bash", "-euo", "pipefail", "-c"]

# rustdoc's JSON of this day is what cargo-public-api and cargo-check-external-types read (format 57).
nightly := "nightly-2026-03-20"

published := "kratos-model kratos-core kratos-hooks kratos-events kratos-tower kratos-ui kratos-oauth2 kratos-axum kratos-actix kratos-redis kratos-postgres kratos-testkit"
packages := "-p " + replace(published, " ", " -p ")

target := absolute_path(env("CARGO_TARGET_DIR", "target"))
python := target / "ci-tools"

[private]
list:
    @just --list

# All of it. `.ci/run` runs some of it side by side.
ci: format typos glossary workflows lints test instructions models guide docs public-api names external-types features wasm minimal-versions msrv package dependencies deny advisories

# As rustfmt has it, and without the marks of an unresolved merge.
format:
    rustup component add rustfmt
    cargo fmt --all --check
    ! git grep -nE '^(<{7}|>{7}) '

# clippy on everything, warnings denied.
lints:
    rustup component add clippy
    cargo clippy --locked --workspace --all-targets -- -D warnings

# Every test, the walks in a browser among them, and that no fewer of them ran than there should be.
test:
    .ci/test

# Serves every page in every state, language and colour scheme: http://127.0.0.1:4455. `just gallery docs/src/pictures` writes the
# guide's pictures, with chromium.
gallery *folder:
    cargo run --locked -p kratos-tests --example gallery -- {{ folder }}

# Every interleaving of a few threads that use the cache, with at most so many preemptions; `just models ""` bounds none
# and takes hours.
models preemptions="3":
    export LOOM_MAX_PREEMPTIONS="{{ preemptions }}"; [ -n "$LOOM_MAX_PREEMPTIONS" ] || unset LOOM_MAX_PREEMPTIONS; \
        CARGO_TARGET_DIR={{ target }}/models cargo test --locked --release --manifest-path models/Cargo.toml

# No counted subject (guard, lazy route, JWT guard, page, decoding) costs 2 % more instructions than .ci/instructions.txt says.
instructions: (_instructions "compare")

# Writes .ci/instructions.txt anew.
instructions-update: (_instructions "write")

# Prints what a guard costs as sessions, routes, headers and cookies grow, for docs/performance.md.
instructions-growth: (_instructions "growth")

# The toolchain is the one that the numbers were counted with: another compiles to other instructions.
[private]
_instructions action:
    command -v valgrind >/dev/null || $(command -v sudo) apt-get install -y -qq valgrind
    toolchain=$(sed -n 's/^toolchain //p' .ci/instructions.txt); \
        rustup toolchain list | grep -q "^$toolchain-" \
            || rustup toolchain install "$toolchain" --profile minimal --no-self-update; \
        CARGO_TARGET_DIR={{ target }}/instructions cargo "+$toolchain" build --locked --release -p kratos-instructions
    .ci/instructions {{ action }} {{ target }}/instructions/release/kratos-instructions

# Every page of the guide, from an empty directory, with these crates in place of the published ones.
guide:
    .ci/guide 1

# That, and each example compiled with its own features only; not in `ci`, but in the workflow.
guide-alone:
    .ci/guide alone

# Documentation, as docs.rs builds it; the READMEs' links lead to its pages.
docs: _nightly
    RUSTDOCFLAGS="-D warnings --cfg docsrs" CARGO_TARGET_DIR={{ target }}/nightly \
        cargo +{{ nightly }} doc --locked --no-deps --all-features {{ packages }}
    .ci/readmes {{ target }}/nightly/doc {{ published }}

# Spelling.
typos: (_python "typos" "1.52.0")
    {{ python }}/bin/typos

# No retired word or name in documentation, comments and messages.
glossary:
    .ci/glossary

# Fails if two public types of a crate share a name.
names:
    .ci/names {{ published }}

# The workflow calls what .ci/run calls, is well formed, and safe. Needs Go.
workflows: (_python "zizmor" "1.32.0")
    .ci/workflows
    go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
    {{ python }}/bin/zizmor --offline --persona pedantic .github/workflows

# The public surface of each crate is the one that its public-api.txt shows.
public-api: _nightly (_cargo "cargo-public-api" "0.52.0")
    .ci/public-api compare {{ nightly }} {{ target }}/nightly {{ published }}

# Writes the public-api.txt of each crate anew.
public-api-update: _nightly (_cargo "cargo-public-api" "0.52.0")
    .ci/public-api write {{ nightly }} {{ target }}/nightly {{ published }}

# Only those types of others are public that each crate's Cargo.toml allows.
external-types: _nightly (_cargo "cargo-check-external-types" "0.5.0")
    for crate in {{ published }}; do \
        echo "$crate"; \
        CARGO_TARGET_DIR={{ target }}/nightly cargo +{{ nightly }} check-external-types --all-features \
            --manifest-path $crate/Cargo.toml; \
    done

# Each published crate without features, with each of them alone and with all, without what only tests need.
# Not in `ci`, but in the workflow.
each-feature: (_cargo "cargo-hack" "0.6.46")
    rustup component add clippy
    .ci/each-feature {{ target }}/each-feature all {{ published }}

# That, but the frameworks' adapters, which have the most, without features only.
features: (_cargo "cargo-hack" "0.6.46")
    rustup component add clippy
    .ci/each-feature {{ target }}/features few {{ published }}

# The pages in leptos (with hydration in Chromium) and dioxus; minutes, and not in `ci`.
frameworks:
    .ci/frameworks {{ target }}/frameworks

# The crates without I/O compile for browsers and edge runtimes.
wasm:
    rustup target add wasm32-unknown-unknown
    cargo check --locked -p kratos-model -p kratos-ui --target wasm32-unknown-unknown

# The published crates with the oldest versions that their Cargo.toml admits.
minimal-versions: _nightly
    .ci/minimal-versions {{ nightly }} {{ target }}/minimal-versions {{ published }}

# The published crates with the oldest Rust that Cargo.toml promises, and the tests of the model and the core.
msrv:
    .ci/msrv {{ target }}/msrv {{ published }}

# What would be published, in order: each package compiles by itself, and holds what belongs into it.
package:
    .ci/package {{ target }} {{ published }}

# The number of crates that each published crate brings in does not exceed its bound.
dependencies:
    .ci/dependencies {{ published }}

# Licences, sources and bans of all dependencies.
deny: (_cargo "cargo-deny" "0.20.2")
    cargo deny --locked check bans licenses sources

# Known holes in dependencies, where their database can be reached (ADVISORIES=required: or it fails).
advisories: (_cargo "cargo-deny" "0.20.2")
    .ci/advisories

# The tests notice changes of the code: hours for all of .cargo/mutants.toml, so not part of `just ci`. For some files:
# `just mutants --file 'kratos-ui/src/urls.rs'`; for a twentieth, spread over all: `just mutants --shard 1/20`.
mutants *arguments: (_cargo "cargo-mutants" "25.3.1")
    .ci/mutants {{ arguments }}

# A million interleaved requests, each judged by an oracle, in some minutes. `cargo test` sends 20,000.
oracle requests="1000000":
    KRATOS_ORACLE_REQUESTS={{ requests }} cargo test --locked --release -p kratos-tests --test oracle -- --nocapture

# Half a million requests to five processes while their engine fails, and the calls of 10,000 users, for each engine: half an
# hour. `cargo test` sends fewer.
fleet requests="500000" users="10000":
    KRATOS_ENGINES=1 KRATOS_FLEET_REQUESTS={{ requests }} KRATOS_FLEET_USERS={{ users }} \
        cargo test --locked --release -p kratos-tests --test fleet -- --nocapture

# So many mutants of the recorded responses of each release, in some minutes. `cargo test` tries fewer.
captures mutants="10000":
    KRATOS_CAPTURE_MUTANTS={{ mutants }} cargo test --locked --release -p kratos-tests --test mutations -- --nocapture

# Every suite on a Kratos program, and what is new in it: names that the types do not name; with its source folder also
# routes and messages. Unknown names do not fail it.
kratos program source="":
    .ci/kratos {{ program }} {{ source }}

[private]
_toolchains: _nightly
    rustup component add rustfmt clippy
    rustup target add wasm32-unknown-unknown
    for version in $(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml) $(sed -n 's/^toolchain //p' .ci/instructions.txt); do \
        rustup toolchain list | grep -q "^$version-" || rustup toolchain install "$version" --profile minimal --no-self-update; \
    done

[private]
_nightly:
    rustup toolchain install {{ nightly }} --profile minimal --no-self-update

[private]
_cargo name version:
    @cargo install --list | grep -qx '{{ name }} v{{ version }}:' \
        || cargo install --quiet --locked --debug '{{ name }}@{{ version }}'

[private]
_python name version:
    @[ -x {{ python }}/bin/python ] || python3 -m venv {{ python }}
    @{{ python }}/bin/pip install --quiet --disable-pip-version-check '{{ name }}=={{ version }}'
