//! What a step of a flow comes to: an answer, or why its handler has none.

use crate::ui::Message;
use crate::wire::{Problem, Reply};
use crate::world::flow::Flow;

/// Why a submission was not answered by its handler.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The form is shown again with what its sheet says.
    Form,
    /// The flow is too old and is replaced.
    Expired,
    Problem(Problem),
    /// Another answer altogether.
    Reply(Reply),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

pub(crate) type Step = Result<Reply, Stop>;

/// Shows the form again with one message above it.
pub(crate) fn refuse(flow: &mut Flow, message: Message) -> Stop {
    flow.sheet.reset();
    flow.sheet.messages.push(message);
    Stop::Form
}

/// Shows the form again with messages at its fields.
pub(crate) fn refuse_fields(flow: &mut Flow, messages: Vec<(String, Message)>) -> Stop {
    flow.sheet.reset();
    for (name, message) in messages {
        flow.sheet.tell(&name, message);
    }
    Stop::Form
}
