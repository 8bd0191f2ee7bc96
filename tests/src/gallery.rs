//! Every page in every state, made from recorded flows: for the browser suite and the gallery.

use std::path::Path;
use std::time::{Duration, SystemTime};

use kratos_core::model::{
    Session,
    flow::{FlowError, LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};
use kratos_ui::{Html, Page, RefusedRequest, Theme, UserSessions, View, view::LinkKind};
use serde_json::{Value, json};

/// Returns the view of a flow of any kind.
///
/// # Panics
/// If it is not a flow of this kind.
#[must_use]
pub fn view(theme: &Theme, kind: &str, flow: &Value) -> View {
    let json = flow.to_string();
    match kind {
        "login" => theme.view(&serde_json::from_str::<LoginFlow>(&json).expect(kind)),
        "registration" => theme.view(&serde_json::from_str::<RegistrationFlow>(&json).expect(kind)),
        "settings" => theme.view(&serde_json::from_str::<SettingsFlow>(&json).expect(kind)),
        "recovery" => theme.view(&serde_json::from_str::<RecoveryFlow>(&json).expect(kind)),
        "verification" => theme.view(&serde_json::from_str::<VerificationFlow>(&json).expect(kind)),
        other => panic!("no flow is called {other}"),
    }
}

/// Returns the flows that Kratos 26.2.0 and 1.3.1 sent, as recorded in kratos-ui: name, kind and flow.
///
/// # Panics
/// If they cannot be read.
#[must_use]
pub fn recorded() -> Vec<(String, String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kratos-ui/tests/flows");
    let mut flows = Vec::new();
    for release in ["26.2.0", "1.3.1"] {
        for file in std::fs::read_dir(folder.join(release)).expect("kratos-ui's recorded flows") {
            let file = file.expect("a file").path();
            let flow: Value = serde_json::from_slice(&std::fs::read(&file).expect("a flow")).expect("JSON");
            let url = flow["request_url"].as_str().expect("a request URL");
            let kind =
                url.split("/self-service/").nth(1).and_then(|path| path.split('/').next()).expect("a kind");
            let name = format!("{release}-{}", file.file_stem().expect("a name").to_string_lossy());
            flows.push((name, kind.to_owned(), flow.clone()));
        }
    }
    flows.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    flows
}

/// The names of the pages without a flow, and of one in a theme of its own.
const OTHERS: [&str; 9] = [
    "sessions",
    "sessions-alone",
    "delete",
    "delete-failed",
    "error",
    "refused",
    "unavailable",
    "own",
    "form-per-method",
];

/// Returns the names of all pages.
#[must_use]
pub fn names() -> Vec<String> {
    recorded().into_iter().map(|(name, ..)| name).chain(OTHERS.map(str::to_owned)).collect()
}

/// Returns the wanted pages in a theme, by name.
pub fn pages(theme: &Theme, wanted: impl Fn(&str) -> bool) -> Vec<(String, Page)> {
    let mut pages = Vec::new();
    for (name, kind, flow) in recorded().into_iter().filter(|(name, ..)| wanted(name)) {
        let mut view = view(theme, &kind, &flow);
        // What stands in for Kratos' script has other bytes.
        view.scripts.iter_mut().for_each(|script| script.integrity.clear());
        pages.push((name, theme.render(&view)));
    }
    let others = OTHERS.into_iter().filter(|name| wanted(name));
    pages.extend(others.map(|name| (name.to_owned(), other(theme, name))));
    pages
}

fn other(theme: &Theme, name: &str) -> Page {
    let [current, other] = sessions();
    let others = std::slice::from_ref(&other);
    match name {
        "sessions" => {
            // Two hours after the sign-ins.
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_864_000);
            theme.render(&theme.sessions_view(&UserSessions::new(&current, others).with_now(now)))
        }
        "sessions-alone" => theme.render(&theme.sessions_view(&UserSessions::new(&current, &[]))),
        "delete" | "delete-failed" => theme.render(&theme.deletion_view(name == "delete-failed")),
        "refused" => {
            let refused =
                RefusedRequest::new(403, "session_refresh_required".into()).with_next_step("/login");
            theme.refusal_page(&refused)
        }
        "unavailable" => theme.refusal_page(&RefusedRequest::new(503, "session_unavailable".into())),
        "form-per-method" => {
            let flows = recorded();
            let (_, kind, flow) =
                flows.iter().find(|(name, ..)| name == "26.2.0-registration-strict").expect("a flow");
            let theme = theme.clone().with_form_per_method();
            let mut view = view(&theme, kind, flow);
            view.scripts.iter_mut().for_each(|script| script.integrity.clear());
            theme.render(&view)
        }
        "own" => theme.custom_page("Welcome", &Html::trusted("<p>Hello</p>".to_owned())),
        _ => {
            let error = json!({"id": "stub:500", "error": {"code": 500, "status": "Internal Server Error", "message": "This is a stub error."}});
            let error: FlowError = serde_json::from_value(error).expect("an error");
            theme.error_page(&error)
        }
    }
}

fn sessions() -> [Session; 2] {
    let session = |id: u8, agent: &str| {
        let session = json!({"id": format!("00000000-0000-4000-8000-00000000000{id}"), "authenticated_at": "2026-11-28T09:05:59Z",
            "devices": [{"user_agent": agent, "ip_address": "192.0.2.7:5", "location": "Munich, DE"}]});
        serde_json::from_value(session).expect("a session")
    };
    [
        session(1, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        session(
            2,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        ),
    ]
}

/// Returns the theme of these pages: every page has a path, and Kratos' scripts come from the host of the pages.
#[must_use]
pub fn theme() -> Theme {
    let routes = kratos_ui::Routes::new()
        .with(LinkKind::Sessions, "/sessions")
        .with(LinkKind::DeleteAccount, "/account/delete");
    Theme::new().with_name("Acme").with_kratos_scripts_at("").with_routes(routes)
}

/// Returns the stylesheet of the pages with one colour scheme only, whatever the browser prefers.
#[must_use]
pub fn in_one_scheme(stylesheet: &str, is_dark: bool) -> String {
    let (media, scheme) = if is_dark { ("screen", "dark") } else { ("not all", "light") };
    stylesheet
        .replace("@media screen and (prefers-color-scheme:dark)", &format!("@media {media}"))
        .replace("color-scheme:light dark", &format!("color-scheme:{scheme}"))
}

#[cfg(test)]
mod tests {
    use kratos_ui::assets::STYLESHEET;

    use super::*;

    /// A query that a browser cannot read drops the rules that it stands for.
    #[test]
    fn the_stylesheet_has_one_scheme() {
        for (is_dark, media, scheme) in [
            (true, "@media screen{:root{", "color-scheme:dark"),
            (false, "@media not all{:root{", "color-scheme:light"),
        ] {
            let stylesheet = in_one_scheme(STYLESHEET.body, is_dark).replace('\n', "");
            assert!(stylesheet.contains(media), "{media}");
            assert!(stylesheet.contains(&format!(":root{{{scheme};")), "{scheme}");
            assert!(!stylesheet.contains("prefers-color-scheme"), "nothing is left to the browser");
        }
    }
}
