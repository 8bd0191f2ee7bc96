//! What a page shows, without any HTML: for your own templates, or to change before it is rendered.
//!
//! A [`View`] holds [`Section`]s, a section [`Form`]s, a form [`Field`]s and [`Button`]s. All of them are plain
//! data in the order of the page, with texts translated and URLs checked, and all of them are `Serialize`.
//! Escaping is your template's work.
//!
//! Values and texts that may hold a secret are [`QuietText`]: `Debug` hides them, `Display` shows them.

mod form;
mod item;
mod link;

use kratos_core::{flow::ui::NodeGroup, model::QuietText};
use serde::Serialize;

pub use form::{Button, ButtonAction, ButtonLook, Choice, Container, Control, Field, Form, Hidden};
pub use item::{Anchor, Code, Image, Item, TextBlock};
pub use link::{Link, LinkKind};
pub use message::{Message, Severity};
pub use script::Script;

mod message;
mod script;

/// Which page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PageKind {
    /// Sign-in.
    Login,
    /// Sign-in again of somebody who is signed in.
    Refresh,
    /// Sign-in by a second factor.
    SecondFactor,
    /// Sign-up.
    Registration,
    /// The way back into an account.
    Recovery,
    /// The proof of an address.
    Verification,
    /// Profile and credentials.
    Settings,
    /// An error that Kratos showed a browser.
    Error,
    /// A page of the application's own.
    Own,
}

impl PageKind {
    /// The flow's name in Kratos: `login` for all three sign-ins; `error` and `own` for the rest.
    #[must_use]
    pub fn flow_name(self) -> &'static str {
        match self {
            Self::Login | Self::Refresh | Self::SecondFactor => "login",
            Self::Registration => "registration",
            Self::Recovery => "recovery",
            Self::Verification => "verification",
            Self::Settings => "settings",
            Self::Error => "error",
            Self::Own => "own",
        }
    }
}

/// A page.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct View {
    /// Which.
    pub kind: PageKind,
    /// The heading, and the title of the window.
    pub title: String,
    /// A heading below it.
    pub subtitle: Option<String>,
    /// What Kratos says about the whole of it.
    pub messages: Vec<Message>,
    /// Who signs in, where the page does not ask for it any more.
    pub identifier: Option<QuietText>,
    /// The forms: the primary one first.
    pub sections: Vec<Section>,
    /// Said in place of forms where there are none to fill in.
    pub nothing_to_do: Option<String>,
    /// The way to other pages.
    pub links: Vec<Link>,
    /// What has to be loaded for the page to work: in practice Kratos' `webauthn.js`.
    pub scripts: Vec<Script>,
    /// The details of an error, as JSON text.
    pub details: Option<QuietText>,
    /// Nodes that could not be shown, in short. For the developer; the page works without them.
    pub skipped: Vec<String>,
}

impl View {
    pub(crate) fn new(kind: PageKind, title: String) -> Self {
        Self {
            kind,
            title,
            subtitle: None,
            messages: Vec::new(),
            identifier: None,
            sections: Vec::new(),
            nothing_to_do: None,
            links: Vec::new(),
            scripts: Vec::new(),
            details: None,
            skipped: Vec::new(),
        }
    }

    /// All forms of the page.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.sections.iter().flat_map(|section| &section.forms)
    }

    /// Whether nothing on the page works without JavaScript.
    #[must_use]
    pub fn is_useless_without_script(&self) -> bool {
        self.needs_script() && self.sections.iter().all(Section::needs_script)
    }

    /// Whether anything on the page calls a function of Kratos' script, so that the glue script is needed.
    #[must_use]
    pub fn needs_script(&self) -> bool {
        self.forms().any(|form| {
            form.hidden.iter().any(|hidden| hidden.on_load.is_some())
                || form.buttons.iter().any(|button| matches!(button.action, ButtonAction::Trigger { .. }))
        })
    }
}

/// A method, or the methods that share their fields.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// The method; for shared fields the one of the primary button.
    pub group: NodeGroup,
    /// Its heading. Pages with a single purpose have none.
    pub title: Option<String>,
    /// Whether it is what the page is for. The others are alternatives.
    pub primary: bool,
    /// Texts, images and links to read before the forms.
    pub items: Vec<Item>,
    /// Its forms; the second holds buttons that must not send the first one's fields, such as “resend”.
    pub forms: Vec<Form>,
}

impl Section {
    /// Whether nothing in it works without JavaScript.
    #[must_use]
    pub fn needs_script(&self) -> bool {
        self.items.is_empty() && self.forms.iter().all(Form::needs_script)
    }
}
