// The README is the crate's documentation. These links resolve to the items here; in the README itself, to docs.rs.
//! [`Theme`]: Theme
//! [`Page`]: Page
//! [`view`]: mod@view
//! [`Texts`]: Texts
//! [`Catalog`]: Catalog
//! [`Routes`]: Routes
//! [`assets`]: mod@assets
#![doc = include_str!("../README.md")]
//!
//! # What the application serves
//! `Pages` of `kratos-axum` and `kratos-actix` (feature `ui`) mounts all of it. With another framework, send each page
//! with all of [`Page::headers`], and serve [`assets::ASSETS`] below `/kratos-ui/` ([`Theme::with_assets_at`]).
//!
//! Browsers submit the forms to Kratos itself. Its `base_url` must share a registrable domain with the application, or the
//! cookies do not arrive. For passkeys, either enable Kratos' CORS for the application's origin or serve Kratos' script
//! from the application ([`Theme::with_kratos_scripts_at`]); otherwise browsers reject the script's hash.
//!
//! # Forms
//! Methods that share visible fields share a form. Its first button is the primary one, since the Enter key presses it.
//! Every other method has a form of its own; single sign-on always does. Buttons without fields (“resend”, “back”,
//! “remove”) have a form without fields. Fields, buttons and links have the test ids of Ory's reference pages
//! (`@ory/elements-markup` 0.9.0), such as `node/input/identifier`, `ui/message/4000006` and `signup-link`.
//!
//! Only passkeys and security keys require JavaScript. Their buttons appear once Kratos' script (1.3 and later) is ready.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod assets;
mod build;
mod html;
#[cfg(feature = "languages")]
mod languages;
mod page;
mod page_renderer;
mod page_route;
mod parts;
#[cfg(feature = "rejection")]
mod rejection;
mod routes;
mod security_policy;
mod templates;
mod texts;
mod theme;
mod urls;
pub mod view;

pub use build::{FormPage, PageFlow, RefusedRequest, UserSessions};
pub use html::Html;
#[cfg(feature = "languages")]
pub use languages::{Language, Languages};
pub use page::{Nonce, Page};
pub use page_renderer::PageRenderer;
pub use page_route::PageRoute;
pub use parts::{MessagePlace, PageParts, PartRenderer};
#[cfg(feature = "rejection")]
pub use rejection::render_rejection;
pub use routes::Routes;
pub use texts::{Catalog, English, Phrase, Texts};
pub use theme::Theme;
pub use view::View;
