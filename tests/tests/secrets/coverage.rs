//! Which public types exist, and which were formatted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::ExitCode,
    sync::Mutex,
};

/// Paths of the formatted types, as Rust names them, and the bare names of the types inside them from `Debug`.
static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Records the names and paths in a formatted value.
pub fn seen(shown: &str) {
    let paths = shown.split(|sign: char| !sign.is_alphanumeric() && sign != '_' && sign != ':');
    let types = paths
        .filter(|path| path.rsplit("::").next().is_some_and(|name| name.starts_with(char::is_uppercase)));
    SEEN.lock().unwrap().extend(types.map(str::to_owned));
}

/// Checks that each public type that can hold text was formatted. The others are enumerations without data.
pub fn complete() -> ExitCode {
    let types = public_types();
    let missing: Vec<&String> = types.iter().filter(|path| !was_shown(path, &types)).collect();
    for path in &missing {
        println!("never formatted: {path}");
    }
    println!("secrets: {} public types formatted, {} not", types.len() - missing.len(), missing.len());
    // A wrongly parsed surface must not pass as one without types.
    if missing.is_empty() && types.len() > 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn was_shown(path: &str, types: &[String]) -> bool {
    let seen = SEEN.lock().unwrap();
    let name = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let same_name = types.iter().filter(|other| name(other) == name(path)).count();
    // Rust's path may be deeper than the public one, but is of the same crate and below the same module.
    let (krate, rest) = path.split_once("::").unwrap_or((path, ""));
    let room = rest.rsplit("::").nth(1);
    let fits = |shown: &&String| {
        let mut parts: Vec<&str> = shown.split("::").collect();
        parts.pop() == Some(&name(path))
            && parts.first() == Some(&krate)
            && room.is_none_or(|room| parts.contains(&room))
    };
    seen.iter().any(|shown| fits(&shown)) || (same_name == 1 && seen.contains(&name(path)))
}

/// The structures of the published crates, and their enumerations with data, as listed in `public-api.txt`.
fn public_types() -> Vec<String> {
    let crates = [
        "model", "core", "hooks", "events", "oauth2", "tower", "axum", "actix", "redis", "postgres", "ui",
        "testkit",
    ];
    crates.iter().flat_map(|name| types_of(&format!("kratos-{name}"))).collect()
}

fn types_of(name: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("public-api.txt");
    let surface = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut structures = Vec::new();
    let mut variants: BTreeMap<String, bool> = BTreeMap::new();
    for line in surface.lines().map(|line| line.trim_start_matches("#[non_exhaustive] ")) {
        let path = |rest: &str| rest.split(['(', '<', ' ', '{']).next().unwrap_or_default().to_owned();
        if let Some(rest) = line.strip_prefix("pub struct ") {
            structures.push(path(rest));
        } else if let Some(rest) = line.strip_prefix("pub enum ") {
            variants.entry(path(rest)).or_default();
        } else if let Some(rest) = line.strip_prefix(&format!("pub {}::", name.replace('-', "_")))
            && rest.contains(['(', ' '])
        {
            // A variant with data: `Enum::Variant(..)` or `Enum::Variant::field: ..`.
            let full = format!("{}::{}", name.replace('-', "_"), path(rest).trim_end_matches(':'));
            for (holder, holds) in &mut variants {
                *holds |= full.starts_with(&format!("{holder}::"));
            }
        }
    }
    structures.extend(variants.into_iter().filter(|(_, holds)| *holds).map(|(holder, _)| holder));
    structures
}
