//! Starts chromedriver.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A chromedriver on a free port. It stops when dropped.
#[derive(Debug)]
pub(crate) struct Chromedriver {
    child: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts the program. The error names the packages to install.
    pub(crate) fn start() -> Result<Self, String> {
        const HELP: &str = "KRATOS_BROWSER needs Chromium: apt-get install chromium chromium-driver";
        chromium().ok_or_else(|| format!("{HELP} (there is no chromium in PATH)"))?;
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{HELP} (chromedriver: {error})"))?;
        let mut lines =
            BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            line.rsplit_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
        });
        // Its later output is ignored, but must be drained.
        std::thread::spawn(move || lines.for_each(drop));
        let Some(port) = port else {
            let _ = child.kill();
            return Err("chromedriver ended before it was ready".to_owned());
        };
        Ok(Self { child, port })
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Finds Chromium in `PATH`.
pub(crate) fn chromium() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join("chromium")).find(|program| program.is_file())
}
