//! What each method of signing in needs of a page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

mod support;

use kratos_ui::{Html, Theme};
use scraper::{Html as Document, Selector};
use serde_json::{Value, json};
use support::nodes::{hidden, input, login, submit, with};

fn page_as(theme: &Theme, kind: &str, flow: &Value) -> kratos_ui::Page {
    theme.render(&support::view_as(theme, kind, flow))
}

fn page(theme: &Theme, nodes: &[Value]) -> kratos_ui::Page {
    page_as(theme, "login", &login(nodes))
}

fn count(html: &str, selector: &str) -> usize {
    Document::parse_document(html).select(&Selector::parse(selector).unwrap()).count()
}

fn captcha(options: Value) -> Value {
    input("captcha", "captcha_turnstile_options", "text", options, "")
}

/// The answer of Turnstile goes into every form, single sign-on's too, and only this page may load its script and frame.
#[test]
fn a_captcha_opens_the_policy_for_its_origin_alone() {
    let theme = Theme::new();
    let nodes = |options| {
        vec![
            input("default", "identifier", "text", json!(""), "ID"),
            submit("password", "method", "password"),
            submit("oidc", "provider", "github"),
            captcha(options),
            hidden("captcha", "transient_payload.captcha_turnstile_response", ""),
            json!({"type": "script", "group": "captcha", "attributes": {"src": "https://challenges.cloudflare.com/turnstile/v0/api.js",
                "type": "text/javascript", "async": true, "node_type": "script"}}),
        ]
    };
    let options = json!({"sitekey": "0x4AAA", "action": "login", "theme": "auto",
        "response_field_name": "transient_payload.captcha_turnstile_response"});
    for options in [options.clone(), json!(options.to_string())] {
        let page = page(&theme, &nodes(options));
        let html = page.html();
        let place = "[data-kratos-turnstile='transient_payload.captcha_turnstile_response'][data-sitekey='0x4AAA'][data-action=login]";
        assert_eq!(count(html, place), 1, "{html}");
        assert_eq!(
            count(html, "form"),
            count(html, "form input[name='transient_payload.captcha_turnstile_response']")
        );
        assert_eq!(count(html, "form"), 2);
        assert_eq!(
            count(
                html,
                "script[src^='https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'][nonce]"
            ),
            1
        );
        assert_eq!(count(html, "script"), 2);
        assert!(html.contains("not a robot"), "without a script");
        let policy = page.content_security_policy();
        for part in
            ["frame-src https://challenges.cloudflare.com", "connect-src https://challenges.cloudflare.com"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("script-src https") && !policy.contains("unsafe"), "{policy}");
    }
    let without = page(&theme, &[submit("password", "method", "password")]);
    let policy = without.content_security_policy();
    assert!(!policy.contains("frame-src") && !policy.contains("connect-src"), "{policy}");
    // Options that cannot be read are a field as any other.
    let odd = page(&theme, &nodes(json!({"theme": 1})));
    assert!(!odd.content_security_policy().contains("frame-src"));
}

#[test]
fn another_script_origin_opens_the_policy_where_its_script_is() {
    let script = json!({"type": "script", "group": "captcha", "attributes": {"src": "https://captcha.example/a.js",
        "type": "text/javascript", "async": true, "node_type": "script"}});
    let theme = Theme::new().with_script_origin("https://captcha.example");
    let with = page(&theme, std::slice::from_ref(&script));
    assert!(with.content_security_policy().contains("frame-src https://captcha.example"));
    let without = page(&theme, &[submit("password", "method", "password")]);
    assert!(!without.content_security_policy().contains("captcha.example"));
    let not_allowed = page(&Theme::new(), &[script]);
    assert!(
        !not_allowed.html().contains("captcha.example/a.js\"")
            && !not_allowed.content_security_policy().contains("captcha.example")
    );
}

#[test]
fn providers_have_logos_and_keep_their_text() {
    let nodes = ["google", "github-staff", "acme", "\"><script>"]
        .map(|provider| submit("oidc", "provider", provider));
    let html = page(&Theme::new(), &nodes).into_html();
    assert_eq!(count(&html, "button > svg[aria-hidden=true]"), 2);
    assert_eq!(count(&html, "button[value=google]"), 1);
    assert!(html.contains("</svg>google</button>"), "the text stays");
    let theme = Theme::new()
        .with_provider_logo("acme", Html::trusted("<svg id=\"acme\"/>"))
        .with_provider_logo("google", Html::default());
    let html = page(&theme, &nodes).into_html();
    assert_eq!((count(&html, "#acme"), count(&html, "button svg")), (1, 2));
}

/// Password managers store a password with the user name beside it.
#[test]
fn beside_each_password_is_the_user_name() {
    let password = || input("password", "password", "password", json!(null), "Password");
    let html = page(&Theme::new(), &[input("default", "identifier", "text", json!(""), "ID"), password()])
        .into_html();
    assert_eq!(
        count(&html, "form > .fields [autocomplete=username], form > .field [autocomplete=username]"),
        1,
        "{html}"
    );

    let mail = || {
        with(input("password", "traits.email", "email", json!(""), "E"), "/attributes/type", json!("email"))
    };
    let club = || input("password", "traits.club", "text", json!(""), "C");
    let registration = |nodes: &[Value]| {
        let mut flow = login(nodes);
        flow["request_url"] = json!("https://auth.example/self-service/registration/browser");
        flow
    };
    let name = |theme: &Theme, nodes: &[Value]| {
        let view = support::view_as(theme, "registration", &registration(nodes));
        let named = view
            .forms()
            .flat_map(|form| &form.fields)
            .filter(|field| field.autocomplete.as_deref() == Some("username"));
        let names: Vec<_> = named.map(|field| field.name.clone()).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        names[0].clone()
    };
    assert_eq!(name(&Theme::new(), &[club(), mail(), password()]), "traits.email", "the address");
    assert_eq!(name(&Theme::new(), &[club(), password()]), "traits.club", "the only trait");
    let schema = json!({"properties": {"traits": {"properties": {"club": {"type": "string",
        "ory.sh/kratos": {"credentials": {"password": {"identifier": true}}}}, "email": {"type": "string"}}}}});
    let theme = Theme::new().with_identity_schema(&kratos_model::RawJson::from_value(&schema).unwrap());
    assert_eq!(name(&theme, &[mail(), club(), password()]), "traits.club", "the schema's identifier");
}

#[test]
fn a_password_can_be_shown_by_the_script_of_the_page() {
    let page = page(&Theme::new(), &[input("password", "password", "password", json!(null), "Password")]);
    let html = page.html();
    assert_eq!(count(html, "button[type=button][data-kratos-show][aria-pressed=false][hidden]"), 1);
    assert_eq!(count(html, "script[src^='/kratos-ui/'][nonce]"), 1);
    assert!(!page.content_security_policy().contains("unsafe"));
}

/// On a refresh, a later Kratos offers a button for each address (feature_flags.refresh_login_choose_address).
#[test]
fn an_address_is_chosen_by_its_button() {
    let mut flow = login(&[
        hidden("default", "identifier", "ada@example.org"),
        submit("code", "address", "a***@example.org"),
        submit("code", "address", "+49*****12"),
        hidden("code", "method", "code"),
    ]);
    flow["refresh"] = json!(true);
    let page = page_as(&Theme::new(), "login", &flow);
    let html = page.html();
    assert_eq!(count(html, "form:has(input[name=method][value=code]) button[name=address]"), 2, "{html}");
    assert_eq!(count(html, "button.primary"), 1, "the first is the primary action");
}
