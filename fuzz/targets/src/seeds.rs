//! Seeds: recorded responses of real servers, reduced to the input of each target.

use std::{collections::BTreeSet, fs, path::Path};

use kratos_core::model::flow::{
    ContinueWith, FlowError, LoginFlow, LogoutFlow, SuccessfulLogin, SuccessfulRegistration,
};
use kratos_core::model::{ErrorEnvelope, Identity, Session};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A recorded response.
struct Recorded {
    url: String,
    status: u64,
    headers: Vec<(String, String)>,
    request: Vec<(String, String)>,
    method: String,
    body: Value,
}

/// The distinct seeds of a target.
///
/// # Panics
/// If the captures cannot be read.
#[must_use]
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = BTreeSet::from([Vec::new()]);
    for recorded in recorded() {
        match target {
            "session" | "identity" | "flow" | "flow_error" | "continue_with" | "success" | "admin"
            | "render" => {
                pieces(&recorded.body, &mut |piece| {
                    if fits(target, piece) {
                        seeds.insert(piece.to_string().into_bytes());
                    }
                });
            }
            "error" if recorded.status >= 300 => drop(seeds.insert(recorded.answer())),
            "whoami" if recorded.url.contains("/whoami") => drop(seeds.insert(recorded.answer())),
            "second_factor" if recorded.url.contains("aal=aal2") => drop(seeds.insert(recorded.answer())),
            "credentials" | "gateway" | "return_to" | "work" => drop(seeds.insert(recorded.asked())),
            "cookies" | "relay" => drop(seeds.insert(recorded.answer())),
            _ => {}
        }
    }
    if matches!(target, "hook" | "message") {
        seeds.extend(hooks(target == "message"));
    }
    seeds.extend(by_hand(target).iter().map(|seed| seed.as_bytes().to_vec()));
    seeds.into_iter().collect()
}

/// Input that no recording contains.
fn by_hand(target: &str) -> &'static [&'static str] {
    match target {
        "credentials" => &[
            "GET /\nx-session-token: ory_st_0123456789012345678901234567\nauthorization: Bearer ory_st_2\n",
            "GET /\ncookie: a=b; ory_kratos_session=MTcw; ory_kratos_session=; ory_kratos_session=x=\ncookie: c\n",
            "GET /\nauthorization: bearer 0123456789abcdef0123456789ABCDEF\ncookie: ory_session_slug=MTcw|x\n",
        ],
        "hook_caller" => &[
            "POST /\nx-hook-key: a-key-of-22-characters\nory-webhook-trigger-id: 74ef89a6-80da-4ce1-b7be-895e4bd7a5e2\n",
            "POST /\ncookie: a=b; hook=a-key-of-22-characters\ncookie: hook=x\n",
            "POST /\nauthorization: Basic a3JhdG9zOmEta2V5LW9mLTIyLWNoYXJhY3RlcnM=\n",
        ],
        "cookies" | "relay" => &[
            "200\ncookie: a=b; csrf_token_x=1\nset-cookie: csrf_token_x=2; Path=/; HttpOnly\nset-cookie: ory_kratos_session=MTcw; Max-Age=0\n\n200\nset-cookie: ory_kratos_session=; Max-Age=0\ncache-control: no-store\n",
        ],
        "gateway" => &[
            "GET /self-service/%2e%2e/admin/identities\nconnection: close, x-hop\nx-hop: 1\nx-forwarded-for: 1.1.1.1, 2.2.2.2\n",
            "GET /sessions/%c0%ae%c0%ae/admin\nforwarded: for=\"[2001:db8::1]:80\";proto=https, for=_x\ncookie: a\ncookie: b\n",
            "POST /self-service/methods/oidc/callback/caf%C3%A9?a=..%2f\ntransfer-encoding: chunked\ncontent-length: 5\n",
        ],
        "return_to" => &[
            "GET /a?return_to=https://evil.example\naccept: text/html\n\nhttps://auth.example/x?aal=aal2&via=a",
            "GET //evil.example/\\@x\nsec-fetch-mode: navigate\nhost: evil.example\ncookie: kratos_login_hops=4.1a2b\n",
            "POST /a\nhx-request: true\nhx-current-url: https://app.example@evil.example/\nreferer: https://app.example/x\n",
        ],
        "work" => &[
            "GET /login?a=1&return_to=%2Fx\naccept: text/html\n",
            "GET /a?x\naccept: text/html;q=1\ncookie: kratos_login_hops=4.1a2b; a=b\n",
            "POST /a\nsec-fetch-site: cross-site\nsec-fetch-mode: navigate\ncookie: ory_session_a=1; b=2\n",
            "POST /a\norigin: https://xn--a\nhost: xn--a:80\nreferer: https://app.example/x?a\n",
            "GET /a\nupgrade: websocket, h2c\nhx-request: true\nhx-current-url: https://app.example/x\n",
            "GET /a\nauthorization: Bearer eyJ.a.b\nx-session-token: ory_st_x\ncookie: jwt=eyJ.a.b\n",
            "GET /?id=\npurpose: prefetch\nsec-purpose: prefetch;prerender\n",
        ],
        "links" => &[
            "https://app.example/x/\n/login",
            "http://[::1]:80\nhttps://login.example/?a=b#c",
            "javascript:x",
        ],
        "continue_with" => &[
            r#"{"action":"redirect_browser_to","redirect_browser_to":"javascript:alert(1)"}"#,
            r#"{"action":"show_settings_ui","flow":{"id":"9a9eb2a7-76d3-4417-9771-7c9718c1fd8d","url":"/x"}}"#,
        ],
        _ => &[],
    }
}

