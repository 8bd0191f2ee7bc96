//! Malicious and unusual flows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_model::flow::FlowError;
use kratos_ui::{Nonce, Theme, view::Severity};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use support::nodes::{SCRIPT, hostile, input, login, submit, with};

fn page(flow: &Value) -> (String, Html) {
    let theme = Theme::new();
    let html = theme.render(&support::view_as(&theme, "login", flow)).into_html();
    let document = Html::parse_document(&html);
    (html, document)
}

fn count(document: &Html, selector: &str) -> usize {
    document.select(&Selector::parse(selector).expect(selector)).count()
}

#[test]
fn scripts_in_texts_and_values_stay_text() {
    let flow = hostile();
    let (html, document) = page(&flow);
    assert_eq!(count(&document, "script, svg, img"), 0, "{html}");
    assert_eq!(count(&document, "main"), 1);
    for element in document.tree.values().filter_map(|node| node.as_element()) {
        assert!(element.attrs().all(|(name, _)| !name.starts_with("on")), "{element:?}");
        assert_eq!(element.attr("data-ory-onclick"), None, "unknown triggers are left out");
    }
    let title =
        document.select(&Selector::parse("label").unwrap()).next().unwrap().text().collect::<String>();
    assert_eq!(title, SCRIPT, "the text is shown unchanged");
}

#[test]
fn links_are_web_urls() {
    let anchor = |href: &str| json!({"type": "a", "group": "code", "attributes": {"id": "continue", "href": href, "title": {"text": "Go"}}});
    for bad in [
        "javascript:alert(1)",
        " JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ] {
        let (html, document) = page(&login(&[anchor(bad)]));
        assert_eq!(count(&document, "[data-testid='node/anchor/continue']"), 0, "{bad}");
        assert!(!html.to_lowercase().contains("script:"), "{bad}");
    }
    for good in ["https://app.example/", "/welcome"] {
        assert_eq!(count(&page(&login(&[anchor(good)])).1, "a[data-testid='node/anchor/continue']"), 1);
    }
}

#[test]
fn only_the_qr_code_is_a_data_url() {
    let image = |id: &str, src: &str| json!({"type": "img", "group": "totp", "attributes": {"id": id, "src": src, "width": -1, "height": 99999}});
    let png = "data:image/png;base64,iVBORw0KGgo=";
    assert_eq!(count(&page(&login(&[image("totp_qr", png)])).1, "img"), 1);
    for (id, src) in [
        ("other", png),
        ("totp_qr", "data:image/svg+xml;base64,PHN2Zz4="),
        ("totp_qr", "javascript:alert(1)"),
    ] {
        assert_eq!(count(&page(&login(&[image(id, src)])).1, "img"), 0, "{id} {src}");
    }
}

#[test]
fn a_form_without_a_web_action_is_left_out() {
    for action in ["javascript:alert(1)", "data:,x", "", "mailto:a@b"] {
        let mut flow = login(&[input("password", "password", "password", json!("x"), "Password")]);
        flow["ui"]["action"] = json!(action);
        let (html, document) = page(&flow);
        assert_eq!(count(&document, "form"), 0, "{action}");
        assert_eq!(count(&document, "[role=alert]"), 1, "{html}");
    }
}

#[test]
fn scripts_of_other_origins_are_left_out() {
    let script = |src: &str, kind: &str| {
        let trigger = json!({"type": "input", "group": "passkey", "attributes": {"name": "passkey_login_trigger", "type": "button", "onclickTrigger": "oryPasskeyLogin"}});
        let script = json!({"type": "script", "group": "webauthn", "attributes": {"id": "s", "src": src, "type": kind, "integrity": "sha512-x", "async": true, "crossorigin": "anonymous", "referrerpolicy": "no-referrer"}});
        page(&login(&[script, trigger])).1
    };
    let kratos = "https://auth.example/.well-known/ory/webauthn.js";
    assert_eq!(count(&script(kratos, "text/javascript"), "script[data-ory-script]"), 1);
    for (src, kind) in [
        ("https://evil.example/x.js", "text/javascript"),
        ("http://auth.example/x.js", "text/javascript"),
        ("/x.js", "text/javascript"),
        ("data:text/javascript,alert(1)", "text/javascript"),
        (kratos, "text/template"),
    ] {
        assert_eq!(count(&script(src, kind), "script[data-ory-script]"), 0, "{src} {kind}");
    }
    let theme = Theme::new().with_script_origin("https://captcha.example/path").with_kratos_scripts_at("");
    let node = |src: &str| json!({"type": "script", "group": "captcha", "attributes": {"src": src}});
    let view =
        support::view_as(&theme, "login", &login(&[node("https://captcha.example/a.js"), node(kratos)]));
    let sources: Vec<_> = view.scripts.iter().map(|script| script.src.as_str()).collect();
    assert_eq!(sources, ["https://captcha.example/a.js", "/.well-known/ory/webauthn.js"]);
}

