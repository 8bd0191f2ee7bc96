//! The content of a page without HTML, to change before it is rendered or to render with another template engine.
//!
//! A [`View`] holds [`Section`]s, a section [`Form`]s, a form [`Field`]s and [`Button`]s, in the order of the page.
//! Texts are translated and URLs checked; nothing is escaped. Every type implements [`Serialize`].
//!
//! Values and texts that may hold a secret are [`QuietText`]: `Debug` hides them, `Display` shows them.

mod content;
mod form;
mod link;
mod make;
mod message;
mod script;

use std::{fmt, sync::Arc};

use kratos_model::{QuietText, flow::ui::NodeGroup};
use serde::Serialize;

use crate::texts::Texts;

pub use content::{Anchor, Content, Image, TextBlock, TextLine};
pub use form::{
    Button, ButtonAction, ButtonStyle, Choice, Container, Control, Field, Form, HiddenField, KeptTraits,
};
pub use link::{Link, LinkKind};
pub use message::{Message, Notice, Severity};
pub use script::Script;

/// The kind of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PageKind {
    /// Login.
    Login,
    /// Login of a signed-in user, who authenticates again.
    Refresh,
    /// Login with a second factor.
    SecondFactor,
    /// Registration.
    Registration,
    /// Recovery.
    Recovery,
    /// Verification of an address.
    Verification,
    /// Settings.
    Settings,
    /// An error or a refusal.
    Error,
    /// Consent to an OAuth2 client.
    Consent,
    /// Confirmation of a logout that an OAuth2 client or the provider started.
    Logout,
    /// Sign-in of a device, by its code.
    Device,
    /// The user's sessions and devices.
    Sessions,
    /// Deleting the user's account.
    DeleteAccount,
    /// A page of the application: [`Theme::custom_page`](crate::Theme::custom_page).
    Custom,
}

impl PageKind {
    /// Returns Kratos' name of the flow: `login` for all three login pages; a name of its own for pages without a flow.
    #[must_use]
    pub fn flow_name(self) -> &'static str {
        match self {
            Self::Login | Self::Refresh | Self::SecondFactor => "login",
            Self::Registration => "registration",
            Self::Recovery => "recovery",
            Self::Verification => "verification",
            Self::Settings => "settings",
            Self::Error => "error",
            Self::Consent => "consent",
            Self::Logout => "logout",
            Self::Device => "device",
            Self::Sessions => "sessions",
            Self::DeleteAccount => "delete",
            Self::Custom => "custom",
        }
    }
}

/// The content of a page.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct View {
    /// The kind of page.
    pub kind: PageKind,
    /// The language of the page, as in `<html lang>`.
    pub lang: String,
    /// The writing direction, as in `<html dir>`.
    pub dir: String,
    /// The heading and the document title.
    pub title: String,
    /// The second heading.
    pub subtitle: Option<String>,
    /// The messages about the whole page.
    pub messages: Vec<Message>,
    /// The identifier or address of the user, on pages that do not ask for it.
    pub identifier: Option<QuietText>,
    /// The text before the identifier, on pages for a code: where it was sent.
    pub identifier_label: Option<String>,
    /// What happened in the sections of a settings page, for its top.
    pub notices: Vec<Notice>,
    /// The sections, the primary one first.
    pub sections: Vec<Section>,
    /// A text for pages without any form.
    pub nothing_to_do: Option<String>,
    /// The links to other pages.
    pub links: Vec<Link>,
    /// The scripts that the page requires, in practice Kratos' `webauthn.js`.
    pub scripts: Vec<Script>,
    /// The details of an error, as JSON.
    pub details: Option<QuietText>,
    /// The nodes that the page leaves out, for developers.
    pub skipped: Vec<String>,
    /// The URLs to which the form redirects besides its action.
    #[serde(skip)]
    pub(crate) targets: Vec<QuietText>,
    /// Whether the form also redirects to a URL that Kratos does not say.
    #[serde(skip)]
    pub(crate) has_unnamed_target: bool,
    #[serde(skip)]
    pub(crate) texts: PageTexts,
}

/// The texts that a page was built with.
#[derive(Clone)]
pub(crate) struct PageTexts(pub(crate) Arc<dyn Texts>);

impl fmt::Debug for PageTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageTexts").field(&self.0.lang()).finish()
    }
}

impl View {
    pub(crate) fn new(kind: PageKind, title: String, texts: &Arc<dyn Texts>) -> Self {
        Self {
            kind,
            lang: texts.lang().to_owned(),
            dir: texts.dir().to_owned(),
            title,
            subtitle: None,
            messages: Vec::new(),
            identifier: None,
            identifier_label: None,
            notices: Vec::new(),
            sections: Vec::new(),
            nothing_to_do: None,
            links: Vec::new(),
            scripts: Vec::new(),
            details: None,
            skipped: Vec::new(),
            targets: Vec::new(),
            has_unnamed_target: false,
            texts: PageTexts(Arc::clone(texts)),
        }
    }

    /// Sets the texts of the page, and so its language.
    pub(crate) fn speak(&mut self, texts: &Arc<dyn Texts>) {
        texts.lang().clone_into(&mut self.lang);
        texts.dir().clone_into(&mut self.dir);
        self.texts = PageTexts(Arc::clone(texts));
    }

    /// Iterates over all forms of the page.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.sections.iter().flat_map(|section| &section.forms)
    }

    /// Returns whether nothing on the page works without JavaScript.
    #[must_use]
    pub fn requires_script(&self) -> bool {
        self.uses_script() && self.sections.iter().all(Section::requires_script)
    }

    /// Returns whether anything on the page needs [`SCRIPT`](crate::assets::SCRIPT).
    #[must_use]
    pub fn uses_script(&self) -> bool {
        self.forms().any(|form| {
            form.adds_entries()
                || form.keeps.is_some()
                || form.fields.iter().any(Field::is_password)
                || form.containers.iter().any(Container::is_turnstile)
                || form.hidden.iter().any(|hidden| hidden.on_load.is_some())
                || form.buttons.iter().any(|button| matches!(button.action, ButtonAction::Trigger { .. }))
        })
    }
}

/// A method, or several methods that share fields.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// The method; with shared fields, the method of the primary button.
    pub group: NodeGroup,
    /// The heading, on settings pages.
    pub title: Option<String>,
    /// Whether the section is the main one. The others are alternatives.
    pub primary: bool,
    /// Texts, images and links before the forms.
    pub contents: Vec<Content>,
    /// The forms. A second one holds buttons that must not submit the fields of the first, such as “resend”.
    pub forms: Vec<Form>,
}

impl Section {
    /// Returns the id of the section's element: the name of a known method, empty for an unknown one.
    #[must_use]
    pub fn anchor(&self) -> &str {
        match &self.group {
            NodeGroup::Other(_) => "",
            group => group.as_str(),
        }
    }

    /// Returns whether nothing in the section works without JavaScript.
    #[must_use]
    pub fn requires_script(&self) -> bool {
        self.contents.is_empty() && self.forms.iter().all(Form::requires_script)
    }
}
