//! Prints the names in recorded exchanges that the types of kratos-model do not name, for `just kratos`:
//!
//! ```text
//! cargo run -p kratos-tests --example unknown -- FOLDER [SOURCE]
//! ```
//! FOLDER is one that `KRATOS_RECORD` wrote. SOURCE is a folder with Kratos' sources: then also the messages and routes that
//! they define. Unknown names are not an error.

#![allow(clippy::print_stdout, clippy::indexing_slicing, reason = "a program")]

use std::{env, error::Error, fs, path::Path};

use kratos_core::client::{__private::Operation, Era};
use kratos_tests::replay::{MESSAGES, Unknown, versions};
use regex::Regex;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let folder = arguments.next().ok_or("a folder of exchanges is needed")?;
    for (version, exchanges) in versions(Path::new(&folder))? {
        let mut unknown = Unknown::default();
        exchanges.iter().for_each(|exchange| unknown.add(exchange));
        println!("{version}: {} exchanges, {} unknown names", exchanges.len(), unknown.0.len());
        for (name, times) in unknown.0 {
            println!("  {times} x {name}");
        }
    }
    if let Some(source) = arguments.next() {
        sources(Path::new(&source))?;
    }
    Ok(())
}

/// Compares what the sources define: the ids of messages, and the operations of the OpenAPI.
fn sources(source: &Path) -> Result<(), Box<dyn Error>> {
    let ids = fs::read_to_string(source.join("text/id.go"))?;
    // The first of each block has its number; the following lines count on.
    let (first, line) = (Regex::new(r"ID = ([0-9]{7}) \+ iota")?, Regex::new(r"^\t[A-Z]\w+")?);
    let (mut next, mut new) = (0_i64, Vec::new());
    for text in ids.lines().filter(|text| line.is_match(text)) {
        next = match first.captures(text) {
            Some(found) => found[1].parse()?,
            None => next + 1,
        };
        if next > 0 && !MESSAGES.iter().any(|(first, last)| (*first..=*last).contains(&next)) {
            new.push(format!("{next} {}", text.split_whitespace().next().unwrap_or_default()));
        }
    }
    println!("messages that are not known: {new:?}");
    let api: serde_json::Value = serde_json::from_str(&fs::read_to_string(source.join("spec/api.json"))?)?;
    let known: Vec<(String, String)> = Operation::ALL
        .iter()
        .filter_map(|operation| operation.route(Era::Latest))
        .map(|route| (route.method().to_owned(), route.path().to_owned()))
        .collect();
    let (parameter, mut routes) = (Regex::new(r"\{[^}]+\}")?, Vec::new());
    for (path, methods) in api["paths"].as_object().into_iter().flatten() {
        let short = parameter.replace_all(path.strip_prefix("/admin").unwrap_or(path), "{}").into_owned();
        for method in methods.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()) {
            if !known.contains(&(method.clone(), short.clone())) {
                routes.push(format!("{method} {path}"));
            }
        }
    }
    println!("routes that are not known: {routes:?}");
    Ok(())
}
