//! A theme's choice: each method has a form of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use std::collections::BTreeSet;

use kratos_ui::{
    Theme,
    view::{ButtonStyle, PageKind, View},
};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use support::nodes::{hidden, input, login, submit, with};

fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse(selector).unwrap()).count()
}

fn trigger(group: &str, name: &str, function: &str) -> Value {
    json!({"type": "input", "group": group, "messages": [], "meta": {"label": {"id": 1_040_007, "text": format!("Use {group}")}},
        "attributes": {"node_type": "input", "name": name, "type": "button", "value": "", "onclickTrigger": function}})
}

fn required(node: Value) -> Value {
    let mut node = node;
    node["attributes"]["required"] = json!(true);
    node
}

/// A registration in one step.
fn registration() -> Value {
    let mail = with(
        required(input("default", "traits.email", "email", json!("a@"), "E-Mail")),
        "/messages",
        json!([{"id": 4_000_001, "text": "is not valid", "type": "error"}]),
    );
    let mut flow = login(&[
        mail,
        input("default", "traits.consent", "checkbox", json!(null), "Consent"),
        submit("oidc", "provider", "github"),
        hidden("passkey", "passkey_register", ""),
        hidden("passkey", "passkey_create_data", "{}"),
        trigger("passkey", "passkey_register_trigger", "oryPasskeyRegistration"),
        input("webauthn", "webauthn_register_displayname", "text", json!(""), "Name"),
        hidden("webauthn", "webauthn_register", ""),
        trigger("webauthn", "webauthn_register_trigger", "oryWebAuthnRegistration"),
        submit("code", "method", "code"),
        required(input("password", "password", "password", json!(null), "Password")),
        submit("password", "method", "password"),
    ]);
    flow["request_url"] = json!("https://auth.example/self-service/registration/browser");
    flow
}

fn view(theme: &Theme) -> View {
    support::view_as(theme, "registration", &registration())
}

#[test]
fn each_method_has_a_form_with_the_shared_fields() {
    let theme = Theme::new().with_form_per_method();
    let html = theme.render(&view(&theme)).into_html();
    for form in [
        "form[data-testid='registration-flow']:has(button[name=method][value=password]):has([name=password])",
        "form[data-testid='registration-flow-code']:has(button[name=method][value=code])",
        "form[data-testid='passwordless-flow']:has([name=webauthn_register]):has([name=webauthn_register_trigger])",
        "form[data-testid='passkey-flow']:has([name=passkey_register]):has([name=passkey_register_trigger])",
    ] {
        assert_eq!(count(&html, &format!("{form} [name='traits.email'][required]")), 1, "{form}: {html}");
        assert_eq!(count(&html, &format!("{form} [name='traits.consent']")), 1, "{form}");
        assert_eq!(count(&html, &format!("{form} [name=csrf_token]")), 1, "{form}");
    }
    assert_eq!(count(&html, "[name='traits.email'][aria-invalid=true]"), 4);
    assert_eq!(count(&html, "[name=password]"), 1);
    assert_eq!(count(&html, "form:has([name=provider]) [name^='traits']"), 0, "single sign-on needs none");
    assert_eq!(count(&html, "button.primary"), 1);

    let theme = Theme::new();
    let html = theme.render(&view(&theme)).into_html();
    assert_eq!(count(&html, "[name='traits.email']"), 1, "the default asks once");
    assert_eq!(count(&html, "form[aria-label]"), 0);
}

