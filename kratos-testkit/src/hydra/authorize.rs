//! `/oauth2/auth`: the authorization endpoint (Hydra 26.2.0, consent/strategy_default.go).

use serde_json::Value;
use uuid::Uuid;

use super::redirect::{to, with_query};
use super::state::{
    Consent, Grant, GrantKind, Hydra, Login, LoginSession, Refused, Request, Stage, Verdict, part, random,
};
use crate::wire::{Call, Reply};

pub(crate) const SESSION_COOKIE: &str = "ory_hydra_session_dev";
const DENIED: &str = "The resource owner or authorization server denied the request.";

pub(super) fn authorize(hydra: &mut Hydra, call: &Call) -> Reply {
    if let Some(verifier) = call.query("login_verifier") {
        return after_login(hydra, call, &verifier);
    }
    if let Some(verifier) = call.query("consent_verifier") {
        return after_consent(hydra, call, &verifier);
    }
    match new_request(hydra, call) {
        Ok(request) => ask(hydra, call, request),
        Err(reply) => reply,
    }
}

/// Checks a client's request.
fn new_request(hydra: &Hydra, call: &Call) -> Result<Request, Reply> {
    let raw = call.uri.query().unwrap_or_default();
    let query: Vec<(String, String)> = url::form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
    let url = format!("{}{}", hydra.config.public_url, call.uri);
    let request = hydra.request(query, url);
    let Some(client) = hydra.clients.get(&request.client) else {
        let text = "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported \
                    authentication method). The requested OAuth 2.0 Client does not exist.";
        return Err(hydra.error_page("invalid_client", text));
    };
    let uris = part(client, "redirect_uris").as_array().cloned().unwrap_or_default();
    if !uris.iter().any(|uri| uri == request.query("redirect_uri")) {
        let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more \
                    than once, or is otherwise malformed. The 'redirect_uri' parameter does not match any of the OAuth 2.0 \
                    Client's pre-registered redirect urls.";
        return Err(hydra.error_page("invalid_request", text));
    }
    let refuse = |error: &str, text: String| {
        Err(hydra.to_client(&request, &[("error", error), ("error_description", &text)]))
    };
    if request.query("state").len() < 8 {
        return refuse(
            "invalid_state",
            "The state is missing or does not have enough characters and is therefore considered too weak."
                .to_owned(),
        );
    }
    let allowed: Vec<&str> = part(client, "scope").as_str().unwrap_or_default().split_whitespace().collect();
    if let Some(scope) = request.words("scope").iter().find(|scope| !allowed.contains(&scope.as_str())) {
        let text = format!(
            "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope '{scope}'."
        );
        return refuse("invalid_scope", text);
    }
    if request.query("response_type") != "code" {
        let text = "The authorization server does not support obtaining a token using this method.";
        return refuse("unsupported_response_type", text.to_owned());
    }
    Ok(request)
}

impl Hydra {
    pub(crate) fn request(&self, query: Vec<(String, String)>, url: String) -> Request {
        let client = query.iter().find(|(name, _)| name == "client_id").map(|(_, id)| id.clone());
        let now = self.clock.now();
        Request {
            client: client.unwrap_or_default(),
            query,
            url,
            at: now,
            login_csrf: random(""),
            consent_csrf: random(""),
            skip: false,
            sid: Uuid::new_v4().to_string(),
            login: None,
            login_used: false,
            consent_used: false,
            consent_skip: false,
            consent_challenge: String::new(),
            login_challenge: random(""),
            subject: String::new(),
            authenticated_at: now,
            device: None,
        }
    }
}

