//! Real Kratos programs that a suite starts and configures itself.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A real Kratos on loopback, which stops when it is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    directory: PathBuf,
    /// The URL of the public API.
    pub public_url: String,
    /// The URL of the admin API, without its prefix.
    pub admin_url: String,
}

/// Returns the executables that `KRATOS_PROGRAM` names, which is a list as `PATH` is.
#[must_use]
pub fn programs() -> Vec<PathBuf> {
    let named = std::env::var_os("KRATOS_PROGRAM").unwrap_or_default();
    std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// The longest start.
const START: Duration = Duration::from_secs(60);

impl Program {
    /// Starts a program with configuration files: `@PUBLIC@`, `@ADMIN@` and `@DIRECTORY@` in them are replaced by its
    /// ports and its directory, where all of the files are.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(path: &Path, files: &[(&str, &str)]) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-tests-{}", uuid::Uuid::new_v4().simple()));
        fs::create_dir_all(&directory).unwrap();
        let [public, admin] = free_ports();
        for (name, content) in files {
            let content = content
                .replace("@PUBLIC@", &public.to_string())
                .replace("@ADMIN@", &admin.to_string())
                .replace("@DIRECTORY@", &directory.to_string_lossy());
            fs::write(directory.join(name), content).unwrap();
        }
        let configs = files.iter().filter(|(name, _)| name.ends_with(".yml"));
        let configs: Vec<&str> = configs.flat_map(|(name, _)| ["-c", *name]).collect();
        let log = fs::File::create(directory.join("log")).unwrap();
        // The migration reads its database from the environment, and the server from the configuration.
        let dsn = format!("sqlite://{}/db.sqlite?_fk=true&mode=rwc", directory.display());
        let run = |arguments: &[&str]| {
            let mut command = Command::new(path);
            command.args(arguments).args(&configs).current_dir(&directory);
            command.env("DSN", &dsn).env("SQA_OPT_OUT", "true").stdin(Stdio::null());
            command.stdout(log.try_clone().unwrap()).stderr(log.try_clone().unwrap());
            command.spawn().unwrap_or_else(|error| panic!("{} of KRATOS_PROGRAM: {error}", path.display()))
        };
        let migrated = run(&["migrate", "sql", "-e", "--yes"]).wait().unwrap();
        assert!(migrated.success(), "{} made no database", path.display());
        let child = run(&["serve", "--dev", "--watch-courier"]);
        let url = |port| format!("http://127.0.0.1:{port}");
        let mut program = Self { child, directory, public_url: url(public), admin_url: url(admin) };
        program.wait(path).await;
        program
    }

    async fn wait(&mut self, path: &Path) {
        let ready = format!("{}/health/ready", self.public_url);
        let started = std::time::Instant::now();
        while started.elapsed() < START {
            let ended = self.child.try_wait().unwrap().is_some();
            if !ended && reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            if ended {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} did not start:\n{}", path.display(), self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// Returns two ports that were free a moment ago.
fn free_ports() -> [u16; 2] {
    let listeners = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
