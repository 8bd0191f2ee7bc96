//! Where secrets must not be seen.

use std::{error::Error, fmt::Debug};

use crate::coverage;

/// The mark in every secret, and in nothing else.
pub const MARK: &str = "MARKED";

/// A secret of its own.
pub fn secret(what: &str) -> String {
    format!("{MARK}-{what}")
}

/// No mark in the text.
#[track_caller]
pub fn clean(what: &str, text: &str) {
    assert!(!text.contains(MARK), "{what} shows a secret:\n{text}");
    // In escapes, base64 and percent encoding neither.
    for disguised in ["TUFSS0VE", "\\u004d", "%4D%41", "4d41524b4544", "[77, 65, 82, 75"] {
        assert!(!text.contains(disguised), "{what} shows a secret, encoded:\n{text}");
    }
}

/// `Debug` in both forms.
#[track_caller]
pub fn debugged(value: &impl Debug) {
    let what = std::any::type_name_of_val(value);
    let shown = format!("{value:?}");
    clean(what, &shown);
    clean(what, &format!("{value:#?}"));
    coverage::seen(what);
    coverage::seen(&shown);
}

/// An error with all its causes, in every form.
#[track_caller]
pub fn error(error: &(dyn Error + 'static)) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        clean("an error", &format!("{error} {error:?} {error:#?}"));
        coverage::seen(&format!("{error:?}"));
        cause = error.source();
    }
}
