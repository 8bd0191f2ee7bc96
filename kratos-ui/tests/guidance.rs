//! What pages tell the user: what happened, where a code went, what comes next.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_ui::{
    Theme,
    view::{ButtonStyle, Severity, View},
};
use serde_json::json;
use support::nodes::{input, login, submit};

/// After a submit, a user is at the top of a page that may be several screens tall.
#[test]
fn the_top_of_the_settings_says_what_happened_and_lists_the_sections() {
    let theme = Theme::new();
    let view = support::flow("26.2.0", "settings-lookup").view(&theme);
    let html = theme.render(&view).into_html();
    let top = html.split("<section").next().unwrap();
    for expected in [
        "<p class=\"message info\"><a href=\"#lookup_secret\">Backup codes</a>: Keep these codes in a safe place, then confirm them.",
        "<nav aria-label=\"On this page\"><ul><li><a href=\"#profile\">Profile</a></li>",
    ] {
        assert!(top.contains(expected), "{expected} in {top}");
    }
    let primary = |view: &View| {
        let buttons = view.forms().flat_map(|form| &form.buttons);
        let primary = buttons.filter(|button| button.style == ButtonStyle::Primary);
        primary.map(|button| button.name.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(primary(&view), "lookup_secret_confirm", "the codes do not work before");
    let bad = support::flow("26.2.0", "settings-totp-bad").view(&theme);
    assert_eq!(bad.notices.len(), 1);
    assert_eq!((bad.notices[0].anchor.as_str(), bad.notices[0].message.severity.class()), ("totp", "error"));
    assert_eq!(primary(&bad), "method");
}

#[test]
fn each_step_of_a_registration_says_what_it_does() {
    let theme = Theme::new();
    let first = support::flow("26.2.0", "registration-back").view(&theme);
    let labels = |view: &View| {
        let buttons = view.forms().flat_map(|form| &form.buttons).filter(|button| button.name == "method");
        buttons.map(|button| button.label.clone()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(labels(&first), "Continue");
    let second = support::flow("26.2.0", "registration-step2").view(&theme);
    assert_eq!(labels(&second), "Sign up");
    let address = second.identifier.as_ref().unwrap().as_str();
    assert!(address.contains('@') && theme.render(&second).html().contains(&format!("<bdi>{address}</bdi>")));
    let password =
        second.forms().find(|form| form.fields.iter().any(|field| field.name == "password")).unwrap();
    assert_eq!(password.username.as_deref(), Some(address));
}

#[test]
fn a_page_for_a_code_says_where_it_went_also_after_a_wrong_one() {
    let theme = Theme::new();
    for (flow, name) in [
        ("verification-sent", "code"),
        ("verification-wrong", "code"),
        ("recovery-wrong", "code"),
        ("login-code-sent-strict", "code"),
    ] {
        let view = support::flow("26.2.0", flow).view(&theme);
        assert_eq!(view.identifier_label.as_deref(), Some("The code was sent to:"), "{flow}");
        assert!(view.identifier.as_ref().unwrap().as_str().contains("@example.org"), "{flow}");
        let field = view.forms().flat_map(|form| &form.fields).find(|field| field.name == name).unwrap();
        let explained = view.messages.iter().any(|message| message.severity != Severity::Error);
        assert_eq!(field.hint.is_some(), !explained, "{flow}: one explanation");
    }
}

/// After 26.2 a changed phone number is verified before it is stored, and the button that sends again is named `sms`.
#[test]
fn a_page_for_a_code_by_sms_says_where_it_went() {
    let nodes = [
        input("code", "code", "text", json!(""), "Verification code"),
        submit("code", "method", "code"),
        submit("code", "sms", "+49 151 0000000"),
    ];
    let view = support::view_as(&Theme::new(), "verification", &login(&nodes));
    assert_eq!(view.identifier.as_ref().unwrap().as_str(), "+49 151 0000000");
    let buttons = view.forms().flat_map(|form| form.buttons.iter());
    let again = buttons.into_iter().find(|button| button.name == "sms").unwrap();
    assert_eq!(again.style, ButtonStyle::Quiet);
}

#[test]
fn second_factors_say_where_their_code_comes_from() {
    let view = support::flow("26.2.0", "login-aal2").view(&Theme::new());
    let hint = |name: &str| {
        let mut fields = view.forms().flat_map(|form| &form.fields);
        fields.find(|field| field.name == name).and_then(|field| field.hint.clone()).unwrap()
    };
    assert!(hint("totp_code").starts_with("Open your authenticator app"));
    assert!(hint("lookup_secret").starts_with("Enter one of your backup codes"));
}

#[test]
fn links_fit_the_situation() {
    let theme = Theme::new();
    let texts = |kind: &str, flow: &serde_json::Value| {
        let view = support::view_as(&theme, kind, flow);
        view.links.iter().map(|link| link.text.clone()).collect::<Vec<_>>().join(", ")
    };
    let both = [
        input("default", "identifier", "text", json!(""), "Email"),
        input("password", "password", "password", json!(null), "Password"),
        submit("password", "method", "password"),
    ];
    let code = [input("default", "identifier", "text", json!(""), "Email"), submit("code", "method", "code")];
    assert_eq!(texts("login", &login(&code)), "Trouble signing in?, Sign up");
    assert_eq!(texts("login", &login(&both)), "Forgot your password?, Sign up");
    let mut verification =
        login(&[input("code", "code", "text", json!(""), "Code"), submit("code", "method", "code")]);
    assert_eq!(texts("verification", &verification), "Sign in");
    verification["request_url"] = json!("https://auth.example/self-service/registration/browser");
    assert_eq!(texts("verification", &verification), "Continue", "the user is signed in");
}

#[test]
fn optional_traits_and_new_passwords_are_called_so() {
    let theme = Theme::new();
    let html = theme.render(&support::flow("26.2.0", "settings").view(&theme)).into_html();
    for expected in [
        ">First name <span class=\"optional\">(optional)</span></label>",
        ">E-Mail</label>",
        ">New password</label>",
        " autocomplete=\"username\" value=\"",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    let login = theme.render(&support::flow("26.2.0", "login").view(&theme)).into_html();
    assert!(login.contains(">Password</label>") && !login.contains("optional"));
}
