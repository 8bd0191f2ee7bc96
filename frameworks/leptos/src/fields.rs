//! A field: its label, control and messages.

use kratos_ui::view::{Choice, Control, Field};
use leptos::prelude::*;

use crate::page::MessageOf;

#[component]
pub(crate) fn FieldOf(field: Field) -> impl IntoView {
    let described = Some(field.described_by()).filter(|ids| !ids.is_empty());
    let (messages_id, hint_id) = (field.messages_id(), field.hint_id());
    let Field { id, label, hint, messages, .. } = field.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control(field, described)}
            {hint.map(|hint| view! { <p id=hint_id>{hint}</p> })}
            <div id=messages_id>
                {messages.into_iter().map(|message| view! { <MessageOf message /> }).collect_view()}
            </div>
        </div>
    }
}

fn control(field: Field, described: Option<String>) -> AnyView {
    let invalid = field.is_invalid().then_some("true");
    let Field { name, id, required, disabled, autocomplete, inputmode, pattern, maxlength, .. } = field;
    match field.control {
        Control::Input { kind: "password", .. } => {
            view! { <Password name id required disabled autocomplete described invalid /> }.into_any()
        }
        Control::Input { kind, value } => view! {
            <input
                type=kind
                name=name
                id=id
                value=value.map(|value| value.to_string())
                required=required
                disabled=disabled
                autocomplete=autocomplete
                inputmode=inputmode
                pattern=pattern
                maxlength=maxlength.map(|length| length.to_string())
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
        Control::Checkbox { checked, sends_false } => view! {
            {sends_false.then(|| view! { <input type="hidden" name=name.clone() value="false" /> })}
            <input type="checkbox" name=name id=id value="true" checked=checked disabled=disabled aria-describedby=described />
        }
        .into_any(),
        Control::Select { choices } => view! {
            <select name=name id=id required=required disabled=disabled aria-describedby=described>
                {choices.into_iter().map(option).collect_view()}
            </select>
        }
        .into_any(),
        Control::List { entries, add } => {
            let entries = entries.into_iter().map(|entry| {
                view! {
                    <label>
                        <input type="checkbox" name=name.clone() value=entry.value.to_string() checked=entry.selected />
                        {entry.label}
                    </label>
                }
            });
            let entries = entries.collect_view();
            // An empty input would be stored as an empty entry.
            let add = add.filter(|_| required).map(|kind| view! { <input type=kind name=name.clone() id=id required /> });
            view! { {entries} {add} }.into_any()
        }
        _ => ().into_any(),
    }
}

fn option(choice: Choice) -> impl IntoView {
    view! { <option value=choice.value.to_string() selected=choice.selected>{choice.label}</option> }
}

/// A password. Once the page is hydrated, a button shows it.
#[component]
fn Password(
    name: String,
    id: String,
    required: bool,
    disabled: bool,
    autocomplete: Option<String>,
    described: Option<String>,
    invalid: Option<&'static str>,
) -> impl IntoView {
    let (shown, show) = signal(false);
    let (hydrated, hydrate) = signal(false);
    // Effects run in the browser alone.
    Effect::new(move |_| hydrate.set(true));
    let input = id.clone();
    view! {
        <input
            type=move || if shown.get() { "text" } else { "password" }
            name=name
            id=id
            required=required
            disabled=disabled
            autocomplete=autocomplete
            aria-describedby=described
            aria-invalid=invalid
        />
        <button
            type="button"
            class="quiet"
            aria-controls=input
            aria-pressed=move || shown.get().to_string()
            hidden=move || !hydrated.get()
            on:click=move |_| show.update(|shown| *shown = !*shown)
        >
            "Show the password"
        </button>
    }
}
