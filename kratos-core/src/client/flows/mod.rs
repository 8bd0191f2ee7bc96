//! Creates, reads and submits flows of every type.

mod create;
mod served;
mod submit;

use uuid::Uuid;

use crate::flow::Flow;

pub(in crate::client) use served::Served;

/// The flow to submit, created from its id or from the flow itself. A flow supplies its CSRF token to a browser's submit.
#[derive(Clone)]
pub struct FlowRef {
    id: Uuid,
    csrf_token: Option<String>,
}

impl From<Uuid> for FlowRef {
    fn from(id: Uuid) -> Self {
        Self { id, csrf_token: None }
    }
}

impl<F: Flow> From<&F> for FlowRef {
    fn from(flow: &F) -> Self {
        Self { id: flow.id(), csrf_token: flow.csrf_token() }
    }
}

impl std::fmt::Debug for FlowRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FlowRef({})", self.id)
    }
}
