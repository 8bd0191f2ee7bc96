mod actix;
mod axum;

use std::time::Duration;

use super::{Framework, Plans, framework::Serving};

/// The time-out of the handlers.
const TIMEOUT: Duration = Duration::from_millis(300);

/// The application, which listens until it is dropped.
#[derive(Debug)]
pub struct Receiver {
    /// The plans of its handlers.
    pub plans: Plans,
    /// Its URL.
    pub url: String,
    _serving: Serving,
}

impl Receiver {
    /// Starts it on a free port of loopback. Call it in a runtime.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn start(framework: Framework) -> Self {
        let plans = Plans::default();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = match framework {
            Framework::Axum => Serving::Axum(axum::serve(listener, plans.clone())),
            Framework::Actix => Serving::Actix(actix::serve(listener, plans.clone())),
        };
        Self { plans, url, _serving: serving }
    }
}
