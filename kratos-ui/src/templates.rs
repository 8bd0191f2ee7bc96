//! The templates of the default pages. Askama checks them at compile time and escapes every value that is not marked as
//! safe. Only [`Html`] is.

use askama::Template;

use crate::{
    html::Html,
    parts::{MessagePlace, PartRenderer},
    texts::Phrase,
    view::{Button, ButtonAction, Content, Control, Field, Form, Link, LinkKind, Message, PageKind, View},
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
    pub(crate) page: PartRenderer<'a>,
    pub(crate) debug: bool,
}

impl Body<'_> {
    fn message_place(&self) -> MessagePlace {
        if self.view.kind == PageKind::Error { MessagePlace::ErrorPage } else { MessagePlace::Page }
    }

    fn is_settings(&self) -> bool {
        self.view.kind == PageKind::Settings
    }

    /// Returns whether “or” precedes a section: once, between the main section and the alternatives.
    fn is_first_alternative(&self, index: &usize) -> bool {
        *index == 1 && !self.is_list()
    }

    /// Returns whether the sections stand for themselves, rather than for ways to do one thing.
    fn is_list(&self) -> bool {
        self.is_settings() || self.view.kind == PageKind::Sessions
    }

    /// Returns whether the page lists its sections at the top.
    fn has_index(&self) -> bool {
        self.is_settings() && self.view.sections.len() > 3
    }
}

/// The application's name and the headings.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::header(view, page.name) %}{% endcall %}"
)]
pub(crate) struct HeaderPart<'a> {
    pub(crate) view: &'a View,
    pub(crate) page: &'a PartRenderer<'a>,
}

/// A form.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::form(form) %}{% endcall %}"
)]
pub(crate) struct FormPart<'a> {
    pub(crate) form: &'a Form,
    pub(crate) page: &'a PartRenderer<'a>,
}

/// A field.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::field(field) %}{% endcall %}"
)]
pub(crate) struct FieldPart<'a> {
    pub(crate) field: &'a Field,
    pub(crate) page: &'a PartRenderer<'a>,
}

/// A button.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::button(button) %}{% endcall %}"
)]
pub(crate) struct ButtonPart<'a> {
    pub(crate) button: &'a Button,
    pub(crate) page: &'a PartRenderer<'a>,
}

/// A message.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::message(message, place) %}{% endcall %}"
)]
pub(crate) struct MessagePart<'a> {
    pub(crate) message: &'a Message,
    pub(crate) place: MessagePlace,
}

/// The links to other pages.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% import \"parts.html\" as parts %}{% call parts::links(links) %}{% endcall %}"
)]
pub(crate) struct LinksPart<'a> {
    pub(crate) links: &'a [Link],
}
