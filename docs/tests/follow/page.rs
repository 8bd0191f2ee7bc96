//! A page as its files and commands.

use std::path::Path;

/// A page of the guide.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
}

/// What a reader does with one block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Write {
        file: String,
        text: String,
    },
    Start(String),
    Run(String),
    /// What the last command has to have printed.
    Expect(String),
}

impl Page {
    pub(crate) fn read(root: &Path, name: &str) -> Self {
        let path = root.join("src").join(name).with_extension("md");
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { name: name.to_owned(), steps: steps(&text) }
    }

    pub(crate) fn can_be_followed(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Start(_) | Step::Run(_)))
    }
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        let block = block.join("\n") + "\n";
        let marks: Vec<_> = info.split(',').collect();
        if let Some(file) = marks.iter().find_map(|mark| mark.strip_prefix("file:")) {
            steps.push(Step::Write { file: file.to_owned(), text: block });
        } else if marks.contains(&"follow:background") {
            steps.push(Step::Start(block));
        } else if marks.contains(&"follow") {
            steps.push(Step::Run(block));
        } else if marks.contains(&"expect") {
            steps.push(Step::Expect(block));
        }
    }
    steps
}
