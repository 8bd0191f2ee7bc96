//! What users and relying parties see.

mod backchannel;
mod code;
mod conformance;
mod consent;
mod device;
mod hostile;
mod kept;
mod logout;
mod prompts;
mod subject;

use std::{future::Future, pin::Pin};

use crate::place::Place;

pub(crate) type Story = for<'a> fn(&'a Place) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Declares the stories of a module: their names and functions.
macro_rules! stories {
    ($($name:literal => $story:ident,)+) => {
        pub(super) const ALL: &[(&str, super::Story)] = &[$(($name, |place| Box::pin($story(place))),)+];
    };
}
pub(crate) use stories;

pub(crate) fn all() -> Vec<(&'static str, Story)> {
    let parts = [
        code::ALL,
        consent::ALL,
        subject::ALL,
        logout::ALL,
        backchannel::ALL,
        device::ALL,
        prompts::ALL,
        kept::ALL,
        hostile::ALL,
        conformance::ALL,
    ];
    parts.concat()
}
