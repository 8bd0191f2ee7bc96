//! The rows: what a request shows, which route it asks for, what Kratos would say.

use std::time::Duration;

use kratos_core::policy::Requirement;

use super::{
    Outcome,
    kratos::{Issued, Says},
};

/// What the request shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Nothing,
    /// Ada's session cookie.
    Cookie,
    /// Ada's token in `Authorization`.
    Token,
    TokenAndCookie,
    /// Ada's token in a cookie, beside her session.
    TokenCookieAndCookie,
    /// Ada's token beside Bob's session.
    TokenAndBob,
    /// A token that somebody else signed.
    Foreign,
    ForeignAndCookie,
}

/// What the route's layer asks for.
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
    pub shown: Shown,
    pub route: Route,
    pub says: Says,
    /// Another site made the browser post it.
    pub forged: bool,
}

/// Every combination, each as a request of the application's own and as a forged one.
pub fn rows() -> Vec<Row> {
    use {Route::*, Says::*, Shown::*};
    let shown = [
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
    for shown in shown {
        for route in [Public, Cheap, Live, SecondFactor, Fresh] {
            for says in [Strong, Weak, Revoked, Aal2Required, Down] {
                rows.extend([false, true].map(|forged| Row { shown, route, says, forged }));
            }
        }
    }
    rows
}

impl Row {
    pub fn headers(&self, issued: &Issued) -> Vec<(&'static str, String)> {
        let session = |whose: &str| ("cookie", format!("ory_kratos_session={whose}"));
        let bearer = |token: &str| ("authorization", format!("Bearer {token}"));
        let mut headers = match self.shown {
            Shown::Nothing => vec![],
            Shown::Cookie => vec![session("ada")],
            Shown::Token => vec![bearer(&issued.token)],
            Shown::TokenAndCookie => vec![bearer(&issued.token), session("ada")],
            Shown::TokenCookieAndCookie => {
                vec![("cookie", format!("jwt={}; ory_kratos_session=ada", issued.token))]
            }
            Shown::TokenAndBob => vec![bearer(&issued.token), session("bob")],
            Shown::Foreign => vec![bearer(&issued.foreign)],
            Shown::ForeignAndCookie => vec![bearer(&issued.foreign), session("ada")],
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
        // What a browser sends by itself does not count when another site made it.
        if self.forged && matches!(self.shown, Shown::Cookie | Shown::TokenCookieAndCookie) {
            return refused(403, "security_csrf_violation", 0);
        }
        let token = match self.shown {
            Shown::Nothing | Shown::Foreign | Shown::ForeignAndCookie => {
                return refused(401, "session_inactive", 0);
            }
            Shown::Cookie => false,
            _ => true,
        };
        if token && self.route == Route::Cheap {
            return (200, ada(), 0);
        }
        if self.shown == Shown::Token {
            return refused(403, "session_live_required", 0);
        }
        match (self.says, self.route) {
            (Says::Revoked, _) => refused(401, "session_inactive", 1),
            (Says::Aal2Required, _) => refused(403, "session_aal2_required", 1),
            (Says::Down, _) => refused(503, "session_unavailable", 1),
            // Whose session it is comes before what it is good for.
            _ if self.shown == Shown::TokenAndBob => refused(403, "session_live_required", 1),
            (Says::Weak, Route::SecondFactor) => refused(403, "session_aal2_required", 1),
            (Says::Weak, Route::Fresh) => refused(403, "session_refresh_required", 1),
            _ => (200, ada(), 1),
        }
    }
}
