//! The body of a web hook's request.

use kratos_model::flow::Flow as _;

use crate::event::{self, HookEvent};

/// Returns the Jsonnet that makes the body of a web hook's request: `config.body` of the hook.
///
/// It passes on all that Kratos knows (`ctx`), also members of later releases, except the user's cookies: a plain
/// `function(ctx) ctx` hands over the session cookie. It also names the event, so that two confused routes are noticed.
#[must_use]
pub fn jsonnet<E: HookEvent>() -> String {
    of(&event::name_of::<E>())
}

pub(super) fn of(event: &str) -> String {
    format!(
        "function(ctx) {{ [name]: ctx[name] for name in std.objectFields(ctx) if name != 'request_cookies' }} + {{ event: \
         '{event}' }}"
    )
}

pub(super) fn flow_name<E: HookEvent>() -> &'static str {
    E::Flow::NAME
}

/// The Jsonnet of the courier: all that Kratos knows of the message. It has no cookies.
pub(super) const COURIER: &str = "function(ctx) ctx";
