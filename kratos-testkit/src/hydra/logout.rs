//! Logout at the provider, and what it posts to clients.

use std::sync::Weak;

use axum::body::Body;
use http::Response;
use parking_lot::Mutex;
use serde_json::{Value, json};
use uuid::Uuid;

use super::authorize::SESSION_COOKIE;
use super::post::post;
use super::redirect::{to, with_query};
use super::state::{Hydra, Logout, error, part};
use super::{Shared, lock};
use crate::wire::{Call, Reply};
use crate::world::World;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// `/oauth2/sessions/logout`.
pub(super) async fn leave(state: &Shared, call: &Call) -> Response<Body> {
    let ended = match call.query("logout_verifier") {
        Some(verifier) => finish(&mut lock(state), call, &verifier),
        None => Ended::nothing(begin(&mut lock(state), call)),
    };
    let Ended { reply, messages, kratos, session } = ended;
    // Not while this state is locked: Kratos calls the provider while its own is.
    Hydra::end_kratos_session(&kratos, session);
    for (url, token) in messages {
        let body =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
        // Hydra waits for the clients, and ignores what they answer.
        let _ = post(&url, "application/x-www-form-urlencoded", None, body).await;
    }
    reply.into_response()
}

fn begin(hydra: &mut Hydra, call: &Call) -> Reply {
    let hint = call.query("id_token_hint").and_then(|hint| hydra.key.verified(&hint));
    let text = |name: &str| hint.as_ref().and_then(|claims| part(claims, name).as_str()).map(str::to_owned);
    let client = hint.as_ref().and_then(|claims| part(claims, "aud").get(0)?.as_str()).map(str::to_owned);
    let root = format!("{}/", hydra.config.app);
    if call.query("id_token_hint").is_none_or(|hint| hint.is_empty())
        && call.query("state").is_some_and(|state| !state.is_empty())
    {
        let text = "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more \
                    than once, or is otherwise malformed. Logout failed because query parameter state is set but id_token_hint is \
                    missing.";
        return hydra.error_page("invalid_request", text);
    }
    let target = match call.query("post_logout_redirect_uri").filter(|uri| !uri.is_empty()) {
        None => root.clone(),
        Some(uri) => {
            let uris = client
                .as_ref()
                .and_then(|id| hydra.clients.get(id))
                .map(|it| part(it, "post_logout_redirect_uris").clone());
            if !uris
                .is_some_and(|uris| uris.as_array().is_some_and(|uris| uris.contains(&uri.as_str().into())))
            {
                let text = "Logout failed because query parameter post_logout_redirect_uri is not a whitelisted as a \
                            post_logout_redirect_uri for the client.";
                return hydra.error_page("invalid_request", text);
            }
            match call.query("state") {
                Some(state) => with_query(&uri, &[("state", &state)]),
                None => uri,
            }
        }
    };
    let cookie = call.cookies(SESSION_COOKIE).first().map(|sid| (*sid).to_owned());
    let sid = text("sid").or(cookie);
    let session = sid.and_then(|sid| Some((sid.clone(), hydra.sessions.get(&sid)?.clone())));
    let Some((sid, session)) = session else { return to(302, &target) };
    let challenge = Uuid::new_v4().to_string();
    let logout = Logout {
        verifier: Uuid::new_v4().to_string(),
        subject: session.subject,
        sid,
        client: hint.is_some().then_some(client).flatten(),
        path: call.uri.to_string(),
        target,
        is_accepted: false,
        is_done: false,
    };
    hydra.logouts.insert(challenge.clone(), logout);
    to(302, &with_query(&format!("{}/oauth2/logout", hydra.config.app), &[("logout_challenge", &challenge)]))
}

/// What follows a request for a logout.
struct Ended {
    reply: Reply,
    /// Logout tokens, with the URLs of their clients.
    messages: Vec<(String, String)>,
    kratos: Weak<Mutex<World>>,
    /// The session of Kratos that ends.
    session: Option<Uuid>,
}

impl Ended {
    fn nothing(reply: Reply) -> Self {
        Self { reply, messages: Vec::new(), kratos: Weak::new(), session: None }
    }
}

/// Ends the session.
fn finish(hydra: &mut Hydra, call: &Call, verifier: &str) -> Ended {
    let Some(logout) =
        hydra.logouts.values_mut().find(|logout| logout.verifier == verifier && logout.is_accepted)
    else {
        let text = "The requested resource could not be found.";
        return Ended::nothing(error(404, "Not Found", text));
    };
    let (sid, target, was_done) = (logout.sid.clone(), logout.target.clone(), logout.is_done);
    logout.is_done = true;
    let reply = to(302, &target);
    if was_done {
        return Ended::nothing(reply);
    }
    let mine = call.cookies(SESSION_COOKIE).contains(&sid.as_str());
    let gone = format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    let reply = if mine { reply.cookies([gone]) } else { reply };
    let Some(session) = hydra.sessions.remove(&sid) else { return Ended::nothing(reply) };
    let mut clients = session.clients;
    clients.sort();
    clients.dedup();
    let messages = clients.iter().filter_map(|id| {
        let url =
            part(hydra.clients.get(id)?, "backchannel_logout_uri").as_str().filter(|url| !url.is_empty())?;
        Some((url.to_owned(), hydra.logout_token(id, &sid)))
    });
    let messages = messages.collect();
    Ended { reply, messages, kratos: hydra.kratos.clone(), session: session.kratos_session }
}

impl Hydra {
    fn logout_token(&self, client: &str, sid: &str) -> String {
        self.key.sign(&json!({
            "aud": [client], "events": { EVENT: {} }, "iat": self.clock.now().unix_timestamp(),
            "iss": self.issuer(), "jti": Uuid::new_v4(), "sid": sid,
        }))
    }

    fn logout(&self, call: &Call) -> Result<(&str, &Logout), Reply> {
        let challenge = call.query("logout_challenge").unwrap_or_default();
        let known =
            self.logouts.get_key_value(&challenge).map(|(challenge, logout)| (challenge.as_str(), logout));
        known.ok_or_else(|| error(404, "Unable to locate the resource", ""))
    }
}

pub(super) fn get(hydra: &mut Hydra, call: &Call) -> Reply {
    match hydra.logout(call) {
        Err(refused) => refused,
        Ok((_, logout)) if logout.is_done => Reply::json(410, &json!({ "redirect_to": logout.path })),
        Ok((challenge, logout)) => Reply::ok(&json!({
            "challenge": challenge, "subject": logout.subject, "sid": logout.sid, "request_url": logout.path,
            "rp_initiated": logout.client.is_some(),
            "client": logout.client.as_ref().map_or(Value::Null, |id| hydra.client(id)),
        })),
    }
}

pub(super) fn accept(hydra: &mut Hydra, call: &Call) -> Reply {
    let challenge = call.query("logout_challenge").unwrap_or_default();
    let page = format!("{}/oauth2/sessions/logout", hydra.config.public_url);
    match hydra.logouts.get_mut(&challenge) {
        None => error(404, "Unable to locate the resource", ""),
        Some(logout) => {
            logout.is_accepted = true;
            Reply::ok(&json!({ "redirect_to": with_query(&page, &[("logout_verifier", &logout.verifier)]) }))
        }
    }
}

pub(super) fn reject(hydra: &mut Hydra, call: &Call) -> Reply {
    match hydra.logouts.remove(&call.query("logout_challenge").unwrap_or_default()) {
        Some(_) => Reply::empty(204),
        None => error(404, "Unable to locate the resource", ""),
    }
}
