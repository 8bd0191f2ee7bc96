//! The kinds of visits and their permitted responses.

use http::header::{AUTHORIZATION, COOKIE};
use kratos_testkit::{FlowKind, TestKratos};
use reqwest::{Client, RequestBuilder};

use crate::crowd::{self, Crowd};
use crate::series::{Outcome, Seen, Series};

/// One kind of visit.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Open,
    Cookie,
    Token,
    Bearer,
    /// A JWT of a session.
    Jwt,
    Anonymous,
    AnonymousPage,
    Garbage,
    /// Kratos itself requires the second factor.
    Weak,
    Vault,
    /// The route requires a second factor, and the user is not enrolled.
    VaultWithout,
    Fresh,
    Old,
    LoginBegin,
    LoginPage,
    SettingsPage,
    SignOut,
    Revoked,
    /// whoami itself, without an application: the reference for latency.
    Control,
}

const MIX: [Kind; 32] = {
    use Kind::*;
    [
        Cookie,
        Token,
        Anonymous,
        Cookie,
        Control,
        Vault,
        Cookie,
        Bearer,
        Open,
        Cookie,
        Garbage,
        LoginPage,
        Cookie,
        Token,
        Weak,
        Cookie,
        Control,
        AnonymousPage,
        Cookie,
        Fresh,
        LoginBegin,
        Cookie,
        SettingsPage,
        Bearer,
        Cookie,
        SignOut,
        VaultWithout,
        Cookie,
        Revoked,
        Jwt,
        Old,
        Jwt,
    ]
};

/// The request of a visit.
pub(crate) struct Place<'a> {
    pub(crate) kratos: &'a TestKratos,
    pub(crate) crowd: &'a Crowd,
    pub(crate) client: &'a Client,
    pub(crate) apps: &'a [String; 2],
    pub(crate) seen: &'a Seen,
    /// Whether there was no fault when the visit started, and for a while before.
    pub(crate) calm: bool,
}

/// The expected response.
struct Wanted<'a> {
    what: &'a str,
    status: u16,
    /// The content for a permitted request, which no other may get.
    inside: Option<&'a str>,
}

