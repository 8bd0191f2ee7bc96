use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What a handler does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Plan {
    /// Answers that the flow goes on.
    Proceed,
    /// Changes the identity; where the event cannot, answers that the flow goes on.
    Change,
    /// Changes every field of the identity that has a method; where the event cannot, answers that the flow goes on.
    ChangeAll,
    /// Replaces the metadata by `null` and removes the external id; where the event cannot, answers that the flow goes on.
    ChangeToNothing,
    /// Refuses with a message at the trait `email`; where the answer has no messages, rejects.
    RefuseField,
    /// Refuses with a message at a trait that the schema does not have.
    RefuseUnknown,
    /// Refuses with a message at the form; where the answer has no messages, rejects.
    RefuseForm,
    /// Asks for another attempt, each time.
    Retry,
    /// Asks for another attempt once.
    RetryOnce,
    /// Fails with an error of its own, whose status is 500.
    Fail,
    /// Fails with an error of its own, whose status is 200.
    FailWithOk,
    /// Panics.
    Panic,
    /// Exceeds the time-out of its layer.
    Hang,
}

/// The plans by route: `registration/after/parse`, for example. Without one a handler answers that the flow goes on.
#[derive(Clone, Debug, Default)]
pub struct Plans(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    plans: HashMap<String, Plan>,
    ran: Vec<String>,
    codes: Vec<(String, String)>,
    /// Never forgotten.
    with_cookies: Vec<String>,
}

impl Plans {
    /// Plans what the handler of a route does, until [`Plans::clear`].
    pub fn set(&self, route: &str, plan: Plan) {
        self.with(|state| state.plans.insert(route.to_owned(), plan));
    }

    /// Forgets all plans and calls.
    pub fn clear(&self) {
        self.with(|state| {
            let with_cookies = std::mem::take(&mut state.with_cookies);
            *state = State { with_cookies, ..State::default() };
        });
    }

    /// Returns the routes whose handlers ran, in order.
    #[must_use]
    pub fn ran(&self) -> Vec<String> {
        self.with(|state| state.ran.clone())
    }

    /// Returns the code of the newest message to an address.
    #[must_use]
    pub fn code(&self, address: &str) -> Option<String> {
        self.with(|state| {
            state.codes.iter().rev().find(|(to, _)| to == address).map(|(_, code)| code.clone())
        })
    }

    /// Returns the plan of a handler that runs now.
    pub(super) fn run(&self, route: &str) -> Plan {
        self.with(|state| {
            state.ran.push(route.to_owned());
            let plan = state.plans.get(route).copied().unwrap_or(Plan::Proceed);
            if plan == Plan::RetryOnce {
                state.plans.insert(route.to_owned(), Plan::Proceed);
            }
            plan
        })
    }

    pub(super) fn note_code(&self, to: &str, code: &str) {
        self.with(|state| state.codes.push((to.to_owned(), code.to_owned())));
    }

    /// Returns the routes that ever got the user's cookies in a body.
    #[must_use]
    pub fn with_cookies(&self) -> Vec<String> {
        self.with(|state| state.with_cookies.clone())
    }

    pub(super) fn note_cookies(&self, route: &str) {
        self.with(|state| state.with_cookies.push(route.to_owned()));
    }

    fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> T {
        run(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
