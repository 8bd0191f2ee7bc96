//! A page: its heading, messages, sections and links.

use dioxus::prelude::*;
use kratos_ui::view::{Button, ButtonAction, Content, Form, Message, Section, View};

use crate::fields::field;

/// The content of a flow's page. It is built anew for each flow, so that it never equals another one.
#[derive(Clone, Props)]
pub struct FlowPageProps {
    view: View,
}

impl PartialEq for FlowPageProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[expect(non_snake_case, reason = "a component")]
pub fn FlowPage(FlowPageProps { view }: FlowPageProps) -> Element {
    rsx! {
        main {
            h1 { "{view.title}" }
            if let Some(subtitle) = &view.subtitle {
                p { "{subtitle}" }
            }
            if let Some(identifier) = &view.identifier {
                p { "{identifier}" }
            }
            {view.messages.iter().map(message)}
            {view.sections.iter().map(section)}
            if let Some(text) = &view.nothing_to_do {
                p { "{text}" }
            }
            nav {
                for link in &view.links {
                    p {
                        if let Some(before) = &link.before {
                            "{before} "
                        }
                        a { href: "{link.href}", "{link.text}" }
                    }
                }
            }
        }
    }
}

fn section(section: &Section) -> Element {
    rsx! {
        section {
            if let Some(title) = &section.title {
                h2 { "{title}" }
            }
            {section.contents.iter().map(content)}
            // A form of passkeys needs Kratos' script, which this example does not load.
            {section.forms.iter().filter(|form| !form.requires_script()).map(form)}
        }
    }
}

/// The form posts to Kratos.
fn form(form: &Form) -> Element {
    rsx! {
        form { method: "post", action: "{form.action}",
            for input in &form.hidden {
                input { r#type: "hidden", name: "{input.name}", value: "{input.value}" }
            }
            {form.fields.iter().map(field)}
            {form.buttons.iter().map(button)}
        }
    }
}

fn button(button: &Button) -> Element {
    let ButtonAction::Submit { validate } = button.action else {
        return rsx! {};
    };
    rsx! {
        {button.messages.iter().map(message)}
        button {
            r#type: "submit",
            name: "{button.name}",
            value: "{button.value}",
            class: button.style.class(),
            disabled: button.disabled,
            formnovalidate: !validate,
            "{button.label}"
        }
    }
}

fn content(content: &Content) -> Element {
    match content {
        Content::Text(text) => rsx! {
            if let Some(label) = &text.label {
                p { "{label}" }
            }
            ul {
                for line in &text.lines {
                    li { "{line.text}" }
                }
            }
        },
        Content::Image(image) => rsx! {
            img { src: "{image.src}", alt: "{image.alt}" }
        },
        Content::Anchor(anchor) => rsx! {
            if let Some(href) = &anchor.href {
                p {
                    a { href: "{href}", "{anchor.label}" }
                }
            }
        },
        _ => rsx! {},
    }
}

pub(crate) fn message(message: &Message) -> Element {
    rsx! {
        p { class: message.severity.class(), role: message.severity.role(), "{message.text}" }
    }
}
