//! Follows the pages of the guide as a reader would: each from an empty directory, by its own files and commands.
//!
//! A block ```` ```toml,file:Cargo.toml ```` is written to that file, ```` ```sh,follow:background ```` is started and
//! left running, ```` ```sh,follow ```` is run, and ```` ```text,expect ```` is what it has to print. The first line that the
//! program in the background prints is `SESSION` to the commands after it. Crates of this workspace stand in for the
//! published ones.
//!
//! It builds each page's program, so it runs only when asked: `KRATOS_GUIDE=1 cargo test -p kratos-guide --test follow`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed, and says what it did"
)]

mod page;
mod reader;

use libtest_mimic::{Arguments, Completion, Trial};
use page::Page;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let asked = std::env::var_os("KRATOS_GUIDE").is_some();
    let mut arguments = Arguments::from_args();
    // The pages' programs listen on one port.
    arguments.test_threads = Some(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = kratos_guide::PAGES.iter().map(|name| Page::read(root, name)).filter(Page::can_be_followed);
    let trials: Vec<_> = pages
        .map(|page| {
            Trial::ignorable_test(page.name.clone(), move || {
                if !asked {
                    return Ok(Completion::ignored_with("set KRATOS_GUIDE=1 to build and run it"));
                }
                reader::follow(&page)?;
                Ok(Completion::Completed)
            })
        })
        .collect();
    assert!(trials.len() >= 3, "the guide lost its programs");
    let conclusion = libtest_mimic::run(&arguments, trials);
    println!("guide: {} pages followed, {} not asked for", conclusion.num_passed, conclusion.num_ignored);
    conclusion.exit_code()
}
