//! Follows the pages of the guide as a reader would: each from an empty directory, by its own files and commands.
//!
//! | in a page | what is done |
//! |---|---|
//! | ```` ```toml,file:Cargo.toml ```` | is written to that file |
//! | "the `Cargo.toml` of [axum](axum.md)" | the same file is taken from that page |
//! | ```` ```sh,follow ```` | is run in that directory |
//! | ```` ```sh,follow:background ```` | is started, and left running until the page ends |
//! | ```` ```sh,follow:table ```` | is run, and prints the rows of the page's table |
//! | ```` ```text,expect ```` | is what the command before it has to print; `…` stands for what differs each time |
//! | ```` ```text,printed ```` | is a line that has to be among all that is printed on this page |
//!
//! Lines like `SESSION='…'` that a program in the background prints are variables of the commands after it. Steps marked
//! `needs:docker`, `needs:kratos` or `needs:network` are a trial of their own, ignored where that is not to be had;
//! `needs-not` marks what is seen without.
//! Crates of this workspace stand in for the published ones.
//!
//! Each example application is copied alone into an empty directory too, and compiled there.
//!
//! The pages are read in any case: each has steps, and links that lead somewhere. They are followed only when asked, for
//! each program is built: `KRATOS_GUIDE=1 cargo test -p kratos-guide --test follow`. `KRATOS_PROGRAM` names a Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed, and says what it did"
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
    // The pages' programs listen on one port.
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
    let not_asked = if asked { 0 } else { book.pages.len() };
    println!("guide: {followed} pages followed, {not_asked} not asked for");
    for need in Need::ALL.into_iter().filter(|need| asked && !need.is_there()) {
        println!("guide: NOT FOLLOWED for want of {}: a part of {}", need.what(), book.pages_that_need(need));
    }
    conclusion.exit_code()
}

const NOT_ASKED: &str = "set KRATOS_GUIDE=1 to build and run it";

/// A page, but for what may not be to be had.
fn whole(page: &Page, book: &Book, asked: bool, followed: &Arc<AtomicUsize>) -> Trial {
    let (name, steps, followed) = (page.name.clone(), book.steps(page, None), Arc::clone(followed));
    let promises = page.can_be_followed();
    Trial::ignorable_test(name.clone(), move || {
        if !asked {
            return Ok(Completion::ignored_with(NOT_ASKED));
        }
        if !promises {
            return Err("there is nothing to do on this page, or nothing to see".into());
        }
        reader::follow(&name, &steps?)?;
        followed.fetch_add(1, Ordering::Relaxed);
        Ok(Completion::Completed)
    })
}

/// The page once more, with the steps that need this.
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
