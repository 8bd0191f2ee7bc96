//! The wall clocks of the processes and of the engine, which jump: by libfaketime of Debian's package `faketime`.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The clocks, each a file that the library reads.
pub(crate) struct Clocks {
    library: Option<PathBuf>,
    directory: PathBuf,
}

/// The engine's clock: a number that no process has.
pub(crate) const ENGINE: usize = usize::MAX;

/// How often the library reads the file.
const READ: Duration = Duration::from_secs(1);

impl Clocks {
    pub(crate) fn new(processes: usize) -> Self {
        let directory = std::env::temp_dir().join(format!("kratos-fleet-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&directory).unwrap();
        let clocks = Self { library: library(), directory };
        (0..processes).chain([ENGINE]).for_each(|number| clocks.write(number, 0));
        clocks
    }

    /// What to install.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        self.library.is_none().then_some("libfaketime is not installed (Debian: apt-get install faketime)")
    }

    /// Gives a process its clock. The monotonic one stays as it is: no jump of the other moves it.
    pub(crate) fn give(&self, process: &mut Command, number: usize) {
        process.envs(self.variables(number));
    }

    /// Gives a server of Redis or Valkey the engine's clock.
    pub(crate) fn give_redis(&self, server: &mut Command) {
        self.give(server, ENGINE);
        let libc =
            self.library.as_ref().and_then(|library| Some(library.parent()?.parent()?.join("libc.so.6")));
        if let (Some(library), Some(libc)) = (&self.library, libc) {
            // jemalloc reads the clock before the library is ready: the C library's own allocator comes first.
            server.env("LD_PRELOAD", format!("{}:{}", library.display(), libc.display()));
        }
    }

    /// A folder of PostgreSQL's programs that give the server the engine's clock.
    pub(crate) fn postgres(&self, programs: &Path) -> PathBuf {
        let folder = self.directory.join("bin");
        std::fs::create_dir_all(&folder).unwrap();
        let variables: Vec<_> =
            self.variables(ENGINE).map(|(name, value)| format!("{name}={value} ")).collect();
        for (program, variables) in [("initdb", String::new()), ("pg_ctl", variables.concat())] {
            let script = folder.join(program);
            let text = format!("#!/bin/sh\n{variables}exec {} \"$@\"\n", programs.join(program).display());
            std::fs::write(&script, text).unwrap();
            std::fs::set_permissions(script, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder
    }

    fn variables(&self, number: usize) -> impl Iterator<Item = (&'static str, String)> {
        let library = self.library.as_ref().map(|library| library.display().to_string());
        library.into_iter().flat_map(move |library| {
            [
                ("LD_PRELOAD", library),
                ("FAKETIME_TIMESTAMP_FILE", self.file(number).display().to_string()),
                ("FAKETIME_CACHE_DURATION", READ.as_secs().to_string()),
                ("FAKETIME_DISABLE_SHM", "1".to_owned()),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ]
        })
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
