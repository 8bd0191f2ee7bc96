use actix_web::dev::ServerHandle;
use tokio::task::JoinHandle;

/// What the application is written in: its hooks and its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framework {
    /// axum.
    Axum,
    /// actix-web.
    Actix,
}

impl Framework {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Axum, Self::Actix];

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::Actix => "actix-web",
        }
    }
}

/// A part of the application that listens. It stops when dropped.
#[derive(Debug)]
pub(super) enum Serving {
    Axum(JoinHandle<()>),
    Actix(ServerHandle),
}

impl Drop for Serving {
    fn drop(&mut self) {
        match self {
            Self::Axum(task) => task.abort(),
            Self::Actix(handle) => drop(handle.stop(false)),
        }
    }
}
