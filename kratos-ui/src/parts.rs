//! Parts of a page that the application replaces.

use std::fmt;

use askama::{FastWritable, Template, Values};

use crate::{
    html::Html,
    templates::{ButtonPart, FieldPart, FormPart, HeaderPart, LinksPart, MessagePart},
    texts::{Phrase, Words},
    view::{Button, Field, Form, Link, Message, View},
};

/// Replaces parts of the pages, by functions or templates of the application: [`Theme::with_parts`](crate::Theme::with_parts).
/// For `None` the part is this crate's.
///
/// A part gets a [`PartRenderer`] for what is inside of it, and for this crate's version of itself. Nothing in the data is
/// escaped, and a replaced part must keep what makes it work: names and values of fields, the labels' `for`, and the attributes
/// `data-ory-…` and `data-kratos-…`, which the scripts look up.
///
/// ```
/// use kratos_ui::{Html, PartRenderer, PageParts, Theme, view::Field};
///
/// struct Acme;
///
/// impl PageParts for Acme {
///     // Each field in a box of the application's own, the rest of it as it is.
///     fn field(&self, field: &Field, page: &PartRenderer<'_>) -> Option<Html> {
///         Some(Html::trusted(format!("<div class=\"acme-box\">{}</div>", page.field(field))))
///     }
/// }
///
/// let theme = Theme::new().with_parts(Acme);
/// ```
pub trait PageParts: Send + Sync {
    /// The application's name, the heading, the second one, and the user's identifier.
    fn header(&self, view: &View, page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (view, page);
        None
    }

    /// A form.
    fn form(&self, form: &Form, page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (form, page);
        None
    }

    /// A visible field, with its label, hint and messages.
    fn field(&self, field: &Field, page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (field, page);
        None
    }

    /// A button, with its messages.
    fn button(&self, button: &Button, page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (button, page);
        None
    }

    /// A message.
    fn message(&self, message: &Message, place: MessagePlace, page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (message, place, page);
        None
    }

    /// The links to other pages; never an empty list.
    fn links(&self, links: &[Link], page: &PartRenderer<'_>) -> Option<Html> {
        let _ = (links, page);
        None
    }
}

/// Where a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessagePlace {
    /// At the top of the page.
    Page,
    /// At the top of the page of an error or a refusal.
    ErrorPage,
    /// Below a field, whose input names the list of messages as its description.
    Field,
    /// Below a button.
    Button,
}

/// The parts of this crate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OwnParts;

impl PageParts for OwnParts {}

/// Renders parts of a page: the application's, or this crate's. The function that replaces a part gets this crate's version of it.
#[derive(Clone, Copy)]
pub struct PartRenderer<'a> {
    pub(crate) parts: &'a dyn PageParts,
    pub(crate) words: Words<'a>,
    pub(crate) name: &'a str,
    /// The parts whose functions run.
    inside: u8,
}

const HEADER: u8 = 1;
const FORM: u8 = 1 << 1;
const FIELD: u8 = 1 << 2;
const BUTTON: u8 = 1 << 3;
const MESSAGE: u8 = 1 << 4;
const LINKS: u8 = 1 << 5;

impl<'a> PartRenderer<'a> {
    pub(crate) fn new(parts: &'a dyn PageParts, words: Words<'a>, name: &'a str) -> Self {
        Self { parts, words, name, inside: 0 }
    }

    /// Renders the header.
    #[must_use]
    pub fn header(&self, view: &View) -> Html {
        self.header_part(view).into_html()
    }

    /// Renders a form.
    #[must_use]
    pub fn form(&self, form: &Form) -> Html {
        self.form_part(form).into_html()
    }

    /// Renders a field.
    #[must_use]
    pub fn field(&self, field: &Field) -> Html {
        self.field_part(field).into_html()
    }

    /// Renders a button.
    #[must_use]
    pub fn button(&self, button: &Button) -> Html {
        self.button_part(button).into_html()
    }

    /// Renders a message.
    #[must_use]
    pub fn message(&self, message: &Message, place: MessagePlace) -> Html {
        self.message_part(message, place).into_html()
    }

    /// Renders links.
    #[must_use]
    pub fn links(&self, links: &[Link]) -> Html {
        self.links_part(links).into_html()
    }

    /// Returns a phrase in the language of the page.
    #[must_use]
    pub fn phrase(&self, phrase: Phrase) -> String {
        self.words.phrase(phrase)
    }

    /// Returns the application's part, unless its function runs already.
    fn replaced(self, part: u8, replace: impl FnOnce(&Self) -> Option<Html>) -> Option<Html> {
        if self.inside & part != 0 {
            return None;
        }
        replace(&Self { inside: self.inside | part, ..self })
    }

    pub(crate) fn header_part<'b>(&'b self, view: &'b View) -> Part<HeaderPart<'b>> {
        let replaced = self.replaced(HEADER, |page| self.parts.header(view, page));
        replaced.map_or(Part::Ours(HeaderPart { view, page: self }), Part::Own)
    }

    pub(crate) fn form_part<'b>(&'b self, form: &'b Form) -> Part<FormPart<'b>> {
        let replaced = self.replaced(FORM, |page| self.parts.form(form, page));
        replaced.map_or(Part::Ours(FormPart { form, page: self }), Part::Own)
    }

    pub(crate) fn field_part<'b>(&'b self, field: &'b Field) -> Part<FieldPart<'b>> {
        let replaced = self.replaced(FIELD, |page| self.parts.field(field, page));
        replaced.map_or(Part::Ours(FieldPart { field, page: self }), Part::Own)
    }

    pub(crate) fn button_part<'b>(&'b self, button: &'b Button) -> Part<ButtonPart<'b>> {
        let replaced = self.replaced(BUTTON, |page| self.parts.button(button, page));
        replaced.map_or(Part::Ours(ButtonPart { button, page: self }), Part::Own)
    }

    pub(crate) fn message_part<'b>(
        &'b self,
        message: &'b Message,
        place: MessagePlace,
    ) -> Part<MessagePart<'b>> {
        let replaced = self.replaced(MESSAGE, |page| self.parts.message(message, place, page));
        replaced.map_or(Part::Ours(MessagePart { message, place }), Part::Own)
    }

    pub(crate) fn links_part<'b>(&'b self, links: &'b [Link]) -> Part<LinksPart<'b>> {
        let replaced = self.replaced(LINKS, |page| self.parts.links(links, page));
        replaced.map_or(Part::Ours(LinksPart { links }), Part::Own)
    }
}

impl fmt::Debug for PartRenderer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartRenderer").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A part of the application, or one of this crate.
pub(crate) enum Part<T> {
    Own(Html),
    Ours(T),
}

impl<T: Template> Part<T> {
    fn into_html(self) -> Html {
        match self {
            Self::Own(html) => html,
            // It cannot fail, as in `Theme`.
            Self::Ours(template) => Html::trusted(template.render().unwrap_or_default()),
        }
    }
}

impl<T: Template> FastWritable for Part<T> {
    fn write_into(&self, dest: &mut dyn fmt::Write, values: &dyn Values) -> askama::Result<()> {
        match self {
            Self::Own(html) => Ok(dest.write_str(html.as_str())?),
            Self::Ours(template) => FastWritable::write_into(template, dest, values),
        }
    }
}

impl<T: Template> fmt::Display for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(html) => f.write_str(html.as_str()),
            Self::Ours(template) => template.fmt(f),
        }
    }
}
