//! The examples refer to nothing in this workspace: copies of them compile elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Completion, Trial};

use crate::place;

/// Returns one trial for all examples, which compiles what they share once, and one for each alone, which
/// `KRATOS_GUIDE=alone` asks for.
pub(crate) fn trials(asked: bool) -> Vec<Trial> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples");
    let mut examples: Vec<PathBuf> =
        fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.retain(|path| path.join("Cargo.toml").exists());
    examples.sort();
    assert!(examples.len() >= 10, "the examples are missing: {examples:?}");
    let alone = std::env::var("KRATOS_GUIDE").is_ok_and(|value| value == "alone");
    let mut trials: Vec<Trial> = examples.iter().map(|example| trial(example.clone(), alone)).collect();
    trials.push(together(examples, asked));
    trials
}

fn name(example: &Path) -> String {
    example.file_name().unwrap().to_string_lossy().into_owned()
}

fn trial(example: PathBuf, asked: bool) -> Trial {
    let name = name(&example);
    Trial::ignorable_test(format!("{name}, copied alone"), move || {
        if !asked {
            return Ok(Completion::ignored_with(
                "set KRATOS_GUIDE=alone to compile it with its own features only",
            ));
        }
        let place = place::empty_directory(&format!("example-{name}"));
        copy(&example, &place);
        check("cargo check --quiet --all-targets", &place)
    })
}

fn together(examples: Vec<PathBuf>, asked: bool) -> Trial {
    Trial::ignorable_test("the examples, copied", move || {
        if !asked {
            return Ok(Completion::ignored_with(super::NOT_ASKED));
        }
        let place = place::empty_directory("examples");
        for example in &examples {
            copy(example, &place.join(name(example)));
        }
        place::write(&place.join("Cargo.toml"), "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n");
        check("cargo check --quiet --workspace --all-targets", &place)
    })
}

fn check(command: &str, place: &Path) -> Result<Completion, libtest_mimic::Failed> {
    let output = place::shell(command, place).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(Completion::Completed)
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
