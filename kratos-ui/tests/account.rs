//! The pages about the user's account.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test helpers"
)]

use std::time::{Duration, UNIX_EPOCH};

use kratos_model::Session;
use kratos_ui::{Routes, Theme, UserSessions, view::LinkKind};
use serde_json::{Value, json};

fn session(id: u8, device: &Value) -> Session {
    let session = json!({"id": format!("00000000-0000-4000-8000-0000000000{id:02}"), "authenticated_at": "2026-11-28T09:05:59Z",
        "authenticator_assurance_level": if id == 1 { "aal2" } else { "aal1" }, "devices": [device]});
    serde_json::from_value(session).unwrap()
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

fn theme() -> Theme {
    Theme::new().with_routes(
        Routes::new().with(LinkKind::Sessions, "/sessions").with(LinkKind::DeleteAccount, "/account/delete"),
    )
}

#[test]
fn sessions_are_listed_in_words_with_a_form_for_each_other() {
    let current = session(
        1,
        &json!({"user_agent": FIREFOX, "ip_address": "192.0.2.7:53442", "location": "Munich, DE"}),
    );
    let others = [
        session(2, &json!({"user_agent": "\"><script>", "ip_address": "[2001:db8::1]:443"})),
        session(3, &json!({})),
    ];
    let view = theme().sessions_view(&UserSessions::new(&current, &others));
    let html = theme().render(&view).into_html();
    for part in [
        "This device",
        "Signed in on 28 November 2026, 09:05 UTC",
        "From Munich, DE (192.0.2.7)",
        "With two factors",
        "From 2001:db8::1",
        "Unknown device",
        "action=\"?revoke=00000000-0000-4000-8000-000000000002\"",
        "action=\"?revoke=others\"",
        "<time datetime=\"2026-11-28T09:05:59Z\">",
        ">Sign out: Unknown device</button>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("53442") && !html.contains("<script>") && !html.contains("Mozilla"), "{html}");
    assert_eq!(html.matches("<form method=\"post\" action=\"?revoke").count(), 3, "not for this one");
    let html = theme().render(&theme().sessions_view(&UserSessions::new(&current, &[]))).into_html();
    assert!(html.contains("You are not signed in anywhere else.") && !html.contains("?revoke"), "{html}");
}

/// The application says what time it is; without it, or long after, the time stands alone.
#[test]
fn a_sign_in_is_told_by_its_age() {
    let current = session(1, &json!({}));
    let at = |seconds: i64| {
        let now = UNIX_EPOCH + Duration::from_secs(u64::try_from(SIGNED_IN + seconds).unwrap());
        let sessions = UserSessions::new(&current, &[]).with_now(now);
        theme().render(&theme().sessions_view(&sessions)).into_html()
    };
    const TIME: &str = ">Signed in on 28 November 2026, 09:05 UTC";
    for (seconds, age) in [(-5, "just now"), (0, "just now"), (7_300, "2 hours ago"), (86_400, "1 day ago")] {
        let html = at(seconds);
        assert!(
            html.contains(&format!("{TIME} · <span class=\"age\">{age}</span></time>")),
            "{seconds}: {html}"
        );
    }
    assert!(at(40 * 86_400).contains(&format!("{TIME}</time>")));
    let html = theme().render(&theme().sessions_view(&UserSessions::new(&current, &[]))).into_html();
    assert!(html.contains(&format!("{TIME}</time>")), "{html}");
}

/// What [`session`] says, in seconds since the Unix epoch.
const SIGNED_IN: i64 = 1_795_856_759;

#[cfg(feature = "languages")]
#[test]
fn an_age_is_in_the_reader_s_language() {
    use kratos_ui::{Catalog, Language, Languages};
    let current = session(1, &json!({}));
    let said = |languages: Languages, seconds: i64| {
        let theme = theme().with_languages(languages);
        let now = UNIX_EPOCH + Duration::from_secs(u64::try_from(SIGNED_IN + seconds).unwrap());
        let view = theme.sessions_view(&UserSessions::new(&current, &[]).with_now(now));
        theme.render(&view).into_html()
    };
    for (language, seconds, age) in [
        (Language::German, 7_200, "vor 2 Stunden"),
        (Language::German, 60, "vor 1 Minute"),
        (Language::Polish, 5 * 3_600, "5 godzin temu"),
        (Language::Polish, 22 * 60, "22 minuty temu"),
        (Language::French, 86_400, "il y a 1 jour"),
        (Language::Japanese, 0, "たった今"),
        (Language::Arabic, 2 * 86_400, "قبل يومين"),
    ] {
        let html = said(Languages::new(language), seconds);
        assert!(html.contains(&format!(" · <span class=\"age\">{age}</span></time>")), "{age}: {html}");
    }
    // The units: five minutes, hours and days.
    let five = [
        (Language::Arabic, ["قبل 5 دقائق", "قبل 5 ساعات", "قبل 5 أيام"]),
        (Language::German, ["vor 5 Minuten", "vor 5 Stunden", "vor 5 Tagen"]),
        (Language::English, ["5 minutes ago", "5 hours ago", "5 days ago"]),
        (Language::Spanish, ["hace 5 minutos", "hace 5 horas", "hace 5 días"]),
        (Language::French, ["il y a 5 minutes", "il y a 5 heures", "il y a 5 jours"]),
        (Language::Italian, ["5 minuti fa", "5 ore fa", "5 giorni fa"]),
        (Language::Japanese, ["5分前", "5時間前", "5日前"]),
        (Language::Dutch, ["5 minuten geleden", "5 uur geleden", "5 dagen geleden"]),
        (Language::Polish, ["5 minut temu", "5 godzin temu", "5 dni temu"]),
        (Language::BrazilianPortuguese, ["há 5 minutos", "há 5 horas", "há 5 dias"]),
        (Language::Swedish, ["för 5 minuter sedan", "för 5 timmar sedan", "för 5 dagar sedan"]),
        (Language::SimplifiedChinese, ["5 分钟前", "5 小时前", "5 天前"]),
    ];
    assert_eq!(five.len(), Language::ALL.len(), "every language");
    for (language, ages) in five {
        for (unit, age) in [60, 3_600, 86_400].into_iter().zip(ages) {
            // Fluent isolates a number that stands in words from right to left.
            let html = said(Languages::new(language), 5 * unit).replace(['\u{2068}', '\u{2069}'], "");
            assert!(html.contains(&format!("<span class=\"age\">{age}</span>")), "{age}: {html}");
        }
    }
    for language in Language::ALL {
        for seconds in [0, 60, 3_600, 86_400] {
            let html = said(Languages::new(*language), seconds);
            assert!(html.contains(" · ") && !html.contains("{$"), "{}: {html}", language.tag());
            assert!(*language == Language::English || !html.contains(" ago<"), "{}", language.tag());
        }
    }
    let theme = theme().with_texts(Catalog::new("da"));
    let now = UNIX_EPOCH + Duration::from_secs(u64::try_from(SIGNED_IN).unwrap());
    let view = theme.sessions_view(&UserSessions::new(&current, &[]).with_now(now));
    assert!(!theme.render(&view).into_html().contains(" · "), "no English words on a Danish page");
}

#[cfg(feature = "devices")]
#[test]
fn devices_are_named_by_their_user_agents() {
    for (agent, name) in [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "Chrome on Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
            "Safari on macOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("", "Unknown device"),
        ("something else", "Unknown device"),
    ] {
        let current = session(1, &json!({ "user_agent": agent }));
        let view = theme().sessions_view(&UserSessions::new(&current, &[]));
        assert_eq!(view.sections[0].title.as_deref(), Some(name), "{agent}");
    }
    let long = format!("{FIREFOX} {}", "é".repeat(100_000));
    let view = theme().sessions_view(&UserSessions::new(&session(1, &json!({"user_agent": long})), &[]));
    assert_eq!(view.sections[0].title.as_deref(), Some("Firefox on Linux"), "a long one is read in part");
}

#[cfg(feature = "languages")]
#[test]
fn the_list_is_in_the_reader_s_language() {
    use kratos_ui::{Language, Languages};
    let current = session(1, &json!({"user_agent": FIREFOX, "ip_address": "192.0.2.7"}));
    let said = |language| {
        let theme = theme().with_languages(Languages::new(language));
        theme.render(&theme.sessions_view(&UserSessions::new(&current, &[]))).into_html()
    };
    let german = said(Language::German);
    for part in ["Dieses Gerät", "Angemeldet am 28. November 2026, 09:05 Uhr (UTC)", "Von 192.0.2.7"] {
        assert!(german.contains(part), "{part}: {german}");
    }
    let arabic = said(Language::Arabic);
    assert!(arabic.contains("\u{2068}09:05\u{2069}") && arabic.contains("dir=\"rtl\""), "{arabic}");
}

/// Two sentences in a row have no space between them in Japanese and Chinese.
#[cfg(feature = "languages")]
#[test]
fn sentences_are_joined_as_the_language_does() {
    use kratos_model::flow::ui::UiText;
    use kratos_ui::{Language, Languages};
    let text: UiText = serde_json::from_value(
        json!({"id": 4_000_028, "text": "x", "context": {"credential_identifier_hint": "a@b",
        "available_credential_types": ["password"]}}),
    )
    .unwrap();
    for (language, joint) in
        [(Language::Japanese, "。そ"), (Language::SimplifiedChinese, "。"), (Language::English, ". You")]
    {
        let flow = json!({"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "request_url": "https://a.example/self-service/login/browser",
            "ui": {"action": "https://a.example/x", "method": "POST", "nodes": [], "messages": [text]}});
        let flow: kratos_model::flow::LoginFlow = serde_json::from_value(flow).unwrap();
        let view = Theme::new().with_languages(Languages::new(language)).view(&flow);
        let said = view.messages[0].text.as_str();
        assert!(said.contains(joint) && (language == Language::English || !said.contains("。 ")), "{said}");
    }
}

#[test]
fn an_account_is_deleted_by_a_form_that_the_browser_asks_to_confirm() {
    let html = theme().render(&theme().deletion_view(false)).into_html();
    for part in [
        "cannot be undone",
        "type=\"checkbox\"",
        " required",
        "class=\"danger\"",
        "action=\"?\"",
        "href=\"/settings\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("formnovalidate"), "{html}");
    assert!(theme().render(&theme().deletion_view(true)).into_html().contains("could not be deleted"));
}

/// A sign-out in the middle of a login leads back to the login, which keeps where the user was going.
#[test]
fn a_sign_out_in_mid_flow_keeps_where_the_user_was_going() {
    let href = |query: &str, aal: &str| {
        let flow = json!({"id": "cd0e1dd9-9e1c-4948-8b0b-0b0b0b0b0b0b", "requested_aal": aal, "refresh": true,
            "request_url": format!("https://a.example/self-service/login/browser?{query}"),
            "ui": {"action": "https://a.example/x", "method": "POST", "nodes": []}});
        let flow: kratos_model::flow::LoginFlow = serde_json::from_value(flow).unwrap();
        let links = Theme::new().view(&flow).links;
        links.into_iter().find(|link| link.kind == LinkKind::Logout).unwrap().href.as_str().to_owned()
    };
    for aal in ["aal1", "aal2"] {
        assert_eq!(href("", aal), "/logout");
        assert_eq!(
            href("return_to=https%3A%2F%2Fapp%2Fa", aal),
            "/logout?return_to=%2Flogin%3Freturn_to%3Dhttps%253A%252F%252Fapp%252Fa"
        );
        assert_eq!(
            href("login_challenge=c&return_to=https%3A%2F%2Fapp%2Fa", aal),
            "/logout?return_to=https%3A%2F%2Fapp%2Fa&login_challenge=c"
        );
    }
}
