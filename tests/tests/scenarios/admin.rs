//! The admin API: identities, their credentials, paging, messages.

use crate::visitor::{Person, Visitor, address, mail, password, person};
use kratos_tests::lab::Server;
use kratos_tests::scenarios;
use kratos_tests::suite::Scenario;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) const ALL: &[Scenario] = scenarios![
    creates: "an operator creates an identity", [Modern];
    metadata_is_shown: "public metadata is shown to the user, admin metadata is not", [Modern];
    verified_import: "a verified address is imported", [Modern];
    hashed_import: "a hashed password is imported", [Modern];
    conflict: "two identities cannot have one address", [Modern];
    mistakes: "invalid identities are refused", [Modern];
    reads: "an operator reads an identity", [Modern];
    finds: "an operator finds an identity by identifier", [Modern];
    finds_by_ids: "an operator finds identities by ids", [Since1_1];
    replaces: "an operator replaces an identity", [Modern];
    patches: "an operator patches an identity", [Modern];
    patches_unknown: "an unknown identity cannot be patched", [Modern];
    batch: "a batch of identities", [Modern];
    batch_with_mistakes: "a batch of identities, one of them invalid", [Newest];
    deletes: "an operator deletes an identity", [Modern];
    last_credential: "the last credential cannot be deleted", [Newest, Unified];
    external_id: "an identity is found by an external id", [Newest];
    pages_of_identities: "identities are paged", [Since1_3, Modern];
    pages_of_sessions: "sessions are paged", [Modern];
    courier: "an operator reads sent messages", [Modern];
    courier_mistakes: "an unknown message is refused", [Modern];
];

fn new(server: &Server, email: &str) -> Value {
    json!({"schema_id": server.schema_id, "traits": {"email": email}})
}

async fn creates(server: &'static Server) {
    let email = address();
    let mut body = new(server, &email);
    body["metadata_public"] = json!({"plan": "pro"});
    body["metadata_admin"] = json!({"note": 1});
    let answer = Visitor::operator(server).post("/identities", &body).await.expect(&[201]);
    assert!(answer.header("location").is_some_and(|to| to.contains("/identities/")));
    let made = answer.json();
    assert_eq!((made["state"].as_str(), &made["metadata_public"]["plan"]), (Some("active"), &json!("pro")));
    assert_eq!(made["metadata_admin"]["note"], 1);
    assert_eq!(made["verifiable_addresses"][0]["value"], email);
    assert_eq!(made["recovery_addresses"][0]["value"], email);
}

async fn metadata_is_shown(server: &'static Server) {
    let (email, password) = (address(), password());
    let mut body = new(server, &email);
    body["metadata_public"] = json!({"plan": "pro"});
    body["metadata_admin"] = json!({"note": 1});
    body["credentials"] = json!({"password": {"config": {"password": password}}});
    let made = Visitor::operator(server).post("/identities", &body).await.expect(&[201]).json();
    let person = Person { email, password, id: made["id"].as_str().expect("an id").to_owned() };
    let done = Visitor::native(server).sign_in(&person).await.expect(&[200]).json();
    let identity = &done["session"]["identity"];
    assert_eq!(identity["metadata_public"]["plan"], "pro");
    assert!(identity.get("metadata_admin").is_none_or(serde_json::Value::is_null), "{identity}");
}

async fn verified_import(server: &'static Server) {
    let email = address();
    let mut body = new(server, &email);
    body["verifiable_addresses"] =
        json!([{"value": email, "verified": true, "via": "email", "status": "completed"}]);
    let made = Visitor::operator(server).post("/identities", &body).await.expect(&[201]).json();
    assert_eq!(made["verifiable_addresses"][0]["verified"], true);
    assert_eq!(made["verifiable_addresses"].as_array().map(Vec::len), Some(1));
}

async fn hashed_import(server: &'static Server) {
    // bcrypt of "correct horse battery staple", cost 4
    let hash = "$2b$04$1HtyQL3HBJUHwt38A8pOQuV2hWVNFKFfrG5RhIYGkQ5QPYvQcdq8e";
    let email = address();
    let mut body = new(server, &email);
    body["credentials"] = json!({"password": {"config": {"hashed_password": hash}}});
    let made = Visitor::operator(server).post("/identities", &body).await.expect(&[201]).json();
    let path = format!("/identities/{}?include_credential=password", made["id"].as_str().expect("an id"));
    let read = Visitor::operator(server).get(&path).await.expect(&[200]).json();
    assert_eq!(read["credentials"]["password"]["config"]["hashed_password"], hash);
    assert_eq!(read["credentials"]["password"]["identifiers"], json!([email]));
}

