//! The rows: the credentials of a request, its route, and Kratos' answer.

use std::time::Duration;

use kratos_core::policy::Requirement;

use super::{
    Outcome,
    kratos::{Issued, Says},
};

/// The credentials that a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Nothing,
    /// Ada's session cookie.
    Cookie,
    /// Ada's JWT in `Authorization`.
    Token,
    TokenAndCookie,
    /// Ada's JWT in a cookie, beside her session cookie.
    TokenCookieAndCookie,
    /// Ada's JWT beside Bob's session cookie.
    TokenAndBob,
    /// A JWT signed with other keys.
    Foreign,
    ForeignAndCookie,
}

/// The requirement of the route's layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Public,
    Cheap,
    Live,
    SecondFactor,
    Fresh,
}

impl Route {
    pub fn requirement(self) -> Option<Requirement> {
        let signed_in = Requirement::signed_in();
        Some(match self {
            Self::Public => return None,
            Self::Cheap => signed_in,
            Self::Live => signed_in.with_live_session(),
            Self::SecondFactor => signed_in.with_aal2(),
            Self::Fresh => signed_in.with_authenticated_within(Duration::from_secs(3600)),
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub carried: Carried,
    pub route: Route,
    pub says: Says,
    /// A form that another site made the browser post.
    pub forged: bool,
}

/// Every combination, each as a request of the application's own page and as a forged one.
pub fn rows() -> Vec<Row> {
    use {Carried::*, Route::*, Says::*};
    let carried = [
        Nothing,
        Cookie,
        Token,
        TokenAndCookie,
        TokenCookieAndCookie,
        TokenAndBob,
        Foreign,
        ForeignAndCookie,
    ];
    let mut rows = Vec::new();
    for carried in carried {
        for route in [Public, Cheap, Live, SecondFactor, Fresh] {
            for says in [Strong, Weak, Revoked, Aal2Required, Down] {
                rows.extend([false, true].map(|forged| Row { carried, route, says, forged }));
            }
        }
    }
    rows
}

impl Row {
    pub fn headers(&self, issued: &Issued) -> Vec<(&'static str, String)> {
        let session = |whose: &str| ("cookie", format!("ory_kratos_session={whose}"));
        let bearer = |token: &str| ("authorization", format!("Bearer {token}"));
        let mut headers = match self.carried {
            Carried::Nothing => vec![],
            Carried::Cookie => vec![session("ada")],
            Carried::Token => vec![bearer(&issued.token)],
            Carried::TokenAndCookie => vec![bearer(&issued.token), session("ada")],
            Carried::TokenCookieAndCookie => {
                vec![("cookie", format!("jwt={}; ory_kratos_session=ada", issued.token))]
            }
            Carried::TokenAndBob => vec![bearer(&issued.token), session("bob")],
            Carried::Foreign => vec![bearer(&issued.foreign)],
            Carried::ForeignAndCookie => vec![bearer(&issued.foreign), session("ada")],
        };
        headers.push(("sec-fetch-site", if self.forged { "cross-site" } else { "same-origin" }.to_owned()));
        headers
    }

    pub fn expected(&self, issued: &Issued) -> Outcome {
        let (status, told, asked) = self.answer(issued);
        Outcome { status, told, asked }
    }

    fn answer(&self, issued: &Issued) -> (u16, String, usize) {
        let ada = || issued.ada.to_string();
        let refused = |status, id: &str, asked| (status, id.to_owned(), asked);
        if self.route == Route::Public {
            return (200, "open".to_owned(), 0);
        }
        // Credentials that a browser sends by itself are refused when another site triggered the request.
        if self.forged && matches!(self.carried, Carried::Cookie | Carried::TokenCookieAndCookie) {
            return refused(403, "security_csrf_violation", 0);
        }
        let token = match self.carried {
            Carried::Nothing | Carried::Foreign | Carried::ForeignAndCookie => {
                return refused(401, "session_inactive", 0);
            }
            Carried::Cookie => false,
            _ => true,
        };
        if token && self.route == Route::Cheap {
            return (200, ada(), 0);
        }
        if self.carried == Carried::Token {
            return refused(403, "session_live_required", 0);
        }
        match (self.says, self.route) {
            (Says::Revoked, _) => refused(401, "session_inactive", 1),
            (Says::Aal2Required, _) => refused(403, "session_aal2_required", 1),
            (Says::Down, _) => refused(503, "session_unavailable", 1),
            // Whose session it is matters before what it allows.
            _ if self.carried == Carried::TokenAndBob => refused(403, "session_live_required", 1),
            (Says::Weak, Route::SecondFactor) => refused(403, "session_aal2_required", 1),
            (Says::Weak, Route::Fresh) => refused(403, "session_refresh_required", 1),
            _ => (200, ada(), 1),
        }
    }
}
