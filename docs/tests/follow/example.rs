//! Each example compiles alone: it refers to nothing in this workspace.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Completion, Trial};

use crate::place;

/// Returns one trial for each example.
pub(crate) fn trials(asked: bool) -> Vec<Trial> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples");
    let mut examples: Vec<PathBuf> =
        fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.retain(|path| path.join("Cargo.toml").exists());
    examples.sort();
    assert!(examples.len() >= 5, "the examples are missing: {examples:?}");
    examples.into_iter().map(|example| trial(example, asked)).collect()
}

fn trial(example: PathBuf, asked: bool) -> Trial {
    let name = example.file_name().unwrap().to_string_lossy().into_owned();
    Trial::ignorable_test(format!("{name}, copied alone"), move || {
        if !asked {
            return Ok(Completion::ignored_with(super::NOT_ASKED));
        }
        let place = place::empty_directory(&format!("example-{name}"));
        copy(&example, &place);
        let output = place::shell("cargo check --quiet --all-targets", &place).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(Completion::Completed)
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
