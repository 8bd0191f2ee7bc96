//! Tower layers that guard any service with the sessions of [Ory Kratos](https://www.ory.sh/kratos).
//!
//! It offers
//! - [`SessionLayer`], which finds a request's session when something asks for it, and rejects nothing;
//! - [`RequireLayer`], which lets a request through only when its session does: signed in, second factor, fresh,
//!   verified address, anything of yours, or not signed in.
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response, StatusCode};
//! use http_body_util::Empty;
//! use kratos_tower::{RequireLayer, SessionLayer};
//! use tower::{Service as _, ServiceBuilder, ServiceExt as _, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let kratos = kratos_core::resolve::HttpResolver::new("http://127.0.0.1:4433")?;
//! let mut service = ServiceBuilder::new()
//!     .layer(SessionLayer::new(kratos))
//!     .layer(RequireLayer::signed_in())
//!     .service(service_fn(async |_: Request<()>| {
//!         Ok::<_, std::convert::Infallible>(Response::new(Empty::<Bytes>::new()))
//!     }));
//! let response = service.ready().await?.call(Request::new(())).await?;
//! assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
//! # Ok(())
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod context;
mod require;
mod session;

pub use body::GuardBody;
pub use context::SessionContext;
pub use require::{RequireFuture, RequireLayer, RequireService};
pub use session::{SessionFuture, SessionLayer, SessionService};
