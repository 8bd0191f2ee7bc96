//! The servers of a suite: always the testkit, and those that `KRATOS_LAB` lists.
//!
//! `KRATOS_LAB` names a JSON file: `{"mailbox": FILE, "app": URL, "servers": [{"version", "profile", "public_url",
//! "admin_url", "admin_prefix", "schema_id", "token_template"}]}`. A server may also have
//! `"process": {"pid_file", "command"}` (see [`Process`]). The mailbox is a file of JSON lines
//! `{"recipient", "template", "data", "body"}`, one for each mail. The suite fails if the file cannot be read, lists
//! no server, or lists one that does not answer: a requested check is never skipped.

use crate::record::Recorder;
use kratos_testkit::{TestKratos, TestKratosBuilder};
use serde::Deserialize;
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

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

/// The generations of Kratos whose self-service API differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// 0.6: no AJAX, no AAL, logout by `DELETE /sessions`.
    V0_6,
    /// 0.7: AJAX and today's logout.
    V0_7,
    /// 1.0 and later.
    V1,
}

impl Server {
    /// The server's generation.
    #[must_use]
    pub fn era(&self) -> Era {
        match self.version.split('.').collect::<Vec<_>>().as_slice() {
            ["0", "6", ..] => Era::V0_6,
            ["0", "7", ..] => Era::V0_7,
            _ => Era::V1,
        }
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

/// A mailbox: a file of JSON lines.
#[derive(Debug, Clone)]
pub struct Mailbox(PathBuf);

/// A mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// The recipient.
    pub recipient: String,
    /// The name of Kratos' template, for mail delivered by HTTP.
    pub template: Option<String>,
    /// The template's data, for mail delivered by HTTP.
    #[serde(default)]
    pub data: Value,
    /// The text, for mail delivered by SMTP.
    pub body: Option<String>,
}

impl Mailbox {
    /// Returns all mails to a recipient so far, oldest first.
    ///
    /// # Panics
    /// If the mailbox cannot be read.
    #[must_use]
    pub fn mails(&self, recipient: &str) -> Vec<Mail> {
        let Self(path) = self;
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // The last line may be incomplete while it is written.
        text.split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
            .map(|line| serde_json::from_str::<Mail>(line).expect("a mail a line"))
            .filter(|mail| mail.recipient == recipient)
            .collect()
    }

    /// Waits until a recipient has more than `known` mails and returns the first new one.
    ///
    /// # Panics
    /// If none arrives in time.
    pub async fn wait(&self, recipient: &str, known: usize, limit: Duration) -> Mail {
        let start = Instant::now();
        loop {
            if let Some(mail) = self.mails(recipient).into_iter().nth(known) {
                return mail;
            }
            assert!(start.elapsed() < limit, "no mail to {recipient} after {limit:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[derive(Debug, Deserialize)]
struct Lab {
    mailbox: PathBuf,
    app: String,
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
        name: format!("{}-{}", entry.version, entry.profile),
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

/// The names of the configurations that a lab's servers have.
pub const PROFILES: [&str; 2] = ["plain", "strict"];

/// Starts a testkit with one of [`PROFILES`] for an application at this URL. It stops when dropped.
///
/// # Panics
/// If the configuration is unknown, or no loopback port is free.
pub async fn testkit(profile: &str, app: &str) -> Server {
    let builder = match profile {
        "plain" => TestKratosBuilder::plain(app),
        "strict" => TestKratosBuilder::strict(app),
        _ => panic!("no configuration is called {profile}"),
    };
    let mailbox = std::env::temp_dir().join(format!("testkit-mail-{}.jsonl", uuid::Uuid::new_v4()));
    std::fs::write(&mailbox, "").expect("a mailbox");
    let kratos = builder.with_mailbox_file(&mailbox).start().await.expect("a testkit");
    Server {
        name: format!("testkit-{profile}"),
        version: "26.2.0".to_owned(),
        profile: profile.to_owned(),
        public_url: kratos.public_url().to_owned(),
        admin_url: kratos.admin_url().to_owned(),
        admin_prefix: "/admin".to_owned(),
        schema_id: "person".to_owned(),
        token_template: Some("jwt".to_owned()),
        jwks: format!("{}/.well-known/jwks.json", kratos.public_url()),
        app_url: app.to_owned(),
        mailbox: Mailbox(mailbox),
        own_public_url: kratos.public_url().to_owned(),
        own_admin_url: kratos.admin_url().to_owned(),
        testkit: Some(Arc::new(kratos)),
        process: None,
    }
}

/// Two testkits with the configurations of a lab's servers, used through their URLs and mailbox alone.
/// They live as long as the process.
///
/// # Panics
/// If no loopback port is free.
pub fn testkits() -> &'static [Server] {
    const APP: &str = "http://localhost:4455";
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        // On a separate thread: a runtime cannot be entered from within another.
        let start = |profile| move || runtime().block_on(testkit(profile, APP));
        PROFILES.map(|profile| std::thread::spawn(start(profile)).join().expect("no panic")).into()
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
        assert_eq!(servers[0].era(), Era::V0_7);
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

    #[tokio::test]
    async fn mailbox_waits_for_a_complete_line_to_the_recipient() {
        let path = file("{\"recipient\": \"a\", \"body\": \"1\"}\n{\"recipient\": \"b\", \"bo");
        let mailbox = Mailbox(path.clone());
        assert_eq!(mailbox.mails("a").len(), 1);
        assert!(mailbox.mails("b").is_empty());
        let late = tokio::spawn(async move { mailbox.wait("b", 0, Duration::from_secs(10)).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        std::fs::write(&path, "{\"recipient\": \"b\", \"body\": \"2\"}\n").unwrap();
        assert_eq!(late.await.unwrap().body.as_deref(), Some("2"));
    }
}
