//! Reading whoami responses.

use http::header;
use kratos_core::credential::{Credential, CredentialKind};
use kratos_core::fuzzing;
use kratos_core::model::Timestamp;
use kratos_core::resolve::Resolution;

use crate::exchange::Exchange;

const COOKIE: &str = "ory_kratos_session";

/// A session requires a 200; anonymous a 401 or an ended session; a step-up a 403 or 422. Only the session cookie that the
/// request carried is relayed, and only to a request that carried one.
pub(crate) fn whoami(data: &[u8]) {
    let exchange = Exchange::of(data);
    let Some(status) = exchange.status() else { return };
    let cookie = Credential::cookie(format!("{COOKIE}=MTcw"));
    let token = Credential::session_token("ory_st_0123456789");
    for credential in [cookie, token] {
        let answer = fuzzing::interpret(status, exchange.headers.clone(), exchange.body, &credential);
        let resolved = match answer {
            Ok(resolved) => resolved,
            Err(error) => {
                let _ = format!("{error} {error:?} {:?}", error.kind());
                continue;
            }
        };
        match &resolved.resolution {
            Resolution::Active(session) => {
                assert_eq!(status, 200);
                assert_ne!(session.active, Some(false));
                assert!(
                    session
                        .expires_at
                        .is_none_or(|end| end > Timestamp::from(time::OffsetDateTime::now_utc())),
                    "the session has ended"
                );
            }
            Resolution::Anonymous => assert!(matches!(status.as_u16(), 200 | 401), "{status}"),
            Resolution::Aal2Required(step) => {
                assert!(matches!(status.as_u16(), 403 | 422), "{status}");
                let url = step.redirect_browser_to.as_ref();
                assert!(url.is_none_or(|url| matches!(url.scheme(), "http" | "https")), "{url:?}");
            }
            other => panic!("{other:?}"),
        }
        assert!(credential.kind() == CredentialKind::Cookie || resolved.cookies.is_empty());
        for line in &resolved.cookies {
            assert!(exchange.headers.get_all(header::SET_COOKIE).iter().any(|sent| sent == line));
            let name = line.as_bytes().split(|byte| *byte == b'=').next().unwrap_or_default();
            assert_eq!(name.trim_ascii(), COOKIE.as_bytes(), "another cookie is not relayed");
            assert!(line.is_sensitive());
        }
    }
}

/// The second factors of an AAL2 login flow.
pub(crate) fn second_factor(data: &[u8]) {
    let exchange = Exchange::of(data);
    if let Some(status) = exchange.status() {
        let _ = fuzzing::second_factor(status, exchange.body);
    }
}
