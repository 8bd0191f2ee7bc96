//! The servers of a suite: always the testkit, and those that `KRATOS_LAB` lists.
//!
//! `KRATOS_LAB` names a JSON file: `{"mailbox": FILE, "app": URL, "servers": [{"version", "profile", "public_url",
//! "admin_url", "admin_prefix", "schema_id", "token_template"}]}`. A server may have a `"gateway"`, the URL of a gateway that
//! the suites start in front of it, at a free port of localhost: it is its `serve.public.base_url`. A server may also have
//! `"process": {"pid_file", "command"}` (see [`Process`]). The mailbox is a file of JSON lines
//! `{"recipient", "template", "data", "body"}`, one for each mail. The suite fails if the file cannot be read, lists
//! no server, or lists one that does not answer: a requested check is never skipped.

mod mail;
mod testkits;

use crate::gateway;
use crate::record::Recorder;
use kratos_testkit::TestKratos;
use serde::Deserialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use mail::{Mail, Mailbox};
use testkits::{APP, behind_gateway};
pub use testkits::{PROFILES, testkit, testkit_with_base_url, testkits};

/// One server.
#[derive(Debug, Clone)]
pub struct Server {
    /// The name in test output: `26.2.0-plain` or `testkit-plain`.
    pub name: String,
    /// The release, such as `26.2.0`.
    pub version: String,
    /// Its configuration: `plain` or `strict`.
    pub profile: String,
    /// The URL of the public API, or of the recording proxy before it.
    pub public_url: String,
    /// The URL of the admin API, or of the recording proxy before it.
    pub admin_url: String,
    /// The prefix of the admin API's paths: `/admin`, or empty up to 0.8.
    pub admin_prefix: String,
    /// The identity schema to register with.
    pub schema_id: String,
    /// The template for `tokenize_as`, if the server has one.
    pub token_template: Option<String>,
    /// The JWKS of its JWTs: a URL or a file of the lab.
    pub jwks: String,
    /// The URL of the application whose pages the server redirects to.
    pub app_url: String,
    /// The mailbox that receives its mail.
    pub mailbox: Mailbox,
    /// How to stop and restart it, if the lab's file says so.
    pub process: Option<Process>,
    /// The URL of the gateway in front of it, if browsers reach it by one.
    pub gateway: Option<String>,
    /// The handle, if this is the testkit.
    pub testkit: Option<Arc<TestKratos>>,
    own_public_url: String,
    own_admin_url: String,
}

/// How to stop and restart a server.
#[derive(Debug, Clone, Deserialize)]
pub struct Process {
    /// The file with its process id. The command writes the new id.
    pub pid_file: PathBuf,
    /// The program and its arguments.
    pub command: Vec<String>,
}

impl Server {
    /// Whether the server's release is this one or a later one. A version without numbers, such as `HEAD`, is later than all.
    #[must_use]
    pub fn is_since(&self, major: u32, minor: u32) -> bool {
        let mut numbers = self.version.split('.').map(str::parse::<u32>);
        let Some(Ok(own)) = numbers.next() else { return true };
        (own, numbers.next().and_then(Result::ok).unwrap_or_default()) >= (major, minor)
    }

    /// The URL of a public path.
    #[must_use]
    pub fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The URL of an admin path, given without the prefix.
    #[must_use]
    pub fn admin(&self, path: &str) -> String {
        format!("{}{}{path}", self.admin_url, self.admin_prefix)
    }

    /// The URL at which browsers reach the server.
    #[must_use]
    pub fn browser_url(&self) -> &str {
        &self.own_public_url
    }

    /// The issuer of its JWTs.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}/", self.own_public_url)
    }

    /// Translates a URL that the server returned into one that requests can use: the proxy's, while recording.
    #[must_use]
    pub fn rebase(&self, url: &str) -> String {
        for (own, ours) in [(&self.own_public_url, &self.public_url), (&self.own_admin_url, &self.admin_url)]
        {
            if let Some(path) = url.strip_prefix(own.as_str()) {
                return format!("{ours}{path}");
            }
        }
        url.to_owned()
    }
}

