//! Constructors, for content of the application's own: its fields of `transient_payload`, links and sections.
//!
//! Everything that a constructor does not take has a default, and every field can be changed afterwards.

use std::collections::BTreeMap;

use kratos_model::{QuietText, flow::ui::NodeGroup};

use super::{
    Anchor, Button, ButtonAction, ButtonStyle, Choice, Container, Control, Field, Form, HiddenField, Image,
    Link, LinkKind, Message, Section, Severity, TextBlock, TextLine,
};
use crate::urls::web_url;

impl Section {
    /// Creates a section without content, an alternative without a heading.
    #[must_use]
    pub fn new(group: NodeGroup) -> Self {
        Self { group, title: None, primary: false, contents: Vec::new(), forms: Vec::new() }
    }
}

impl Form {
    /// Creates a form without fields. It posts to `action`: an `http`, `https` or relative URL. Any other stands for an empty one,
    /// which posts to the page itself.
    #[must_use]
    pub fn new(action: &str) -> Self {
        Self {
            action: web_url(action).unwrap_or_default(),
            test_id: None,
            field_test_ids: Vec::new(),
            label: None,
            hidden: Vec::new(),
            username: None,
            fields: Vec::new(),
            containers: Vec::new(),
            buttons: Vec::new(),
            keeps: None,
            without_script: false,
        }
    }
}

impl HiddenField {
    /// Creates a hidden input.
    #[must_use]
    pub fn new(name: &str, value: impl Into<QuietText>) -> Self {
        Self { name: name.to_owned(), value: value.into(), on_load: None }
    }
}

impl Field {
    /// Creates an optional field, whose id is made from the name.
    ///
    /// ```
    /// use kratos_ui::view::{Control, Field, View};
    ///
    /// // Kratos passes `transient_payload` to the application's web hooks (0.11 and later).
    /// fn ask_for_the_campaign(view: &mut View) {
    ///     for form in view.sections.iter_mut().flat_map(|section| &mut section.forms) {
    ///         let control = Control::Input { kind: "text", value: None };
    ///         form.fields.push(Field::new("transient_payload.campaign", "Where did you hear of us?", control));
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn new(name: &str, label: impl Into<String>, control: Control) -> Self {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        Self {
            name: name.to_owned(),
            id: format!("own-{}", name.chars().map(plain).collect::<String>()),
            label: label.into(),
            label_lang: None,
            group: NodeGroup::Default,
            control,
            optional: false,
            required: false,
            disabled: false,
            autocomplete: None,
            inputmode: None,
            hint: None,
            pattern: None,
            maxlength: None,
            messages: Vec::new(),
        }
    }
}

impl Choice {
    /// Creates an option that is not selected.
    #[must_use]
    pub fn new(value: impl Into<QuietText>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), selected: false }
    }
}

impl Container {
    /// Creates an element that a script finds by its class.
    #[must_use]
    pub fn new(class: &str) -> Self {
        Self { id: None, class: Some(class.to_owned()), data: BTreeMap::new(), without_script: None }
    }
}

impl Button {
    /// Creates a secondary button that submits its form, after the browser validated the fields. It submits no value of its own.
    #[must_use]
    pub fn submit(label: impl Into<String>) -> Self {
        Self {
            name: String::new(),
            value: QuietText::default(),
            label: label.into(),
            label_lang: None,
            logo: None,
            group: NodeGroup::Default,
            action: ButtonAction::Submit { validate: true },
            style: ButtonStyle::Secondary,
            disabled: false,
            messages: Vec::new(),
        }
    }

    /// Submits a value under a name.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: impl Into<QuietText>) -> Self {
        name.clone_into(&mut self.name);
        self.value = value.into();
        self
    }

    /// Sets the style.
    #[must_use]
    pub fn with_style(mut self, style: ButtonStyle) -> Self {
        self.style = style;
        self
    }
}

impl Message {
    /// Creates a message in the language of the page.
    #[must_use]
    pub fn new(severity: Severity, text: impl Into<QuietText>) -> Self {
        Self { id: 0, text: text.into(), lang: None, reason: None, severity }
    }
}

impl Link {
    /// Creates a link to a page of the application. `None` unless the URL is `http`, `https` or relative.
    #[must_use]
    pub fn new(href: &str, text: impl Into<String>) -> Option<Self> {
        let href = web_url(href)?;
        Some(Self { kind: LinkKind::NextStep, href, text: text.into(), before: None, test_id: "next-link" })
    }
}

impl TextBlock {
    /// Creates a paragraph.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self { id: String::new(), label: Some(text.into()), time: None, age: None, lines: Vec::new() }
    }
}

impl TextLine {
    /// Creates a line.
    #[must_use]
    pub fn new(text: impl Into<QuietText>) -> Self {
        Self { text: text.into(), used: false }
    }
}

impl Image {
    /// Creates an image. `None` unless the URL is `http`, `https` or relative. The page's policy allows it.
    #[must_use]
    pub fn new(src: &str, alt: impl Into<String>) -> Option<Self> {
        Some(Self { id: String::new(), src: web_url(src)?, alt: alt.into(), width: None, height: None })
    }
}

impl Anchor {
    /// Creates a link that looks like a button. `None` unless the URL is `http`, `https` or relative.
    #[must_use]
    pub fn new(href: &str, label: impl Into<String>) -> Option<Self> {
        Some(Self { id: String::new(), href: Some(web_url(href)?), label: label.into() })
    }
}
