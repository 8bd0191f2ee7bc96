//! The servers that a suite runs against: the testkit always, and those that `KRATOS_LAB` lists.
//!
//! `KRATOS_LAB` names a JSON file: `{"mailbox": FILE, "app": URL, "servers": [{"version", "profile", "public_url",
//! "admin_url", "admin_prefix", "schema_id", "token_template"}]}`; a server may have `"process": {"pid_file", "command"}`
//! too (see [`Process`]). The mailbox is a file of JSON lines
//! `{"recipient", "template", "data", "body"}`, one a mail. A file that is named but cannot be read, lists no
//! server, or lists one that does not answer stops the suite: a check that was asked for is never skipped.

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
    /// For people: `26.2.0-plain`, or `testkit`.
    pub name: String,
    /// The release, such as `26.2.0`.
    pub version: String,
    /// How it is configured: `plain` or `strict`.
    pub profile: String,
    /// Where the public port is reached; a recording proxy's address while exchanges are recorded.
    pub public_url: String,
    /// Where the admin port is reached, like `public_url`.
    pub admin_url: String,
    /// What stands before the paths of the admin port: `/admin`, and nothing up to 0.8.
    pub admin_prefix: String,
    /// The identity schema to register with.
    pub schema_id: String,
    /// The template for `tokenize_as`, where the server has one.
    pub token_template: Option<String>,
    /// Where the public keys of its tokens are: a URL, or a file of the lab.
    pub jwks: String,
    /// The application whose pages the server redirects to.
    pub app_url: String,
    /// Where its mails arrive.
    pub mailbox: Mailbox,
    /// How it is stopped and started again, where the lab's file says so.
    pub process: Option<Process>,
    /// The handle, when it is the testkit.
    pub testkit: Option<Arc<TestKratos>>,
    own_public_url: String,
    own_admin_url: String,
}

/// How a server is stopped and started again.
#[derive(Debug, Clone, Deserialize)]
pub struct Process {
    /// A file that holds its process id; whoever starts it again writes the new one.
    pub pid_file: PathBuf,
    /// The program and its arguments.
    pub command: Vec<String>,
}

/// The generations of Kratos that differ for someone who signs people in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// 0.6: no AJAX, no AAL, logout by `DELETE /sessions`.
    V0_6,
    /// 0.7: AJAX and the logout of today.
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

    /// A path of the public port.
    #[must_use]
    pub fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// A path of the admin port, without the prefix.
    #[must_use]
    pub fn admin(&self, path: &str) -> String {
        format!("{}{}{path}", self.admin_url, self.admin_prefix)
    }

    /// Where the server says that browsers reach it.
    #[must_use]
    pub fn browser_url(&self) -> &str {
        &self.own_public_url
    }

    /// Who made its tokens, as they claim.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}/", self.own_public_url)
    }

    /// The address to call for one that the server handed out: the proxy's, while recording.
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

/// Where a server's mails arrive: a file of JSON lines.
#[derive(Debug, Clone)]
pub struct Mailbox(PathBuf);

/// A mail.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// To whom.
    pub recipient: String,
    /// The name of Kratos' template, when it was sent by HTTP.
    pub template: Option<String>,
    /// The template's data, when it was sent by HTTP.
    #[serde(default)]
    pub data: Value,
    /// The text, when it was sent by SMTP.
    pub body: Option<String>,
}

impl Mailbox {
    /// All mails to a recipient so far, oldest first.
    ///
    /// # Panics
    /// When the mailbox cannot be read.
    #[must_use]
    pub fn mails(&self, recipient: &str) -> Vec<Mail> {
        let Self(path) = self;
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // A line without its end is still being written.
        text.split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
            .map(|line| serde_json::from_str::<Mail>(line).expect("a mail a line"))
            .filter(|mail| mail.recipient == recipient)
            .collect()
    }

    /// Waits until a recipient has more than `known` mails and gives the first new one.
    ///
    /// # Panics
    /// When none comes in time.
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
        // The lab keeps each server's files beside the mailbox.
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

/// A runtime that lives as long as the process, for servers that all tests of a process share.
///
/// # Panics
/// When no runtime can be made.
pub fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    })
}

/// The servers of `KRATOS_LAB`, or none; behind recording proxies when `KRATOS_RECORD` is set.
///
/// # Panics
/// When `KRATOS_LAB` is set and cannot be read, names no server, or one that does not answer; when
/// `KRATOS_RECORD` is set and cannot be written.
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

/// The configurations that a lab's servers have, by name.
pub const PROFILES: [&str; 2] = ["plain", "strict"];

/// A new testkit with one of [`PROFILES`], for an application at this address. It lives as long as the server.
///
/// # Panics
/// When there is no such configuration, or no loopback port can be had.
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

/// Two testkits with the configurations that a lab's servers have, driven like those: by addresses and a mailbox.
/// They live as long as the process.
///
/// # Panics
/// When no loopback port can be had.
pub fn testkits() -> &'static [Server] {
    const APP: &str = "http://localhost:4455";
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        // On a thread of its own: a runtime cannot be entered from inside of another.
        let start = |profile| move || runtime().block_on(testkit(profile, APP));
        PROFILES.map(|profile| std::thread::spawn(start(profile)).join().expect("no panic")).into()
    })
}

/// All servers: the testkits, and those of `KRATOS_LAB`.
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
    fn a_lab_file_is_read() {
        let servers = lab(Some(file(ONE).into())).unwrap();
        assert_eq!(servers.len(), 1);
        assert_eq!(servers[0].name, "0.7.6-plain");
        assert_eq!(servers[0].era(), Era::V0_7);
        assert_eq!(servers[0].admin("/identities"), "http://localhost:2/identities");
    }

    #[test]
    fn no_lab_is_no_server_but_a_bad_lab_is_an_error() {
        assert!(lab(None).unwrap().is_empty());
        assert!(lab(Some("/nowhere/servers.json".into())).unwrap_err().contains("KRATOS_LAB=/nowhere"));
        assert!(lab(Some("".into())).is_err());
        assert!(lab(Some(file("{").into())).is_err());
        let empty = r#"{"mailbox": "/m", "app": "a", "servers": []}"#;
        assert!(lab(Some(file(empty).into())).unwrap_err().contains("lists no server"));
    }

    #[test]
    fn addresses_of_the_server_become_those_of_the_proxy() {
        let mut server = lab(Some(file(ONE).into())).unwrap().remove(0);
        server.public_url = "http://localhost:9".to_owned();
        assert_eq!(server.rebase("http://localhost:1/x?y"), "http://localhost:9/x?y");
        assert_eq!(server.rebase("http://elsewhere/x"), "http://elsewhere/x");
    }

    #[tokio::test]
    async fn the_mailbox_waits_for_a_whole_line_to_the_right_person() {
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
