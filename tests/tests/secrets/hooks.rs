//! What Kratos sends to hooks, their answers, and the keys that they prove themselves with.

use std::time::Duration;

use actix_web::{
    FromRequest as _, HttpResponse,
    dev::{Service as _, ServiceRequest, ServiceResponse, Transform as _},
};
use kratos_axum::hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, AnswerKey, AnswerStore,
    BeforeLogin, BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, Courier,
    CourierReceipt, FieldPointer, Hook, HookAnswer, HookAuth, HookCall, HookConfig, HookConfigError,
    HookDecodeError, HookGuard, HookIds, HookLayer, HookMessage, HookReceipt, HookRefusal, HookReply as _,
    HookResponse, HookVerdict, Idempotence, IdentityChange, MemoryAnswerStore, MessageLanguage, Migration,
    MigrationAnswer, MigrationCall, OutgoingMessage, PlainMessages, RenderMessage as _, RenderedMessage,
    Reply, WebHook,
};
use kratos_core::model::RawJson;
use serde_json::{Value, json};
use tower::{Layer as _, Service as _};

use crate::shown::{debugged, error, secret};

fn auths() -> [HookAuth; 3] {
    let key = || secret("hook-key-of-16-or-more");
    [
        HookAuth::api_key_header("x-hook-key", key()).unwrap(),
        HookAuth::api_key_cookie("hook", key()).unwrap().with_key(key() + "2").unwrap(),
        HookAuth::basic("kratos", key()).unwrap(),
    ]
}

fn call(event: &str) -> Vec<u8> {
    let identity = json!({
        "id": uuid::Uuid::from_u128(7), "traits": {"pin": secret("pin")}, "metadata_public": {"x": secret("metadata")},
    });
    let body = json!({
        "event": event,
        "flow": {
            "id": uuid::Uuid::from_u128(1), "transient_payload": {"captcha": secret("captcha")},
            "request_url": format!("http://localhost/?code={}", secret("url")),
            "ui": {"action": format!("http://localhost/?flow=1&code={}", secret("action")), "method": "POST", "nodes": [
                {"type": "input", "group": "default", "messages": [], "meta": {}, "attributes": {
                    "name": "csrf_token", "type": "hidden", "value": secret("csrf"), "disabled": false, "node_type": "input",
                }},
            ]},
        },
        "identity": identity,
        "session": {"id": uuid::Uuid::nil(), "identity": identity, "tokenized": secret("jwt")},
        "request_headers": {"Referer": [secret("referer")]},
        "request_method": "POST",
        "request_url": format!("http://localhost/?code={}", secret("url")),
        "request_cookies": {"ory_kratos_session": secret("cookie")},
        "from_tomorrow": secret("unknown"),
    });
    body.to_string().into_bytes()
}

pub fn calls() {
    let ids = HookIds::of(Some(uuid::Uuid::nil().to_string().as_bytes()), None);
    debugged(&ids);
    let hook = HookCall::<AfterLogin, Value>::decode(ids, &call("login.after")).unwrap();
    debugged(&hook);
    debugged(&hook.request);
    debugged(&hook.identity);
    debugged(&hook.proceed());
    debugged(&hook.accept());
    debugged(&hook.receipt());
    debugged(&Hook(hook));
    let hook = HookCall::<BeforeLogin>::decode(ids, &call("login.before")).unwrap();
    debugged(&hook);
    let hook = HookCall::<AfterRegistration, Value>::decode(ids, &call("registration.after")).unwrap();
    let change = || IdentityChange::new().replace_traits(&json!({"pin": secret("pin")}));
    debugged(&change());
    debugged(&hook.change(change()));
    let message =
        HookMessage::error(1, secret("text")).with_context(RawJson::from_value(&secret("context")).unwrap());
    debugged(&message);
    debugged(&FieldPointer::of_trait(["email"]));
    let refusal = HookRefusal::form(message);
    debugged(&refusal);
    let answer: HookAnswer<AfterRegistration> = hook.refuse(refusal);
    debugged(&Reply(answer));
    debugged(&hook.change(change()).into_response());
    let _: (HookVerdict<AfterRegistration>, HookReceipt<AfterRegistration>) = (hook.reject(), hook.receipt());
    for event in [kratos_axum::hooks::HookTime::After, kratos_axum::hooks::HookTime::Before] {
        debugged(&event);
    }
    // An error names the place, never the value.
    for body in [
        format!("\"{}\"", secret("root")).into_bytes(),
        json!({"event": secret("event")}).to_string().into_bytes(),
        json!({"flow": secret("flow")}).to_string().into_bytes(),
        call("recovery.after"),
    ] {
        let failed: HookDecodeError = HookCall::<AfterRegistration>::decode(ids, &body).unwrap_err();
        error(&failed);
    }
    let failed =
        HookCall::<AfterRegistration, Vec<String>>::decode(ids, &call("registration.after")).unwrap_err();
    error(&failed);
}

