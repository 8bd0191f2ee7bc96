//! What a request to the public API asks for.

use http::Method;
use uuid::Uuid;

use super::SubmittedFlow;

/// What a request may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// No session.
    Nothing,
    /// A flow is submitted.
    Flow(SubmittedFlow),
    /// A logout: by the cookie, or by the session token in the body.
    Logout,
    /// `DELETE /sessions`: all other sessions of the identity. Up to 0.6 a logout, by the session token in the body.
    RevokeOthers,
    /// `DELETE /sessions/ID`.
    Revoke(Uuid),
}

impl Action {
    /// Reads a request to this path of the public API. A method and path that are not known count as a submitted form.
    pub(super) fn of(method: &Method, path: &str) -> Self {
        // Go's router serves HEAD as GET.
        let is_get = *method == Method::GET || *method == Method::HEAD;
        if *method == Method::OPTIONS {
            return Self::Nothing;
        }
        match path.strip_prefix("/self-service/") {
            Some(inside) => Self::self_service(is_get, inside),
            None if is_get => Self::Nothing,
            None => Self::sessions(path),
        }
    }

    fn sessions(path: &str) -> Self {
        match path.strip_prefix("/sessions/").map(Uuid::parse_str) {
            Some(Ok(id)) => Self::Revoke(id),
            None if path == "/sessions" => Self::RevokeOthers,
            _ => Self::Flow(SubmittedFlow::Other),
        }
    }

    fn self_service(is_get: bool, path: &str) -> Self {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("logout", "" | "api") | ("browser", "flows/logout") => Self::Logout,
            ("methods", _) => Self::Flow(SubmittedFlow::SingleSignOn),
            // Starts or reads a flow. The link of a mail is a GET of the flow's own path.
            (_, rest) if is_get && !rest.is_empty() => Self::Nothing,
            ("errors", _) if is_get => Self::Nothing,
            ("login", _) => Self::Flow(SubmittedFlow::Login),
            ("registration", _) => Self::Flow(SubmittedFlow::Registration),
            ("settings", _) => Self::Flow(SubmittedFlow::Settings),
            ("recovery", _) => Self::Flow(SubmittedFlow::Recovery),
            ("verification", _) => Self::Flow(SubmittedFlow::Verification),
            _ => Self::Flow(SubmittedFlow::Other),
        }
    }

    /// Whether it may end sessions that the request does not carry: other sessions of its identity, or the same session under
    /// an earlier cookie. Whose it is has to be known before.
    pub(super) fn ends_other_sessions(self) -> bool {
        let flows = [SubmittedFlow::Settings, SubmittedFlow::SingleSignOn, SubmittedFlow::Other];
        self.names_token()
            || matches!(self, Self::Revoke(_))
            || matches!(self, Self::Flow(flow) if flows.contains(&flow))
    }

    /// Whether the body may name the session token to end.
    pub(super) fn names_token(self) -> bool {
        matches!(self, Self::Logout | Self::RevokeOthers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_of_the_public_api_is_read() {
        let id = "6f7a1a8e-6c4b-4f4f-8f3a-0c4b8f0f2a11";
        let one = format!("/sessions/{id}");
        let flow = Action::Flow;
        for (method, path, action) in [
            ("GET", "/sessions/whoami", Action::Nothing),
            ("GET", "/sessions", Action::Nothing),
            ("DELETE", "/sessions", Action::RevokeOthers),
            ("DELETE", &*one, Action::Revoke(Uuid::parse_str(id).unwrap())),
            ("DELETE", "/sessions/nonsense", flow(SubmittedFlow::Other)),
            ("GET", "/schemas/cGVyc29u", Action::Nothing),
            ("GET", "/self-service/errors", Action::Nothing),
            ("GET", "/self-service/login/browser", Action::Nothing),
            ("GET", "/self-service/login/flows", Action::Nothing),
            ("OPTIONS", "/self-service/login", Action::Nothing),
            ("POST", "/self-service/login", flow(SubmittedFlow::Login)),
            ("POST", "/self-service/registration", flow(SubmittedFlow::Registration)),
            ("POST", "/self-service/settings", flow(SubmittedFlow::Settings)),
            ("POST", "/self-service/settings/methods/password", flow(SubmittedFlow::Settings)),
            ("POST", "/self-service/recovery", flow(SubmittedFlow::Recovery)),
            ("GET", "/self-service/recovery", flow(SubmittedFlow::Recovery)),
            ("GET", "/self-service/verification", flow(SubmittedFlow::Verification)),
            ("GET", "/self-service/methods/oidc/callback/google", flow(SubmittedFlow::SingleSignOn)),
            ("POST", "/self-service/methods/oidc/callback/apple", flow(SubmittedFlow::SingleSignOn)),
            ("GET", "/self-service/fed-cm/parameters", Action::Nothing),
            ("POST", "/self-service/fed-cm/token", flow(SubmittedFlow::Other)),
            ("GET", "/self-service/logout/browser", Action::Nothing),
            ("GET", "/self-service/logout", Action::Logout),
            ("HEAD", "/self-service/logout", Action::Logout),
            ("DELETE", "/self-service/logout/api", Action::Logout),
            ("GET", "/self-service/browser/flows/logout", Action::Logout),
        ] {
            assert_eq!(Action::of(&method.parse().unwrap(), path), action, "{method} {path}");
        }
    }
}
