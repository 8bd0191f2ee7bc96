//! The self-service examples are two copies of one application: each can be copied alone, and the other files are
//! equal but for the name of the framework crate.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot continue has failed")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The files that call the framework, and so differ.
const DIFFERENT: [&str; 4] = ["Cargo.toml", "src/app.rs", "src/main.rs", "src/pages.rs"];

fn files(example: &str) -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(example);
    let mut files = BTreeMap::new();
    let mut directories = vec![root.clone()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_owned();
                let text = fs::read_to_string(path).unwrap();
                files.insert(name, text.replace("kratos_axum", "kratos_actix"));
            }
        }
    }
    files
}

#[test]
fn the_selfservice_examples_have_equal_files() {
    let [axum, actix] = ["axum-selfservice", "actix-selfservice"].map(files);
    assert_eq!(axum.keys().collect::<Vec<_>>(), actix.keys().collect::<Vec<_>>(), "the same files");
    for expected in
        ["compose.yml", "kratos.yml", "identity.schema.json", "src/views.rs", "templates/home.html"]
    {
        assert!(axum.contains_key(Path::new(expected)), "{expected} is missing");
    }
    for (name, text) in &axum {
        let differs = DIFFERENT.iter().any(|different| name == Path::new(different));
        let renamed = text.replace("kratos_axum", "kratos_actix");
        if !differs && actix.get(name) != Some(&renamed) {
            panic!("{} differs between axum-selfservice and actix-selfservice", name.display());
        }
    }
}

/// The examples of a provider are two copies too: what calls no framework is equal.
#[test]
fn the_oauth2_examples_have_equal_files() {
    let [axum, actix] = ["axum-oauth2", "actix-oauth2"].map(files);
    assert_eq!(axum.keys().collect::<Vec<_>>(), actix.keys().collect::<Vec<_>>(), "the same files");
    for name in ["src/servers.rs", "src/shop.rs"] {
        assert!(axum.contains_key(Path::new(name)), "{name} is missing");
        assert_eq!(axum.get(Path::new(name)), actix.get(Path::new(name)), "{name}");
    }
}

/// The examples of hooks are two copies too: what calls no framework is equal.
#[test]
fn the_hooks_examples_have_equal_files() {
    let [axum, actix] = ["axum-hooks", "actix-hooks"].map(files);
    assert_eq!(axum.keys().collect::<Vec<_>>(), actix.keys().collect::<Vec<_>>(), "the same files");
    for name in ["src/demo.rs", "src/mail.rs", "src/rules.rs"] {
        assert!(axum.contains_key(Path::new(name)), "{name} is missing");
        assert_eq!(axum.get(Path::new(name)), actix.get(Path::new(name)), "{name}");
    }
}

/// A manifest that names a path, or inherits from the workspace, does not work outside of it.
#[test]
fn every_example_manifest_is_complete() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut count = 0;
    for entry in fs::read_dir(root).unwrap() {
        let manifest = entry.unwrap().path().join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&manifest) else { continue };
        for word in ["path =", "workspace"] {
            assert!(!text.contains(word), "{} has `{word}`", manifest.display());
        }
        count += 1;
    }
    assert!(count >= 7, "{count} examples");
}
