//! Recorded flows of four releases, of this crate and of the workspace.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::must_use_candidate
)]
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

pub mod nodes;

use std::{fs, path::Path};

use kratos_model::flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow};
use kratos_ui::{Theme, View};
use serde_json::Value;

/// A recorded flow.
pub struct Recorded {
    pub release: String,
    pub name: String,
    pub json: Value,
}

impl Recorded {
    pub fn kind(&self) -> &str {
        kind(&self.json)
    }

    pub fn view(&self, theme: &Theme) -> View {
        view(theme, &self.json)
    }

    /// Returns the nodes.
    pub fn nodes(&self) -> &[Value] {
        self.json["ui"]["nodes"].as_array().map_or(&[], Vec::as_slice)
    }
}

/// Returns the flow's name, from its request URL: the action of a finished flow may differ.
pub fn kind(flow: &Value) -> &str {
    let url = flow["request_url"].as_str().expect("a request URL");
    url.split("/self-service/").nth(1).and_then(|path| path.split('/').next()).expect("a flow")
}

/// Builds the view of a flow of any kind.
pub fn view(theme: &Theme, flow: &Value) -> View {
    view_as(theme, kind(flow), flow)
}

pub fn view_as(theme: &Theme, kind: &str, flow: &Value) -> View {
    let json = flow.to_string();
    match kind {
        "login" => theme.view(&serde_json::from_str::<LoginFlow>(&json).unwrap()),
        "registration" => theme.view(&serde_json::from_str::<RegistrationFlow>(&json).unwrap()),
        "settings" => theme.view(&serde_json::from_str::<SettingsFlow>(&json).unwrap()),
        "recovery" => theme.view(&serde_json::from_str::<RecoveryFlow>(&json).unwrap()),
        "verification" => theme.view(&serde_json::from_str::<VerificationFlow>(&json).unwrap()),
        other => panic!("unknown flow {other}"),
    }
}

/// Reads a recorded flow of this crate.
pub fn flow(release: &str, name: &str) -> Recorded {
    let path = format!("{}/tests/flows/{release}/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let json = serde_json::from_slice(&fs::read(&path).expect(&path)).expect(&path);
    Recorded { release: release.to_owned(), name: name.to_owned(), json }
}

/// Reads all recorded flows.
pub fn all() -> Vec<Recorded> {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut recorded = Vec::new();
    read(&crate_dir.join("tests/flows"), Some, &mut recorded);
    let own = recorded.len();
    read(
        &crate_dir.join("../tests/captures"),
        |mut json| Some(json["response"]["body"].take()),
        &mut recorded,
    );
    assert!(own >= 80 && recorded.len() - own >= 60, "missing recordings: {own} of {}", recorded.len());
    recorded
}

fn read(root: &Path, flow_of: fn(Value) -> Option<Value>, into: &mut Vec<Recorded>) {
    let mut releases: Vec<_> =
        fs::read_dir(root).expect("recordings").map(|entry| entry.unwrap().path()).collect();
    releases.sort();
    for release in releases.iter().filter(|path| path.is_dir()) {
        let mut files: Vec<_> = fs::read_dir(release).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
            let json: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
            let Some(json) = flow_of(json).filter(|json| json["ui"]["nodes"].is_array()) else { continue };
            into.push(Recorded {
                release: release.file_name().unwrap().to_string_lossy().into_owned(),
                name: file.file_stem().unwrap().to_string_lossy().into_owned(),
                json,
            });
        }
    }
}