/// Shows its keys.
struct Showing;

impl AnswerStore for Showing {
    fn get(&self, key: &AnswerKey) -> Option<HookResponse> {
        debugged(key);
        None
    }

    fn put(&self, key: AnswerKey, answer: HookResponse, _: Duration) {
        debugged(&key);
        debugged(&answer);
    }
}

pub async fn every_event() {
    let ids = HookIds::of(Some(uuid::Uuid::from_u128(9).to_string().as_bytes()), None);
    macro_rules! events {
        ($($event:ident = $name:literal),*) => {
            $(debugged(&HookCall::<$event, Value>::decode(ids, &call($name)).unwrap());)*
        };
    }
    events! {
        BeforeRegistration = "registration.before", BeforeSettings = "settings.before",
        BeforeRecovery = "recovery.before", BeforeVerification = "verification.before",
        AfterSettings = "settings.after", AfterRecovery = "recovery.after",
        AfterVerification = "verification.after"
    }
    let [auth, ..] = auths();
    let guard = HookGuard::new(auth).with_idempotence(Idempotence::with_store(Showing));
    let key = secret("hook-key-of-16-or-more");
    let pass = guard.admit([key.as_bytes()], ids).unwrap();
    debugged(&pass);
    let answer = guard.run("/hook", pass, async { Some(HookResponse::stop()) }).await;
    debugged(&answer);
}

pub fn passwords_and_messages() {
    let body = json!({"identifier": secret("identifier"), "password": secret("password"), "x": secret("x")})
        .to_string();
    let call = MigrationCall::decode(HookIds::default(), body.as_bytes()).unwrap();
    debugged(&call);
    debugged(&Migration(call));
    debugged(&Reply(MigrationAnswer::Match));
    error(
        &MigrationCall::decode(
            HookIds::default(),
            json!({"password": 1, "x": secret("x")}).to_string().as_bytes(),
        )
        .unwrap_err(),
    );
    let body = json!({
        "recipient": secret("recipient"), "subject": secret("subject"), "body": secret("body"), "html_body": secret("html"),
        "template_type": "login_code_valid", "message_type": "email", "x": secret("x"),
        "request_headers": {"Referer": [secret("referer")]},
        "template_data": {
            "to": secret("to"), "login_code": secret("code"), "recovery_url": format!("https://x/{}", secret("link")),
            "transient_payload": {"x": secret("payload")}, "identity": {"id": uuid::Uuid::nil(), "traits": {"x": secret("pin")}},
        },
    });
    let message = OutgoingMessage::decode(body.to_string().as_bytes()).unwrap();
    debugged(&message);
    debugged(&message.data);
    let rendered: RenderedMessage = PlainMessages::new("Example").render_for_reader(&message);
    debugged(&rendered);
    debugged(&PlainMessages::new("Example"));
    debugged(&Courier(message));
    debugged(&Reply(CourierReceipt::Sent));
    debugged(&None::<MessageLanguage>);
    error(&OutgoingMessage::decode(format!("[\"{}\"]", secret("x")).as_bytes()).unwrap_err());
}