impl Server {
    /// Starts the gateway of the lab's file, and uses the server by it. A gateway below the application's URL is the
    /// application's own.
    fn put_gateway_before(&mut self) {
        let Some(url) = self.gateway.clone() else { return };
        if url.starts_with(&format!("{}/", self.app_url)) {
            self.own_public_url = url;
            return;
        }
        let port =
            url::Url::parse(&url).ok().and_then(|url| url.port()).expect("a gateway's URL with a port");
        let upstream = self.public_url.clone();
        let serve =
            move || runtime().block_on(async move { gateway::Port::bind(port).await.serve(&upstream) });
        std::thread::spawn(serve).join().expect("a gateway");
        self.public_url.clone_from(&url);
        self.own_public_url = url;
    }
}

#[derive(Debug, Deserialize)]
struct Lab {
    mailbox: PathBuf,
    app: String,
    oidc_issuer: Option<String>,
    servers: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    version: String,
    profile: String,
    public_url: String,
    admin_url: String,
    admin_prefix: String,
    schema_id: String,
    token_template: Option<String>,
    process: Option<Process>,
    gateway: Option<String>,
}

fn read(path: &Path) -> Result<Vec<Server>, String> {
    let told = |error: &dyn std::fmt::Display| format!("KRATOS_LAB={}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| told(&error))?;
    let lab: Lab = serde_json::from_str(&text).map_err(|error| told(&error))?;
    if lab.servers.is_empty() {
        return Err(told(&"lists no server"));
    }
    let mailbox = lab.mailbox.clone();
    let keys =
        move |entry: &Entry| mailbox.with_file_name(format!("{}-{}/jwks.json", entry.version, entry.profile));
    let server = |entry: Entry| Server {
        name: match &entry.gateway {
            Some(_) => format!("{}-{}-gateway", entry.version, entry.profile),
            None => format!("{}-{}", entry.version, entry.profile),
        },
        gateway: entry.gateway.clone(),
        // The lab stores each server's files beside the mailbox.
        jwks: keys(&entry).display().to_string(),
        testkit: None,
        process: entry.process,
        own_public_url: entry.public_url.clone(),
        own_admin_url: entry.admin_url.clone(),
        version: entry.version,
        profile: entry.profile,
        public_url: entry.public_url,
        admin_url: entry.admin_url,
        admin_prefix: entry.admin_prefix,
        schema_id: entry.schema_id,
        token_template: entry.token_template,
        app_url: lab.app.clone(),
        mailbox: Mailbox(lab.mailbox.clone()),
    };
    Ok(lab.servers.into_iter().map(server).collect())
}

fn lab(file: Option<OsString>) -> Result<Vec<Server>, String> {
    file.map_or_else(|| Ok(Vec::new()), |file| read(Path::new(&file)))
}

/// The issuer of the provider that the servers of `KRATOS_LAB` are configured with. Default: port 26491 of loopback.
#[must_use]
pub fn oidc_issuer() -> String {
    let named = std::env::var_os("KRATOS_LAB").and_then(|file| {
        let lab: Lab = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
        lab.oidc_issuer
    });
    named.unwrap_or_else(|| "http://127.0.0.1:26491".to_owned())
}

/// A runtime that lives as long as the process, for servers that all tests of the process share.
///
/// # Panics
/// If the runtime cannot be built.
pub fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    })
}

