//! Commands that run until the page ends.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Lines};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::place;

/// The file with their stderr, in the page's directory.
pub(crate) const LOG: &str = "background.log";

#[derive(Default)]
pub(crate) struct Background {
    children: Vec<Child>,
    starting: Option<Lines<BufReader<ChildStdout>>>,
    /// The lines `NAME='value'` that they printed.
    pub(crate) variables: BTreeMap<String, String>,
}

impl Background {
    pub(crate) fn start(&mut self, command: &str, place: &Path) -> Result<(), String> {
        // A process group of its own: the command may be a shell that runs a program.
        let mut shell = place::shell(command, place);
        self.leave();
        let log = fs::OpenOptions::new().create(true).append(true).open(place.join(LOG)).unwrap();
        shell.process_group(0).stdout(Stdio::piped()).stderr(log);
        let mut child = shell.spawn().map_err(|error| error.to_string())?;
        self.starting = Some(BufReader::new(child.stdout.take().unwrap()).lines());
        self.children.push(child);
        Ok(())
    }

    /// Returns the first lines of the last started command, or `None` if they were read already.
    pub(crate) fn first_lines(&mut self, count: usize) -> Option<String> {
        let lines = self.starting.as_mut()?;
        let first: Vec<String> = lines.by_ref().take(count).map_while(Result::ok).collect();
        let variables = first.iter().filter_map(|line| line.strip_suffix('\'')?.split_once("='"));
        self.variables.extend(variables.map(|(name, value)| (name.to_owned(), value.to_owned())));
        self.leave();
        Some(first.join("\n"))
    }

    /// Stops reading the last started command, but keeps its pipe open and drained.
    pub(crate) fn leave(&mut self) {
        if let Some(lines) = self.starting.take() {
            std::thread::spawn(move || lines.count());
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        for child in &mut self.children {
            let stop = format!("kill -- -{}", child.id());
            let _ = Command::new("bash").args(["-c", &stop]).status();
            let _ = child.wait();
        }
    }
}