pub fn keys() {
    for auth in auths() {
        debugged(&auth);
        debugged(&HookGuard::new(auth.clone()).with_idempotence(Idempotence::new()));
        debugged(&HookLayer::new(auth.clone()));
        let hook = WebHook::answered_by::<HookAnswer<AfterRegistration>>("/x");
        debugged(&hook);
        let config = HookConfig::new("http://app", &auth).unwrap().with_web_hook(hook).with_courier("/mail");
        debugged(&config);
        debugged(&config.yaml());
        debugged(&config.yaml_with_key());
        let pass = HookGuard::new(auth).admit([], HookIds::default()).unwrap_err();
        debugged(&pass);
    }
    let failed: HookConfigError = HookAuth::api_key_header("x", secret("with space")).unwrap_err();
    error(&failed);
    error(&HookAuth::basic(&format!("a:{}", secret("user")), "sixteen-characters").unwrap_err());
    error(&HookConfig::new(&format!("http://a:{}@x", secret("url")), &auths()[0]).unwrap_err());
    debugged(&Idempotence::new().with_ttl(Duration::from_secs(1)));
    let store = MemoryAnswerStore::new(1);
    debugged(&store);
    assert!(format!("{:?}", HookResponse::stop()).contains("400"));
    let _ = &store as &dyn kratos_axum::hooks::AnswerStore;
    let testkit = kratos_testkit::TestHook::courier("http://app").with_api_key_header("x", &secret("key"));
    debugged(&testkit.with_basic_auth("kratos", &secret("password")));
}

/// Services and their futures, while a call is in progress, with a key that is not right.
pub async fn services() {
    let [auth, ..] = auths();
    let inner = tower::service_fn(async |_: http::Request<axum::body::Body>| {
        Ok::<_, std::convert::Infallible>(http::Response::new(axum::body::Body::from(secret("answer"))))
    });
    let mut service = HookLayer::new(auth.clone()).layer(inner);
    debugged(&HookLayer::new(auth.clone()).layer(()));
    let request =
        http::Request::post(format!("/?x={}", secret("query"))).header("x-hook-key", secret("other"));
    let future = service.call(request.body(axum::body::Body::empty()).unwrap());
    debugged(&future);
    assert_eq!(future.await.unwrap().status(), 401);

    let unguarded = http::Request::new(axum::body::Body::from(secret("body")));
    let rejection =
        <Migration as axum::extract::FromRequest<()>>::from_request(unguarded, &()).await.unwrap_err();
    debugged(&rejection);

    let middleware = kratos_actix::hooks::HookMiddleware::new(auth);
    debugged(&middleware);
    let inner = actix_web::dev::fn_service(async |request: ServiceRequest| {
        Ok::<_, actix_web::Error>(request.into_response(HttpResponse::Ok().body(secret("answer"))))
    });
    let service = middleware.new_transform(inner).await.unwrap();
    debugged(&service);
    let request = actix_web::test::TestRequest::post().insert_header(("x-hook-key", secret("other")));
    let future = service.call(request.to_srv_request());
    debugged(&future);
    let response: ServiceResponse = future.await.unwrap();
    assert_eq!(response.status(), 401);
    let ids = kratos_actix::hooks::HookIds::default();
    let call = kratos_actix::hooks::HookCall::<AfterLogin, Value>::decode(ids, &call("login.after")).unwrap();
    debugged(&kratos_actix::hooks::Reply(call.proceed()));
    debugged(&kratos_actix::hooks::Hook(call));
    let unguarded = actix_web::test::TestRequest::post().set_payload(secret("body")).to_http_request();
    let rejection = kratos_actix::hooks::Migration::extract(&unguarded).await.unwrap_err();
    debugged(&rejection);
    error(&rejection);
    let body = json!({"identifier": secret("identifier"), "password": secret("password")}).to_string();
    debugged(&kratos_actix::hooks::Migration(MigrationCall::decode(ids, body.as_bytes()).unwrap()));
    let body =
        json!({"recipient": secret("to"), "template_type": "stub", "body": secret("body")}).to_string();
    debugged(&kratos_actix::hooks::Courier(OutgoingMessage::decode(body.as_bytes()).unwrap()));
}
