//! What tests written for Ory's reference pages look up: the names around fields, buttons, messages and links.
//!
//! The facts are read in the Cypress specs of Kratos' express application and in its Playwright suite for desktop (test/e2e at
//! v26.2.0).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use std::collections::HashMap;

use kratos_model::flow::FlowError;
use kratos_ui::Theme;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use support::nodes::{hidden, input, login, submit};

fn trigger(group: &str, name: &str, function: &str) -> Value {
    json!({"type": "input", "group": group, "messages": [], "meta": {"label": {"id": 1_040_007, "text": format!("Use {group}")}},
        "attributes": {"node_type": "input", "name": name, "type": "button", "value": "", "onclickTrigger": function}})
}

/// A login in one step, with every first factor.
fn first_factors() -> Value {
    let mut error = input("default", "identifier", "text", json!("x"), "Your E-Mail");
    error["messages"] = json!([{"id": 4_000_002, "text": "is missing", "type": "error"}]);
    let mut flow = login(&[
        error,
        submit("oidc", "provider", "hydra"),
        submit("webauthn", "method", "webauthn"),
        trigger("passkey", "passkey_login_trigger", "oryPasskeyLogin"),
        hidden("passkey", "passkey_login", ""),
        submit("code", "method", "code"),
        input("password", "password", "password", json!(null), "Password"),
        submit("password", "method", "password"),
    ]);
    flow["ui"]["messages"] =
        json!([{"id": 4_000_006, "text": "The credentials are wrong.", "type": "error"}]);
    flow
}

/// A registration in one step, with every method.
fn every_registration() -> Value {
    let mut flow = login(&[
        input("default", "traits.email", "email", json!(""), "Your E-Mail"),
        input("default", "traits.website", "url", json!(""), "Your website"),
        input("default", "traits.tos", "checkbox", json!(null), "Terms"),
        submit("oidc", "provider", "hydra"),
        input("webauthn", "webauthn_register_displayname", "text", json!(""), "Name"),
        hidden("webauthn", "webauthn_register", ""),
        trigger("webauthn", "webauthn_register_trigger", "oryWebAuthnRegistration"),
        hidden("passkey", "passkey_register", ""),
        trigger("passkey", "passkey_register_trigger", "oryPasskeyRegistration"),
        submit("code", "method", "code"),
        input("password", "password", "password", json!(null), "Password"),
        submit("password", "method", "password"),
    ]);
    flow["request_url"] = json!("https://auth.example/self-service/registration/browser");
    flow
}

fn pages(theme: &Theme) -> HashMap<&'static str, String> {
    let recorded = |name| support::flow("26.2.0", name).view(theme);
    let views = [
        ("login", support::view_as(theme, "login", &first_factors())),
        ("login code", recorded("login-code-sent-strict")),
        ("aal2", recorded("login-aal2")),
        ("registration", support::view_as(theme, "registration", &every_registration())),
        ("registration code", recorded("registration-code-sent-strict")),
        ("second step", recorded("registration-step2")),
        ("settings", recorded("settings")),
        ("backup codes", recorded("settings-reveal")),
        ("recovery", recorded("recovery")),
        ("verified", recorded("verification-done")),
    ];
    let mut pages: HashMap<_, _> =
        views.into_iter().map(|(name, view)| (name, theme.render(&view).into_html())).collect();
    let error: FlowError = serde_json::from_value(
        json!({"id": "stub:500", "error": {"code": 500, "message": "This is a stub error.", "reason": "why"}}),
    )
    .unwrap();
    pages.insert("error", theme.error_page(&error).into_html());
    pages
}

