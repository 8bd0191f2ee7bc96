//! A page: its heading, messages, sections and links.

use kratos_ui::view::{Button, ButtonAction, Content, Form, Link, Message, Section, View};
use leptos::prelude::*;

use crate::fields::FieldOf;

/// The content of a flow's page.
#[component]
pub fn FlowPage(view: View) -> impl IntoView {
    let View { title, subtitle, messages, identifier, sections, nothing_to_do, links, .. } = view;
    view! {
        <main>
            <h1>{title}</h1>
            {subtitle.map(|subtitle| view! { <p>{subtitle}</p> })}
            {identifier.map(|identifier| view! { <p>{identifier.to_string()}</p> })}
            {messages.into_iter().map(|message| view! { <MessageOf message /> }).collect_view()}
            {sections.into_iter().map(|section| view! { <SectionOf section /> }).collect_view()}
            {nothing_to_do.map(|text| view! { <p>{text}</p> })}
            <nav>{links.into_iter().map(|link| view! { <LinkOf link /> }).collect_view()}</nav>
        </main>
    }
}

#[component]
fn SectionOf(section: Section) -> impl IntoView {
    let Section { title, contents, forms, .. } = section;
    view! {
        <section>
            {title.map(|title| view! { <h2>{title}</h2> })}
            {contents.into_iter().map(content).collect_view()}
            // A form of passkeys needs Kratos' script, which this example does not load.
            {forms.into_iter().filter(|form| !form.requires_script()).map(|form| view! { <FormOf form /> }).collect_view()}
        </section>
    }
}

/// The form posts to Kratos, with and without a script.
#[component]
fn FormOf(form: Form) -> impl IntoView {
    let Form { action, hidden, fields, buttons, .. } = form;
    let hidden = hidden.into_iter().map(|input| {
        view! { <input type="hidden" name=input.name value=input.value.to_string() /> }
    });
    view! {
        <form method="post" action=action.to_string()>
            {hidden.collect_view()}
            {fields.into_iter().map(|field| view! { <FieldOf field /> }).collect_view()}
            {buttons.into_iter().map(|button| view! { <ButtonOf button /> }).collect_view()}
        </form>
    }
}

#[component]
fn ButtonOf(button: Button) -> impl IntoView {
    let Button { name, value, label, action, style, disabled, messages, .. } = button;
    let submits = match action {
        ButtonAction::Submit { validate } => Some(validate),
        _ => None,
    };
    submits.map(|validate| {
        view! {
            {messages.into_iter().map(|message| view! { <MessageOf message /> }).collect_view()}
            <button
                type="submit"
                name=name
                value=value.to_string()
                class=style.class()
                disabled=disabled
                formnovalidate=!validate
            >
                {label}
            </button>
        }
    })
}

fn content(content: Content) -> Option<AnyView> {
    match content {
        Content::Text(text) => {
            let lines = text.lines.into_iter().map(|line| view! { <li>{line.text.to_string()}</li> });
            Some(view! { <p>{text.label}</p> <ul>{lines.collect_view()}</ul> }.into_any())
        }
        Content::Image(image) => Some(view! { <img src=image.src.to_string() alt=image.alt /> }.into_any()),
        Content::Anchor(anchor) => {
            anchor.href.map(|href| view! { <p><a href=href.to_string()>{anchor.label}</a></p> }.into_any())
        }
        _ => None,
    }
}

#[component]
pub(crate) fn MessageOf(message: Message) -> impl IntoView {
    view! { <p class=message.severity.class() role=message.severity.role()>{message.text.to_string()}</p> }
}

#[component]
fn LinkOf(link: Link) -> impl IntoView {
    view! { <p>{link.before} " " <a href=link.href.to_string()>{link.text}</a></p> }
}
