//! Trace events of Kratos, which drop cached sessions that were revoked: [kratos-events](kratos_events) in axum.
//!
//! ```
//! use std::time::Duration;
//!
//! use axum::Router;
//! use kratos_axum::{Kratos, KratosLayer, events::{EventReceiver, HookAuth}};
//!
//! # fn app() -> Result<Router, Box<dyn std::error::Error>> {
//! let kratos = Kratos::new("http://localhost:4433")?.with_cache(Duration::from_secs(60));
//! let events = EventReceiver::traces(&kratos, HookAuth::bearer("sixteen-characters-or-more")?);
//! let app = Router::new()
//!     .route_service("/v1/traces", events) // `server_url` of kratos.yml is the application
//!     .layer(KratosLayer::new(kratos));
//! # Ok(app)
//! # }
//! ```

#[doc(inline)]
pub use kratos_events::*;
