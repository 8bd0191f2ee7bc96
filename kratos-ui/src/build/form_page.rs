//! Builds the view of a page with a form of the application's own.

use std::{fmt, sync::Arc};

use kratos_model::{QuietText, flow::ui::NodeGroup};

use crate::{
    texts::{English, Texts},
    urls::{https_url, web_url},
    view::{
        Button, ButtonAction, ButtonStyle, Content, Control, Field, Form, HiddenField, Image, Link, LinkKind,
        Message, PageKind, Section, Severity, TextBlock, View,
    },
};

/// A page with one form of the application's own, rendered by [`Theme::form_view`](crate::Theme::form_view) and
/// [`Theme::render`](crate::Theme::render): consent, logout and device pages of `kratos-oauth2`.
///
/// Texts are escaped when they are rendered. URLs that are not allowed are left out.
#[derive(Clone)]
#[must_use]
pub struct FormPage {
    view: View,
    contents: Vec<Content>,
    form: Form,
}

impl FormPage {
    /// Creates a page with a heading. The form is posted to `action`, a path or an `http(s)` URL; any other stands for an
    /// empty one, which posts to the page itself.
    pub fn new(kind: PageKind, title: impl Into<String>, action: &str) -> Self {
        let mut form = Form::new(action);
        form.test_id = Some(format!("{}-flow", kind.flow_name()));
        Self {
            view: View::new(kind, title.into(), &(Arc::new(English) as Arc<dyn Texts>)),
            contents: Vec::new(),
            form,
        }
    }

    /// Shows a text below the heading.
    pub fn with_subtitle(mut self, text: impl Into<String>) -> Self {
        self.view.subtitle = Some(text.into());
        self
    }

    /// Shows the account that the form concerns.
    pub fn with_identifier(mut self, text: impl Into<QuietText>) -> Self {
        self.view.identifier = Some(text.into());
        self
    }

    /// Shows a message above the form.
    pub fn with_message(mut self, severity: Severity, text: impl Into<QuietText>) -> Self {
        self.view.messages.push(Message::new(severity, text));
        self
    }

    /// Shows a paragraph above the form.
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.contents.push(Content::Text(TextBlock::paragraph(text)));
        self
    }

    /// Shows the logo of an OAuth2 client. Ignores URLs other than `https`. The page's policy allows the image.
    pub fn with_logo(mut self, src: &str, alt: impl Into<String>) -> Self {
        if let Some(src) = https_url(src) {
            let image =
                Image { id: "logo".to_owned(), src, alt: alt.into(), width: Some(64), height: Some(64) };
            self.contents.push(Content::Image(image));
        }
        self
    }

    /// Links to a document of an OAuth2 client. Ignores URLs other than `https`.
    pub fn with_document(mut self, href: &str, text: impl Into<String>) -> Self {
        if let Some(href) = https_url(href) {
            let link = Link {
                kind: LinkKind::Document,
                href,
                text: text.into(),
                before: None,
                test_id: "document-link",
            };
            self.view.links.push(link);
        }
        self
    }

    /// Links to a page of the application.
    pub fn with_link(mut self, href: &str, text: impl Into<String>) -> Self {
        if let Some(href) = web_url(href) {
            let link = Link {
                kind: LinkKind::NextStep,
                href,
                text: text.into(),
                before: None,
                test_id: "next-link",
            };
            self.view.links.push(link);
        }
        self
    }

    /// Adds a hidden input.
    pub fn with_hidden(mut self, name: &str, value: impl Into<QuietText>) -> Self {
        self.form.hidden.push(HiddenField { name: name.to_owned(), value: value.into(), on_load: None });
        self
    }

    /// Adds a checkbox: `true` if it is checked, after a `false` of the same name. A fixed one cannot be changed, and is not
    /// sent.
    pub fn with_choice(self, name: &str, label: impl Into<String>, checked: bool, is_fixed: bool) -> Self {
        let mut field = self.field(name, label.into(), Control::Checkbox { checked, sends_false: true });
        field.disabled = is_fixed;
        self.with_field(field)
    }

    /// Adds a required text input.
    pub fn with_input(self, name: &str, label: impl Into<String>, value: Option<&str>) -> Self {
        let control = Control::Input { kind: "text", value: value.map(QuietText::from) };
        let mut field = self.field(name, label.into(), control);
        field.required = true;
        field.autocomplete = Some("off".to_owned());
        self.with_field(field)
    }

    /// Adds a button that submits the form. The first one is pressed by the Enter key. Any but the first submits fields that
    /// are not filled in.
    pub fn with_button(
        mut self,
        name: &str,
        value: &str,
        label: impl Into<String>,
        style: ButtonStyle,
    ) -> Self {
        let validate = self.form.buttons.is_empty();
        let mut button = Button::submit(label).with_value(name, value).with_style(style);
        button.action = ButtonAction::Submit { validate };
        self.form.buttons.push(button);
        self
    }

    /// Names a URL to which the form redirects: its origin, or the scheme of a native app, is allowed by `form-action`, if
    /// the theme sets it.
    pub fn with_form_target(mut self, url: impl Into<QuietText>) -> Self {
        self.view.targets.push(url.into());
        self
    }

    fn field(&self, name: &str, label: String, control: Control) -> Field {
        let id = format!("field-{}", self.form.fields.len());
        Field { id, ..Field::new(name, label, control) }
    }

    fn with_field(mut self, field: Field) -> Self {
        self.form.fields.push(field);
        self
    }

    pub(crate) fn into_view(self, texts: &Arc<dyn Texts>) -> View {
        let Self { mut view, contents, form } = self;
        view.speak(texts);
        let forms = if form.is_invisible() { Vec::new() } else { vec![form] };
        if !contents.is_empty() || !forms.is_empty() {
            view.sections.push(Section {
                group: NodeGroup::Default,
                title: None,
                primary: true,
                contents,
                forms,
            });
        }
        view
    }
}

impl fmt::Debug for FormPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormPage").field("kind", &self.view.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    #[test]
    fn texts_are_escaped_and_urls_are_https() {
        let page = FormPage::new(PageKind::Consent, "<b>Shop</b>", "/oauth2/consent")
            .with_logo("http://c.example/logo.png", "x")
            .with_logo("javascript:alert(1)", "x")
            .with_document("http://c.example/terms", "terms")
            .with_document("//c.example/terms", "terms")
            .with_hidden("a", "\"><script>")
            .with_choice("scope.<x>", "<i>", true, false)
            .with_button("decision", "accept", "Allow", ButtonStyle::Primary);
        let theme = Theme::new();
        let html = theme.render(&theme.form_view(page.clone())).into_html();
        for bad in ["<b>Shop", "<script>", "<i>", "c.example", "javascript:"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
        let page = page
            .with_logo("https://cdn.example/logo.png", "Shop")
            .with_document("https://c.example/terms", "terms")
            .with_form_target("https://rp.example/cb")
            .with_form_target("com.example.app:/cb")
            .with_form_target("javascript:alert(1)");
        let theme = Theme::new().with_form_targets([]);
        let page = theme.render(&theme.form_view(page));
        let policy = page.content_security_policy();
        assert!(policy.contains("img-src 'self' data: https://cdn.example"), "{policy}");
        assert!(policy.ends_with("form-action 'self' https://rp.example com.example.app:"), "{policy}");
        assert!(page.html().contains("href=\"https://c.example/terms\""));
    }
}
