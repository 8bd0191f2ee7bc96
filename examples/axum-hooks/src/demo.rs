//! The Kratos of this example, and commands to try.

use std::error::Error;

use kratos_testkit::{FlowKind, TestHook, TestKratos};

/// Starts a Kratos in this process, whose hooks lead to the application at this URL.
pub async fn start(app: &str, key: &str) -> Result<TestKratos, Box<dyn Error>> {
    let hook = |hook: TestHook| hook.with_api_key_header("X-Hook-Key", key);
    let url = |path: &str| format!("{app}/hooks/{path}");
    let kratos = TestKratos::builder()
        .with_one_step_registration()
        .with_hook(hook(TestHook::after(FlowKind::Registration, url("registered")).with_parse()))
        .with_hook(hook(TestHook::after(FlowKind::Login, url("signed-in")).with_ignore()))
        .with_hook(hook(TestHook::after(FlowKind::Settings, url("changed")).with_ignore()))
        .with_hook(hook(TestHook::password_migration(url("password"))))
        .with_hook(hook(TestHook::courier(url("mail"))))
        .start()
        .await?;
    Ok(kratos)
}

/// One command a line, each with the status that it returns.
pub fn commands(kratos: &str, app: &str) -> String {
    let register = |traits: &str, captcha: &str, status: &str| {
        let form = format!(
            r#"{{"method":"password","password":"Mellon-friend-9331","traits":{{"email":"{traits}"}},"transient_payload":{{"captcha":"{captcha}"}}}}"#
        );
        let flow = format!(
            r#"$(curl -s {kratos}/self-service/registration/api | sed 's/.*"action":"\([^"]*\)".*/\1/')"#
        );
        format!(
            "curl -s -i -X POST -H 'Accept: application/json' -H 'Content-Type: application/json' -d '{form}' \"{flow}\" # \
             {status}\n"
        )
    };
    [
        "# Kratos in this process calls the hooks of this application.\n".to_owned(),
        register("ada@example.org", "wrong", "400: the captcha is not solved"),
        register("ada@example.com", "right", "400: not on the allow-list"),
        register("ada@example.org", "right", "200: registered"),
        format!("curl -s -i -X POST {app}/hooks/registered # 401: the caller is not Kratos\n"),
        format!("curl -s -i {app}/account # 401: an ordinary route\n"),
        "# ready; press Ctrl-C to stop\n".to_owned(),
    ]
    .concat()
}