/// The servers of `KRATOS_LAB`, behind recording proxies if `KRATOS_RECORD` is set.
///
/// # Panics
/// If `KRATOS_LAB` is set and cannot be read, lists no server, or lists one that does not answer, or if
/// `KRATOS_RECORD` is set and its directory cannot be written.
pub fn lab_servers() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let mut servers = lab(std::env::var_os("KRATOS_LAB")).unwrap_or_else(|error| panic!("{error}"));
        servers.iter_mut().for_each(Server::put_gateway_before);
        for server in &servers {
            let address = server.public("/health/alive");
            let answer = std::thread::spawn(move || {
                runtime().block_on(async { crate::http::client().get(address).send().await })
            });
            let answer = answer.join().expect("an answer");
            assert!(
                answer.as_ref().is_ok_and(|answer| answer.status() == 200),
                "{} does not answer: {answer:?}",
                server.name
            );
        }
        if let Some(folder) = std::env::var_os("KRATOS_RECORD") {
            assert!(!servers.is_empty(), "KRATOS_RECORD records servers of KRATOS_LAB, which is not set");
            let recorder = Arc::new(Recorder::new(PathBuf::from(folder)));
            for server in &mut servers {
                server.public_url = recorder.before(&server.version, &server.own_public_url);
                server.admin_url = recorder.before(&server.version, &server.own_admin_url);
            }
        }
        servers
    })
}

/// All servers: the testkits and those of `KRATOS_LAB`.
///
/// # Panics
/// As [`lab_servers`] and [`testkits`].
pub fn servers() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| [testkits(), lab_servers()].concat())
}

/// All servers, and a testkit behind a gateway: for suites that use the public API as a browser does.
///
/// # Panics
/// As [`servers`].
pub fn servers_and_gateway() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let started = std::thread::spawn(|| runtime().block_on(behind_gateway(APP))).join();
        let mut servers = testkits().to_vec();
        servers.push(started.expect("no panic"));
        servers.extend_from_slice(lab_servers());
        servers
    })
}

/// Those of [`servers_and_gateway`], and a testkit that behaves as Kratos' newest sources: for suites that assert Kratos' answers.
///
/// # Panics
/// As [`servers`].
pub fn servers_and_latest() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let latest = std::thread::spawn(|| runtime().block_on(testkits::latest(APP))).join();
        let mut servers = servers_and_gateway().to_vec();
        servers.push(latest.expect("no panic"));
        servers
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("kratos-lab-{}", uuid::Uuid::new_v4()));
        std::fs::write(&path, text).unwrap();
        path
    }

    const ONE: &str = r#"{"mailbox": "/m", "app": "http://localhost:4455", "servers": [{"version": "0.7.6",
        "profile": "plain", "public_url": "http://localhost:1", "admin_url": "http://localhost:2",
        "admin_prefix": "", "schema_id": "default", "token_template": null}]}"#;

    #[test]
    fn lab_file_is_read() {
        let servers = lab(Some(file(ONE).into())).unwrap();
        assert_eq!(servers.len(), 1);
        assert_eq!(servers[0].name, "0.7.6-plain");
        assert!(servers[0].is_since(0, 7) && !servers[0].is_since(0, 8));
        let head = Server { version: "HEAD".to_owned(), ..servers[0].clone() };
        assert!(head.is_since(999, 0));
        assert_eq!(servers[0].admin("/identities"), "http://localhost:2/identities");
    }

    #[test]
    fn missing_lab_is_empty_and_bad_lab_is_an_error() {
        assert!(lab(None).unwrap().is_empty());
        assert!(lab(Some("/nowhere/servers.json".into())).unwrap_err().contains("KRATOS_LAB=/nowhere"));
        assert!(lab(Some("".into())).is_err());
        assert!(lab(Some(file("{").into())).is_err());
        let empty = r#"{"mailbox": "/m", "app": "a", "servers": []}"#;
        assert!(lab(Some(file(empty).into())).unwrap_err().contains("lists no server"));
    }

    #[test]
    fn server_urls_become_proxy_urls() {
        let mut server = lab(Some(file(ONE).into())).unwrap().remove(0);
        server.public_url = "http://localhost:9".to_owned();
        assert_eq!(server.rebase("http://localhost:1/x?y"), "http://localhost:9/x?y");
        assert_eq!(server.rebase("http://elsewhere/x"), "http://elsewhere/x");
    }
}