impl Place<'_> {
    /// The `n`-th visit. Cycles through the kinds, the applications and their parts, and the users.
    pub(crate) async fn visit(&self, n: usize) {
        let round = n / MIX.len();
        let (kind, half) = (MIX[n % MIX.len()], ["live", "cached"][round / 2 % 2]);
        let base = format!("{}/{half}", self.apps[round % 2]);
        let series = if half == "live" { Series::Live } else { Series::Cached };
        let get = |path: &str| self.client.get(format!("{base}{path}")).header("accept", "application/json");
        let page = |path: &str| {
            let request = self.client.get(format!("{base}{path}")).header("accept", "text/html");
            request.header("sec-fetch-mode", "navigate")
        };
        let person = self.crowd.plain(n);
        let id = person.identity.id.to_string();
        let cookie = person.session.cookie();
        let token = person.session.session_token();
        let refused = |status| Wanted { what: "refused", status, inside: None };
        let me = Wanted { what: "me", status: 200, inside: Some(&id) };
        match kind {
            Kind::Open => {
                let open = Wanted { what: "open", status: 200, inside: Some("open") };
                self.step(Series::Open, get("/open"), &open).await;
            }
            Kind::Cookie => {
                self.step(series, get("/me").header(COOKIE, cookie), &me).await;
            }
            Kind::Token => {
                self.step(series, get("/me").header("x-session-token", token), &me).await;
            }
            Kind::Bearer => {
                let request = get("/me").header(AUTHORIZATION, format!("Bearer {token}"));
                self.step(series, request, &me).await;
            }
            Kind::Jwt => {
                let (person, token) = self.crowd.token(n);
                let id = person.identity.id.to_string();
                let me = Wanted { what: "me by JWT", status: 200, inside: Some(&id) };
                let request = self.client.get(format!("{}/token/me", self.apps[round % 2]));
                let request = request.header(AUTHORIZATION, format!("Bearer {token}"));
                self.step(Series::Token, request, &me).await;
            }
            Kind::Anonymous => {
                self.step(Series::Other, get("/me"), &refused(401)).await;
            }
            Kind::AnonymousPage => {
                self.step(Series::Other, page("/me"), &refused(303)).await;
            }
            Kind::Garbage => {
                let request = get("/me").header(COOKIE, format!("a=b; ory_kratos_session=MTcw{n:x}"));
                self.step(Series::Other, request, &refused(401)).await;
            }
            Kind::Weak => {
                let request = get("/me").header(COOKIE, self.crowd.weak(n).session.cookie());
                self.step(Series::Other, request, &refused(403)).await;
            }
            Kind::Vault => {
                let strong = self.crowd.strong(n);
                let id = strong.identity.id.to_string();
                let vault = Wanted { what: "vault", status: 200, inside: Some(&id) };
                let request = get("/vault").header(COOKIE, strong.session.cookie());
                self.step(Series::Other, request, &vault).await;
            }
            Kind::VaultWithout => {
                self.step(Series::Other, get("/vault").header(COOKIE, cookie), &refused(403)).await;
            }
            Kind::Fresh => {
                self.step(Series::Other, get("/fresh").header(COOKIE, cookie), &me).await;
            }
            Kind::Old => {
                let request = get("/fresh").header(COOKIE, self.crowd.old(n).session.cookie());
                self.step(Series::Other, request, &refused(403)).await;
            }
            Kind::LoginBegin => {
                self.step(Series::Other, page("/login"), &refused(303)).await;
            }
            Kind::LoginPage => {
                let flow = crowd::flow(self.kratos, FlowKind::Login, None);
                let form = Wanted { what: "login page", status: 200, inside: Some("<form") };
                let request = page(&format!("/login?flow={}", flow.id)).header(COOKIE, flow.cookie());
                self.step(Series::Page, request, &form).await;
            }
            Kind::SettingsPage => {
                let session = crowd::session(self.kratos, person);
                let flow = crowd::flow(self.kratos, FlowKind::Settings, Some(&session));
                let form = Wanted { what: "settings page", status: 200, inside: Some("<form") };
                let request = page(&format!("/settings?flow={}", flow.id)).header(COOKIE, flow.cookie());
                self.step(Series::Page, request, &form).await;
            }
            Kind::SignOut => {
                let session = crowd::session(self.kratos, person);
                let with = |request: RequestBuilder| request.header(COOKIE, session.cookie());
                self.step(Series::Other, with(get("/me")), &me).await;
                let leaving = with(self.client.post(format!("{base}/logout")));
                let left = Wanted { what: "sign-out", status: 303, inside: None };
                if self.step(Series::Other, leaving, &left).await == Some(303) {
                    self.step(Series::Other, with(get("/me")), &refused(401)).await;
                }
            }
            Kind::Revoked => {
                let session = crowd::session(self.kratos, person);
                let live = format!("{}/live/me", self.apps[round % 2]);
                let ask = || self.client.get(&live).header("x-session-token", session.session_token());
                self.step(Series::Other, ask(), &me).await;
                self.kratos.revoke(session.id());
                self.step(Series::Other, ask(), &refused(401)).await;
            }
            Kind::Control => {
                if self.calm {
                    let url = format!("{}/sessions/whoami", self.kratos.public_url());
                    let whoami = Wanted { what: "whoami", status: 200, inside: Some(&id) };
                    let request = self.client.get(url).header(COOKIE, cookie);
                    self.step(Series::Control, request, &whoami).await;
                }
            }
        }
    }

    /// Sends the request and classifies the response.
    async fn step(&self, series: Series, request: RequestBuilder, wanted: &Wanted<'_>) -> Option<u16> {
        let start = std::time::Instant::now();
        let answer = async {
            let answer = request.send().await?;
            Ok::<_, reqwest::Error>((answer.status().as_u16(), answer.text().await?))
        };
        let (status, body) = match answer.await {
            Ok(answer) => answer,
            Err(error) => {
                self.seen.outcome(Outcome::Broken, || format!("{}: {error:?}", wanted.what));
                return None;
            }
        };
        self.seen.latency(series, start.elapsed());
        let outcome = match (status, wanted.inside) {
            (200, None) => Outcome::OpenDoor,
            (200, Some(inside)) if !body.contains(inside) => Outcome::OpenDoor,
            (401, Some(_)) => Outcome::LostLogin,
            _ if status == wanted.status => Outcome::Expected,
            // Kratos is unreachable, or answers as a misconfigured upstream would.
            (429 | 500 | 503, _) if !self.calm => Outcome::Shielded,
            _ => Outcome::OutOfPlace,
        };
        self.seen.outcome(outcome, || {
            let body: String = body.chars().take(200).collect();
            format!("{}: {status} (calm: {}) {body}", wanted.what, self.calm)
        });
        Some(status)
    }
}
