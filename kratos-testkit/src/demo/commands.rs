//! The curl commands that the quickstarts print.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Demo, register};
use crate::fixture::TestSession;
use crate::kratos::TestKratos;

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "correct horse battery";

/// The headers of the demo user's sessions. On a running Kratos only `signed_in` can be made.
#[derive(Default)]
struct Headers {
    signed_in: Option<String>,
    cookie: Option<String>,
    aal2: Option<String>,
    old: Option<String>,
}

impl Demo {
    /// Creates a user with sessions and returns text to print: the URLs, the session and one curl command a line, each
    /// with the status that it returns. The last line begins with `# ready`.
    ///
    /// The commands call the routes of the quickstarts: `/`, `/account`, `/payments`, `/vault` and `/offline`. On a
    /// running Kratos the user is registered as a native program does it; if Kratos refuses that, the text says why.
    pub async fn curl_commands(&self) -> String {
        let mut lines = Lines { app: self.app_url.trim_end_matches('/'), text: String::new() };
        lines.note(&format!("application: {}", self.app_url));
        let headers = match &self.in_process {
            Some(kratos) => {
                lines.note(&format!("Kratos in this process: {}", self.public_url));
                lines.note(&format!("in a browser: sign in as {EMAIL}, password: {PASSWORD}"));
                Headers::of_test_user(kratos)
            }
            None => {
                lines.note(&format!("Kratos: {}", self.public_url));
                match register::session_token(&self.public_url).await {
                    Ok(token) => Headers { signed_in: Some(session_token(&token)), ..Headers::default() },
                    Err(error) => {
                        lines.note(&format!(
                            "registering a demo user failed ({error}); insert the token of an existing session below"
                        ));
                        Headers::default()
                    }
                }
            }
        };
        lines.commands(&headers);
        lines.note("ready; press Ctrl-C to stop");
        lines.text
    }
}

impl Headers {
    fn of_test_user(kratos: &TestKratos) -> Self {
        let ada = kratos.identity(EMAIL).with_password(PASSWORD).with_verified_address().create();
        let token = |session: TestSession| Some(session_token(session.session_token()));
        let an_hour = Duration::from_secs(3600);
        Self {
            signed_in: token(kratos.session(&ada).create()),
            cookie: Some(format!("Cookie: {}", kratos.session(&ada).create().cookie())),
            aal2: token(kratos.session(&ada).with_aal2().create()),
            old: token(kratos.session(&ada).with_authenticated_ago(an_hour).create()),
        }
    }
}

fn session_token(token: &str) -> String {
    format!("X-Session-Token: {token}")
}

struct Lines<'a> {
    app: &'a str,
    text: String,
}

impl Lines<'_> {
    fn note(&mut self, note: &str) {
        // writing to a string cannot fail
        let _ = writeln!(self.text, "# {note}");
    }

    fn curl(&mut self, path: &str, headers: &[&str], result: &str) {
        let headers: String = headers.iter().map(|header| format!(" -H '{header}'")).collect();
        let _ = writeln!(self.text, "curl -si {}{path}{headers} # {result}", self.app);
    }

    fn commands(&mut self, headers: &Headers) {
        const PAGE: &str = "Accept: text/html";
        let session = headers.signed_in.as_deref().unwrap_or("X-Session-Token: ory_st_YOURS");
        self.note(&format!("demo session: {session}"));
        self.curl("/", &[], "200: public");
        self.curl("/account", &[], "401: no session");
        self.curl("/account", &[PAGE], "303: redirects a page to login");
        if headers.signed_in.is_some() {
            self.curl("/", &[session], "200: public, and greets the user");
            self.curl("/account", &[session], "200: signed in");
            self.curl("/payments", &[session], "200: authenticated recently");
            self.curl("/vault", &[session], "403: requires a second factor");
        }
        if let Some(cookie) = &headers.cookie {
            self.curl("/account", &[cookie], "200: signed in, by cookie");
        }
        if let Some(session) = &headers.aal2 {
            self.curl("/vault", &[session], "200: authenticated by two factors");
        }
        if let Some(session) = &headers.old {
            self.curl("/payments", &[session], "403: authenticated too long ago");
            self.curl("/payments", &[session, PAGE], "303: redirects a page to a refresh");
        }
        self.curl("/offline", &[session], "503: Kratos is unreachable");
    }
}
