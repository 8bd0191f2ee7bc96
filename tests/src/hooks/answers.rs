//! What a handler answers, in any framework.

use kratos_axum::{
    hooks::{
        AnswersHook, ChangesIdentity, FieldPointer, HookAnswer, HookCall, HookEvent, HookIdentity,
        HookMessage, HookReceipt, HookRefusal, HookVerdict, IdentityChange, MigrationAnswer, MigrationCall,
        OutgoingMessage, ResponseMode,
    },
    model::{AddressStatus, IdentityState, flow::Flow},
};
use serde::{Deserialize, Serialize};

use super::{Plan, Plans};

/// The id of the messages of refusals.
pub const MESSAGE: i64 = 9_000_001;
/// The right password of every identity to migrate.
const PASSWORD: &str = "Migrated-pw-77123";

/// The traits, with the ones that this application does not know.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Person {
    email: String,
    #[serde(flatten)]
    others: serde_json::Map<String, serde_json::Value>,
}

/// A handler's own error: the status and the text of its response.
#[derive(Debug)]
pub(super) struct Failure(pub(super) u16, pub(super) &'static str);

/// What every plan does that is not an answer.
async fn go_wrong(plan: Plan) -> Result<Plan, Failure> {
    match plan {
        Plan::Fail => Err(Failure(500, "the database is down")),
        Plan::FailWithOk => Err(Failure(200, "{}")),
        // Without the message that a panic prints.
        Plan::Panic => std::panic::resume_unwind(Box::new("planned")),
        Plan::Hang => std::future::pending().await,
        plan => Ok(plan),
    }
}

pub(super) async fn parse<E: HookEvent>(
    plans: &Plans,
    call: &HookCall<E, Person>,
) -> Result<HookAnswer<E>, Failure> {
    let plan = go_wrong(plans.run(&route::<HookAnswer<E>>())).await?;
    Ok(answer(call, plan))
}

pub(super) async fn changing<E: ChangesIdentity<Identity<Person> = HookIdentity<Person>>>(
    plans: &Plans,
    call: &HookCall<E, Person>,
) -> Result<HookAnswer<E>, Failure> {
    let plan = go_wrong(plans.run(&route::<HookAnswer<E>>())).await?;
    let gold = serde_json::json!({"plan": "gold"});
    Ok(match plan {
        Plan::Change => call.change(IdentityChange::new().replace_metadata_public(&gold)),
        Plan::ChangeAll => call.change(all_changed(&call.identity)),
        Plan::ChangeToNothing => {
            let nothing = IdentityChange::new().replace_metadata_public(&()).replace_metadata_admin(&());
            call.change(nothing.with_external_id(None))
        }
        plan => answer(call, plan),
    })
}

fn all_changed(identity: &HookIdentity<Person>) -> IdentityChange<Person> {
    let mut traits = identity.traits.clone();
    traits.others.insert("age".to_owned(), 7.into());
    let mut addresses = identity.record().verifiable_addresses.clone();
    for address in &mut addresses {
        address.verified = true;
        address.status = Some(AddressStatus::Completed);
    }
    IdentityChange::new()
        .replace_traits(&traits)
        .replace_metadata_public(&serde_json::json!({"plan": "gold"}))
        .replace_metadata_admin(&serde_json::json!({"note": "vip"}))
        .replace_verifiable_addresses(addresses)
        .replace_recovery_addresses(identity.record().recovery_addresses.clone())
        .with_schema_id("person")
        .with_state(IdentityState::Active)
        .with_external_id(Some(format!("of {}", traits.email)))
}

fn answer<E: HookEvent>(call: &HookCall<E, Person>, plan: Plan) -> HookAnswer<E> {
    let message = HookMessage::error(MESSAGE, "Not on the list.");
    match plan {
        Plan::RefuseField => call.refuse(HookRefusal::field(&FieldPointer::of_trait(["email"]), message)),
        Plan::RefuseUnknown => call.refuse(HookRefusal::field(&FieldPointer::of_trait(["no%pe"]), message)),
        Plan::RefuseForm => call.refuse(HookRefusal::form(message)),
        Plan::Retry | Plan::RetryOnce => call.retry(None),
        _ => call.proceed(),
    }
}

pub(super) async fn status<E: HookEvent>(
    plans: &Plans,
    call: &HookCall<E, Person>,
) -> Result<HookVerdict<E>, Failure> {
    let plan = go_wrong(plans.run(&route::<HookVerdict<E>>())).await?;
    Ok(match plan {
        Plan::RefuseField | Plan::RefuseUnknown | Plan::RefuseForm => call.reject(),
        _ => call.accept(),
    })
}

pub(super) async fn ignore<E: HookEvent>(
    plans: &Plans,
    call: &HookCall<E, Person>,
) -> Result<HookReceipt<E>, Failure> {
    go_wrong(plans.run(&route::<HookReceipt<E>>())).await?;
    Ok(call.receipt())
}

fn route<A: AnswersHook>() -> String {
    let flow = <<A::Event as HookEvent>::Flow as Flow>::NAME;
    let mode = match A::MODE {
        ResponseMode::Parse => "parse",
        ResponseMode::Ignore => "ignore",
        _ => "status",
    };
    format!("{flow}/{}/{mode}", <A::Event as HookEvent>::TIME)
}

pub(super) async fn migrate(plans: &Plans, call: &MigrationCall) -> Result<MigrationAnswer, Failure> {
    go_wrong(plans.run("migrate")).await?;
    let is_right = call.password.expose_secret() == PASSWORD;
    Ok(if is_right { MigrationAnswer::Match } else { MigrationAnswer::NoMatch })
}

pub(super) fn mail(plans: &Plans, message: &OutgoingMessage) {
    if let Some(code) = message.data.code() {
        plans.note_code(&message.recipient, code);
    }
}
