//! A PostgreSQL of Debian's package, in a temporary directory.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub(crate) struct Server {
    programs: PathBuf,
    directory: PathBuf,
    port: u16,
}

/// Where the programs of the newest installed version are.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut programs: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    programs.retain(|path| path.join("initdb").exists());
    programs.sort();
    programs.pop().or_else(|| {
        let paths = std::env::var_os("PATH")?;
        std::env::split_paths(&paths).find(|path| path.join("initdb").exists())
    })
}

impl Server {
    pub(crate) fn start(programs: &Path) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-postgres-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { programs: programs.to_owned(), directory, port };
        server.as_owner("chown", &[]);
        server.ran("initdb", &["-D", "data", "-U", "postgres", "-A", "trust", "--no-sync"]);
        server.pg_ctl("start");
        server
    }

    #[allow(dead_code, reason = "the suite of fleets uses it")]
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    #[allow(dead_code, reason = "the suite of fleets uses it")]
    pub(crate) fn stop(&self) {
        self.pg_ctl("stop");
    }

    #[allow(dead_code, reason = "the suite of fleets uses it")]
    pub(crate) fn start_again(&self) {
        self.pg_ctl("start");
    }

    #[allow(dead_code, reason = "the suite of fleets does not use it")]
    pub(crate) fn config(&self) -> String {
        format!("host=127.0.0.1 port={} user=postgres dbname=postgres", self.port)
    }

    #[allow(dead_code, reason = "the suite of fleets does not use it")]
    /// Stops it at once, as a crash does, and starts it.
    pub(crate) fn crash(&self) {
        self.pg_ctl("stop");
        self.pg_ctl("start");
    }

    #[allow(dead_code, reason = "the suite of fleets does not use it")]
    pub(crate) fn sql(&self, sql: &str) -> String {
        let output = Command::new("psql").args([&self.config(), "-tAc", sql]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn pg_ctl(&self, action: &str) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -k {} -c fsync=off",
            self.port,
            self.directory.display()
        );
        let mode: &[&str] = if action == "stop" { &["-m", "immediate"] } else { &["-o", &options] };
        self.ran("pg_ctl", &[&["-D", "data", "-w", "-l", "log"], mode, &[action]].concat());
    }

    fn ran(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let output = self.as_owner(program.to_str().unwrap(), arguments);
        assert!(output.status.success(), "{program:?} {arguments:?}: {output:?}");
    }

    /// PostgreSQL does not run as root: then as the user of Debian's package.
    fn as_owner(&self, program: &str, arguments: &[&str]) -> Output {
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let mut command = match (program, is_root) {
            ("chown", true) => {
                let mut command = Command::new("chown");
                command.arg("postgres").arg(&self.directory);
                command
            }
            ("chown", false) => Command::new("true"),
            (_, true) => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--", program]).args(arguments);
                command
            }
            (_, false) => {
                let mut command = Command::new(program);
                command.args(arguments);
                command
            }
        };
        // Its server inherits what is written to: a pipe would never end.
        let log =
            std::fs::File::create(self.directory.join(format!("out-{}", uuid::Uuid::new_v4()))).unwrap();
        command.current_dir(&self.directory).stdout(log.try_clone().unwrap()).stderr(log);
        let status = command.status().unwrap();
        Output { status, stdout: Vec::new(), stderr: Vec::new() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            let first = log.lines().count().saturating_sub(60);
            eprintln!("The end of PostgreSQL's log:");
            log.lines().skip(first).for_each(|line| eprintln!("{line}"));
        }
        // A test may have stopped it.
        let _ = self.as_owner(
            self.programs.join("pg_ctl").to_str().unwrap(),
            &["-D", "data", "-m", "immediate", "stop"],
        );
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