#[test]
fn forms_with_the_same_fields_are_told_apart() {
    let theme = Theme::new().with_form_per_method();
    let view = view(&theme);
    let forms: Vec<_> = view.forms().filter(|form| !form.fields.is_empty()).collect();
    assert_eq!(forms.len(), 4);
    let names: BTreeSet<_> = forms.iter().map(|form| form.label.clone().unwrap()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    for form in &forms {
        assert_eq!(form.label.as_ref(), Some(&form.buttons[0].label));
    }
    let fields = || view.forms().flat_map(|form| &form.fields);
    let ids: BTreeSet<_> = fields().map(|field| field.id.as_str()).collect();
    assert_eq!(ids.len(), fields().count(), "{ids:?}");
    // A password manager stores the password with the name in the same form.
    let form = forms.iter().find(|form| form.fields.iter().any(|field| field.name == "password")).unwrap();
    assert!(form.fields.iter().any(|field| field.autocomplete.as_deref() == Some("username")));
}

/// A key is made by a script, so a form with nothing but its button is shown by it.
#[test]
fn a_form_that_only_a_script_submits_is_hidden_until_it_runs() {
    let theme = Theme::new().with_form_per_method();
    let html = theme.render(&view(&theme)).into_html();
    for form in ["passkey-flow", "passwordless-flow"] {
        let selector = format!("form[data-testid='{form}'][hidden][data-kratos-script]");
        assert_eq!(count(&html, &selector), 1, "{form}: {html}");
    }
    assert_eq!(count(&html, "form[data-testid='registration-flow'][hidden]"), 0);
}

#[test]
fn a_login_repeats_the_identifier_and_the_order_is_the_theme_s() {
    let theme = Theme::new()
        .with_form_per_method()
        .with_order(PageKind::Login, [kratos_model::flow::ui::NodeGroup::Code]);
    let flow = login(&[
        input("default", "identifier", "text", json!("ada@example.org"), "ID"),
        submit("code", "method", "code"),
        input("password", "password", "password", json!(null), "Password"),
        submit("password", "method", "password"),
    ]);
    let view = support::view_as(&theme, "login", &flow);
    let groups: Vec<_> = view.sections.iter().map(|section| section.group.as_str()).collect();
    assert_eq!(groups, ["code", "password"]);
    assert_eq!(view.sections[0].forms[0].buttons[0].style, ButtonStyle::Primary);
    assert_eq!(view.sections[1].forms[0].buttons[0].style, ButtonStyle::Secondary);
    let html = theme.render(&view).into_html();
    assert_eq!(count(&html, "form [name=identifier][value='ada@example.org'][autocomplete=username]"), 2);
}

/// A captcha is drawn once: its answer goes into every form.
#[test]
fn a_captcha_is_drawn_once() {
    let theme = Theme::new().with_form_per_method();
    let flow = login(&[
        input("default", "identifier", "text", json!(""), "ID"),
        submit("password", "method", "password"),
        submit("code", "method", "code"),
        input("captcha", "captcha_turnstile_options", "text", json!({"sitekey": "0x4AAA"}), ""),
    ]);
    let html = theme.render(&support::view_as(&theme, "login", &flow)).into_html();
    assert_eq!(count(&html, "[data-kratos-turnstile]"), 1);
    assert_eq!(count(&html, "form [name='transient_payload.captcha_turnstile_response']"), 2, "{html}");
}

/// Pages with one method, among them every settings page, do not change. The others have the same controls.
#[test]
fn every_recorded_page_keeps_its_controls() {
    let (default, separate) = (Theme::new(), Theme::new().with_form_per_method());
    let controls = |view: &View| -> BTreeSet<String> {
        let fields = view.forms().flat_map(|form| form.fields.iter().map(|field| field.name.clone()));
        let buttons = view.forms().flat_map(|form| &form.buttons);
        fields.chain(buttons.map(|button| format!("{}={}", button.name, button.value.as_str()))).collect()
    };
    let mut repeating = 0;
    for flow in support::all() {
        let (one, each) = (flow.view(&default), flow.view(&separate));
        assert_eq!(controls(&one), controls(&each), "{} {}", flow.release, flow.name);
        if each.forms().any(|form| form.label.is_some()) {
            repeating += 1;
            assert_ne!(flow.kind(), "settings");
        } else {
            let nonce = kratos_ui::Nonce::new("n").unwrap();
            let html = |theme: &Theme, view| theme.render_with_nonce(view, &nonce).into_html();
            assert_eq!(html(&default, &one), html(&separate, &each), "{} {}", flow.release, flow.name);
        }
    }
    assert!(repeating >= 10, "{repeating} pages with several methods");
}
