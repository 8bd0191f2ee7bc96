//! The default pages, by askama: it checks the templates when the crate is compiled, and escapes every value
//! that is not marked as safe. Only [`Html`] is marked so.

use askama::Template;

use crate::{
    html::Html,
    texts::{Phrase, Words},
    view::{ButtonAction, Control, Item, LinkKind, PageKind, Section, View},
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
    pub(crate) glue: Option<&'a str>,
    pub(crate) nonce: &'a str,
    pub(crate) head: &'a Html,
    pub(crate) header: &'a Html,
    pub(crate) footer: &'a Html,
    pub(crate) body: Body<'a>,
}

/// What stands inside `<main>`.
#[derive(Template)]
#[template(path = "body.html")]
pub(crate) struct Body<'a> {
    pub(crate) view: &'a View,
    pub(crate) own: &'a Html,
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

    /// Whether “or” stands before a section: once, between what the page is for and the other ways.
    fn is_first_alternative(&self, index: &usize) -> bool {
        *index == 1 && !self.is_settings()
    }

    /// The id of a section, to link to it: the method's name. Only Kratos' own names, each once.
    fn anchor(section: &Section) -> &str {
        match &section.group {
            kratos_core::flow::ui::NodeGroup::Other(_) => "",
            group => group.as_str(),
        }
    }
}