async fn conflict(server: &'static Server) {
    let person = person(server).await;
    let _ = Visitor::operator(server).post("/identities", &new(server, &person.email)).await.expect(&[409]);
}

async fn mistakes(server: &'static Server) {
    let mut operator = Visitor::operator(server);
    let _ = operator.post("/identities", &new(server, "nope")).await.expect(&[400]);
    let _ = operator
        .post("/identities", &json!({"schema_id": server.schema_id, "traits": {}}))
        .await
        .expect(&[400]);
    let unknown = json!({"schema_id": "nope", "traits": {"email": address()}});
    let _ = operator.post("/identities", &unknown).await.expect(&[400]);
    let mut strange = new(server, &address());
    strange["xx"] = json!(1);
    let _ = operator.post("/identities", &strange).await.expect(&[400]);
}

async fn reads(server: &'static Server) {
    let person = person(server).await;
    let mut operator = Visitor::operator(server);
    let read = operator.get(&format!("/identities/{}", person.id)).await.expect(&[200]).json();
    assert_eq!(read["traits"]["email"], person.email);
    assert!(read["credentials"]["password"].get("config").is_none());
    let _ = operator.get("/identities/00000000-0000-0000-0000-000000000000").await.expect(&[404]);
}

async fn finds(server: &'static Server) {
    let person = person(server).await;
    let path = format!("/identities?credentials_identifier={}", person.email);
    let found = Visitor::operator(server).get(&path).await.expect(&[200]).json();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["id"], person.id.as_str());
    let path = format!("/identities?credentials_identifier={}", address());
    assert_eq!(Visitor::operator(server).get(&path).await.expect(&[200]).json(), json!([]));
}

async fn finds_by_ids(server: &'static Server) {
    let (one, other) = (person(server).await, person(server).await);
    let path = format!("/identities?ids={}&ids={}", one.id, other.id);
    let found = Visitor::operator(server).get(&path).await.expect(&[200]).json();
    assert_eq!(found.as_array().map(Vec::len), Some(2));
}

async fn replaces(server: &'static Server) {
    let person = person(server).await;
    let mut operator = Visitor::operator(server);
    let mut body = new(server, &person.email);
    body["traits"]["age"] = json!(3);
    body["state"] = json!("active");
    let path = format!("/identities/{}", person.id);
    let read = operator.json(Method::PUT, &path, &body).await.expect(&[200]).json();
    assert_eq!(read["traits"]["age"], 3);
    body["traits"]["email"] = json!("nope");
    let _ = operator.json(Method::PUT, &path, &body).await.expect(&[400]);
}

async fn patches(server: &'static Server) {
    let person = person(server).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/identities/{}", person.id);
    let patch = json!([
        {"op": "add", "path": "/traits/age", "value": 4},
        {"op": "replace", "path": "/state", "value": "inactive"},
    ]);
    let read = operator.json(Method::PATCH, &path, &patch).await.expect(&[200]).json();
    assert_eq!((&read["traits"]["age"], read["state"].as_str()), (&json!(4), Some("inactive")));
    for bad in [
        json!([{"op": "replace", "path": "/id", "value": "x"}]),
        json!([{"op": "replace", "path": "/traits/email", "value": "nope"}]),
        json!({"x": 1}),
    ] {
        let _ = operator.json(Method::PATCH, &path, &bad).await.expect(&[400]);
    }
}

async fn patches_unknown(server: &'static Server) {
    let path = "/identities/00000000-0000-0000-0000-000000000000";
    let _ = Visitor::operator(server).json(Method::PATCH, path, &json!([])).await.expect(&[404]);
}

async fn batch(server: &'static Server) {
    let known = person(server).await;
    let body = json!({"identities": [
        {"create": new(server, &address()), "patch_id": "11111111-1111-1111-1111-111111111111"},
        {"create": new(server, &address())},
    ]});
    let told =
        Visitor::operator(server).json(Method::PATCH, "/identities", &body).await.expect(&[200]).json();
    assert_eq!(told["identities"][0]["action"], "create");
    assert_eq!(told["identities"][0]["patch_id"], "11111111-1111-1111-1111-111111111111");
    assert!(told["identities"][1]["identity"].is_string());
    assert!(!known.id.is_empty());
}

