//! A redis-server of Debian's package, on a socket in a temporary directory.

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

pub(crate) struct Server {
    program: &'static str,
    directory: PathBuf,
    child: Child,
    settings: Vec<String>,
}

/// The servers that are installed. Without any, says so.
pub(crate) fn programs() -> Vec<&'static str> {
    let is_there = |program: &&str| Command::new(*program).arg("--version").output().is_ok();
    let programs: Vec<_> = ["redis-server", "valkey-server"].into_iter().filter(is_there).collect();
    if programs.is_empty() {
        // Not captured: who runs the tests is to see it.
        let _ = writeln!(
            std::io::stderr(),
            "NOT RUN: no redis-server and no valkey-server is installed (Debian: apt-get install redis-server)"
        );
        assert!(std::env::var_os("KRATOS_ENGINES").is_none(), "KRATOS_ENGINES requires redis-server");
    }
    programs
}

impl Server {
    pub(crate) fn start(program: &'static str) -> Self {
        Self::start_with(program, |_| Vec::new())
    }

    /// With more arguments, from its directory.
    pub(crate) fn start_with(
        program: &'static str,
        settings: impl FnOnce(&std::path::Path) -> Vec<String>,
    ) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-redis-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let settings = settings(&directory);
        let child = run(program, &directory, &settings);
        let mut server = Self { program, directory, child, settings };
        server.wait();
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("unix:{}", self.socket().display())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn program(&self) -> &'static str {
        self.program
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn socket(&self) -> PathBuf {
        self.directory.join("socket")
    }

    /// Kills it, and starts another with the same data, or none.
    pub(crate) fn restart(&mut self, keep: bool) {
        if keep {
            self.cli(&["save"]);
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        if !keep {
            let _ = std::fs::remove_file(self.directory.join("dump.rdb"));
        }
        std::fs::remove_file(self.socket()).unwrap();
        self.child = run(self.program, &self.directory, &self.settings);
        self.wait();
    }

    /// Sends a command; returns the answer.
    pub(crate) fn cli(&self, command: &[&str]) -> String {
        let cli = self.program.replace("server", "cli");
        let output = Command::new(cli).arg("-s").arg(self.socket()).args(command).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    fn wait(&mut self) {
        for _ in 0..500 {
            if self.socket().exists() && self.cli(&["ping"]).starts_with("PONG") {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{} did not start: {:?}", self.program, self.child.try_wait());
    }
}

/// A port that no program uses now.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn run(program: &str, directory: &PathBuf, settings: &[String]) -> Child {
    let mut command = Command::new(program);
    // A sentinel has a file of settings, which it writes to.
    if let Some(file) = settings.first().filter(|first| !first.starts_with('-')) {
        command.arg(file).args(["--sentinel"]).current_dir(directory);
        return command.stdout(Stdio::null()).spawn().unwrap();
    }
    command
        .args(["--port", "0", "--unixsocket", "socket", "--save", "", "--dir"])
        .arg(directory)
        .args(settings)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
