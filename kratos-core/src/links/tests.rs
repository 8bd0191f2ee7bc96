use super::*;

fn links() -> Links {
    Links::new("https://app.example", "https://auth.example").unwrap()
}

/// The `return_to` of the page `/a`.
const BACK: &str = "return_to=https%3A%2F%2Fapp.example%2Fa";

fn from_a() -> Option<ReturnTo<'static>> {
    Some(ReturnTo::This("/a"))
}

#[test]
fn a_fragment_stays_behind_the_query() {
    for (page, expected) in [
        ("/settings#totp", format!("https://app.example/settings?{BACK}#totp")),
        ("/settings?tab=1#totp", format!("https://app.example/settings?tab=1&{BACK}#totp")),
        ("https://id.example/settings#totp", format!("https://id.example/settings?{BACK}#totp")),
    ] {
        let links = links().with_settings_page(page).unwrap();
        assert_eq!(links.enrol(from_a()).as_str(), expected);
    }
    let links = links().with_settings_page("/settings#totp").unwrap();
    assert_eq!(links.enrol(None).as_str(), "https://app.example/settings#totp");
}

#[test]
fn an_absolute_page_keeps_its_query() {
    let links = links().with_login_page("https://id.example/login?lang=de").unwrap();
    assert_eq!(links.login(from_a()).as_str(), format!("https://id.example/login?lang=de&{BACK}"));
    let refresh = links.refresh(true, from_a());
    assert_eq!(refresh.as_str(), format!("https://id.example/login?lang=de&refresh=true&aal=aal2&{BACK}"));
    let factor = links.second_factor(None, from_a());
    assert_eq!(factor.as_str(), format!("https://id.example/login?lang=de&aal=aal2&{BACK}"));
}

#[test]
fn a_return_to_of_the_page_is_replaced() {
    for page in ["/login?return_to=%2Fold&lang=de", "/login?lang=de&return_to=https%3A%2F%2Fold.example"] {
        let links = links().with_login_page(page).unwrap();
        assert_eq!(links.login(from_a()).as_str(), format!("https://app.example/login?lang=de&{BACK}"));
    }
    let links = links().with_login_page("https://id.example/?return_to=a&return_to=b").unwrap();
    assert_eq!(links.login(from_a()).as_str(), format!("https://id.example/?{BACK}"));
}

#[test]
fn a_page_is_a_path_or_an_absolute_url() {
    for page in [
        "login",
        "//evil.example/login",
        "ftp://id.example/",
        "javascript:alert(1)",
        "https://a:b@id.example/",
    ] {
        match links().with_login_page(page) {
            // A path stays on the application's origin, whatever follows its first slash.
            Ok(links) => assert_eq!(links.login(None).host_str(), Some("app.example"), "{page}"),
            Err(error) => assert!(error.to_string().contains("the login page"), "{page}: {error}"),
        }
    }
}

#[test]
fn the_pages_that_guards_redirect_to_are_targets() {
    let links = links().with_login_page("/login?lang=de").unwrap();
    let links = links.with_settings_page("https://app.example/settings").unwrap();
    let links = links.with_verification_page("https://id.example/verification").unwrap();
    for (path, is_target) in
        [("/login", true), ("/settings", true), ("/verification", false), ("/", false), ("/login/x", false)]
    {
        assert_eq!(links.is_target(path), is_target, "{path}");
    }
}
