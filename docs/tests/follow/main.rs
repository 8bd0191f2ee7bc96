//! Follows the pages of the guide as a reader does: each from an empty directory, with its own files and commands.
//!
//! | in a page | the test |
//! |---|---|
//! | ```` ```toml,file:Cargo.toml ```` | writes it to that file |
//! | "the `Cargo.toml` of [axum](axum.md)" | copies that page's file |
//! | ```` ```sh,follow ```` | runs it in the directory |
//! | ```` ```sh,follow:background ```` | starts it and lets it run until the page ends |
//! | ```` ```sh,follow:table ```` | runs it and expects the rows of the page's table |
//! | ```` ```text,expect ```` | expects the preceding command to print it; `…` stands for what differs each time |
//! | ```` ```text,printed ```` | expects each line among everything printed on the page |
//!
//! A line `SESSION='…'` that a background program prints becomes a variable of the later commands. Steps marked
//! `needs:docker`, `needs:kratos` or `needs:network` are a separate trial, ignored if the need is not met; `needs-not` marks
//! output without it. The crates of this workspace replace the published ones.
//!
//! The examples are copied into an empty directory and compiled there, with `KRATOS_GUIDE=alone` each by itself too.
//!
//! Every run checks that each page has steps and no dead link. `KRATOS_GUIDE=1 cargo test -p kratos-guide --test follow`
//! also builds and follows the pages. `KRATOS_PROGRAM` names a Kratos program.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot continue fails with a message"
)]

mod background;
mod book;
mod example;
mod need;
mod page;
mod place;
mod printed;
mod reader;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use book::Book;
use libtest_mimic::{Arguments, Completion, Trial};
use need::Need;
use page::Page;

fn main() -> ExitCode {
    let asked = std::env::var_os("KRATOS_GUIDE").is_some();
    let mut arguments = Arguments::from_args();
    // All programs listen on the same port.
    arguments.test_threads = Some(1);
    let book = Book::read();
    let followed = Arc::new(AtomicUsize::new(0));
    let mut trials = book::trials(&book);
    trials.push(printed::trial());
    trials.extend(example::trials(asked));
    for page in &book.pages {
        trials.push(whole(page, &book, asked, &followed));
        trials.extend(page.needs().into_iter().map(|need| with(need, page, &book, asked)));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    place::leave(conclusion.has_failed());
    let followed = followed.load(Ordering::Relaxed);
    let skipped = if asked { 0 } else { book.pages.len() };
    println!("guide: {followed} pages followed, {skipped} skipped");
    for need in Need::ALL.into_iter().filter(|need| asked && !need.is_there()) {
        println!("guide: NOT FOLLOWED without {}: parts of {}", need.what(), book.pages_that_need(need));
    }
    conclusion.exit_code()
}

const NOT_ASKED: &str = "set KRATOS_GUIDE=1 to follow it";

/// Follows a page without the steps that need something.
fn whole(page: &Page, book: &Book, asked: bool, followed: &Arc<AtomicUsize>) -> Trial {
    let (name, steps, followed) = (page.name.clone(), book.steps(page, None), Arc::clone(followed));
    let can_be_followed = page.can_be_followed();
    Trial::ignorable_test(name.clone(), move || {
        if !asked {
            return Ok(Completion::ignored_with(NOT_ASKED));
        }
        if !can_be_followed {
            return Err("the page runs nothing or expects nothing".into());
        }
        reader::follow(&name, &steps?)?;
        followed.fetch_add(1, Ordering::Relaxed);
        Ok(Completion::Completed)
    })
}

/// Follows a page with the steps that need this.
fn with(need: Need, page: &Page, book: &Book, asked: bool) -> Trial {
    let (name, steps) = (format!("{}, with {}", page.name, need.what()), book.steps(page, Some(need)));
    Trial::ignorable_test(name.clone(), move || {
        if !asked {
            return Ok(Completion::ignored_with(NOT_ASKED));
        }
        if !need.is_there() {
            return Ok(Completion::ignored_with(need.how()));
        }
        reader::follow(&name, &steps?)?;
        Ok(Completion::Completed)
    })
}
