//! Decoding a session.

use kratos_core::model::Session;
use ory_kratos_client::models;

use crate::{
    alternate::{self, Measured, Subject},
    fixture::SESSION,
};

pub const OURS: &str = "kratos-core";
pub const GENERATED: &str = "ory-kratos-client";
/// The cost of scanning it.
pub const NOTHING: &str = "serde_json, discarding everything";

pub fn measure() -> Vec<Measured> {
    let subjects = vec![
        Subject::new(OURS, || (), |()| serde_json::from_str::<Session>(SESSION).unwrap()),
        Subject::new(GENERATED, || (), |()| serde_json::from_str::<models::Session>(SESSION).unwrap()),
        Subject::new(NOTHING, || (), |()| serde_json::from_str::<serde::de::IgnoredAny>(SESSION).unwrap()),
    ];
    alternate::alternate(subjects, 300, 200)
}
