//! What a request to Kratos revoked, by the span of its server.
//!
//! Kratos reports a logout by an event, and no other revocation: not by an administrator, nor on a page that lists the sessions of
//! a user (26.2.0, session/handler.go). The span of such a request names the session or identity in its path.

use uuid::Uuid;

use crate::revocation::Revocation;

/// A request that Kratos answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Served {
    pub(crate) method: String,
    /// The path; up to 1.3 with the query.
    pub(crate) path: String,
    pub(crate) status: i64,
}

impl Served {
    /// Returns what it revoked. A refused request revoked nothing.
    pub(crate) fn revocation(&self) -> Option<Revocation> {
        if !(200..300).contains(&self.status) {
            return None;
        }
        let path = self.path.split('?').next().unwrap_or_default();
        // From the end: Kratos may be served below a path.
        let mut segments = path.trim_end_matches('/').rsplit('/');
        let (last, second, third) = (segments.next()?, segments.next(), segments.next());
        let id = |segment: Option<&str>| Uuid::try_parse(segment?).ok();
        match (self.method.as_str(), third, second, last) {
            ("DELETE", _, Some("sessions"), session) => id(Some(session)).map(Revocation::Session),
            ("DELETE", Some("identities"), identity, "sessions") => id(identity).map(Revocation::Identity),
            ("DELETE", _, _, "sessions") => Some(Revocation::Caller),
            // Selects sessions by its body (`manageSessions`, after 26.2).
            ("POST", _, Some("admin"), "sessions") => Some(Revocation::All),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_that_revoke() {
        let id = Uuid::from_u128(1);
        for (method, path, status, revoked) in [
            ("DELETE", format!("/admin/sessions/{id}"), 204, Some(Revocation::Session(id))),
            ("DELETE", format!("/sessions/{id}"), 204, Some(Revocation::Session(id))),
            ("DELETE", format!("/kratos/sessions/{id}?a=b"), 204, Some(Revocation::Session(id))),
            ("DELETE", format!("/admin/identities/{id}/sessions"), 204, Some(Revocation::Identity(id))),
            ("DELETE", "/sessions".to_owned(), 200, Some(Revocation::Caller)),
            ("POST", "/admin/sessions".to_owned(), 200, Some(Revocation::All)),
            ("DELETE", "/sessions".to_owned(), 401, None),
            ("DELETE", format!("/admin/sessions/{id}"), 404, None),
            ("DELETE", "/sessions/whoami".to_owned(), 204, None),
            ("GET", format!("/admin/sessions/{id}"), 200, None),
            ("PATCH", format!("/admin/sessions/{id}/extend"), 200, None),
            ("DELETE", format!("/admin/identities/{id}"), 204, None),
            ("POST", "/sessions".to_owned(), 200, None),
            ("DELETE", String::new(), 204, None),
            ("", "sessions".to_owned(), 0, None),
        ] {
            let served = Served { method: method.to_owned(), path: path.clone(), status };
            assert_eq!(served.revocation(), revoked, "{method} {path} {status}");
        }
    }
}
