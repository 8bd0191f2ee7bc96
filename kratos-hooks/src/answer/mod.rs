//! What a handler answers.

mod change;
mod mode;
mod refusal;
mod response;

use std::{fmt, marker::PhantomData, time::Duration};

use http::StatusCode;

pub use change::IdentityChange;
pub use mode::ResponseMode;
pub use refusal::{FieldPointer, HookMessage, HookRefusal};
pub use response::HookResponse;

use crate::{
    call::HookCall,
    event::{ChangesIdentity, HookEvent},
};

/// Everything that Kratos may be answered.
///
/// Sealed: the answers are [`HookAnswer`], [`HookVerdict`], [`HookReceipt`], [`MigrationAnswer`](crate::MigrationAnswer) and
/// [`CourierReceipt`](crate::CourierReceipt).
pub trait HookReply: sealed::Sealed {
    /// Returns the response to send.
    fn into_response(self) -> HookResponse;
}

/// An answer to a web hook, for one event and one way in which Kratos reads it: [`HookAnswer`], [`HookVerdict`] or
/// [`HookReceipt`].
pub trait AnswersHook: HookReply {
    /// The event.
    type Event: HookEvent;
    /// How Kratos must be configured to read it.
    const MODE: ResponseMode;
}

macro_rules! answer {
    ($(#[$meta:meta])* $name:ident, $mode:ident) => {
        $(#[$meta])*
        pub struct $name<E> {
            response: HookResponse,
            event: PhantomData<fn() -> E>,
        }

        impl<E> $name<E> {
            fn new(response: HookResponse) -> Self {
                Self { response, event: PhantomData }
            }
        }

        impl<E> sealed::Sealed for $name<E> {}

        impl<E: HookEvent> AnswersHook for $name<E> {
            type Event = E;
            const MODE: ResponseMode = ResponseMode::$mode;
        }

        impl<E> HookReply for $name<E> {
            fn into_response(self) -> HookResponse {
                self.response
            }
        }

        impl<E> fmt::Debug for $name<E> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.response).finish()
            }
        }
    };
}

answer!(
    /// An answer that Kratos parses (`response.parse: true`): it may go on, change the identity, or refuse with messages.
    ///
    /// Made by [`HookCall::proceed`], [`HookCall::change`], [`HookCall::refuse`], [`HookCall::retry`].
    HookAnswer, Parse
);
answer!(
    /// An answer of which Kratos reads the status alone (neither `parse` nor `ignore`): it lets the flow go on or stops it
    /// with an error page (502). After a registration or a settings change the identity is already stored.
    ///
    /// Made by [`HookCall::accept`] and [`HookCall::reject`].
    HookVerdict, Status
);
answer!(
    /// An answer that Kratos does not read (`response.ignore: true`): it calls the hook beside the flow. Nothing can stop
    /// or delay the user.
    ///
    /// Made by [`HookCall::receipt`].
    HookReceipt, Ignore
);

impl<E: HookEvent, T> HookCall<E, T> {
    /// Answers that the flow goes on (204).
    #[must_use]
    pub fn proceed(&self) -> HookAnswer<E> {
        HookAnswer::new(HookResponse::empty(StatusCode::NO_CONTENT))
    }

    /// Answers that the flow is refused, with messages for the user (400). After a flow they appear in its form. Before a
    /// flow there is no form: Kratos answers 500, and for a login 404 (26.2.0 and 1.3.1).
    #[must_use]
    pub fn refuse(&self, refusal: HookRefusal) -> HookAnswer<E> {
        HookAnswer::new(refusal.into_response())
    }

    /// Answers that Kratos calls again: 503. Kratos makes three attempts in all, with pauses of 1 s and 2 s or of `after`,
    /// while the user waits, and then fails the flow with 500 (26.2.0 and 1.3.1). Use it only for a fault that passes within seconds.
    #[must_use]
    pub fn retry(&self, after: Option<Duration>) -> HookAnswer<E> {
        HookAnswer::new(HookResponse::retry(after))
    }

    /// Answers that the flow stops, with a fixed message (400, without a retry): what a failed handler answers.
    #[must_use]
    pub fn stop(&self) -> HookAnswer<E> {
        HookAnswer::new(HookResponse::stop())
    }

    /// Answers that the flow goes on (204), where Kratos reads the status alone.
    #[must_use]
    pub fn accept(&self) -> HookVerdict<E> {
        HookVerdict::new(HookResponse::empty(StatusCode::NO_CONTENT))
    }

    /// Answers that the flow stops (400), where Kratos reads the status alone: the user sees an error page (502).
    #[must_use]
    pub fn reject(&self) -> HookVerdict<E> {
        HookVerdict::new(HookResponse::stop())
    }

    /// Answers that the call was received (204), where Kratos ignores the answer.
    #[must_use]
    pub fn receipt(&self) -> HookReceipt<E> {
        HookReceipt::new(HookResponse::empty(StatusCode::NO_CONTENT))
    }
}

impl<E: ChangesIdentity, T> HookCall<E, T> {
    /// Answers that the flow goes on with a changed identity (200), which Kratos validates and stores. A change that cannot
    /// be encoded as JSON stops the flow and is logged.
    ///
    /// ```
    /// # use kratos_hooks::{AfterRegistration, HookAnswer, HookCall, IdentityChange};
    /// fn changed(call: &HookCall<AfterRegistration, String>) -> HookAnswer<AfterRegistration> {
    ///     call.change(IdentityChange::new())
    /// }
    /// ```
    ///
    /// Before a flow there is no identity, and Kratos crashes on an answer that holds one (26.2.0):
    ///
    /// ```compile_fail
    /// # use kratos_hooks::{BeforeRegistration, HookAnswer, HookCall, IdentityChange};
    /// fn changed(call: &HookCall<BeforeRegistration, String>) -> HookAnswer<BeforeRegistration> {
    ///     call.change(IdentityChange::new())
    /// }
    /// ```
    #[must_use]
    pub fn change(&self, change: IdentityChange<T>) -> HookAnswer<E> {
        HookAnswer::new(change.into_response())
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::MigrationAnswer {}
    impl Sealed for crate::CourierReceipt {}
}
