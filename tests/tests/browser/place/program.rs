//! Runs the examples' programs.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kratos_tests::examples;

/// The limit until an example is ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running example.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Program {
    /// Starts an example and waits for its message that it is ready.
    pub(crate) async fn start(example: &str, settings: &[(&str, String)]) -> Self {
        let mut command = Command::new(examples::executable(example));
        for name in ["APP_URL", "FORM_TARGETS", "KRATOS_ADMIN_URL", "KRATOS_BROWSER_URL", "KRATOS_PUBLIC_URL"]
        {
            command.env_remove(name);
        }
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .expect(example);
        let said = Arc::default();
        listen(child.stdout.take().expect("its output"), &said);
        listen(child.stderr.take().expect("its output"), &said);
        let mut program = Self { child, said };
        let start = Instant::now();
        // Connecting would prove less: another process may listen there, and the example may have ended because of it.
        while !program.said().contains("# ready") {
            let ended = program.child.try_wait().expect("its state");
            assert!(ended.is_none(), "{example} ended ({ended:?}): {}", program.said());
            assert!(start.elapsed() < PATIENCE, "{example} is not ready: {}", program.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program
    }

    /// Its output so far.
    fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(output: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.push_str(&line);
            said.push('\n');
        }
    });
}
