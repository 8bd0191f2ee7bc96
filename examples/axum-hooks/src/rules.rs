//! The application's own rules. They know neither a framework nor Kratos.

use std::collections::HashMap;

/// The domains whose users may register.
const ALLOWED: &[&str] = &["example.org"];

/// Whether this address may register.
pub fn may_register(email: &str) -> bool {
    email.rsplit_once('@').is_some_and(|(_, domain)| ALLOWED.contains(&domain))
}

/// Whether a captcha is solved. An application asks its captcha provider here, with a time-out.
pub fn is_solved(solution: &str) -> bool {
    solution == "right"
}

/// The passwords of the old system: its users have not logged in since. An application verifies a hash here, in constant
/// time.
pub fn is_old_password(email: &str, password: &str) -> bool {
    HashMap::from([("grace@example.org", "from the old system")]).get(email) == Some(&password)
}
