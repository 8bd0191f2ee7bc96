//! The demo of the example applications, on a Kratos in the process and on a running one.

#![cfg(feature = "demo")]

use kratos_testkit::TestKratos;
use kratos_testkit::demo::Demo;

/// Returns the statuses that the commands announce.
fn statuses(text: &str) -> Vec<&str> {
    let commands = text.lines().filter(|line| line.starts_with("curl "));
    commands.filter_map(|line| line.rsplit_once("# ")?.1.split(':').next()).collect()
}

#[tokio::test]
async fn a_kratos_in_the_process_has_every_kind_of_session() {
    let demo = Demo::in_process("http://localhost:4455").await.expect("a demo");
    assert!(demo.public_url().starts_with("http://localhost:"), "{}", demo.public_url());
    assert_eq!(demo.browser_url(), demo.public_url());
    let targets: Vec<_> = demo.form_targets().collect();
    assert_eq!(targets[..2], [demo.public_url(), demo.app_url()]);
    assert!(matches!(targets[2..], [provider] if provider.starts_with("http://localhost:")), "{targets:?}");
    assert_eq!(demo.mails().map(|mails| mails.len()), Some(0));
    let text = demo.curl_commands().await;
    let expected = ["200", "401", "303", "200", "200", "200", "403", "200", "200", "403", "303", "503"];
    assert_eq!(statuses(&text), expected);
    assert!(text.lines().last().is_some_and(|line| line.starts_with("# ready")), "{text}");
}

#[tokio::test]
async fn a_running_kratos_gets_a_new_user() {
    let kratos = TestKratos::start().await.expect("a server");
    let demo = Demo::with_kratos("http://localhost:4455", kratos.public_url());
    let text = demo.curl_commands().await;
    assert_eq!(statuses(&text), ["200", "401", "303", "200", "200", "200", "403", "503"]);
    assert!(text.contains("# demo session: X-Session-Token: ory_st_"), "{text}");
    assert!(demo.mails().is_none());
}

#[tokio::test]
async fn an_unreachable_kratos_is_noted() {
    let text = Demo::with_kratos("http://localhost:4455", "http://127.0.0.1:9").curl_commands().await;
    assert_eq!(statuses(&text), ["200", "401", "303", "503"]);
    assert!(text.contains("# registering a demo user failed (Kratos cannot be called"), "{text}");
}

#[tokio::test]
async fn a_bad_application_url_is_an_error() {
    let error = Demo::in_process("nowhere").await.expect_err("not a URL");
    assert!(error.to_string().contains("APP_URL"), "{error}");
}
