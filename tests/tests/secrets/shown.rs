//! Asserts that formatted values contain no secrets.

use std::{error::Error, fmt::Debug};

use crate::coverage;

/// The mark that every secret contains, and nothing else.
pub const MARK: &str = "MARKED";

/// A secret of this name.
pub fn secret(what: &str) -> String {
    format!("{MARK}-{what}")
}

/// Asserts that the text does not contain the mark.
#[track_caller]
pub fn clean(what: &str, text: &str) {
    assert!(!text.contains(MARK), "{what} contains a secret:\n{text}");
    // Nor its escaped, base64 or percent-encoded form.
    for disguised in ["TUFSS0VE", "\\u004d", "%4D%41", "4d41524b4544", "[77, 65, 82, 75"] {
        assert!(!text.contains(disguised), "{what} contains an encoded secret:\n{text}");
    }
}

/// Checks both forms of `Debug`.
#[track_caller]
pub fn debugged(value: &impl Debug) {
    let what = std::any::type_name_of_val(value);
    let shown = format!("{value:?}");
    clean(what, &shown);
    clean(what, &format!("{value:#?}"));
    coverage::seen(what);
    coverage::seen(&shown);
}

/// Checks an error and all its causes, in every form.
#[track_caller]
pub fn error(error: &(dyn Error + 'static)) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        clean("an error", &format!("{error} {error:?} {error:#?}"));
        coverage::seen(&format!("{error:?}"));
        cause = error.source();
    }
}
