//! The application: what you would write.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{FromRef, State},
    routing::{get, post},
};
use kratos_axum::{
    Identity, Kratos, KratosLayer,
    hooks::{
        AfterLogin, AfterRegistration, AfterSettings, Courier, CourierReceipt, FieldPointer, Hook,
        HookAnswer, HookAuth, HookConfig, HookConfigError, HookLayer, HookMessage, HookReceipt, HookRefusal,
        Idempotence, Migration, MigrationAnswer, RenderMessage as _, Reply, WebHook,
    },
};
use serde::Deserialize;

use crate::{mail, rules};

/// The traits that this application reads.
#[derive(Deserialize)]
struct Person {
    email: String,
}

/// What the registration form sends as `transient_payload`.
#[derive(Deserialize)]
struct Payload {
    captcha: String,
}

#[derive(Clone, FromRef)]
struct Services {
    kratos: Kratos,
    texts: Arc<mail::Texts>,
}

pub fn router(kratos: &Kratos, auth: HookAuth) -> Router {
    // Kratos alone calls these: nothing else belongs inside of the layer.
    let hooks = Router::new()
        .route("/hooks/registered", post(registered))
        .route("/hooks/signed-in", post(signed_in))
        .route("/hooks/changed", post(changed))
        .route("/hooks/password", post(password))
        .route("/hooks/mail", post(send_mail))
        .layer(HookLayer::new(auth).with_idempotence(Idempotence::new()));
    let services = Services { kratos: kratos.clone(), texts: Arc::new(mail::Texts::new("Example")) };
    Router::new()
        .route("/account", get(async |user: Identity| format!("hello, {}\n", user.id)))
        .layer(KratosLayer::new(kratos.clone()))
        .merge(hooks)
        .with_state(services)
}

/// The configuration of Kratos that fits these handlers.
pub fn config(url: &str, auth: &HookAuth) -> Result<HookConfig, HookConfigError> {
    let registered = WebHook::answered_by::<HookAnswer<AfterRegistration>>("/hooks/registered");
    let signed_in = WebHook::answered_by::<HookReceipt<AfterLogin>>("/hooks/signed-in");
    let changed = WebHook::answered_by::<HookReceipt<AfterSettings>>("/hooks/changed");
    Ok(HookConfig::new(url, auth)?
        .with_web_hook(registered.with_method("password"))
        .with_web_hook(signed_in)
        .with_web_hook(changed)
        .with_password_migration("/hooks/password")
        .with_courier("/hooks/mail"))
}

/// Sessions are cached for a minute, which `changed` makes safe.
pub fn cached(kratos: Kratos) -> Kratos {
    kratos.with_cache(Duration::from_secs(60))
}

/// A user registers: checks the captcha and the allow-list, before the identity is stored.
async fn registered(hook: Hook<AfterRegistration, Person>) -> Reply<HookAnswer<AfterRegistration>> {
    // A payload that cannot be read counts as none.
    let payload: Option<Payload> = hook.transient_payload().unwrap_or_default();
    if !payload.is_some_and(|payload| rules::is_solved(&payload.captcha)) {
        let message = HookMessage::error(9_000_001, "Please solve the captcha.");
        return Reply(hook.refuse(HookRefusal::form(message)));
    }
    if !rules::may_register(&hook.identity.traits.email) {
        let message = HookMessage::error(9_000_002, "Only addresses of example.org may register.");
        return Reply(hook.refuse(HookRefusal::field(&FieldPointer::of_trait(["email"]), message)));
    }
    Reply(hook.proceed())
}

/// A user signed in. Kratos does not wait for the answer.
async fn signed_in(hook: Hook<AfterLogin, Person>) -> Reply<HookReceipt<AfterLogin>> {
    eprintln!("{:?} signed in", hook.identity.id);
    Reply(hook.receipt())
}

/// A user changed the account: no session of the cache may show the old one. Kratos has no hook for logout.
async fn changed(
    State(kratos): State<Kratos>,
    hook: Hook<AfterSettings, Person>,
) -> Reply<HookReceipt<AfterSettings>> {
    if let Some(identity) = hook.identity.id {
        kratos.forget_identity(identity);
    }
    Reply(hook.receipt())
}

/// A user of the old system signs in for the first time.
async fn password(call: Migration) -> Reply<MigrationAnswer> {
    let is_right = rules::is_old_password(call.identifier.expose_secret(), call.password.expose_secret());
    Reply(if is_right { MigrationAnswer::Match } else { MigrationAnswer::NoMatch })
}

/// Kratos has a message to send.
async fn send_mail(State(texts): State<Arc<mail::Texts>>, message: Courier) -> Reply<CourierReceipt> {
    let rendered = texts.render_for_reader(&message);
    Reply(match mail::send(&message.recipient, &rendered).await {
        Ok(()) => CourierReceipt::Sent,
        Err(error) => {
            eprintln!("a message was not sent: {error}");
            CourierReceipt::NotSent
        }
    })
}
