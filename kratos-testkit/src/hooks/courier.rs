//! Posts messages to the application.

use serde_json::json;

use super::deliver::Errand;
use super::{Courier, Place, payload};
use crate::wire::Call;
use crate::world::World;
use crate::world::courier::Message;

/// The attempts for one message. Kratos' `courier.message_retries` is 5.
const ATTEMPTS: usize = 6;

/// Posts the messages that this request caused, beside it.
pub(crate) fn post(world: &World, courier: &Courier, call: &Call, from: usize) {
    let hooks = world.config.hooks.iter().filter(|hook| hook.place == Place::Courier);
    for hook in hooks {
        for message in world.messages.iter().skip(from) {
            let body = body(message, call);
            let mut errand = Errand::new(hook, "courier".into(), &body);
            errand.attempts = ATTEMPTS;
            // The courier sends no ids.
            errand.hook.has_ids = false;
            courier.send_beside(errand);
        }
    }
}

fn body(message: &Message, call: &Call) -> serde_json::Value {
    json!({
        "recipient": message.recipient,
        "subject": message.subject,
        "body": message.body,
        "html_body": message.body,
        "template_type": message.template,
        "template_data": message.data,
        "message_type": "email",
        "request_headers": payload::headers(call),
    })
}
