//! Traces that real servers sent: `captures/events/VERSION/NAME.bin` is a body, and `NAME.json` what it must drop, as it was done:
//! `[["session", ID], ..]`.

use std::{fs, path::Path};

use kratos_axum::events::{EventReceiver, HookAuth};
use uuid::Uuid;

use crate::{
    apps::{self, Sent},
    forgotten::{Forgotten, Notes},
    hostile::{KEY, PROVEN},
};

#[tokio::test]
async fn every_recorded_revocation_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/events");
    let mut seen = 0;
    for version in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in fs::read_dir(&version).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|kind| kind == "bin") {
                replay(&file).await;
                seen += 1;
            }
        }
    }
    assert!(seen >= 21, "{seen} captures");
}

async fn replay(file: &Path) {
    let body = fs::read(file).unwrap();
    let expected = fs::read(file.with_extension("json")).unwrap();
    let expected: Vec<(String, Uuid)> = serde_json::from_slice(&expected).unwrap();
    let expected: Vec<Forgotten> = expected
        .into_iter()
        .map(|(what, id)| match what.as_str() {
            "session" => Forgotten::Session(id),
            _ => Forgotten::Identity(id),
        })
        .collect();
    let notes = Notes::default();
    let receiver = EventReceiver::traces(&notes.kratos(), HookAuth::bearer(KEY).unwrap());
    let sent = Sent::new(&[PROVEN, ("content-type", "application/x-protobuf")], body);
    for framework in ["axum", "actix-web"] {
        let answered = match framework {
            "axum" => apps::axum(&receiver, &sent).await,
            _ => apps::actix(&receiver, &sent).await,
        };
        assert_eq!((answered.0, &*answered.1, &answered.2[..]), (200, "application/x-protobuf", &b""[..]));
        assert_eq!(notes.take(), expected, "{} in {framework}", file.display());
    }
}
