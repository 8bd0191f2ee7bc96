// The README is the first chapter. Its names lead to the items here, and to docs.rs on other sites.
//! [`Theme`]: Theme
//! [`Page`]: Page
//! [`view`]: mod@view
//! [`Texts`]: Texts
//! [`Catalog`]: Catalog
//! [`Routes`]: Routes
//! [`assets`]: mod@assets
#![doc = include_str!("../README.md")]
//!
//! # What your application serves
//! With the feature `ui` of `kratos-axum` or `kratos-actix`, one line serves all of it. By hand: the page with all of [`Page::headers`], and [`assets::ASSETS`] under `/kratos-ui/`
//! ([`Theme::with_assets_at`]). Browsers send the forms to Kratos itself: its `base_url` has to share a
//! registrable domain with the application, or the cookies never arrive. For passkeys, either switch Kratos' CORS
//! on for the application's origin or serve its script yourself ([`Theme::with_kratos_scripts_at`]), since
//! browsers check the script's hash only with one of them.
//!
//! # How the forms are made
//! Methods that share visible fields share a form, whose first button is the primary one, since Enter presses
//! it; every other method has a form of its own, single sign-on always. Buttons that need no field (“resend”,
//! “back”, “remove”) have a form without fields. Fields, buttons and links carry the test ids of Ory's reference
//! pages (`@ory/elements-markup` 0.9.0), such as `node/input/identifier`, `ui/message/4000006` and `signup-link`.
//!
//! Without JavaScript everything works but passkeys and security keys; their buttons are shown once Kratos'
//! script, of 1.3 or later, says that it is ready.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod assets;
mod build;
mod html;
mod page;
mod policy;
mod routes;
mod safe;
mod serve;
mod templates;
mod texts;
mod theme;
pub mod view;

pub use build::PageFlow;
pub use html::Html;
pub use page::{Nonce, Page};
pub use routes::Routes;
pub use serve::{PageRenderer, PageRoute};
pub use texts::{Catalog, English, Phrase, Texts};
pub use theme::Theme;
pub use view::View;
