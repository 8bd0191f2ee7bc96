//! The directory in which a page is followed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Creates an empty directory outside this workspace, below one whose cargo settings replace the published crates with this
/// workspace. All pages build into this workspace's target directory, so that dependencies compile once.
pub(crate) fn empty_directory(page: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = all();
    let place = guide.join(page.replace('/', "-").replace([',', ' '], ""));
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let crates = ["model", "core", "tower", "axum", "actix", "ui", "redis", "postgres", "testkit"]
        .map(|name| format!("kratos-{name} = {{ path = {:?} }}\n", workspace.join(format!("kratos-{name}"))));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let settings = format!(
        "[build]\ntarget-dir = {target:?}\n\n[profile.dev]\ndebug = false\n\n[patch.crates-io]\n{}",
        crates.concat()
    );
    write(&guide.join(".cargo/config.toml"), &settings);
    // The versions that the workspace is tested with.
    fs::copy(workspace.join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    place
}

/// The directory of all pages.
fn all() -> PathBuf {
    std::env::temp_dir().join(format!("kratos-guide-{}", std::process::id()))
}

/// Removes the directories, unless a page failed.
pub(crate) fn leave(failed: bool) {
    if failed && all().exists() {
        println!("guide: the directories are kept in {}", all().display());
    } else {
        let _ = fs::remove_dir_all(all());
    }
}

pub(crate) fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The limit of a step, in seconds: it may build everything on a busy machine.
const MOST: &str = "1800";

/// Returns a shell in this directory, in which `kratos` runs `KRATOS_PROGRAM`.
pub(crate) fn shell(command: &str, place: &Path) -> Command {
    // Ends a command that hangs.
    let mut shell = Command::new("timeout");
    let kratos = "kratos() { \"$KRATOS_PROGRAM\" \"$@\"; }; ";
    shell.args([MOST, "bash", "-euo", "pipefail", "-c", &format!("{kratos}{command}")]).current_dir(place);
    // Cargo's variables of this test would rebuild everything; a reader has none of the suites' variables.
    let ours = |name: &str| {
        name.starts_with("CARGO") && name != "CARGO_HOME" && !name.starts_with("CARGO_NET")
            || name.starts_with("KRATOS_")
    };
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name) && name != "KRATOS_PROGRAM") {
        shell.env_remove(name);
    }
    shell
}