#[test]
fn unknown_functions_are_left_out() {
    let trigger = |name: &str| {
        page(&login(&[json!({"type": "input", "group": "passkey", "attributes": {
            "name": "t", "type": "button", "onclick": "alert(1)", "onclickTrigger": name, "onload": "alert(1)"}})]))
    };
    assert_eq!(count(&trigger("oryPasskeyLogin").1, "button[data-ory-onclick=oryPasskeyLogin]"), 1);
    for name in ["alert", "constructor", "eval", "oryPasskeyLogin2", ""] {
        let (html, document) = trigger(name);
        assert_eq!(count(&document, "[data-ory-onclick]"), 0, "{name}");
        assert!(!html.contains("alert(1)"), "{html}");
    }
}

#[test]
fn messages_about_missing_fields_appear_without_the_field() {
    let message = json!([{"id": 4000002, "text": "Property password is missing.", "type": "error"}]);
    let carrier = with(input("default", "password", "text", Value::Null, ""), "/messages", message.clone());
    let (_, document) = page(&login(&[carrier.clone(), submit("code", "method", "code")]));
    assert_eq!(count(&document, "[name=password]"), 0);
    assert_eq!(count(&document, "[role=alert][data-testid='ui/message/4000002']"), 1);
    // If the field exists, the message belongs to it, in any order.
    let password = input("password", "password", "password", Value::Null, "Password");
    let (_, document) = page(&login(&[carrier, password]));
    assert_eq!(count(&document, "[name=password]"), 1);
    assert_eq!(count(&document, "[type=password][aria-invalid=true]"), 1);
    // A trait without a title is an ordinary field.
    let untitled = with(input("default", "traits.nick", "text", Value::Null, ""), "/messages", message);
    let (_, document) = page(&login(&[untitled]));
    assert_eq!(count(&document, "[name='traits.nick'][aria-invalid=true]"), 1);
}

#[test]
fn a_returned_password_is_left_out() {
    for kind in ["password", "text", "email", "unheard-of"] {
        let (html, document) =
            page(&login(&[input("password", "password", kind, json!("s3cret"), "Password")]));
        assert_eq!(count(&document, "[name=password]"), 1);
        assert!(!html.contains("s3cret"), "{kind}");
    }
    let named = input("password", "old", "password", json!("s3cret"), "Old password");
    assert!(!page(&login(&[named])).0.contains("s3cret"));
}

#[test]
fn unknown_nodes_do_not_break_a_page() {
    let nodes = [
        input("newmethod", "secret_handshake", "telepathy", json!("x"), "Handshake"),
        submit("newmethod", "shake", "now"),
        json!({"type": "canvas", "group": "default", "attributes": {"w": 1}}),
        json!({"type": "input", "group": "default", "attributes": null}),
        json!({}),
        json!({"type": "input", "attributes": {"name": "", "type": ""}}),
        json!({"type": "input", "group": "", "attributes": {"name": "nameless", "type": "hidden", "value": [1, {"a": null}]}}),
    ];
    let (html, document) = page(&login(&nodes));
    assert_eq!(count(&document, "input[type=text][name=secret_handshake][value=x]"), 1, "{html}");
    assert_eq!(count(&document, "button[name=shake]"), 1);
    assert_eq!(count(&document, "form:has(button[name=shake]) [name=csrf_token]"), 1);
    assert_eq!(count(&document, "form:has(button[name=shake]) [name=nameless]"), 1);
}

