//! A page as its files and commands.

use crate::need::Need;

/// A page of the guide.
pub(crate) struct Page {
    /// Its path below `src`, without `.md`.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) steps: Vec<(Reader, Step)>,
}

/// Which readers take a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Any,
    Having(Vec<Need>),
    HavingNothing,
}

impl Reader {
    fn of_marks(marks: &[&str]) -> Self {
        let needs: Vec<_> =
            marks.iter().filter_map(|mark| mark.strip_prefix("needs:")).map(Need::of_mark).collect();
        match (needs.is_empty(), marks.contains(&"needs-not")) {
            (false, _) => Self::Having(needs),
            (true, true) => Self::HavingNothing,
            (true, false) => Self::Any,
        }
    }

    pub(crate) fn takes_it(&self, having: Option<Need>) -> bool {
        match (self, having) {
            (Self::Any, _) | (Self::HavingNothing, None) => true,
            (Self::Having(needs), Some(need)) => needs.contains(&need),
            (Self::Having(_), None) | (Self::HavingNothing, Some(_)) => false,
        }
    }
}

/// What a reader does with a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Write {
        file: String,
        text: String,
    },
    /// Copies a file of another page; `page` is the link as written here.
    Take {
        file: String,
        page: String,
    },
    Start(String),
    Run(String),
    /// Expects the last command to have printed this.
    Expect(String),
    /// Expects this among everything printed.
    Printed(String),
}

impl Page {
    pub(crate) fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), steps: steps(&text), text }
    }

    /// Returns whether the page runs something and expects its output.
    pub(crate) fn can_be_followed(&self) -> bool {
        let has = |wanted: fn(&Step) -> bool| {
            self.steps.iter().any(|(reader, step)| reader.takes_it(None) && wanted(step))
        };
        has(|step| matches!(step, Step::Start(_) | Step::Run(_)))
            && has(|step| matches!(step, Step::Expect(_) | Step::Printed(_)))
    }

    pub(crate) fn needs(&self) -> Vec<Need> {
        let of = |need: &Need| {
            self.steps.iter().any(|(reader, _)| *reader != Reader::Any && reader.takes_it(Some(*need)))
        };
        Need::ALL.into_iter().filter(of).collect()
    }

    pub(crate) fn file(&self, name: &str) -> Option<&str> {
        self.steps.iter().find_map(|(_, step)| match step {
            Step::Write { file, text } if file == name => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Returns the blocks that the test would ignore: unknown marks, commands that are not run, files whose name is not in the
/// text before them.
pub(crate) fn overlooked(page: &str) -> Vec<String> {
    let known = |mark: &&str| {
        let plain =
            ["follow", "follow:background", "follow:table", "expect", "printed", "needs-not", "no_run"];
        plain.contains(mark) || mark.starts_with("file:") || mark.starts_with("needs:")
    };
    let mut found = Vec::new();
    let mut prose = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose.push_str(line);
            continue;
        };
        let (language, marks) = info.split_once(',').unwrap_or((info, ""));
        let unknown = marks.split(',').any(|mark| !mark.is_empty() && !known(&mark));
        let idle = language == "sh" && !marks.starts_with("follow") || language == "rs" && marks.is_empty();
        let file = marks.split(',').find_map(|mark| mark.strip_prefix("file:"));
        let unnamed = file.is_some_and(|file| !prose.contains(&format!("`{file}`")));
        if unknown || idle || unnamed {
            found.push(info.to_owned());
        }
        prose.clear();
        lines.by_ref().take_while(|line| *line != "```").for_each(drop);
    }
    found
}

fn steps(page: &str) -> Vec<(Reader, Step)> {
    let mut steps = Vec::new();
    let mut prose = String::new();
    let mut table = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose = prose + line + " ";
            if line.starts_with("| ") {
                table.push(line);
            }
            continue;
        };
        steps.extend(taken(&prose).map(|step| (Reader::Any, step)));
        prose.clear();
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        let block = block.join("\n") + "\n";
        let marks: Vec<_> = info.split(',').collect();
        let mut add = |step| steps.push((Reader::of_marks(&marks), step));
        if let Some(file) = marks.iter().find_map(|mark| mark.strip_prefix("file:")) {
            add(Step::Write { file: file.to_owned(), text: block });
        } else if marks.contains(&"follow:background") {
            add(Step::Start(block));
        } else if marks.contains(&"follow") {
            add(Step::Run(block));
        } else if marks.contains(&"follow:table") {
            add(Step::Run(block));
            add(Step::Expect(table.split_off(1).join("\n")));
        } else if marks.contains(&"expect") {
            add(Step::Expect(block));
        } else if marks.contains(&"printed") {
            add(Step::Printed(block));
        }
    }
    steps
}

/// "the `Cargo.toml` of [axum](axum.md)".
fn taken(prose: &str) -> impl Iterator<Item = Step> {
    prose.match_indices("` of [").filter_map(|(at, mark)| {
        let file = prose.get(..at)?.rsplit('`').next()?;
        let (_, link) = prose.get(at + mark.len()..)?.split_once("](")?;
        let (page, _) = link.split_once(')').filter(|(page, _)| !page.contains("://"))?;
        Some(Step::Take { file: file.to_owned(), page: page.to_owned() })
    })
}
