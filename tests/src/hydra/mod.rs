//! A real Hydra beside a real Kratos, for an application that is a provider.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The key that both hooks of Hydra send, in `X-Hook-Key`.
pub const HOOK_KEY: &str = "insecure-key-of-the-suite";

/// How the servers are set up.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// The life of challenges.
    pub request_ttl: Duration,
    /// `session.whoami.required_aal` of Kratos.
    pub required_aal: &'static str,
    /// Whether a registration leads to the verification of the address (`show_verification_ui`).
    pub verifies: bool,
    /// Whether the application serves the hooks of Hydra.
    pub hooks: bool,
}

/// Challenges live longer than a story, and users with a second factor need it.
pub const USUAL: Setup = Setup {
    request_ttl: Duration::from_secs(3600),
    required_aal: "highest_available",
    verifies: false,
    hooks: true,
};

/// Kratos and Hydra on loopback. They stop when this is dropped.
#[derive(Debug)]
pub struct Programs {
    kratos: Child,
    hydra: Child,
    directory: PathBuf,
    /// Kratos' public API.
    pub kratos_public: String,
    /// Kratos' admin API.
    pub kratos_admin: String,
    /// Hydra's public API.
    pub hydra_public: String,
    /// Hydra's admin API.
    pub hydra_admin: String,
}

const START: Duration = Duration::from_secs(60);

/// Returns the executables that `HYDRA_PROGRAM` names, a list as `PATH` is, each beside the first one of `KRATOS_PROGRAM`: Kratos,
/// then Hydra.
///
/// # Panics
/// If `KRATOS_PROGRAM` names none.
#[must_use]
pub fn named() -> Vec<[PathBuf; 2]> {
    let named = std::env::var_os("HYDRA_PROGRAM").unwrap_or_default();
    let hydras: Vec<PathBuf> =
        std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
    if hydras.is_empty() {
        return Vec::new();
    }
    let kratos = crate::program::programs().into_iter().next();
    let kratos = kratos.expect("HYDRA_PROGRAM needs KRATOS_PROGRAM beside it");
    hydras.into_iter().map(|hydra| [kratos.clone(), hydra]).collect()
}

impl Programs {
    /// Starts both for the application at this URL.
    ///
    /// # Panics
    /// If one does not start.
    pub async fn start(kratos: &Path, hydra: &Path, app: &str, setup: Setup) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-oauth2-{}", uuid::Uuid::new_v4().simple()));
        fs::create_dir_all(&directory).unwrap();
        let ports = free_ports();
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/src/hooks/person.schema.json");
        let fill = |text: &str| {
            let mut text = text
                .replace("@DIRECTORY@", &directory.to_string_lossy())
                .replace("@APP@", app)
                .replace("@SCHEMA@", schema)
                .replace("@HOOK_KEY@", HOOK_KEY)
                .replace(
                    "@VERIFICATION_PAGE@",
                    if setup.verifies { "{hook: show_verification_ui}, " } else { "" },
                )
                .replace("@AAL@", setup.required_aal)
                .replace("@TTL@", &format!("{}s", setup.request_ttl.as_secs()));
            for (name, port) in
                ["@KRATOS_PUBLIC@", "@KRATOS_ADMIN@", "@HYDRA_PUBLIC@", "@HYDRA_ADMIN@"].iter().zip(ports)
            {
                text = text.replace(name, &port.to_string());
            }
            text
        };
        fs::write(directory.join("kratos.yml"), fill(include_str!("kratos.yml"))).unwrap();
        let hooks = if setup.hooks { include_str!("hooks.yml") } else { "" };
        fs::write(directory.join("hydra.yml"), fill(include_str!("hydra.yml")) + &fill(hooks)).unwrap();
        let dsn = format!("sqlite://{}/db.sqlite?_fk=true&mode=rwc", directory.display());
        let run = |program: &Path, log: &str, arguments: &[&str]| {
            let log = fs::File::options().create(true).append(true).open(directory.join(log)).unwrap();
            let mut command = Command::new(program);
            command.args(arguments).current_dir(&directory).env("SQA_OPT_OUT", "true").stdin(Stdio::null());
            command.stdout(log.try_clone().unwrap()).stderr(log);
            if program == kratos {
                // The migration reads its database from the environment.
                command.env("DSN", &dsn);
            }
            command.spawn().unwrap_or_else(|error| panic!("{}: {error}", program.display()))
        };
        let migrated =
            run(kratos, "kratos.log", &["migrate", "sql", "-e", "--yes", "-c", "kratos.yml"]).wait().unwrap();
        assert!(migrated.success(), "{} made no database", kratos.display());
        let started_kratos =
            run(kratos, "kratos.log", &["serve", "--dev", "--watch-courier", "-c", "kratos.yml"]);
        let started_hydra = run(hydra, "hydra.log", &["serve", "all", "--dev", "-c", "hydra.yml"]);
        let [kratos_public, kratos_admin, hydra_public, hydra_admin] =
            ports.map(|port| format!("http://localhost:{port}"));
        let programs = Self {
            kratos: started_kratos,
            hydra: started_hydra,
            directory,
            kratos_public,
            kratos_admin,
            hydra_public,
            hydra_admin,
        };
        for url in [&programs.kratos_public, &programs.hydra_admin, &programs.hydra_public] {
            programs.wait(&format!("{url}/health/ready")).await;
        }
        programs
    }

    async fn wait(&self, ready: &str) {
        let started = Instant::now();
        while started.elapsed() < START {
            if reqwest::get(ready).await.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let log = |name: &str| fs::read_to_string(self.directory.join(name)).unwrap_or_default();
        panic!("no answer of {ready}:\n{}\n{}", log("kratos.log"), log("hydra.log"));
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        for child in [&mut self.kratos, &mut self.hydra] {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// Returns ports that were free a moment ago.
fn free_ports() -> [u16; 4] {
    let listeners = [0, 0, 0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
