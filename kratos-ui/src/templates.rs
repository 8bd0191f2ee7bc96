//! The templates of the default pages. Askama checks them at compile time and escapes every value that is not marked as
//! safe. Only [`Html`] is.

use askama::Template;

use crate::{
    html::Html,
    texts::{Phrase, Words},
    view::{ButtonAction, Content, Control, LinkKind, PageKind, Section, View},
};

/// The whole document.
#[derive(Template)]
#[template(path = "document.html")]
pub(crate) struct Document<'a> {
    pub(crate) lang: &'a str,
    pub(crate) dir: &'a str,
    pub(crate) name: &'a str,
    pub(crate) view: &'a View,
    pub(crate) icon: &'a str,
    pub(crate) stylesheets: &'a [String],
    pub(crate) own_script: Option<&'a str>,
    pub(crate) nonce: &'a str,
    pub(crate) head: &'a Html,
    pub(crate) header: &'a Html,
    pub(crate) footer: &'a Html,
    pub(crate) body: Body<'a>,
}

/// The content of `<main>`.
#[derive(Template)]
#[template(path = "body.html")]
pub(crate) struct Body<'a> {
    pub(crate) view: &'a View,
    pub(crate) custom: &'a Html,
    pub(crate) name: &'a str,
    pub(crate) words: Words<'a>,
    pub(crate) debug: bool,
}

impl Body<'_> {
    fn phrase(&self, phrase: Phrase) -> String {
        self.words.phrase(phrase)
    }

    fn is_settings(&self) -> bool {
        self.view.kind == PageKind::Settings
    }

    /// Returns whether “or” precedes a section: once, between the main section and the alternatives.
    fn is_first_alternative(&self, index: &usize) -> bool {
        *index == 1 && !self.is_settings()
    }

    /// Returns the id of a section: the name of a known method, empty for an unknown one.
    fn anchor(section: &Section) -> &str {
        match &section.group {
            kratos_model::flow::ui::NodeGroup::Other(_) => "",
            group => group.as_str(),
        }
    }
}