#[test]
fn flows_without_a_form_say_so() {
    let mut flow = login(&[]);
    let nothing = |flow: &Value| {
        let (html, document) = page(flow);
        assert_eq!((count(&document, ".nothing"), count(&document, "section")), (1, 0), "{html}");
        document
    };
    nothing(&flow);
    flow["requested_aal"] = json!("aal2");
    let document = nothing(&flow);
    assert_eq!(count(&document, "a[data-testid=settings-link]"), 1);
    assert_eq!(count(&document, "form[method=post] [data-testid=logout-link]"), 1);
    for nodes in [json!([]), Value::Null] {
        flow["ui"]["nodes"] = nodes;
        nothing(&flow);
    }
}

#[test]
fn a_page_without_a_csrf_token_renders() {
    let mut flow = login(&[submit("password", "method", "password")]);
    flow["ui"]["nodes"].as_array_mut().unwrap().remove(0);
    let (_, document) = page(&flow);
    assert_eq!((count(&document, "form button"), count(&document, "[name=csrf_token]")), (1, 0));
}

#[test]
fn many_nodes_and_huge_texts_render() {
    let huge = "long ".repeat(20_000);
    let mut many: Vec<Value> =
        (0..500).map(|n| input("default", &format!("traits.n{n}"), "text", json!("v"), "Field")).collect();
    many.extend((0..500).map(|n| submit(&format!("group{n}"), "method", &format!("m{n}"))));
    many.push(input("default", "traits.huge", "text", json!(huge), &huge));
    let (html, document) = page(&login(&many));
    assert_eq!(count(&document, "input:not([type=hidden])"), 501);
    assert_eq!(count(&document, "button[name=method]"), 500);
    assert!(html.len() > 2 * huge.len());
}

#[test]
fn an_error_page_shows_the_reason_and_no_internal_details() {
    let theme = Theme::new();
    let error: FlowError = serde_json::from_value(json!({"id": "1", "error": {
        "code": 500, "reason": SCRIPT, "message": "m", "debug": "stack trace", "details": {"host": "10.0.0.1"}}}))
    .unwrap();
    let view = theme.error_view(&error);
    assert_eq!((view.messages.len(), view.messages[0].severity), (1, Severity::Error));
    let html = theme.render(&view).into_html();
    let document = Html::parse_document(&html);
    assert_eq!(count(&document, "script, img, svg"), 0);
    assert!(!html.contains("stack trace") && !html.contains("10.0.0.1"));
    assert_eq!(count(&document, "[data-testid=code-box]"), 1);
    let empty: FlowError = serde_json::from_str("{}").unwrap();
    assert_eq!(theme.error_view(&empty).messages.len(), 1);
}

#[test]
fn a_nonce_cannot_end_the_policy() {
    for bad in ["", "a b", "a'; script-src *", "\"", "ä", &"x".repeat(129)] {
        assert!(Nonce::new(bad).is_none(), "{bad}");
    }
    assert_ne!(Nonce::random().as_str(), Nonce::random().as_str());
    let flow = support::flow("26.2.0", "login");
    let theme = Theme::new().with_form_targets(["https://app.example/x", "https://a;sandbox"]);
    let page = theme.render_with_nonce(&flow.view(&theme), &Nonce::new("abc+/=").unwrap());
    assert_eq!(
        page.content_security_policy(),
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self' data:; \
         script-src 'nonce-abc+/='; form-action 'self' http://localhost:26003 \
         http://localhost:4455 https://app.example"
    );
}

#[test]
fn debug_hides_secrets() {
    let theme = Theme::new();
    let flow = support::flow("26.2.0", "settings-lookup");
    let view = flow.view(&theme);
    let token = flow.nodes()[0]["attributes"]["value"].as_str().unwrap();
    let debug = format!("{view:?} {:?} {theme:?}", theme.render(&view));
    for secret in [token, "rmnur1f9", "P6D2JPJNGH6BYG2EBYBJZB5C45MAS3SO", "iVBORw0KGgo", "ui113cd17a9dca"] {
        assert!(theme.render(&view).html().contains(secret), "{secret}");
        assert!(!debug.contains(secret), "{secret} in {debug}");
    }
}
