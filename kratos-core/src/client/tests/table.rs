//! Operation by era: method, port, path, query, credential and body. Written by hand and independent of the client's own
//! table, so that each checks the other.

use std::{ops::RangeInclusive, pin::pin, task::Context};

use http::{HeaderMap, header};

use super::{
    super::{operations::Operation, *},
    Recorder, Sent,
    perform::perform,
};
use crate::diagnosis::ports::Port;

/// Operation, eras, request, credential, body.
type Row = (Operation, RangeInclusive<Era>, &'static str, &'static str, &'static str);

/// Without a row for an era, the operation must send nothing.
#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Era::*;
    use Operation::*;
    vec![
        (ToSession, V0_6..=Latest, "GET public /sessions/whoami", "token", ""),
        (ListMySessions, V0_9..=Latest, "GET public /sessions?per_page=7", "token", ""),
        (DisableMyOtherSessions, V0_9..=Latest, "DELETE public /sessions", "token", ""),
        (DisableMySession, V0_9..=Latest, "DELETE public /sessions/00000000-0000-0000-0000-000000000001", "token", ""),
        (DeleteTestLoginFlow, Latest..=Latest, "DELETE public /self-service/login/test?id=00000000-0000-0000-0000-000000000001", "cookie", ""),
        (GetChangePasswordUrl, Latest..=Latest, "GET public /.well-known/change-password", "-", ""),
        (ManageSessions, Latest..=Latest, "POST admin /admin/sessions", "key", r#"{"action":"disable","identities":["00000000-0000-0000-0000-000000000001"]}"#),
        (CreateTestLoginFlow, Latest..=Latest, "POST admin /admin/test-login-flows", "key", r#"{"provider_id":"lab"}"#),
        (ExchangeSessionToken, V1_0..=Latest, "GET public /sessions/token-exchange?init_code=i&return_to_code=r", "-", ""),
        (CreateBrowserLoginFlow, V0_6..=Latest, "GET public /self-service/login/browser?return_to=http%3A%2F%2Fapp%2Fx%3Fy%3D1%26z&refresh=true&aal=aal2", "cookie", ""),
        (CreateNativeLoginFlow, V0_6..=Latest, "GET public /self-service/login/api?return_session_token_exchange_code=true", "token", ""),
        (GetLoginFlow, V0_6..=Latest, "GET public /self-service/login/flows?id=00000000-0000-0000-0000-000000000001", "cookie", ""),
        (UpdateLoginFlow, V0_6..=Latest, "POST public /self-service/login?flow=00000000-0000-0000-0000-000000000001", "cookie", r#"{"csrf_token":"c","identifier":"ada","method":"password","password":"pw","password_identifier":"ada"}"#),
        (FollowLoginFlow, V0_6..=Latest, "GET public /self-service/login?flow=f&provider=lab", "cookie", ""),
        (CreateBrowserRegistrationFlow, V0_6..=Latest, "GET public /self-service/registration/browser?return_to=http%3A%2F%2Fapp%2Fx%3Fy%3D1%26z", "cookie", ""),
        (CreateNativeRegistrationFlow, V0_6..=Latest, "GET public /self-service/registration/api", "-", ""),
        (GetRegistrationFlow, V0_6..=Latest, "GET public /self-service/registration/flows?id=00000000-0000-0000-0000-000000000001", "cookie", ""),
        (UpdateRegistrationFlow, V0_6..=Latest, "POST public /self-service/registration?flow=00000000-0000-0000-0000-000000000001&provider=lab", "-", r#"{"method":"oidc","provider":"lab","traits":{"email":"a@b"}}"#),
        (FollowRegistrationFlow, V0_6..=Latest, "GET public /self-service/registration?flow=f", "cookie", ""),
        (CreateBrowserSettingsFlow, V0_6..=Latest, "GET public /self-service/settings/browser?return_to=http%3A%2F%2Fapp%2Fx%3Fy%3D1%26z", "cookie", ""),
        (CreateNativeSettingsFlow, V0_6..=Latest, "GET public /self-service/settings/api", "token", ""),
        (GetSettingsFlow, V0_6..=Latest, "GET public /self-service/settings/flows?id=00000000-0000-0000-0000-000000000001", "token", ""),
        (UpdateSettingsFlow, V0_6..=Latest, "POST public /self-service/settings?flow=00000000-0000-0000-0000-000000000001", "token", r#"{"lookup_secret_regenerate":true,"method":"lookup_secret"}"#),
        (FollowSettingsFlow, V0_6..=Latest, "GET public /self-service/settings?flow=f", "cookie", ""),
        (CreateBrowserRecoveryFlow, V0_6..=Latest, "GET public /self-service/recovery/browser?return_to=http%3A%2F%2Fapp%2Fx%3Fy%3D1%26z", "cookie", ""),
        (CreateNativeRecoveryFlow, V0_6..=Latest, "GET public /self-service/recovery/api", "-", ""),
        (GetRecoveryFlow, V0_6..=Latest, "GET public /self-service/recovery/flows?id=00000000-0000-0000-0000-000000000001", "cookie", ""),
        (UpdateRecoveryFlow, V0_6..=Latest, "POST public /self-service/recovery?flow=00000000-0000-0000-0000-000000000001", "-", r#"{"email":"a@b","method":"link"}"#),
        (FollowRecoveryFlow, V0_6..=Latest, "GET public /self-service/recovery?flow=f&token=t%2F%2B", "cookie", ""),
        (CreateBrowserVerificationFlow, V0_6..=Latest, "GET public /self-service/verification/browser?return_to=http%3A%2F%2Fapp%2Fx%3Fy%3D1%26z", "cookie", ""),
        (CreateNativeVerificationFlow, V0_6..=Latest, "GET public /self-service/verification/api", "-", ""),
        (GetVerificationFlow, V0_6..=Latest, "GET public /self-service/verification/flows?id=00000000-0000-0000-0000-000000000001", "cookie", ""),
        (UpdateVerificationFlow, V0_6..=Latest, "POST public /self-service/verification?flow=00000000-0000-0000-0000-000000000001", "-", r#"{"code":"123456","method":"code"}"#),
        (FollowVerificationFlow, V0_6..=Latest, "GET public /self-service/verification?flow=f&code=1", "cookie", ""),
        (OidcCallback, V0_6..=Latest, "GET public /self-service/methods/oidc/callback/a%2Fb?state=s", "cookie", ""),
        (OidcCallbackByPost, V0_8..=Latest, "POST public /self-service/methods/oidc/callback/lab", "cookie", "state=s+t"),
        (OidcCallbackOfAny, V1_3..=Latest, "GET public /self-service/methods/oidc/callback?state=s", "cookie", ""),
        (CreateBrowserLogoutFlow, V0_7..=Latest, "GET public /self-service/logout/browser?return_to=http%3A%2F%2Fapp%2F", "cookie", ""),
        (UpdateLogoutFlow, V0_7..=Latest, "GET public /self-service/logout?token=t", "cookie", ""),
        (InitializeBrowserLogout, V0_6..=V0_6, "GET public /self-service/browser/flows/logout?return_to=http%3A%2F%2Fapp%2F", "cookie", ""),
        (InitializeBrowserLogout, V0_7..=Latest, "GET public /self-service/logout/browser?return_to=http%3A%2F%2Fapp%2F", "cookie", ""),
        (PerformNativeLogout, V0_6..=V0_6, "DELETE public /sessions", "-", r#"{"session_token":"ory_st_t"}"#),
        (PerformNativeLogout, V0_7..=Latest, "DELETE public /self-service/logout/api", "-", r#"{"session_token":"ory_st_t"}"#),
        (GetFlowError, V0_6..=Latest, "GET public /self-service/errors?id=stub%3A500&error=stub%3A500", "-", ""),
        (ListIdentitySchemas, V0_8..=Latest, "GET public /schemas", "-", ""),
        (GetIdentitySchema, V0_6..=Latest, "GET public /schemas/person", "-", ""),
        (GetWebAuthnJavaScript, V0_8..=Latest, "GET public /.well-known/ory/webauthn.js", "-", ""),
        (IsAlivePublic, V0_6..=Latest, "GET public /health/alive", "-", ""),
        (IsReadyPublic, V0_6..=Latest, "GET public /health/ready", "-", ""),
        (CreateFedcmFlow, V26..=Latest, "GET public /self-service/fed-cm/parameters", "cookie", ""),
        (UpdateFedcmFlow, V26..=Latest, "POST public /self-service/fed-cm/token", "cookie", r#"{"csrf_token":"c","token":"t"}"#),
        (ListIdentities, V0_6..=V0_8, "GET admin /identities?per_page=2", "key", ""),
        (ListIdentities, V0_9..=V1_0, "GET admin /admin/identities?per_page=2", "key", ""),
        (ListIdentities, V1_1..=Latest, "GET admin /admin/identities?page_size=2", "key", ""),
        (CreateIdentity, V0_6..=V0_8, "POST admin /identities", "key", r#"{"schema_id":"person","traits":{"email":"a@b"}}"#),
        (CreateIdentity, V0_9..=Latest, "POST admin /admin/identities", "key", r#"{"schema_id":"person","traits":{"email":"a@b"}}"#),
        (BatchPatchIdentities, V0_13..=Latest, "PATCH admin /admin/identities", "key", r#"{"identities":[{"create":{"schema_id":"person","traits":{}},"patch_id":"00000000-0000-0000-0000-000000000001"}]}"#),
        (GetIdentity, V0_6..=V0_8, "GET admin /identities/00000000-0000-0000-0000-000000000001?include_credential=oidc", "key", ""),
        (GetIdentity, V0_9..=Latest, "GET admin /admin/identities/00000000-0000-0000-0000-000000000001?include_credential=oidc", "key", ""),
        (GetIdentityByExternalId, V26..=Latest, "GET admin /admin/identities/by/external/my%20id%2F1", "key", ""),
        (UpdateIdentity, V0_6..=V0_8, "PUT admin /identities/00000000-0000-0000-0000-000000000001", "key", r#"{"schema_id":"person","traits":{}}"#),
        (UpdateIdentity, V0_9..=Latest, "PUT admin /admin/identities/00000000-0000-0000-0000-000000000001", "key", r#"{"schema_id":"person","traits":{}}"#),
        (PatchIdentity, V0_11..=Latest, "PATCH admin /admin/identities/00000000-0000-0000-0000-000000000001", "key", r#"[{"op":"add","path":"/state","value":"inactive"}]"#),
        (DeleteIdentity, V0_6..=V0_8, "DELETE admin /identities/00000000-0000-0000-0000-000000000001", "key", ""),
        (DeleteIdentity, V0_9..=Latest, "DELETE admin /admin/identities/00000000-0000-0000-0000-000000000001", "key", ""),
        (DeleteIdentityCredentials, V0_13..=Latest, "DELETE admin /admin/identities/00000000-0000-0000-0000-000000000001/credentials/oidc?identifier=lab%3Asub", "key", ""),
        (ListIdentitySessions, V0_9..=Latest, "GET admin /admin/identities/00000000-0000-0000-0000-000000000001/sessions?active=true", "key", ""),
        (DeleteIdentitySessions, V0_8..=V0_8, "DELETE admin /identities/00000000-0000-0000-0000-000000000001/sessions", "key", ""),
        (DeleteIdentitySessions, V0_9..=Latest, "DELETE admin /admin/identities/00000000-0000-0000-0000-000000000001/sessions", "key", ""),
        (ListSessions, V0_11..=Latest, "GET admin /admin/sessions?expand=identity&expand=devices&page_token=t%3D", "key", ""),
        (GetSession, V0_11..=Latest, "GET admin /admin/sessions/00000000-0000-0000-0000-000000000001?expand=identity", "key", ""),
        (DisableSession, V0_11..=Latest, "DELETE admin /admin/sessions/00000000-0000-0000-0000-000000000001", "key", ""),
        (ExtendSession, V0_10..=Latest, "PATCH admin /admin/sessions/00000000-0000-0000-0000-000000000001/extend", "key", ""),
        (CreateRecoveryCodeForIdentity, V0_11..=Latest, "POST admin /admin/recovery/code", "key", r#"{"identity_id":"00000000-0000-0000-0000-000000000001","expires_in":"90s","flow_type":"api"}"#),
        (CreateRecoveryLinkForIdentity, V0_6..=V0_8, "POST admin /recovery/link", "key", r#"{"identity_id":"00000000-0000-0000-0000-000000000001"}"#),
        (CreateRecoveryLinkForIdentity, V0_9..=Latest, "POST admin /admin/recovery/link", "key", r#"{"identity_id":"00000000-0000-0000-0000-000000000001"}"#),
        (ListCourierMessages, V0_11..=Latest, "GET admin /admin/courier/messages?status=sent&recipient=a%40b", "key", ""),
        (GetCourierMessage, V0_11..=Latest, "GET admin /admin/courier/messages/00000000-0000-0000-0000-000000000001", "key", ""),
        (IsAlive, V0_6..=V0_8, "GET admin /health/alive", "key", ""),
        (IsAlive, V0_9..=Latest, "GET admin /admin/health/alive", "key", ""),
        (IsReady, V0_6..=V0_8, "GET admin /health/ready", "key", ""),
        (IsReady, V0_9..=Latest, "GET admin /admin/health/ready", "key", ""),
        (GetVersion, V0_6..=V0_8, "GET admin /version", "key", ""),
        (GetVersion, V0_9..=Latest, "GET admin /admin/version", "key", ""),
        (Prometheus, V0_6..=V0_8, "GET admin /metrics/prometheus", "key", ""),
        (Prometheus, V0_9..=Latest, "GET admin /admin/metrics/prometheus", "key", ""),
        (ConfigHash, V0_9..=Latest, "GET admin /admin/health/config", "key", ""),
        (GetLoginFlowAsAdmin, V0_6..=V0_6, "GET admin /self-service/login/flows?id=00000000-0000-0000-0000-000000000001", "key", ""),
        (GetRegistrationFlowAsAdmin, V0_6..=V0_6, "GET admin /self-service/registration/flows?id=00000000-0000-0000-0000-000000000001", "key", ""),
        (GetSettingsFlowAsAdmin, V0_6..=V0_6, "GET admin /self-service/settings/flows?id=00000000-0000-0000-0000-000000000001", "key", ""),
        (GetRecoveryFlowAsAdmin, V0_6..=V0_6, "GET admin /self-service/recovery/flows?id=00000000-0000-0000-0000-000000000001", "key", ""),
        (GetVerificationFlowAsAdmin, V0_6..=V0_6, "GET admin /self-service/verification/flows?id=00000000-0000-0000-0000-000000000001", "key", ""),
        (GetFlowErrorAsAdmin, V0_6..=V0_6, "GET admin /self-service/errors?id=stub%3A500&error=stub%3A500", "key", ""),
        (GetIdentitySchemaAsAdmin, V0_6..=V0_6, "GET admin /schemas/default", "key", ""),
    ]
}

const PUBLIC: &str = "https://k.example/api/kratos/public";
const ADMIN: &str = "https://k.example/api/kratos/admin/";

/// Polls a future that is ready at once.
pub(super) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(std::task::Waker::noop());
    match pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("the future is pending without a network"),
    }
}

fn call(clients: &(Client, AdminClient), operation: Operation, era: Era) -> (Vec<Sent>, Option<Error>) {
    let recorder = Recorder::new([(418, HeaderMap::new(), "")]);
    let mut client = clients.0.clone().with_era(era);
    client.connection.recorder = Some(recorder.clone());
    let mut admin = clients.1.clone().with_era(era);
    admin.connection.recorder = Some(recorder.clone());
    let error = now(perform(operation, &client, &admin)).err();
    (recorder.sent(), error)
}

fn describe(sent: &Sent) -> (String, String, String) {
    let url = sent.url.as_str();
    let (port, path) = match url.strip_prefix(PUBLIC) {
        Some(path) => ("public", path),
        None => ("admin", url.strip_prefix(ADMIN.trim_end_matches('/')).unwrap_or(url)),
    };
    let credential = sent.headers.iter().filter_map(|(name, value)| {
        Some(match (name.as_str(), value.to_str().unwrap()) {
            ("cookie", "a=1; b=%2F/+=") => "cookie",
            ("x-session-token", "ory_st_t") => "token",
            ("authorization", "Bearer ory_pat_k") => "key",
            ("accept" | "content-type", _) => return None,
            other => panic!("an unexpected header: {other:?}"),
        })
    });
    let credential: Vec<_> = credential.collect();
    let credential = if credential.is_empty() { "-".to_owned() } else { credential.join("+") };
    let typed = match sent.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap()) {
        Some("application/json") => sent.body.starts_with(['{', '[']),
        Some("application/x-www-form-urlencoded") => !sent.body.starts_with('{'),
        _ => sent.body.is_empty(),
    };
    assert!(typed, "{url}: the content type does not fit the body");
    (format!("{} {port} {path}", sent.method), credential, in_order(&sent.body))
}

/// Sorts the fields of JSON: their order in serde_json depends on features that other crates of the build enable.
fn in_order(body: &str) -> String {
    fn sorted(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(map) => {
                let fields: std::collections::BTreeMap<_, _> = map.into_iter().collect();
                fields.into_iter().map(|(name, value)| (name, sorted(value))).collect()
            }
            serde_json::Value::Array(list) => list.into_iter().map(sorted).collect(),
            other => other,
        }
    }
    serde_json::from_str(body).map_or_else(|_| body.to_owned(), |value| sorted(value).to_string())
}

/// Returns whether a browser navigates to the operation: Kratos redirects only if the request accepts HTML.
fn is_page(operation: Operation) -> bool {
    use Operation::*;
    matches!(
        operation,
        FollowLoginFlow
            | FollowRegistrationFlow
            | FollowSettingsFlow
            | FollowRecoveryFlow
            | FollowVerificationFlow
            | OidcCallback
            | OidcCallbackByPost
            | OidcCallbackOfAny
            | UpdateLogoutFlow
    )
}

#[test]
fn every_operation_in_every_era() {
    let rows = rows();
    let admin = AdminClient::new(ADMIN).unwrap().with_bearer_key("ory_pat_k").unwrap();
    let clients = (Client::new(PUBLIC).unwrap(), admin);
    let (mut sent_cells, mut refused_cells) = (0, 0);
    for operation in Operation::ALL {
        for era in Era::ALL {
            let wanted = rows.iter().find(|(known, eras, ..)| known == operation && eras.contains(era));
            let (sent, error) = call(&clients, *operation, *era);
            match wanted {
                Some((_, _, request, credential, body)) => {
                    let accepts: Vec<_> =
                        sent.iter().map(|sent| sent.headers[header::ACCEPT].to_str().unwrap()).collect();
                    let accept = if is_page(*operation) { "text/html" } else { "application/json" };
                    assert_eq!(accepts, [accept], "{operation}");
                    let sent =
                        describe(sent.first().unwrap_or_else(|| panic!("{operation} {era}: {error:?}")));
                    assert_eq!(
                        sent,
                        ((*request).into(), (*credential).into(), in_order(body)),
                        "{operation} in {era}"
                    );
                    sent_cells += 1;
                }
                None => {
                    assert!(sent.is_empty(), "{operation} in {era} sent {:?}", sent[0].url.as_str());
                    let error = error.unwrap();
                    assert!(
                        error.is_unsupported() && error.to_string().contains(operation.name()),
                        "{error}"
                    );
                    refused_cells += 1;
                }
            }
        }
    }
    assert_eq!(sent_cells + refused_cells, Operation::ALL.len() * Era::ALL.len());
    assert!(refused_cells > 100, "{refused_cells} refusals");
}

/// Returns the operation of a name in the 2021 reference.
fn of_2021(name: &str) -> Operation {
    let mut known = Operation::ALL.iter().filter(|operation| operation.names_2021().contains(&name));
    *known.next().unwrap_or_else(|| panic!("{name} is unknown"))
}

#[test]
fn all_names_of_2021_are_known() {
    for (name, method, path) in super::names_2021::NAMES {
        let operation = of_2021(name);
        let route = operation.route(Era::V0_6).unwrap_or_else(|| panic!("{name} is not in 0.6"));
        let port = if path.starts_with("admin: ") { Port::Admin } else { Port::Public };
        assert_eq!((route.method, route.port), (*method, port), "{name}");
        let (_, path) = path.split_once(": ").unwrap();
        let works_at = match path {
            "/self-service/recovery/methods/link" => "/self-service/recovery",
            "/self-service/verification/flows" if *method == "POST" => "/self-service/verification",
            path => path,
        };
        assert_eq!(route.path, works_at.replace("{id}", "{}"), "{name}");
    }
    assert_eq!(super::names_2021::NAMES.len(), 43);
    let page = include_str!("../names_2021.md");
    for (name, ..) in super::names_2021::NAMES {
        let operation = of_2021(name);
        let row = format!("| `{name}` | `{}` | [`", operation.name());
        assert!(page.contains(&row), "{name} is missing in names_2021.md");
    }
}
