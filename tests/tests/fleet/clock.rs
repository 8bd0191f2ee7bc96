//! The wall clocks of the processes, which jump: by libfaketime of Debian's package `faketime`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The clocks, each a file that the library reads.
pub(crate) struct Clocks {
    library: Option<PathBuf>,
    directory: PathBuf,
}

/// How often the library reads the file.
const READ: Duration = Duration::from_secs(1);

impl Clocks {
    pub(crate) fn new(processes: usize) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-fleet-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let clocks = Self { library: library(), directory };
        (0..processes).for_each(|number| clocks.write(number, 0));
        clocks
    }

    /// What to install.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        self.library.is_none().then_some("libfaketime is not installed (Debian: apt-get install faketime)")
    }

    /// Gives a process its clock. The monotonic one stays as it is: no jump of the other moves it.
    pub(crate) fn give(&self, process: &mut Command, number: usize) {
        if let Some(library) = &self.library {
            process
                .env("LD_PRELOAD", library)
                .env("FAKETIME_TIMESTAMP_FILE", self.file(number))
                .env("FAKETIME_CACHE_DURATION", READ.as_secs().to_string())
                .env("FAKETIME_DISABLE_SHM", "1")
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
    }

    /// Sets a clock to this many seconds from the true time, and waits until it is.
    pub(crate) async fn jump(&self, number: usize, seconds: i32) {
        self.write(number, seconds);
        tokio::time::sleep(READ * 2).await;
    }

    fn write(&self, number: usize, seconds: i32) {
        // Renamed: the library never reads half of it.
        let new = self.directory.join("new");
        std::fs::write(&new, format!("{seconds:+}\n")).unwrap();
        std::fs::rename(new, self.file(number)).unwrap();
    }

    fn file(&self, number: usize) -> PathBuf {
        self.directory.join(format!("clock-{number}"))
    }
}

fn library() -> Option<PathBuf> {
    let of_arch = |entry: std::fs::DirEntry| entry.path().join("faketime/libfaketimeMT.so.1");
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    folders.flatten().map(of_arch).find(|path: &PathBuf| Path::exists(path))
}

impl Drop for Clocks {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
