//! A server's process.

use std::{
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use kratos_tests::lab::Process;

/// A process that can be signalled, and restarted once it has ended.
pub struct Running {
    process: Process,
    pid: u32,
    child: Option<Child>,
}

impl Running {
    pub fn new(process: Process) -> Self {
        let pid = std::fs::read_to_string(&process.pid_file).unwrap().trim().parse().unwrap();
        let running = Self { process, pid, child: None };
        assert!(running.is_there(), "the process in the lab's file does not exist");
        running
    }

    /// Sends a signal to the process alone.
    pub fn signal(&self, name: &str) {
        let status =
            Command::new("kill").args([&format!("-{name}"), &self.pid.to_string()]).status().unwrap();
        assert!(status.success(), "kill -{name} {}", self.pid);
    }

    fn state(&self) -> Option<char> {
        let stat = std::fs::read_to_string(PathBuf::from(format!("/proc/{}/stat", self.pid))).ok()?;
        stat.rsplit_once(") ")?.1.chars().next()
    }

    /// A zombie has ended: its parent has not reaped it yet.
    fn is_there(&self) -> bool {
        self.state().is_some_and(|state| state != 'Z')
    }

    pub async fn wait_until_gone(&mut self) {
        for _ in 0..600 {
            if let Some(child) = &mut self.child {
                let _ = child.try_wait();
            }
            if !self.is_there() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} does not end", self.pid);
    }

    /// Restarts it in its own process group, so that it outlives this test.
    pub async fn start(&mut self) {
        let (program, arguments) = self.process.command.split_first().unwrap();
        let mut command = Command::new(program);
        command.args(arguments).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        self.pid = child.id();
        std::fs::write(&self.process.pid_file, format!("{}\n", self.pid)).unwrap();
        self.child = Some(child);
        tokio::task::yield_now().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Never leave it suspended.
        let _ = Command::new("kill").args(["-CONT", &self.pid.to_string()]).status();
    }
}