/// Asks who the user is, unless a remembered session answers it.
pub(super) fn ask(hydra: &mut Hydra, call: &Call, mut request: Request) -> Reply {
    let cookie = call.cookies(SESSION_COOKIE).first().map(|sid| (*sid).to_owned());
    let session = cookie.and_then(|sid| Some((sid.clone(), hydra.sessions.get(&sid)?.clone())));
    let session = session.filter(|(_, session)| session.is_remembered);
    let max_age: Option<i64> = request.query("max_age").parse().ok();
    let is_old = |session: &LoginSession| {
        max_age.is_some_and(|age| session.authenticated_at + time::Duration::seconds(age) < hydra.clock.now())
    };
    match session.filter(|(_, session)| !request.prompts("login") && !is_old(session)) {
        Some((sid, session)) => {
            request.skip = true;
            request.subject = session.subject;
            request.authenticated_at = session.authenticated_at;
            request.sid = sid;
        }
        None if request.prompts("none") => {
            let description = "The Authorization Server requires End-User authentication. Prompt 'none' was requested, but no \
                               existing login session was found.";
            return hydra.refuse(
                &request,
                &Refused { error: "login_required".into(), description: description.into() },
            );
        }
        None => {}
    }
    let page = if request.prompts("registration") { "registration" } else { "login" };
    let page = format!("{}/{page}", hydra.config.app);
    let csrf = set_csrf("login", &request.client, &request.login_csrf);
    let (id, challenge) = (Uuid::new_v4(), request.login_challenge.clone());
    hydra.requests.insert(id, request);
    hydra.challenges.insert(challenge.clone(), (Stage::Login, id));
    to(302, &with_query(&page, &[("login_challenge", &challenge)])).cookies([csrf])
}

pub(super) fn after_login(hydra: &mut Hydra, call: &Call, verifier: &str) -> Reply {
    let Some(Verdict::Login(id, verdict)) = hydra.verifiers.get(verifier).cloned() else {
        return hydra.error_page("access_denied", &format!("{DENIED} The login verifier is invalid."));
    };
    let Some(mut request) = hydra.requests.get(&id).cloned() else {
        return hydra.error_page("access_denied", DENIED);
    };
    if request.login_used {
        return denied(hydra, &request, "The login verifier has already been used.");
    }
    request.login_used = true;
    hydra.requests.insert(id, request.clone());
    if !has_csrf(call, "login", &request.client, &request.login_csrf) {
        return without_csrf(hydra, &request);
    }
    let login = match verdict {
        Ok(login) => login,
        Err(refused) => return hydra.refuse(&request, &refused),
    };
    if request.skip && request.subject != login.subject {
        return denied(
            hydra,
            &request,
            "The subject of the login does not match the subject of the session.",
        );
    }
    let now = hydra.clock.now();
    if !request.skip {
        request.authenticated_at = now;
    }
    request.subject.clone_from(&login.subject);
    let session = hydra.sessions.entry(request.sid.clone()).or_insert_with(|| LoginSession {
        subject: login.subject.clone(),
        authenticated_at: now,
        amr: login.amr.clone(),
        kratos_session: login.kratos_session,
        clients: Vec::new(),
        is_remembered: false,
    });
    session.is_remembered |= login.remember;
    session.amr.clone_from(&login.amr);
    let cookie =
        login.remember.then(|| format!("{SESSION_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", request.sid));
    let remembered = hydra.remembered(&request, &login);
    if request.prompts("none") && !remembered {
        let description = "The Authorization Server requires End-User consent. Prompt 'none' was requested, but no previous \
                           consent was found.";
        return hydra.refuse(
            &request,
            &Refused { error: "consent_required".into(), description: description.into() },
        );
    }
    request.consent_skip = remembered;
    request.consent_challenge = random("");
    request.login = Some(login);
    let challenge = request.consent_challenge.clone();
    let csrf = set_csrf("consent", &request.client, &request.consent_csrf);
    hydra.requests.insert(id, request);
    hydra.challenges.insert(challenge.clone(), (Stage::Consent, id));
    let page = format!("{}/oauth2/consent", hydra.config.app);
    to(302, &with_query(&page, &[("consent_challenge", &challenge)]))
        .cookies(cookie.into_iter().chain([csrf]))
}

