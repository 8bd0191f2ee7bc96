//! `/admin/oauth2/auth/requests/{login,consent}`. A challenge can be read and answered again after its use, as Hydra 26.2.0
//! allows: it is the verifier that counts once.

use serde_json::{Value, json};
use uuid::Uuid;

use super::authorize::words;
use super::redirect::with_query;
use super::state::{Hydra, Login, Refused, Request, Stage, Verdict, body, error, part, put, random};
use crate::wire::{Call, Reply};

fn missing() -> Reply {
    let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than \
                once, or is otherwise malformed. Query parameter 'challenge' is not defined but should have been.";
    error(400, "invalid_request", text)
}

fn challenge(call: &Call, name: &str) -> Result<String, Reply> {
    call.query(name).filter(|challenge| !challenge.is_empty()).ok_or_else(missing)
}

fn get(
    hydra: &Hydra,
    call: &Call,
    stage: Stage,
    name: &str,
    show: fn(&Hydra, Uuid, &Request) -> Value,
) -> Reply {
    let found = challenge(call, name).and_then(|challenge| {
        let (id, request) = hydra.challenged(stage, &challenge)?;
        Ok(show(hydra, id, request))
    });
    found.map_or_else(|refused| refused, |shown| Reply::ok(&shown))
}

pub(super) fn get_login(hydra: &mut Hydra, call: &Call) -> Reply {
    get(hydra, call, Stage::Login, "login_challenge", |hydra, _, request| login(hydra, request))
}

/// A login request as JSON.
pub(super) fn login(hydra: &Hydra, request: &Request) -> Value {
    let mut shown = common(hydra, request);
    put(&mut shown, "challenge", request.login_challenge.as_str());
    put(&mut shown, "skip", request.skip);
    put(&mut shown, "subject", if request.skip { request.subject.as_str() } else { "" });
    put(&mut shown, "session_id", request.sid.as_str());
    shown
}

pub(super) fn get_consent(hydra: &mut Hydra, call: &Call) -> Reply {
    get(hydra, call, Stage::Consent, "consent_challenge", consent)
}

/// A consent request as JSON.
pub(super) fn consent(hydra: &Hydra, id: Uuid, request: &Request) -> Value {
    let mut shown = common(hydra, request);
    put(&mut shown, "challenge", request.consent_challenge.as_str());
    put(&mut shown, "consent_request_id", id.simple().to_string());
    put(&mut shown, "skip", request.consent_skip);
    put(&mut shown, "subject", request.subject.as_str());
    put(&mut shown, "login_challenge", request.login_challenge.as_str());
    put(&mut shown, "login_session_id", request.sid.as_str());
    put(&mut shown, "acr", "");
    put(&mut shown, "amr", request.login.as_ref().map(|login| login.amr.clone()));
    put(&mut shown, "context", Value::Null);
    shown
}

fn common(hydra: &Hydra, request: &Request) -> Value {
    let mut oidc = json!({});
    for name in ["acr_values", "ui_locales"] {
        let values = request.words(name);
        if !values.is_empty() {
            put(&mut oidc, name, values);
        }
    }
    for name in ["display", "login_hint"] {
        let value = request.query(name);
        if !value.is_empty() {
            put(&mut oidc, name, value);
        }
    }
    json!({
        "requested_scope": request.words("scope"),
        "requested_access_token_audience": request.words("audience"),
        "client": hydra.client(&request.client),
        "request_url": request.url,
        "oidc_context": if request.device.is_some() { Value::Null } else { oidc },
    })
}

/// Answers a challenge: where the browser goes on.
fn answer(
    hydra: &mut Hydra,
    call: &Call,
    stage: Stage,
    names: [&str; 2],
    verdict: impl FnOnce(Uuid, &Value) -> Result<Verdict, Reply>,
) -> Reply {
    let [challenge_name, verifier_name] = names;
    let prepared = challenge(call, challenge_name).and_then(|challenge| {
        let (id, request) = hydra.challenged(stage, &challenge)?;
        let kept =
            |name: &str| name != "login_verifier" && name != "consent_verifier" && name != "device_verifier";
        let (base, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
        let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .filter(|(name, _)| kept(name))
            .collect();
        Ok((base.to_owned(), query, verdict(id, &body(call))?))
    });
    match prepared {
        Ok((base, query, verdict)) => {
            let verifier = random("");
            hydra.verifiers.insert(verifier.clone(), verdict);
            let pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let pairs: Vec<(&str, &str)> = pairs.chain([(verifier_name, verifier.as_str())]).collect();
            Reply::ok(&json!({ "redirect_to": with_query(&base, &pairs) }))
        }
        Err(refused) => refused,
    }
}

const LOGIN: [&str; 2] = ["login_challenge", "login_verifier"];
const CONSENT: [&str; 2] = ["consent_challenge", "consent_verifier"];

fn refused(body: &Value) -> Refused {
    let text = |name: &str| part(body, name).as_str().unwrap_or_default().to_owned();
    let description = text("error_description");
    Refused { error: text("error"), description }
}

pub(super) fn accept_login(hydra: &mut Hydra, call: &Call) -> Reply {
    answer(hydra, call, Stage::Login, LOGIN, |id, body| {
        let subject = part(body, "subject").as_str().unwrap_or_default().to_owned();
        if subject.is_empty() {
            let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more \
                        than once, or is otherwise malformed. Field 'subject' must not be empty.";
            return Err(error(400, "invalid_request", text));
        }
        let session = part(body, "identity_provider_session_id").as_str();
        let login = Login {
            subject,
            amr: words(part(body, "amr")),
            remember: part(body, "remember").as_bool() == Some(true),
            kratos_session: session.and_then(|id| Uuid::try_parse(id).ok()),
        };
        Ok(Verdict::Login(id, Ok(login)))
    })
}

pub(super) fn reject_login(hydra: &mut Hydra, call: &Call) -> Reply {
    answer(hydra, call, Stage::Login, LOGIN, |id, body| Ok(Verdict::Login(id, Err(refused(body)))))
}

pub(super) fn accept_consent(hydra: &mut Hydra, call: &Call) -> Reply {
    answer(hydra, call, Stage::Consent, CONSENT, |id, body| Ok(Verdict::Consent(id, Ok(body.clone()))))
}

pub(super) fn reject_consent(hydra: &mut Hydra, call: &Call) -> Reply {
    answer(hydra, call, Stage::Consent, CONSENT, |id, body| Ok(Verdict::Consent(id, Err(refused(body)))))
}
