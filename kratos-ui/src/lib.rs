//! The self-service pages of [Ory Kratos](https://www.ory.sh/kratos): from a flow to accessible HTML that works
//! without JavaScript, or to a view model for your own templates.
//!
//! It offers
//! - [`Theme`]: how pages look and read; it turns a flow of any Kratos from 0.6.3 to 26.2.0 into a [`Page`];
//! - [`Page`]: the HTML, and the headers that belong to it, with a strict Content-Security-Policy;
//! - [`view`]: the same page as plain data, to be changed before it is rendered, or rendered by askama, maud,
//!   minijinja, leptos or dioxus;
//! - [`Texts`] and [`Catalog`]: translations by Kratos' message ids, with the values of their context;
//! - [`Routes`]: where your pages are, so that links between them keep `return_to` and `login_challenge`;
//! - [`assets`]: a stylesheet, light and dark, and a small script for passkeys and security keys.
//!
//! ```
//! use kratos_core::flow::LoginFlow;
//! use kratos_ui::{Catalog, Theme};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let theme = Theme::new().with_name("Acme").with_texts(Catalog::new("en").with_label("identifier", "E-mail"));
//!
//! // Kratos' answer to `GET /self-service/login/flows?id=…`; the client of kratos-core fetches it.
//! let flow: LoginFlow = serde_json::from_str(r#"{"id":"cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b","ui":{
//!     "action":"https://auth.example/self-service/login?flow=…","method":"POST","nodes":[{"type":"input",
//!     "group":"default","attributes":{"name":"identifier","type":"text","required":true}}]}}"#)?;
//!
//! let page = theme.page(&flow);
//! assert!(page.html().contains("<label for=\"field-0\">E-mail</label>"));
//! assert!(page.content_security_policy().starts_with("default-src 'none'"));
//! # Ok(())
//! # }
//! ```
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
pub use serve::{Look, Served};
pub use texts::{Catalog, English, Phrase, Texts};
pub use theme::Theme;
pub use view::View;
