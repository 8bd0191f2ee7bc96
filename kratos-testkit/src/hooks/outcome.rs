//! What the server makes of an answer.

use serde::Deserialize;
use serde_json::Value;

use super::Mode;
use super::deliver::Delivered;
use crate::ui::Message;
use crate::wire::Problem;

/// What a hook's answer means.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The flow goes on, with this change of the identity.
    Go(Option<Value>),
    /// The flow is refused with messages at JSON pointers.
    Refused(Vec<(String, Message)>),
    /// Kratos' own error. True if Kratos gives it no status, so that a submission answers it with 400.
    Failed(Problem, bool),
}

const UPSTREAM: &str = "A third-party upstream service responded improperly. Please try again later.";

pub(super) fn of(delivered: Delivered, mode: Mode) -> Outcome {
    let (status, body) = match delivered {
        Delivered::Answer { status, body } => (status, body),
        Delivered::TimedOut => {
            let reason = "A third-party upstream service could not be reached. Please try again later.";
            return Outcome::Failed(Problem::new(504, "context deadline exceeded").reason(reason), false);
        }
        Delivered::GaveUp { url } => {
            let message = format!("POST {url} giving up after 3 attempt(s)");
            return Outcome::Failed(Problem::new(500, message), true);
        }
    };
    match (mode, status) {
        (Mode::Parse, 200) => changed(&body),
        (Mode::Parse, 400..) => refused(&body),
        (_, 400..) => {
            let message = format!("webhook failed with status code {status}");
            Outcome::Failed(Problem::new(502, message).reason(UPSTREAM), false)
        }
        _ => Outcome::Go(None),
    }
}

fn changed(body: &[u8]) -> Outcome {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(mut answer)) => Outcome::Go(answer.remove("identity").filter(|it| !it.is_null())),
        Ok(Value::Null) => Outcome::Go(None),
        Ok(_) | Err(_) => unreadable("unexpected end of JSON input"),
    }
}

fn refused(body: &[u8]) -> Outcome {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        messages: Vec<At>,
    }
    #[derive(Deserialize)]
    struct At {
        #[serde(default)]
        instance_ptr: String,
        #[serde(default)]
        messages: Vec<Detail>,
    }
    #[derive(Deserialize)]
    struct Detail {
        #[serde(default)]
        id: u64,
        #[serde(default)]
        text: String,
        #[serde(default, rename = "type")]
        kind: String,
        context: Option<Value>,
    }
    let Ok(answer) = serde_json::from_slice::<Answer>(body) else { return unreadable("EOF") };
    if answer.messages.is_empty() {
        let message = "error while parsing webhook response: got no validation errors";
        return Outcome::Failed(Problem::new(500, message), true);
    }
    let mut messages = Vec::new();
    for At { instance_ptr, messages: details } in answer.messages {
        for Detail { id, text, kind, context } in details {
            let make = if kind == "error" { Message::error } else { Message::info };
            let message = make(id, text);
            let message = context.map_or(message.clone(), |context| message.with(context));
            messages.push((instance_ptr.clone(), message));
        }
    }
    Outcome::Refused(messages)
}

fn unreadable(why: &str) -> Outcome {
    let message = format!("webhook response could not be unmarshalled properly from JSON: {why}");
    Outcome::Failed(Problem::new(500, message), true)
}
