//! The whole book: its pages, and the check that none is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::need::Need;
use crate::page::{self, Page, Step};

/// The pages of `SUMMARY.md`. Those outside its list have no steps: the introduction and the reference.
pub(crate) struct Book {
    pub(crate) pages: Vec<Page>,
    others: Vec<Page>,
}

impl Book {
    pub(crate) fn read() -> Self {
        let summary = fs::read_to_string(sources().join("SUMMARY.md")).unwrap();
        let (listed, others): (Vec<_>, Vec<_>) = summary
            .lines()
            .filter(|line| line.contains("]("))
            .partition(|line| line.trim_start().starts_with("- "));
        let page = |line: &&str| {
            let name = links(line).next().unwrap().strip_suffix(".md").unwrap();
            let file = sources().join(name).with_extension("md");
            let text =
                fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            Page::new(name, text)
        };
        Self { pages: listed.iter().map(page).collect(), others: others.iter().map(page).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &Page> {
        self.others.iter().chain(&self.pages)
    }

    /// Returns the steps of this page for a reader who has `need`, with the files of other pages filled in.
    pub(crate) fn steps(&self, page: &Page, need: Option<Need>) -> Result<Vec<Step>, String> {
        let wanted = page.steps.iter().filter(|(reader, _)| reader.takes_it(need));
        wanted.map(|(_, step)| self.with_file(page, step)).collect()
    }

    fn with_file(&self, page: &Page, step: &Step) -> Result<Step, String> {
        let Step::Take { file, page: link } = step else { return Ok(step.clone()) };
        let from = target(&page.name, link);
        let from = self.pages.iter().find(|other| Path::new(&other.name).with_extension("md") == from);
        let text = from.and_then(|from| from.file(file)).ok_or_else(|| format!("{link} has no {file}"))?;
        Ok(Step::Write { file: file.clone(), text: text.to_owned() })
    }

    pub(crate) fn pages_that_need(&self, need: Need) -> String {
        let pages: Vec<_> = self
            .pages
            .iter()
            .filter(|page| page.needs().contains(&need))
            .map(|page| page.name.as_str())
            .collect();
        pages.join(", ")
    }
}

/// Checks the book without following it.
pub(crate) fn trials(book: &Book) -> Vec<Trial> {
    let listed: Vec<String> = book.all().map(|page| page.name.clone()).collect();
    let silent: Vec<String> =
        book.pages.iter().filter(|page| !page.can_be_followed()).map(|page| page.name.clone()).collect();
    let broken: Vec<String> = book.all().flat_map(dead_links).collect();
    let overlooked: Vec<String> = book.all().flat_map(|page| page::overlooked(&page.text)).collect();
    let untaken: Vec<String> = book.pages.iter().filter_map(|page| book.steps(page, None).err()).collect();
    vec![
        nothing("pages without steps", silent),
        nothing("dead links", broken),
        nothing("ignored blocks", overlooked),
        nothing("missing files of other pages", untaken),
        Trial::test("SUMMARY.md, lib.rs and the folder have the same pages", move || {
            same("lib.rs", &listed, kratos_guide::PAGES.iter().map(|page| (*page).to_owned()))?;
            same("docs/src", &listed, files(&sources()).into_iter())
        }),
    ]
}

fn nothing(what: &str, found: Vec<String>) -> Trial {
    let name = format!("no {what}");
    Trial::test(name, move || if found.is_empty() { Ok(()) } else { Err(found.join(", ").into()) })
}

fn same(place: &str, listed: &[String], there: impl Iterator<Item = String>) -> Result<(), Failed> {
    let (listed, there): (BTreeSet<_>, BTreeSet<_>) = (listed.iter().cloned().collect(), there.collect());
    let odd: Vec<_> = listed.symmetric_difference(&there).cloned().collect();
    if odd.is_empty() {
        Ok(())
    } else {
        Err(format!("SUMMARY.md and {place} differ in {}", odd.join(", ")).into())
    }
}

/// Returns every page in the folder, by path without `.md`.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| {
        if path.is_dir() {
            return files(&path);
        }
        // Pictures and data belong to pages.
        if path.extension().is_none_or(|extension| extension != "md") {
            return Vec::new();
        }
        let name = path.strip_prefix(sources()).unwrap().with_extension("");
        vec![name.to_str().unwrap().to_owned()]
    });
    found.filter(|name| name != "SUMMARY").collect()
}

/// Returns the links within the book whose page or heading does not exist.
fn dead_links(page: &Page) -> Vec<String> {
    let dead = links(&page.text).filter(|link| !link.contains("://") && !leads_somewhere(page, link));
    dead.map(|link| format!("{}: {link}", page.name)).collect()
}

fn leads_somewhere(page: &Page, link: &str) -> bool {
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    if heading.is_empty() && !file.is_empty() {
        return sources().join(target(&page.name, file)).is_file();
    }
    let text = if file.is_empty() {
        Ok(page.text.clone())
    } else {
        fs::read_to_string(sources().join(target(&page.name, file)))
    };
    let Ok(text) = text else { return false };
    text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == heading)
}

/// Returns a heading's anchor as mdBook derives it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_')).collect()
}

/// Resolves a link of this page to a path below `src`.
fn target(page: &str, link: &str) -> PathBuf {
    let mut path = Path::new(page).parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
    }
    path
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
