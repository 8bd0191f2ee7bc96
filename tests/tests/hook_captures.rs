//! The recorded requests of hooks of each release decode, and so do their mutants or they are refused; none panics.
//!
//! `captures/hooks/VERSION/FLOW-TIME-MODE.json`, `migrate.json` and `mail-TEMPLATE.json` are requests of real servers, with
//! secrets replaced.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step fails the test"
)]

use std::path::Path;

use kratos_axum::hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, HookCall, HookDecodeError,
    HookIds, MigrationCall, OutgoingMessage, PlainMessages, RenderMessage as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Debug, Deserialize)]
struct Person {
    email: String,
}

struct Capture {
    name: String,
    ids: HookIds,
    body: Value,
}

fn captures() -> Vec<Capture> {
    let mut captures = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/hooks");
    for version in root.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        for file in version.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&file).unwrap();
            let mut recorded: Value = serde_json::from_str(&text).unwrap();
            let pairs = recorded["headers"].as_array().unwrap();
            let header = |name: &str| {
                pairs.iter().find(|pair| pair[0] == name).and_then(|pair| pair[1].as_str()).map(str::as_bytes)
            };
            let ids = HookIds::of(header(HookIds::TRIGGER_HEADER), header(HookIds::REQUEST_HEADER));
            let version = version.file_name().unwrap().to_string_lossy().into_owned();
            let name = format!("{version}/{}", file.file_stem().unwrap().to_string_lossy());
            captures.push(Capture { name, ids, body: recorded["body"].take() });
        }
    }
    captures
}

/// Decodes a request by its name and looks at all of it. Returns what the application sees of it.
fn decode(name: &str, ids: HookIds, body: &[u8]) -> Result<String, HookDecodeError> {
    let (_, name) = name.split_once('/').unwrap();
    if name == "migrate" {
        let call = MigrationCall::decode(ids, body)?;
        return Ok(format!("{call:?} {}", call.password.expose_secret()));
    }
    if name.starts_with("mail") {
        let message = OutgoingMessage::decode(body)?;
        let rendered = PlainMessages::new("Example").render_for_reader(&message);
        return Ok(format!("{message:?} {} {}", rendered.text, rendered.html.unwrap_or_default()));
    }
    macro_rules! events {
        ($($start:literal => $event:ty, $after:tt;)+) => {
            match name {
                $(name if name.starts_with($start) => {
                    let call = HookCall::<$event, Person>::decode(ids, body)?;
                    let _ = call.transient_payload::<Value>();
                    let _ = (call.request.accept_language(), call.session_id());
                    Ok(format!("{call:?} {}", events!(@ call $after)))
                })+
                other => panic!("no event is {other}"),
            }
        };
        (@ $call:ident after) => {
            format!("{} {:?}", $call.identity.traits.email, $call.identity.id)
        };
        (@ $call:ident before) => { "" };
    }
    events! {
        "login-before" => BeforeLogin, before;
        "login-after" => AfterLogin, after;
        "registration-before" => BeforeRegistration, before;
        "registration-after" => AfterRegistration, after;
        "settings-before" => BeforeSettings, before;
        "settings-after" => AfterSettings, after;
        "recovery-before" => BeforeRecovery, before;
        "recovery-after" => AfterRecovery, after;
        "verification-before" => BeforeVerification, before;
        "verification-after" => AfterVerification, after;
    }
}

#[test]
fn every_recorded_request_decodes() {
    let captures = captures();
    assert!(captures.len() >= 46, "{} captures", captures.len());
    for Capture { name, ids, body } in captures {
        let seen =
            decode(&name, ids, body.to_string().as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name.contains("-after-") {
            assert!(seen.contains("@example.org"), "{name}: {seen}");
        }
        if name.starts_with("26.2.0") && !name.contains("mail") {
            assert!(ids.trigger.is_some() && ids.request.is_some(), "{name}");
        }
        if name.starts_with("1.3.1") {
            assert!(ids.trigger.is_none(), "{name}");
        }
    }
}

#[test]
fn an_identity_that_is_not_stored_has_no_id() {
    for Capture { name, ids, body } in captures() {
        if name.ends_with("registration-after-parse") {
            let call =
                HookCall::<AfterRegistration, Person>::decode(ids, body.to_string().as_bytes()).unwrap();
            assert_eq!(call.identity.id, None, "{name}");
            assert_eq!(call.transient_payload::<Value>().unwrap(), Some(json!({"captcha": "tp-1"})));
        }
        if name.ends_with("registration-after-plain") {
            let call =
                HookCall::<AfterRegistration, Person>::decode(ids, body.to_string().as_bytes()).unwrap();
            assert!(call.identity.id.is_some(), "{name}");
        }
        if name.ends_with("login-after-parse") {
            let call = HookCall::<AfterLogin>::decode(ids, body.to_string().as_bytes()).unwrap();
            assert!(
                call.session.is_some() && call.session_id().is_none(),
                "{name}: the session is not stored yet"
            );
        }
    }
}

#[test]
fn the_request_of_another_hook_is_refused_and_cookies_are_dropped() {
    let mut capture = captures().into_iter().find(|it| it.name.ends_with("login-after-parse")).unwrap();
    let bytes = |body: &Value| body.to_string().into_bytes();
    let error = HookCall::<AfterRegistration>::decode(capture.ids, &bytes(&capture.body)).unwrap_err();
    assert_eq!(error.path(), "event");
    capture.body["request_cookies"] = json!({"ory_kratos_session": "S3CRET-COOKIE"});
    capture.body["from_tomorrow"] = json!(1);
    let call = HookCall::<AfterLogin>::decode(capture.ids, &bytes(&capture.body)).unwrap();
    assert_eq!(call.extra.keys().collect::<Vec<_>>(), ["from_tomorrow"]);
    capture.body["identity"]["traits"] = json!({"email": 7});
    let error = HookCall::<AfterLogin, Person>::decode(capture.ids, &bytes(&capture.body)).unwrap_err();
    assert_eq!(error.path(), "identity.traits.email");
    assert!(!format!("{error} {error:?}").contains('7'));
}

/// 10 000 mutants: a member removed, made null, or replaced by a value of another type, at every place in turn.
#[test]
fn ten_thousand_mutants_decode_or_are_refused() {
    let odd = [
        json!(null),
        json!(""),
        json!(-1),
        json!([]),
        json!({}),
        json!("\u{0}x"),
        json!([[1]]),
        json!(1e300),
    ];
    let (mut tried, mut decoded) = (0_usize, 0_usize);
    'all: loop {
        for Capture { name, ids, body } in captures() {
            let mut places = Vec::new();
            list(&body, String::new(), &mut places);
            for (number, place) in places.iter().enumerate() {
                let mut mutant = body.clone();
                let value = mutant.pointer_mut(place).unwrap();
                *value = odd[(number + tried) % odd.len()].clone();
                decoded += usize::from(decode(&name, ids, mutant.to_string().as_bytes()).is_ok());
                // Cut short, it is no JSON.
                let text = body.to_string();
                let place = number * text.len() / places.len().max(1);
                let cut = (0..=place).rev().find(|place| text.is_char_boundary(*place)).unwrap();
                let _ = decode(&name, ids, &text.as_bytes()[..cut]);
                tried += 2;
                if tried >= 10_000 {
                    break 'all;
                }
            }
        }
    }
    assert!(decoded > 1000, "{decoded} of {tried} mutants decoded");
}

fn list(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                list(value, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                list(value, format!("{at}/{number}"), places);
            }
        }
        _ => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}
