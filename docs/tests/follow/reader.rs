//! Performs the steps of a page.

use std::fs;
use std::path::Path;

use crate::background::{self, Background};
use crate::page::Step;
use crate::{place, printed};

pub(crate) fn follow(page: &str, steps: &[Step]) -> Result<(), String> {
    let place = place::empty_directory(page);
    let outcome = take(steps, &place);
    let log = fs::read_to_string(place.join(background::LOG)).unwrap_or_default();
    outcome.map_err(|wrong| format!("{wrong}\nin the background:\n{log}"))
}

fn take(steps: &[Step], place: &Path) -> Result<(), String> {
    let mut background = Background::default();
    let mut all = String::new();
    let mut last = None;
    for step in steps {
        match step {
            Step::Write { file, text } => place::write(&place.join(file), text),
            Step::Take { file, .. } => return Err(format!("{file} of another page is missing")),
            Step::Start(command) => background.start(command, place)?,
            Step::Run(command) => {
                background.leave();
                let output = run(command, place, &background)?;
                all.push_str(&output);
                last = Some(output);
            }
            Step::Expect(expected) => {
                let started = background.first_lines(expected.lines().count());
                let output =
                    started.or_else(|| last.take()).ok_or("no command ran before this output is expected")?;
                if !printed::is(&output, expected) {
                    return Err(format!("expected:\n{expected}\nprinted:\n{output}"));
                }
            }
            Step::Printed(_) => {}
        }
    }
    let quoted =
        steps.iter().filter_map(|step| if let Step::Printed(text) = step { Some(text) } else { None });
    match quoted.into_iter().find(|quoted| !printed::has(&all, quoted)) {
        Some(missing) => Err(format!("the page quotes:\n{missing}\nprinted:\n{all}")),
        None => Ok(()),
    }
}

/// Runs a command and returns its output; an error includes its stderr.
fn run(command: &str, place: &Path, background: &Background) -> Result<String, String> {
    let mut shell = place::shell(command, place);
    let done = shell.envs(&background.variables).output().map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        return Ok(printed);
    }
    Err(format!("{}: {command}\n{printed}\n{}", done.status, String::from_utf8_lossy(&done.stderr)))
}
