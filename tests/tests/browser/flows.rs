//! Flows that are rendered without a server.

use std::path::Path;

use kratos_core::model::flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow};
use kratos_ui::{Theme, View};
use serde_json::Value;

/// The view of a flow of any kind.
pub(crate) fn view(theme: &Theme, kind: &str, flow: &Value) -> View {
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

/// The flows that Kratos 26.2.0 and 1.3.1 sent, as recorded in kratos-ui: name, kind and flow.
pub(crate) fn recorded() -> Vec<(String, String, Value)> {
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