async fn batch_with_mistakes(server: &'static Server) {
    let known = person(server).await;
    let body =
        json!({"identities": [{"create": new(server, &address())}, {"create": new(server, &known.email)}]});
    let told =
        Visitor::operator(server).json(Method::PATCH, "/identities", &body).await.expect(&[200]).json();
    assert_eq!(told["identities"][0]["action"], "create");
    assert_eq!(told["identities"][1]["action"], "error");
}

async fn deletes(server: &'static Server) {
    let person = person(server).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/identities/{}", person.id);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[204]);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[404]);
    let _ = Visitor::native(server).sign_in(&person).await.expect(&[400]);
}

async fn last_credential(server: &'static Server) {
    let person = person(server).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/identities/{}/credentials/totp", person.id);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[404]);
    let path = format!("/identities/{}/credentials/password", person.id);
    let _ = operator.call(Method::DELETE, &path).await.expect(&[400]);
}

async fn external_id(server: &'static Server) {
    let email = address();
    let mut body = new(server, &email);
    let external = format!("ext-{}", uuid::Uuid::new_v4());
    body["external_id"] = json!(external);
    let _ = Visitor::operator(server).post("/identities", &body).await.expect(&[201]);
    let path = format!("/identities/by/external/{external}");
    assert_eq!(Visitor::operator(server).get(&path).await.expect(&[200]).json()["traits"]["email"], email);
}

async fn pages_of_identities(server: &'static Server) {
    for _ in 0..3 {
        let _ = person(server).await;
    }
    let mut operator = Visitor::operator(server);
    let mut seen = std::collections::BTreeSet::new();
    let mut path = "/identities?page_size=2".to_owned();
    for _ in 0..2 {
        let answer = operator.get(&path).await.expect(&[200]);
        for person in answer.json().as_array().expect("a list") {
            assert!(seen.insert(person["id"].as_str().expect("an id").to_owned()), "twice");
        }
        path = next(&answer.header_lines("link")).expect("a next page");
    }
    assert_eq!(seen.len(), 4);
    let _ = operator.get("/identities?page_token=bad").await.expect(&[400]);
}

async fn pages_of_sessions(server: &'static Server) {
    for _ in 0..2 {
        let _ = crate::visitor::signed_in(server).await;
    }
    let mut operator = Visitor::operator(server);
    let answer = operator.get("/sessions?page_size=1").await.expect(&[200]);
    let first = answer.json()[0]["id"].clone();
    let path = next(&answer.header_lines("link")).expect("a next page");
    let second = operator.get(&path).await.expect(&[200]).json()[0]["id"].clone();
    assert!(first.is_string() && second.is_string() && first != second);
}

/// The path of the next page, without the admin prefix.
fn next(link: &str) -> Option<String> {
    let one = link.split(',').find(|one| one.contains("rel=\"next\""))?;
    let path = one.trim().strip_prefix('<')?.split('>').next()?;
    Some(path.strip_prefix("/admin").unwrap_or(path).to_owned())
}

async fn courier(server: &'static Server) {
    let person = person(server).await;
    let mut native = Visitor::native(server);
    let flow = native.begin("recovery", "").await;
    let _ = native
        .submit("recovery", &flow, json!({"method": "code", "email": person.email}))
        .await
        .expect(&[200]);
    let _ = mail(server, &person.email, "recovery_code_valid", 0).await;
    let mut operator = Visitor::operator(server);
    let path = format!("/courier/messages?recipient={}", person.email);
    let list = operator.get(&path).await.expect(&[200]).json();
    let message = &list[0];
    assert_eq!(
        (message["recipient"].as_str(), message["template_type"].as_str()),
        (Some(person.email.as_str()), Some("recovery_code_valid"))
    );
    let path = format!("/courier/messages/{}", message["id"].as_str().expect("an id"));
    assert_eq!(operator.get(&path).await.expect(&[200]).json()["id"], message["id"]);
}

async fn courier_mistakes(server: &'static Server) {
    let mut operator = Visitor::operator(server);
    let _ = operator.get("/courier/messages?status=bad").await.expect(&[400]);
    let _ = operator.get("/courier/messages/nope").await.expect(&[400]);
    let _ = operator.get("/courier/messages/00000000-0000-0000-0000-000000000000").await.expect(&[404]);
}
