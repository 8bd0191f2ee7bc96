//! x
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod assets;
mod build;
mod html;
mod page;
mod policy;
mod routes;
mod safe;
mod templates;
mod texts;
mod theme;
pub mod view;

pub use build::PageFlow;
pub use html::Html;
pub use page::{Nonce, Page};
pub use routes::Routes;
pub use texts::{Catalog, English, Phrase, Texts};
pub use theme::Theme;
pub use view::View;