fn fits(target: &str, piece: &Value) -> bool {
    fn reads<T: DeserializeOwned>(piece: &Value) -> bool {
        T::deserialize(piece).is_ok()
    }
    match target {
        "session" => {
            reads::<Session>(piece) && piece.get("ui").is_none() && piece.get("expires_at").is_some()
        }
        "identity" => reads::<Identity>(piece) && piece.get("traits").is_some(),
        "flow" => reads::<LoginFlow>(piece) || reads::<LogoutFlow>(piece),
        "render" => reads::<LoginFlow>(piece) || piece.get("error").is_some() && reads::<FlowError>(piece),
        "flow_error" => reads::<FlowError>(piece) && piece.get("error").is_some(),
        "continue_with" => piece.get("action").is_some() && reads::<ContinueWith>(piece),
        "success" => {
            reads::<SuccessfulLogin>(piece)
                || reads::<SuccessfulRegistration>(piece)
                || piece.get("flow").is_some()
        }
        // Small values of any shape: errors, lists, versions, messages.
        "admin" => reads::<ErrorEnvelope>(piece) || piece.to_string().len() < 400,
        _ => false,
    }
}

/// The value and every object in it.
fn pieces(value: &Value, see: &mut dyn FnMut(&Value)) {
    match value {
        Value::Object(map) => {
            see(value);
            map.values().for_each(|inner| pieces(inner, see));
        }
        Value::Array(list) => list.iter().for_each(|inner| pieces(inner, see)),
        _ => {}
    }
}

impl Recorded {
    fn answer(&self) -> Vec<u8> {
        let lines: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        format!("{}\n{lines}\n{}", self.status, self.body).into_bytes()
    }

    fn asked(&self) -> Vec<u8> {
        let lines: String = self.request.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        let path = self.url.splitn(4, '/').nth(3).unwrap_or_default();
        format!("{} /{path}\n{lines}\n", self.method).into_bytes()
    }
}

/// The bodies of recorded requests of hooks: of messages, or of all others.
fn hooks(of_messages: bool) -> impl Iterator<Item = Vec<u8>> {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/captures/hooks");
    let releases = fs::read_dir(captures).expect("captures").flatten();
    let files = releases.flat_map(|release| fs::read_dir(release.path()).into_iter().flatten().flatten());
    files.filter_map(move |file| {
        let is_message = file.file_name().to_string_lossy().starts_with("mail");
        let json: Value = serde_json::from_slice(&fs::read(file.path()).ok()?).ok()?;
        (is_message == of_messages).then(|| json["body"].to_string().into_bytes())
    })
}

fn recorded() -> impl Iterator<Item = Recorded> {
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/captures");
    let releases = fs::read_dir(captures).expect("captures").flatten();
    let files = releases.flat_map(|release| fs::read_dir(release.path()).into_iter().flatten().flatten());
    files.filter_map(|file| {
        let json: Value = serde_json::from_slice(&fs::read(file.path()).ok()?).ok()?;
        let pairs = |value: &Value| -> Vec<(String, String)> {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            match value {
                Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
                Value::Array(list) => list.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
                _ => Vec::new(),
            }
        };
        let (request, response) = (json.get("request")?, json.get("response")?);
        Some(Recorded {
            url: request["url"].as_str()?.to_owned(),
            method: request["method"].as_str()?.to_owned(),
            request: pairs(&request["headers"]),
            status: response["status"].as_u64()?,
            headers: pairs(&response["headers"]),
            body: response["body"].clone(),
        })
    })
}
