//! Somebody who does what a page says.

use crate::page::{Page, Step};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

type Outcome<T> = Result<T, String>;

pub(crate) fn follow(page: &Page) -> Outcome<()> {
    let place = empty_directory(page);
    let mut background = Background::default();
    let mut printed = None;
    for step in &page.steps {
        match step {
            Step::Write { file, text } => write(&place.join(file), text),
            Step::Start(command) => background.start(command, &place)?,
            Step::Run(command) => printed = Some(run(command, &place, &background)?),
            Step::Expect(expected) => {
                let printed = printed.take().ok_or("nothing was run before this is expected")?;
                if printed.trim_end() != expected.trim_end() {
                    return Err(format!("expected:\n{expected}\nprinted:\n{printed}"));
                }
            }
        }
    }
    Ok(())
}

/// An empty directory, outside of this workspace, below one whose cargo settings put this workspace in place of the published crates.
fn empty_directory(page: &Page) -> PathBuf {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = docs.parent().unwrap();
    let guide = std::env::temp_dir().join("kratos-guide");
    let place = guide.join(page.name.replace('/', "-"));
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let crates = ["core", "tower", "axum", "actix", "ui", "testkit"]
        .map(|name| format!("kratos-{name} = {{ path = {:?} }}\n", workspace.join(format!("kratos-{name}"))));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let settings = format!("[build]\ntarget-dir = {target:?}\n\n[patch.crates-io]\n{}", crates.concat());
    write(&guide.join(".cargo/config.toml"), &settings);
    // The versions that everything else was tested with.
    fs::copy(workspace.join("Cargo.lock"), place.join("Cargo.lock")).unwrap();
    place
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn run(command: &str, place: &Path, background: &Background) -> Outcome<String> {
    let mut shell = shell(command, place);
    if let Some(session) = &background.session {
        shell.env("SESSION", session);
    }
    let done = shell.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() { Ok(printed) } else { Err(format!("{}: {command}\n{printed}", done.status)) }
}

fn shell(command: &str, place: &Path) -> Command {
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", command]).current_dir(place);
    // What cargo sets for this test would rebuild everything.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_") && name != "CARGO_HOME") {
        shell.env_remove(name);
    }
    shell
}

/// What was started and goes on; it is stopped when the page is done.
#[derive(Default)]
struct Background {
    children: Vec<Child>,
    session: Option<String>,
}

impl Background {
    /// Starts it and waits for its first line, which it prints when it is ready.
    fn start(&mut self, command: &str, place: &Path) -> Outcome<()> {
        // `exec`: stopping the shell has to stop the program.
        let command =
            format!("cargo build -q && exec {command}").replace("exec cargo run", "exec cargo run -q");
        let mut child =
            shell(&command, place).stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        self.children.push(child);
        let line =
            lines.next().ok_or("it ended before it printed anything")?.map_err(|error| error.to_string())?;
        self.session = Some(line);
        // Keeps the pipe open, and empty.
        std::thread::spawn(move || lines.count());
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
