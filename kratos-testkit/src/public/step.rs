//! The result of a step of a flow: a response, or why the handler has none.

use crate::ui::Message;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;

/// Why the handler of a submission returned no response.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Renders the form again with the messages of its sheet.
    Form,
    /// The flow has expired and is replaced.
    Expired,
    Problem(Problem),
    /// Another response.
    Reply(Reply),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

pub(crate) type Step = Result<Reply, Stop>;

/// Renders the form again with one message above it.
pub(crate) fn refuse(flow: &mut Flow, message: Message) -> Stop {
    flow.sheet.reset();
    flow.sheet.messages.push(message);
    Stop::Form
}

/// Renders the form again with messages at its fields.
pub(crate) fn refuse_fields(flow: &mut Flow, messages: Vec<(String, Message)>) -> Stop {
    flow.sheet.reset();
    for (name, message) in messages {
        flow.sheet.tell(&name, message);
    }
    Stop::Form
}