fn after_consent(hydra: &mut Hydra, call: &Call, verifier: &str) -> Reply {
    let Some(Verdict::Consent(id, verdict)) = hydra.verifiers.get(verifier).cloned() else {
        return hydra.error_page("access_denied", &format!("{DENIED} The consent verifier is invalid."));
    };
    let Some(mut request) = hydra.requests.get(&id).cloned() else {
        return hydra.error_page("access_denied", DENIED);
    };
    if request.consent_used {
        return denied(hydra, &request, "The consent verifier has already been used.");
    }
    request.consent_used = true;
    hydra.requests.insert(id, request.clone());
    if !has_csrf(call, "consent", &request.client, &request.consent_csrf) {
        return without_csrf(hydra, &request);
    }
    if hydra.is_expired(request.at) {
        let description =
            "The request could not be authorized. The consent request has expired, please try again.";
        let refused = Refused { error: "request_unauthorized".into(), description: description.into() };
        return hydra.refuse(&request, &refused);
    }
    let answer = match verdict {
        Ok(answer) => answer,
        Err(refused) => return refuse_consent(hydra, &request, refused),
    };
    if let Some(session) = hydra.sessions.get_mut(&request.sid) {
        session.clients.push(request.client.clone());
    }
    let consent = Consent { id: Uuid::new_v4(), request: request.clone(), answer, at: hydra.clock.now() };
    let code = hydra.grant_code(&consent);
    hydra.consents.push(consent.clone());
    match &request.device {
        Some(device) => {
            if let Some(device) = hydra.devices.iter_mut().find(|known| known.code == *device) {
                device.outcome = Some(Ok(code));
            }
            let page = format!("{}/oauth2/device/success", hydra.config.app);
            to(302, &with_query(&page, &[("client_id", &request.client)]))
        }
        None => {
            let scope = words(part(&consent.answer, "grant_scope")).join(" ");
            hydra.to_client(&request, &[("code", &code), ("scope", &scope)])
        }
    }
}

fn refuse_consent(hydra: &mut Hydra, request: &Request, refused: Refused) -> Reply {
    let Some(code) = &request.device else { return hydra.refuse(request, &refused) };
    let page = hydra.error_page(&refused.error, &refused.description);
    if let Some(device) = hydra.devices.iter_mut().find(|known| known.code == *code) {
        device.outcome = Some(Err(refused));
    }
    page
}

impl Hydra {
    /// Whether the user gave consent to these scopes before, to be remembered.
    fn remembered(&self, request: &Request, login: &Login) -> bool {
        let wanted = request.words("scope");
        let now = self.clock.now();
        let is_same = |consent: &&Consent| {
            let end = part(&consent.answer, "remember_for").as_i64().filter(|seconds| *seconds > 0);
            let is_valid = end.is_none_or(|end| consent.at + time::Duration::seconds(end) > now);
            consent.request.client == request.client
                && consent.request.subject == login.subject
                && part(&consent.answer, "remember").as_bool() == Some(true)
                && is_valid
        };
        let covers = |consent: &Consent| {
            let granted = words(part(&consent.answer, "grant_scope"));
            wanted.iter().all(|scope| granted.contains(scope))
        };
        !request.prompts("consent") && self.consents.iter().filter(is_same).any(covers)
    }

    fn grant_code(&mut self, consent: &Consent) -> String {
        let code = random("ory_ac_");
        let grant = Grant {
            kind: GrantKind::Code,
            request: consent.request.clone(),
            consent: consent.id,
            scopes: words(part(&consent.answer, "grant_scope")),
            claims: claims(part(&consent.answer, "session")),
            until: self.clock.now() + time::Duration::minutes(10),
            is_used: false,
        };
        self.grants.insert(code.clone(), grant);
        code
    }
}

pub(super) fn claims(session: &Value) -> super::state::Claims {
    let of = |name: &str| part(session, name).as_object().cloned().unwrap_or_default();
    super::state::Claims { id_token: of("id_token"), access_token: of("access_token") }
}

/// The texts of a list.
pub(super) fn words(list: &Value) -> Vec<String> {
    let list = list.as_array().map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

fn denied(hydra: &Hydra, request: &Request, why: &str) -> Reply {
    let description = format!("{DENIED} {why}");
    hydra.refuse(request, &Refused { error: "access_denied".into(), description })
}

fn without_csrf(hydra: &Hydra, request: &Request) -> Reply {
    let description = "The request is not allowed. No CSRF value available in the session cookie.";
    hydra.refuse(request, &Refused { error: "request_forbidden".into(), description: description.into() })
}

/// The cookie that ties a request to the browser, one for each client.
pub(super) fn set_csrf(stage: &str, client: &str, value: &str) -> String {
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600", csrf_name(stage, client))
}

pub(super) fn has_csrf(call: &Call, stage: &str, client: &str, value: &str) -> bool {
    call.cookies(&csrf_name(stage, client)).contains(&value)
}

fn csrf_name(stage: &str, client: &str) -> String {
    let suffix: u32 =
        client.bytes().fold(7, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    format!("ory_hydra_{stage}_csrf_dev_{suffix}")
}