/// Page and selector. Something must be found.
const FOUND: &[(&str, &str)] = &[
    ("login", "[data-testid='app-express'] input[name=identifier]"),
    ("login", "[data-testid='login-flow'] [name=password]"),
    ("login", "[data-testid='login-flow'] button[name=method][value=password]"),
    ("login", "[data-testid='login-flow-code'] input[name=identifier]"),
    ("login", "[data-testid='passwordless-flow'] [name=identifier]"),
    ("login", "button[type=submit][name=method][value=code]"),
    ("login", "button[value=webauthn]"),
    ("login", "[name=passkey_login_trigger]"),
    ("login", "button[name=provider][value=hydra]"),
    ("login", "[data-testid='node/input/identifier'] input"),
    ("login", "[data-testid='node/input/identifier'] label"),
    ("login", "[data-testid='node/input/identifier'] p"),
    ("login", "div:has(> label) > input[name=identifier]"),
    ("login", "[data-testid='ui/message/4000006']"),
    ("login", "[data-testid='ui/message/4000002']"),
    ("login", "a[href*=registration][data-testid='signup-link']"),
    ("login", "[data-testid='forgot-password-link']"),
    ("login code", "input[name=code]"),
    ("login code", "[data-testid='node/input/code'] input"),
    ("login code", "button[type=submit][name=method][value=code]"),
    ("login code", "button[name=resend]"),
    ("login code", "[data-testid='ui/message/1010014']"),
    ("aal2", "input[name=totp_code]"),
    ("aal2", "[name=method][value=totp]"),
    ("aal2", "input[name=lookup_secret]"),
    ("aal2", "[name=method][value=lookup_secret]"),
    ("aal2", "[data-testid='logout-link']"),
    ("registration", "[data-testid='registration-flow'] [name='traits.email']"),
    ("registration", "[data-testid='registration-flow-code'] input[name='traits.email']"),
    ("registration", "[data-testid='registration-flow-code'] [name='traits.tos'] + label"),
    ("registration", "[data-testid='passwordless-flow'] [name='traits.website']"),
    ("registration", "[data-testid='passkey-flow'] input[name='traits.website']"),
    ("registration", "div:has(> label) > input[name='traits.email']"),
    ("registration", "[name=webauthn_register_displayname]"),
    ("registration", "[name=passkey_register_trigger]"),
    ("registration", "[type=submit][name=method][value=password]"),
    ("registration", "[data-testid='cta-link'][href*=login]"),
    ("registration code", "input[name=code]"),
    ("registration code", "button[name=resend][value=code]"),
    ("registration code", "input[name=method][value=code][type=hidden]"),
    ("second step", "[name=screen][value=previous]"),
    ("settings", "button[value=profile]"),
    ("settings", "button[value=password]"),
    ("settings", "img[data-testid='node/image/totp_qr']"),
    ("settings", "[data-testid='node/text/totp_secret_key/label']"),
    ("settings", "[data-testid='node/text/totp_secret_key/text'] code"),
    ("settings", "button[name=lookup_secret_regenerate]"),
    ("settings", "[data-testid='node/script/webauthn_script']"),
    ("settings", "[name=webauthn_register_displayname]"),
    ("settings", "[data-testid='logout-link']"),
    ("backup codes", "*[name=totp_unlink]"),
    ("backup codes", "[data-testid='node/text/lookup_secret_codes/label']"),
    ("backup codes", "[data-testid='node/text/lookup_secret_codes/text'] code"),
    ("recovery", "input[name=email]"),
    ("recovery", "button[name=method][value=code]"),
    ("verified", "[data-testid='node/anchor/continue']"),
    ("error", "[data-testid='app-express'] [data-testid='ui/error/message']"),
    ("error", "[data-testid='code-box']"),
];

/// One form cannot have the names of several, so these need a form for each method.
const FOUND_PER_METHOD: &[(&str, &str)] = &[
    ("registration", "form[data-testid='passkey-flow'] input[name='traits.email']"),
    ("registration", "form[data-testid='passwordless-flow'] input[name='traits.email']"),
    ("registration", "form[data-testid='registration-flow-code'] input[name='traits.email']"),
    ("registration", "form[data-testid='registration-flow'] input[name='traits.email']"),
];

fn missing(pages: &HashMap<&str, String>, rows: &[(&str, &str)]) -> Vec<String> {
    let is_missing = |(page, selector): &&(&str, &str)| {
        let html = Html::parse_document(&pages[page]);
        html.select(&Selector::parse(selector).expect(selector)).next().is_none()
    };
    rows.iter().filter(is_missing).map(|(page, selector)| format!("{page}: {selector}")).collect()
}

#[test]
fn the_names_of_the_reference_pages_are_there() {
    let (default, per_method) = (pages(&Theme::new()), pages(&Theme::new().with_form_per_method()));
    assert_eq!(missing(&default, FOUND), [""; 0]);
    assert_eq!(missing(&per_method, FOUND), [""; 0]);
    assert_eq!(missing(&per_method, FOUND_PER_METHOD), [""; 0]);
    assert!(per_method["error"].contains("This is a stub error."));
}
