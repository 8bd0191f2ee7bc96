use http::HeaderMap;
use uuid::Uuid;

use super::*;
use crate::{
    model::Timestamp,
    policy::{Decision, Facts, RequestView, decide},
    resolve::{Resolution, SecondFactor},
};

fn decided(session: Session, requirement: &Requirement) -> Decision {
    let headers = HeaderMap::new();
    let request = RequestView::new("GET", "/a", &headers);
    let resolution = Resolution::Active(Arc::new(session));
    let facts = Facts::Resolved(&resolution, SecondFactor::Unknown);
    decide(facts, requirement, &request, None, Timestamp::EPOCH)
}

#[test]
fn metadata_of_another_shape_or_none_is_forbidden() {
    #[derive(serde::Deserialize)]
    struct Metadata {
        role: String,
    }
    let staff = Requirement::signed_in().with_metadata_public(|metadata: Metadata| metadata.role == "staff");
    for (metadata, passes) in [
        (r#"{"role": "staff", "more": 1}"#, true),
        (r#"{"role": "user"}"#, false),
        (r#"{"role": ["staff"]}"#, false),
        ("null", false),
        (r#""staff""#, false),
    ] {
        let identity =
            format!(r#"{{"id": "{}", "traits": {{}}, "metadata_public": {metadata}}}"#, Uuid::nil());
        let mut session = Session::new(Uuid::nil());
        session.identity = Some(Arc::new(serde_json::from_str(&identity).unwrap()));
        let decision = decided(session, &staff);
        assert_eq!(matches!(decision, Decision::Continue), passes, "{metadata}");
    }
    assert!(
        matches!(decided(Session::new(Uuid::nil()), &staff), Decision::Refuse { .. }),
        "without an identity"
    );
}
