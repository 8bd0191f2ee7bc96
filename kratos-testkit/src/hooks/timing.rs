//! When an after hook runs.

use super::{Mode, Place, TestHook};
use crate::world::flow::FlowKind;

/// When the hooks after a flow run. In a registration and in settings those that are parsed run before the identity is
/// stored and the others after it; elsewhere all run at once, in their order (Kratos 26.2.0,
/// selfservice/hook/web_hook.go).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    BeforeStoring,
    AfterStoring,
    Once,
}

impl Stage {
    pub(super) fn has(self, hook: &TestHook, kind: FlowKind) -> bool {
        let is_here = match self {
            Self::BeforeStoring => hook.mode == Mode::Parse,
            Self::AfterStoring => hook.mode != Mode::Parse,
            Self::Once => true,
        };
        is_here && hook.place == Place::After(kind)
    }
}
